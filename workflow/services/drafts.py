"""Drafts: what somebody has begun to fill in is there again when they come back.

A draft is of one person, one act and one request. It lives in the database, so that neither a
closed form nor a restart loses it.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from workflow.casework.stages import Act
from workflow.store import drafts
from workflow.store.drafts import Draft, Form
from workflow.store.mapping import legible

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workflow.services.office import Office

# Who asked is kept in one place only, with the applicants.
NEVER_KEPT = ("applicant_name", "applicant_address")
KEPT_FOR = timedelta(days=30)


def form_of(person: str, act: Act, reference: str) -> Form:
    """Name a form: whose, of which act, on which request (empty for a new one)."""
    return Form(person, act.name, reference)


def keep(office: Office, form: Form, words: Mapping[str, str | None]) -> None:
    """Keep what is filled in now; nothing is kept of a form that is empty.

    Drafts that nobody came back to for thirty days are forgotten on the way.
    """
    said = {name: legible(one) for name, one in words.items() if one and name not in NEVER_KEPT}
    now = office.now()
    with office.store.writing() as connection:
        drafts.forget_older(connection, now - KEPT_FOR)
        if said:
            drafts.keep(connection, form, Draft(said, now))
        else:
            drafts.forget(connection, form)


def find(office: Office, form: Form) -> Draft | None:
    """Find what somebody has begun to fill in, or None."""
    with office.store.reading() as connection:
        return drafts.of(connection, form)


def forget(office: Office, form: Form) -> None:
    """Forget a draft: it was submitted, or is begun afresh."""
    with office.store.writing() as connection:
        drafts.forget(connection, form)

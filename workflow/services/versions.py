"""The versions of an answer's letter: kept with the acts that made them, compared on demand.

No table of their own: the event of each act carries the letter as it then was, the applicant not
named, and the history is append-only. A wording that is edited later changes no version.
"""

from __future__ import annotations

import difflib
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from workflow.casework.errors import Lacking
from workflow.casework.stages import Act
from workflow.letters.plain import to_plain
from workflow.services.correspondence import composed
from workflow.store import history, requests

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from workflow.casework.occasion import Decision
    from workflow.services.office import Office

# The acts that change the letter, and the one that sends it.
LETTERED = (Act.DECIDE, Act.DRAFT_LETTER, Act.ISSUE)
TEXT = "text"


class Version(NamedTuple):
    """A letter as it was: who made it by which act and when, and how it differs from the last.

    `differences` are lines that begin with "-" for what went and "+" for what came.
    """

    number: int
    at: datetime
    by: str
    act: Act
    text: str
    differences: tuple[str, ...]


def with_letter(office: Office, decision: Decision) -> Decision:
    """Keep the letter with the event of an act that changes or sends it.

    An answer that is not complete has no letter yet, so none is kept.
    """
    event = decision.event
    if event.act not in LETTERED:
        return decision
    try:
        signed_by = office.roster.name_of(event.by)
        letter = composed(office, decision.request, (), signed_by=signed_by)
    except Lacking:
        return decision
    kept = {**event.particulars, TEXT: to_plain(letter.document)}
    return replace(decision, event=replace(event, particulars=kept))


def versions_of(office: Office, reference: str) -> list[Version]:
    """List the versions of a request's letter, the first first. Raises UnknownRequest."""
    with office.store.reading() as connection:
        stored = requests.get(connection, reference)
        rows = history.of(connection, stored.row_id)
    made: list[Version] = []
    for row in rows:
        text = row.event.particulars.get(TEXT)
        if text is None:
            continue
        before = made[-1].text if made else ""
        differences = tuple(_differences(before, text)) if made else ()
        by = office.roster.name_of(row.event.by)
        made.append(Version(len(made) + 1, row.at, by, row.event.act, text, differences))
    return made


def told(versions: list[Version]) -> list[str]:
    """Tell versions as lines: each with who made it, and what is different in it."""
    if not versions:
        return ["There is no letter yet: decide the answer, and complete it."]
    return [line for one in versions for line in _told(one)]


def _told(version: Version) -> Iterator[str]:
    """Tell one version: its number, its act, its maker, and its differences."""
    when = f"{version.at:%d %B %Y}".lstrip("0")
    yield f"Version {version.number}: {version.act} by {version.by}, {when}"
    if version.number > 1 and not version.differences:
        yield "The same as the version before."
    yield from version.differences


def _differences(before: str, after: str) -> Iterator[str]:
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")
    return (line for line in lines if line[:3] not in ("---", "+++") and line[:2] != "@@")

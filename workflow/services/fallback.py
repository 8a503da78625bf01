"""When Slack is away for too long: escalations go by e-mail, each once, and never by both ways.

The outbox decides. Only what was certainly not posted is taken; a row that goes by e-mail is marked
before it is sent, and from then on Slack never gets it. Should nobody know afterwards whether the
mail server took it, it is set aside and shown, not sent again.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from workflow.services import health
from workflow.services.delivery import discreet
from workflow.services.mail import Letter
from workflow.services.messenger import Undeliverable, Undelivered, Unknown
from workflow.services.settling import give_up
from workflow.store import by_mail, outbox

if TYPE_CHECKING:
    from workflow.services.mail import Mail
    from workflow.services.office import Office
    from workflow.store.outbox import Leased

MOST = 20
CUT_OFF = "nobody knows whether it went by e-mail: the program was cut off meanwhile"
WHY = (
    "FOI Desk could not say this in Slack, which does not answer, and so writes to you instead.\n"
    "When Slack is back it will not be said again. At a terminal: foi show {reference}"
)


def fall_back(office: Office) -> int:
    """Send waiting escalations by e-mail if Slack was away for too long. Gives how many went.

    Side effects: mails; the state of their rows. Nothing without a mail server or while Slack
    answers. Those for people without an address wait for Slack.
    """
    if office.mail is None or not _is_time(office, office.mail):
        return 0
    addresses = {f"person:{one.handle}": one.email for one in office.roster.officers if one.email}
    _set_aside_what_was_cut_off(office)
    sent = 0
    for row in _leased(office, list(addresses)):
        sent += _send(office, office.mail, row, addresses[row.recipient])
    return sent


def _is_time(office: Office, mail: Mail) -> bool:
    since = health.slack_is_away_since(office)
    return since is not None and office.wall() - since >= mail.after


def _leased(office: Office, recipients: list[str]) -> list[Leased]:
    in_hours = office.is_at_work
    with office.store.writing() as connection:
        return by_mail.lease(
            connection,
            name=uuid.uuid4().hex,
            now=office.wall(),
            recipients=recipients,
            most=MOST,
            in_hours=in_hours,
        )


def _send(office: Office, mail: Mail, row: Leased, address: str) -> int:
    about = row.reference or "several requests"
    text = f"{discreet(office, row)}\n\n-- \n{WHY.format(reference=row.reference)}\n"
    try:
        mail.send(Letter(row.key, address, f"FOI {about}: please see to it", text))
    except Undelivered as error:
        with office.store.writing() as connection:
            by_mail.release(connection, row, why=error.why)
        return 0
    except (Undeliverable, Unknown) as error:
        give_up(office, row, error.why)
        return 0
    with office.store.writing() as connection:
        outbox.settle(connection, row, at=office.now(), channel=by_mail.CHANNEL, ts=address)
    return 1


def _set_aside_what_was_cut_off(office: Office) -> None:
    with office.store.writing() as connection:
        by_mail.set_aside_lapsed(connection, now=office.wall(), at=office.now(), why=CUT_OFF)

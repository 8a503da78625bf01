"""What is done when the way to people is closed: who is told instead, and what the desk hears.

Each kind of trouble has its consequence, its words and its cure in one table. It is told to the
desk once, from when it begins until it is over, and kept for `foi doctor`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from workflow.casework.errors import UnknownOfficer, UnknownTeam
from workflow.casework.roles import Absence
from workflow.services.messenger import Trouble
from workflow.services.office import DESK
from workflow.store import outbox, troubles, unsent

if TYPE_CHECKING:
    from collections.abc import Collection

    from workflow.casework.roles import Roster
    from workflow.services.messenger import Undeliverable, Undelivered, Unknown
    from workflow.services.office import Office
    from workflow.store.outbox import Leased, Outgoing
    from workflow.store.troubles import Seen
    from workflow.store.unit_of_work import Connection

INSTEAD = "instead|"


class Words(NamedTuple):
    """How a kind is told, `what` of whoever it is about; its cure; and whether the desk is told."""

    what: str
    cure: str
    desk_is_told: bool = False


WORDS = {
    Trouble.SLOWED: Words(
        "Slack asked to send less to {whom}",
        "Nothing is to be done: it waits as long as Slack says. FOI_MESSAGE_SECONDS sets the pace.",
    ),
    Trouble.AWAY: Words(
        "Slack gave no answer that can be used",
        "Nothing is to be done: everything is kept, and tried again. See: status.slack.com",
    ),
    Trouble.INSTALLATION: Words(
        "Slack does not accept the bot token any more: nothing is sent, and everything is kept",
        "Install the app anew: at /slack/install of foi serve if it was installed there; else in "
        "Slack, and then set SLACK_BOT_TOKEN and start foi serve again.",
    ),
    Trouble.SCOPE: Words(
        "The app in Slack lacks the permission {whom}",
        "Add it on the app's page under OAuth & Permissions, and install the app anew.",
        desk_is_told=True,
    ),
    Trouble.ARCHIVED: Words(
        "The channel of {whom} is archived",
        "Unarchive it, or name another one in teams.toml; until then its notices come here.",
        desk_is_told=True,
    ),
    Trouble.NO_CHANNEL: Words(
        "The channel of {whom} is not there, or FOI Desk is not in it",
        "Create it, invite FOI Desk, or correct teams.toml; until then its notices come here.",
        desk_is_told=True,
    ),
    Trouble.NOT_IN_CHANNEL: Words(
        "FOI Desk is not in the channel of {whom}",
        "Type /invite @FOI Desk there; until then its notices come here.",
        desk_is_told=True,
    ),
    Trouble.NO_ACCOUNT: Words(
        "{whom} cannot be written to in Slack: the account is deactivated, or there is none",
        "Correct the member ID, or hand over what they hold: /foi handover",
        desk_is_told=True,
    ),
}
# What a message that arrives proves to be over: for its recipient, and for everybody.
OF_A_RECIPIENT = (
    *(Trouble.SLOWED, Trouble.ARCHIVED, Trouble.NO_CHANNEL, Trouble.NOT_IN_CHANNEL),
    Trouble.NO_ACCOUNT,
)
OF_ALL = (Trouble.AWAY, Trouble.INSTALLATION)
# What may be mended without anything being sent, so that it is looked at: see `mending`.
LOOKED_AT = (
    *(Trouble.ARCHIVED, Trouble.NO_CHANNEL, Trouble.NOT_IN_CHANNEL, Trouble.NO_ACCOUNT),
    Trouble.SCOPE,
)
NOT_NAMED = "that Slack does not name"


def note(office: Office, row: Leased, error: Undelivered | Undeliverable | Unknown) -> None:
    """Keep what is amiss, and tell the desk when it begins. Side effects: a row; a notice."""
    if error.trouble is None:
        return
    about = _about(row, error)
    with office.store.writing() as connection:
        since = troubles.note(connection, error.trouble, about, at=office.wall(), why=error.why)
        words = WORDS[error.trouble]
        if words.desk_is_told:
            news = f"{told(office.roster, error.trouble, about)}. {words.cure}"
            key = f"undeliverable|{error.trouble}|{about}|{since.isoformat()}"
            hears = DESK if about != DESK else _stands_in(office, DESK)
            notice = outbox.Outgoing(key, "notice", hears, news)
            outbox.put(connection, None, [notice], at=office.now())


def still(office: Office, error: Undelivered | Undeliverable | Unknown) -> None:
    """Keep why nobody is there now: an outage may begin for one reason and go on for another."""
    if error.trouble in OF_ALL:
        with office.store.writing() as connection:
            troubles.note(connection, error.trouble, "", at=office.wall(), why=error.why)


def _about(row: Leased, error: Undelivered | Undeliverable | Unknown) -> str:
    if error.trouble in OF_A_RECIPIENT:
        return row.recipient
    return getattr(error, "lacks", "") if error.trouble is Trouble.SCOPE else ""


def told(roster: Roster, kind: Trouble, about: str) -> str:
    """Say a kind of trouble in words, with the name of whoever it is about."""
    return WORDS[kind].what.format(whom=_named(roster, about) or NOT_NAMED)


def instead(office: Office, row: Leased, trouble: Trouble | None) -> Outgoing | None:
    """Give what is said to somebody else when a notice cannot reach its recipient.

    A person's goes to whoever stands in: cover, manager, deputy; a team's to the desk; the desk's
    to its manager. None where nothing is gained by it: the desk is told that it failed.
    """
    if row.kind != "notice" or trouble not in OF_A_RECIPIENT or row.key.startswith(INSTEAD):
        return None
    recipient = _stands_in(office, row.recipient)
    if recipient == row.recipient:
        return None
    text = f"For {_named(office.roster, row.recipient)}: {row.text}"
    key = f"{INSTEAD}{row.key}"
    return outbox.Outgoing(
        key, "notice", recipient, text, rule=row.rule, offers=row.offers, urgent=row.urgent
    )


def _stands_in(office: Office, recipient: str) -> str:
    roster, today = office.roster, office.today()
    kind, _, name = recipient.partition(":")
    if kind == "desk":
        return f"person:{roster.desk_manager}"
    if kind == "team":
        return DESK
    away = replace(roster, absences=(*roster.absences, Absence(name, today, None)))
    reached = away.reached_at(name, today)
    return DESK if reached == name else f"person:{reached}"


def _named(roster: Roster, about: str) -> str:
    kind, _, name = about.partition(":")
    try:
        if kind == "team":
            return roster.team(name).name
        if kind == "person":
            return roster.name_of(name)
    except (UnknownOfficer, UnknownTeam):
        return name
    return "the FOI desk" if kind == "desk" else about


def lasting(office: Office) -> frozenset[str]:
    """Give whom or what the troubles are about that are not known to be over."""
    with office.store.reading() as connection:
        return frozenset(one.about for one in troubles.lasting(connection))


def no_way_into_slack(office: Office) -> str:
    """Say that Slack does not accept the token, and what to do; nothing where it does."""
    with office.store.reading() as connection:
        found = [one for one in troubles.lasting(connection) if one.kind == Trouble.INSTALLATION]
    words = WORDS[Trouble.INSTALLATION]
    return f"{words.what} ({found[0].why}). {words.cure}" if found else ""


def proven_by(row: Leased) -> frozenset[str]:
    """Say about what there is no trouble any more once a message arrived: "" is Slack itself."""
    return frozenset({"", row.recipient})


def over(office: Office, connection: Connection, proven: Collection[str]) -> None:
    """Note, when messages arrived, what that proves to be over: see `proven_by`.

    Side effects: what was set aside for want of that way is said after all.
    """
    now = office.wall()
    whys = {
        one.why
        for one in troubles.lasting(connection)
        if one.about in proven and one.kind in OF_A_RECIPIENT
    }
    if whys:
        unsent.revive(connection, proven, whys)
    troubles.over(connection, (*OF_A_RECIPIENT, Trouble.SCOPE), proven, at=now)
    troubles.over(connection, OF_ALL, [""], at=now)


def to_look_at(connection: Connection) -> list[Seen]:
    """List what lasts and may have been mended without anybody having been told anything."""
    return [one for one in troubles.lasting(connection) if one.kind in LOOKED_AT and one.about]


def mended(office: Office, connection: Connection, one: Seen) -> None:
    """Note that one trouble is over. Side effects: what it held back, or put aside, is said now."""
    recipients = None if one.kind == Trouble.SCOPE else [one.about]
    unsent.revive(connection, recipients, [one.why])
    unsent.hasten(connection, now=office.wall(), why=one.why)
    troubles.over(connection, [one.kind], [one.about], at=office.wall())


def seen(connection: Connection) -> list[Seen]:
    """List what was seen, for the doctor: see `told` and WORDS."""
    return troubles.seen(connection)

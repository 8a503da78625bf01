"""The app's installation in one workspace of Slack, and the installations somebody has begun."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, insert, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from workflow.store.tables import InstallationRow, InstallationStateRow

if TYPE_CHECKING:
    from sqlalchemy import Connection

_installed = InstallationRow.__table__  # type: ignore[attr-defined]  # SQLModel adds it
_states = InstallationStateRow.__table__  # type: ignore[attr-defined]  # SQLModel adds it


@dataclass(frozen=True, kw_only=True)
class Grant:
    """A token, what renews it once ("" without rotation), and until when it is good.

    The tokens never show in `repr`, and so in no log.
    """

    access_token: str = field(repr=False)
    refresh_token: str = field(repr=False)
    granted_at: datetime
    expires_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Installation(Grant):
    """In which workspace, as whom, installed by whom, with which token; and what troubles it."""

    team_id: str
    team: str
    bot_id: str
    bot_user_id: str
    installed_by: str
    installed_at: datetime
    trouble: str = ""
    refusals: int = 0
    refused_until: datetime | None = None
    ended_at: datetime | None = None

    @property
    def has_ended(self) -> bool:
        """Say whether it is over: `trouble` is Slack's word for it. A later token is another."""
        return self.ended_at is not None and self.ended_at >= self.granted_at


def find(connection: Connection) -> Installation | None:
    """Give the installation, None where there is none."""
    row = connection.execute(select(_installed)).mappings().first()
    if row is None:
        return None
    left_out = {"id", "renewing_until"}
    return Installation(**{name: value for name, value in row.items() if name not in left_out})


def save(connection: Connection, made: Installation) -> None:
    """Keep an installation instead of the one there is."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    values = asdict(made) | {"renewing_until": None}
    adding = dialect.insert(_installed).values(id=1, **values)
    connection.execute(adding.on_conflict_do_update(index_elements=["id"], set_=values))


def take_turn(
    connection: Connection, refresh_token: str, *, now: datetime, until: datetime
) -> bool:
    """Take the turn to renew with a refresh token. False where it is another's, or used already."""
    free = or_(_installed.c.renewing_until.is_(None), _installed.c.renewing_until <= now)
    may = or_(_installed.c.refused_until.is_(None), _installed.c.refused_until <= now)
    taking = update(_installed).where(_installed.c.refresh_token == refresh_token, free, may)
    return connection.execute(taking.values(renewing_until=until)).rowcount == 1


def renew(connection: Connection, used: str, grant: Grant) -> bool:
    """Keep what a refresh token gave. False where the app was installed anew meanwhile."""
    values = asdict(grant) | {"renewing_until": None, "trouble": "", "ended_at": None}
    return _change(connection, used, values | {"refusals": 0, "refused_until": None})


def note(connection: Connection, used: str, trouble: str) -> bool:
    """Keep why a refresh token gave nothing. The turn stays taken: nobody tries before its end."""
    return _change(connection, used, {"trouble": trouble})


def refused(connection: Connection, used: str, trouble: str, *, until: datetime) -> bool:
    """Keep that a refresh token is refused for good, and until when nobody tries it again.

    The turn ends: whoever starts the desk anew may try at once, see `let_try`.
    """
    refusals = _installed.c.refusals + 1
    values = {"trouble": trouble, "refusals": refusals, "refused_until": until}
    return _change(connection, used, values | {"renewing_until": None})


def let_try(connection: Connection) -> None:
    """Let what was refused for good be tried at once: what the app shows of itself may be new."""
    connection.execute(update(_installed).values(refused_until=None))


def end(connection: Connection, access_token: str, word: str, *, at: datetime) -> bool:
    """Keep Slack's word for it that an installation is over. False where the token is another."""
    ending = update(_installed).where(_installed.c.access_token == access_token)
    return connection.execute(ending.values(trouble=word, ended_at=at)).rowcount == 1


def _change(connection: Connection, used: str, values: dict[str, object]) -> bool:
    changing = update(_installed).where(_installed.c.refresh_token == used).values(**values)
    return connection.execute(changing).rowcount == 1


def begin(connection: Connection, digest: str, *, ends_at: datetime) -> None:
    """Keep that somebody has begun to install."""
    connection.execute(insert(_states).values(digest=digest, ends_at=ends_at))


def begun(connection: Connection, *, now: datetime) -> int:
    """Count what was begun and not finished; what has ended is forgotten."""
    connection.execute(delete(_states).where(_states.c.ends_at <= now))
    number: int = connection.execute(select(func.count()).select_from(_states)).scalar_one()
    return number


def finish(connection: Connection, digest: str, *, now: datetime) -> bool:
    """Use up what was begun. False where it has ended, was used, or was never begun."""
    using = delete(_states).where(_states.c.digest == digest, _states.c.ends_at > now)
    return connection.execute(using).rowcount == 1

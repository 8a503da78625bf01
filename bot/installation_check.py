"""What `foi doctor` says of an app that is installed by OAuth: where, by whom, until when."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from bot import ids, slack_checks, wording
from bot.installation import OF_THE_APP
from workflow.bootstrap import wall_clock
from workflow.casework.errors import UnknownOfficer
from workflow.cli.doctor import Check, State
from workflow.cli.wording import moment
from workflow.services import installation
from workflow.store.unit_of_work import DATABASE_TROUBLE, open_store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from workflow.casework.roles import Roster
    from workflow.store.installation import Installation

NAME = "Slack installation"


def examine(  # what the settings say, each by name
    *, database_url: str, api_url: str, address: str, team: str, config_dir: Path, roster: Roster
) -> Iterator[Check]:
    """Say how the installation is, and ask Slack what is to be asked. Nothing is changed.

    `address` is where foi serve is reached; `team` the only workspace it may be in.
    """
    cure = f"Open {address}{ids.INSTALL_PATH}"
    try:
        found = _found(database_url)
    except DATABASE_TROUBLE:  # the doctor has said so
        return
    if found is None:
        yield Check(NAME, State.MISSING, f"nobody has installed it. Start foi serve. {cure}")
        return
    now = wall_clock()
    yield _told(found, roster, cure=cure, team=team, now=now)
    if not installation.is_dead(found, now) and not _ran_out(found, now):
        yield from slack_checks.examine(
            token=found.access_token,
            api_url=api_url,
            config_dir=config_dir,
            roster=roster,
            mend=cure,
        )


def _found(database_url: str) -> Installation | None:
    file = database_url.removeprefix("sqlite:///")
    if file != database_url and not Path(file).exists():
        return None
    store = open_store(database_url)
    try:
        return installation.current(store)
    finally:
        store.close()


def _told(found: Installation, roster: Roster, *, cure: str, team: str, now: datetime) -> Check:
    where = f"in {found.team} ({found.team_id}), by {_who(found.installed_by, roster)}"
    told = f"{where}, {moment(found.installed_at)}; {_until(found.expires_at, now)}"
    if team and team != found.team_id:  # without one the doctor has said so
        why = f"SLACK_TEAM_ID names {team}, so it is not used"
        return Check(NAME, State.WRONG, f"{told}; {why}. {cure}")
    if found.has_ended and found.ended_at is not None:
        why = f"{wording.ENDED.get(found.trouble, found.trouble)}, {moment(found.ended_at)}"
        told = f"{where}, {moment(found.installed_at)}"
        return Check(NAME, State.WRONG, f"{told}; {why}: {wording.KEPT}. {cure}")
    if found.refusals and found.trouble.endswith(tuple(OF_THE_APP)):  # so would installing anew
        why = f"{told}, but could not be: {found.trouble}. {wording.MEND_APP}"
        return Check(NAME, State.WRONG, why)
    if found.trouble:
        return Check(NAME, State.WRONG, f"{told}, but could not be: {found.trouble}. {cure}")
    return Check(NAME, State.OK, told)


def _ran_out(found: Installation, now: datetime) -> bool:
    return found.expires_at is not None and now >= found.expires_at


def _until(expires_at: datetime | None, now: datetime) -> str:
    if expires_at is None:
        return "its token does not run out"
    runs = "ran out" if expires_at <= now else "is good until"
    return f"its token {runs} {moment(expires_at)} and is renewed by itself"


def _who(slack_id: str, roster: Roster) -> str:
    try:
        return f"{roster.by_slack(slack_id).name} ({slack_id})"
    except UnknownOfficer:
        return slack_id or "somebody"

"""What `foi doctor` looks at: each check says well, missing or wrong, and the cure."""

from __future__ import annotations

import sys
from datetime import timedelta
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as version_of
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from workflow.cli.checks import Check, State
from workflow.cli.edge import MEND_DATABASE, mendable, sentence
from workflow.cli.entrance import SettingsWrong, read_settings
from workflow.law.dates import long_date

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from workflow.casework.roles import Roster
    from workflow.services.health import Job
    from workflow.settings import Settings

__all__ = ["Check", "State", "examine"]

OLDEST_PYTHON = (3, 11)
RETENTION = "retention.toml"
SHOWN_FOR = timedelta(days=7)  # what was amiss with Slack, since it was last seen
HARMLESS = ("slowed",)
# Proclamations are made a year or more ahead; within half a year of their end they are overdue.
PROCLAIMED_AHEAD = timedelta(days=183)


def examine(
    *,
    extra: Callable[[Settings], Sequence[Check]],
    now: Callable[[], datetime] | None,
) -> list[Check]:
    """Make every check, in the order in which one cures them. Nothing is changed."""
    checks = [_python(), _time_zones()]
    if checks[-1].state is State.WRONG:
        return checks  # nothing further can even be imported
    try:
        settings = read_settings()
    except SettingsWrong as error:
        return [*checks, Check("settings", State.WRONG, str(error))]
    checks += _configuration(settings, now)
    checks += _calendar(settings, now)
    checks += [_database(settings)]
    if checks[-1].state is State.OK:
        checks += _jobs(settings, (now or _wall)())
        checks += _amiss(settings, (now or _wall)(), now)
    checks += [_slack(settings), _mail(settings)]
    return [*checks, *extra(settings)]


def _python() -> Check:
    found = ".".join(str(part) for part in sys.version_info[:3])
    if sys.version_info[:2] < OLDEST_PYTHON:
        return Check("Python", State.WRONG, f"{found}; install 3.11 or newer.")
    return Check("Python", State.OK, found)


def _time_zones() -> Check:
    try:
        ZoneInfo("Europe/London")
    except ZoneInfoNotFoundError:
        cure = "Europe/London is unknown here; install the package tzdata."
        return Check("time zones", State.WRONG, cure)
    try:
        carried = f"tzdata {version_of('tzdata')}"
    except PackageNotFoundError:
        carried = "the system's"
    return Check("time zones", State.OK, f"Europe/London is known ({carried})")


def _configuration(settings: Settings, now: Callable[[], datetime] | None) -> Iterator[Check]:
    from workflow import ladder_file, practice  # noqa: PLC0415  # once the time zones are there

    folder = settings.config_dir
    for name, look in (
        (practice.TEAMS, lambda _folder: _teams(settings, now)),
        (ladder_file.REMINDERS, _ladder),
        (practice.AUTHORITY, _letterhead),
        (RETENTION, _retention),
    ):
        try:
            yield look(folder)
        except practice.PracticeError as error:
            yield Check(name, State.WRONG, str(error))


def _teams(settings: Settings, now: Callable[[], datetime] | None) -> Check:
    """Look at who works here today: the file, and what was changed since."""
    from workflow import bootstrap, practice  # noqa: PLC0415  # see _configuration
    from workflow.casework.roles import Role  # noqa: PLC0415  # see _configuration

    roster = bootstrap.roster_in_force(
        database_url=settings.database_url,
        config_dir=settings.config_dir,
        now=now or bootstrap.wall_clock,
    )
    told = f"{len(roster.teams)} teams, {len(roster.officers)} people"
    empty = [role.value for role in Role if not roster.having(role)]
    if empty:
        cure = f"{told}, but nobody is {', '.join(empty)}; give somebody the role."
        return Check(practice.TEAMS, State.WRONG, cure)
    if lacking := [*_managers(roster), *_short_handed(roster)]:
        return Check(practice.TEAMS, State.MISSING, f"{told}, but {'; '.join(lacking)}.")
    called = [*_groups(roster)]
    urgent = f"; called when it is urgent: {', '.join(called)}" if called else ""
    return Check(practice.TEAMS, State.OK, f"{told}{urgent}")


def _groups(roster: Roster) -> Iterator[str]:
    """Name who has a user group, and its id: Slack needs no permission for a mention of it."""
    if roster.desk_group:
        yield f"the desk ({roster.desk_group})"
    yield from (f"{one.name} ({one.group})" for one in roster.teams if one.group)


def _managers(roster: Roster) -> Iterator[str]:
    """Name who stands for a team as its manager or deputy without being trusted as one."""
    from workflow.casework.roles import Role  # noqa: PLC0415  # see _configuration

    for team in roster.teams:
        for post, handle in (("manager", team.manager), ("deputy", team.deputy)):
            if handle and not roster.officer(handle).has(Role.MANAGER):
                name = roster.name_of(handle)
                yield f"{name}, {post} of {team.name}, has not the role of a manager: give it"


def _short_handed(roster: Roster) -> Iterator[str]:
    """Name whom Slack cannot reach, and say where one absence would stop the work."""
    from workflow.casework.roles import Role  # noqa: PLC0415  # see _configuration

    unreached = [one.name for one in roster.officers if not one.slack]
    if unreached:
        yield f"{', '.join(unreached)} cannot be reached in Slack: add the member ID"
    keys = {team.key for team in roster.teams}
    if nowhere := [one.name for one in roster.officers if one.team not in keys]:
        yield f"{', '.join(nowhere)}: of no team of this file, correct it"
    if len(roster.having(Role.APPROVER)) == 1:
        yield "there is one approver, who cannot sign off their own draft: name a second"


def _ladder(folder: Path) -> Check:
    from workflow import ladder_file  # noqa: PLC0415  # see _configuration

    ladder = ladder_file.read_ladder(folder)
    hours = f"{ladder.hours.start:%H:%M} to {ladder.hours.end:%H:%M} on working days"
    told = f"{len(ladder.rules)} rules; people are told {hours}"
    if not ladder.rules:
        return Check(
            ladder_file.REMINDERS, State.WRONG, f"{told}; add rules, or nobody is reminded."
        )
    return Check(ladder_file.REMINDERS, State.OK, told)


def _retention(folder: Path) -> Check:
    from workflow.services import retention_schedule  # noqa: PLC0415  # see _configuration

    schedule = retention_schedule.read_schedule(folder)
    shortest, longest = min(schedule.months.values()), max(schedule.months.values())
    subjects = "kept" if schedule.keeps_subjects else "erased"
    told = f"words are kept {shortest} to {longest} months after closing; subjects are {subjects}"
    return Check(RETENTION, State.OK, told)


def _letterhead(folder: Path) -> Check:
    from workflow import practice  # noqa: PLC0415  # see _configuration
    from workflow.law.cost_limit import APPROPRIATE_LIMITS  # noqa: PLC0415  # see _configuration

    head = practice.read_letterhead(folder)
    told = f"{head.name}; the limit of s.12 is £{APPROPRIATE_LIMITS[head.authority_class] // 100}"
    return Check(practice.AUTHORITY, State.OK, told)


def _calendar(settings: Settings, now: Callable[[], datetime] | None) -> Iterator[Check]:
    from workflow import bank_holidays  # noqa: PLC0415  # the `holidays` library is slow to import
    from workflow.bootstrap import wall_clock  # noqa: PLC0415  # half a second to import
    from workflow.casework.ladder import UK  # noqa: PLC0415  # see _configuration

    try:
        calendars = bank_holidays.load(settings.config_dir)
    except bank_holidays.CalendarFileError as error:
        yield Check("calendar", State.WRONG, str(error))
        return
    years = calendars.years
    told = f"{calendars.version}; {years.first} to {years.last}"
    yield Check("calendar", State.OK, told)
    today = (now or wall_clock)().astimezone(UK).date()
    proclaimed = f"bank holidays are proclaimed up to {long_date(years.proclaimed_to)}"
    if years.proclaimed_to - today < PROCLAIMED_AHEAD:
        cure = "compare gov.uk/bank-holidays and move `proclaimed_to` in bank_holidays.toml."
        yield Check("proclamations", State.WRONG, f"{proclaimed}; {cure}")
    else:
        yield Check("proclamations", State.OK, proclaimed)


def _database(settings: Settings) -> Check:
    from workflow.store import schema  # noqa: PLC0415  # brings in the store
    from workflow.store.unit_of_work import open_store  # noqa: PLC0415  # brings in the store

    if _is_no_file(settings):
        path = settings.database_url.removeprefix("sqlite:///")
        return Check("database", State.OK, f"{path} is not there yet; the first command makes it")
    try:
        store = open_store(settings.database_url)
        try:
            with store.reading() as connection:
                found = schema.revision(connection)
                ahead = found is not None and schema.is_ahead(found)
        finally:
            store.close()
    except mendable() as error:
        return Check("database", State.WRONG, sentence(error))
    except OSError as error:
        return Check("database", State.WRONG, f"{error}. {MEND_DATABASE}")
    if found is not None and ahead:
        told = f"reachable, at {found}, which a newer program made; renew this one soon"
        return Check("database", State.OK, told)
    if found != schema.newest():
        cure = f"at {found or 'nothing'}, and {schema.newest()} is needed; run: foi migrate"
        return Check("database", State.WRONG, cure)
    return Check("database", State.OK, f"reachable, at {found}{_limits_told(settings)}")


def _limits_told(settings: Settings) -> str:
    if settings.database_url.startswith("sqlite"):
        return ""
    return (
        f"; {settings.database_pool} connections kept and {settings.database_pool_more} more, "
        f"a statement may take {settings.statement_seconds:g} s, a lock {settings.lock_seconds:g} s"
    )


def _wall() -> datetime:
    from workflow.bootstrap import wall_clock  # noqa: PLC0415  # half a second to import

    return wall_clock()


def _jobs(settings: Settings, now: datetime) -> Iterator[Check]:
    """Say of each job when it last did its work, and what waits to be said."""
    from workflow.services import health  # noqa: PLC0415  # brings in the store
    from workflow.store import heartbeats, unsent  # noqa: PLC0415  # brings in the store
    from workflow.store.unit_of_work import open_store  # noqa: PLC0415  # brings in the store

    if _is_no_file(settings):
        return
    store = open_store(settings.database_url)
    with store.reading() as connection:
        jobs = [health.job_at(one, now) for one in heartbeats.kept(connection)]
        counts = unsent.counts(connection)
    store.close()
    if not jobs:
        cure = "nothing ticked here yet; run foi serve, foi worker, or foi tick by cron"
        yield Check("jobs", State.MISSING, cure)
    for job in jobs:
        yield _job(job)
    told = ", ".join(f"{number} {state}" for state, number in counts.items())
    if counts["undeliverable"]:
        yield Check("outbox", State.WRONG, f"{told}; see: foi outbox")
    else:
        yield Check("outbox", State.OK, told)


def _job(job: Job) -> Check:
    from workflow.cli.wording import moment  # noqa: PLC0415  # see _configuration

    ago = f"{moment(job.last)}, {job.age:,.0f} seconds ago"
    if job.failing_since:
        cure = f"fails since {moment(job.failing_since)}: {job.trouble}"
        return Check(job.name, State.WRONG, f"{cure}; it last went well {ago}.")
    if job.silent:
        return Check(job.name, State.WRONG, f"silent since {ago}; start foi worker or foi serve.")
    return Check(job.name, State.OK, f"went well {ago}")


def _amiss(
    settings: Settings, wall: datetime, now: Callable[[], datetime] | None
) -> Iterator[Check]:
    """Say of each kind of trouble with Slack when it was last seen, and its cure."""
    from workflow import bootstrap  # noqa: PLC0415  # see _configuration
    from workflow.cli.wording import moment  # noqa: PLC0415  # see _configuration
    from workflow.services import troubles  # noqa: PLC0415  # brings in the store
    from workflow.services.messenger import Trouble  # noqa: PLC0415  # see above
    from workflow.store.unit_of_work import open_store  # noqa: PLC0415  # brings in the store

    if _is_no_file(settings):
        return
    store = open_store(settings.database_url)
    with store.reading() as connection:
        seen = [one for one in troubles.seen(connection) if wall - one.last_at < SHOWN_FOR]
    store.close()
    roster = bootstrap.roster_in_force(
        database_url=settings.database_url,
        config_dir=settings.config_dir,
        now=now or bootstrap.wall_clock,
    )
    for one in seen:
        kind = Trouble(one.kind)
        what = troubles.told(roster, kind, one.about)
        often = "once" if one.times == 1 else f"{one.times} times"
        told = f"{what}: {often}, last {moment(one.last_at)} ({one.why})"
        if one.over_at or kind in HARMLESS:
            yield Check(f"last seen: {kind}", State.OK, f"{told}; it is over")
        else:
            yield Check(f"last seen: {kind}", State.WRONG, f"{told}. {troubles.WORDS[kind].cure}")


def _is_no_file(settings: Settings) -> bool:
    path = settings.database_url.removeprefix("sqlite:///")
    return path != settings.database_url and not Path(path).exists()


def _mail(settings: Settings) -> Check:
    """Say whether there is a way to tell a manager while Slack is away."""
    from workflow.cli.entrance import mail_of  # noqa: PLC0415  # half a second to import
    from workflow.services.messenger import Undelivered  # noqa: PLC0415  # see above

    mail = mail_of(settings)
    if mail is None:
        told = "off; FOI_SMTP_HOST names a server for escalations while Slack is away"
        return Check("e-mail", State.MISSING, told)
    try:
        said = mail.check()
    except Undelivered as error:
        return Check("e-mail", State.WRONG, f"{error.why}; see FOI_SMTP_HOST and the like.")
    return Check("e-mail", State.OK, f"{mail.host}:{mail.port} answers: {said}")


def _slack(settings: Settings) -> Check:
    bot, app = settings.slack_bot_token, settings.slack_app_token
    signing = settings.slack_signing_secret
    if bot is None and app is None and signing is None and not settings.by_installing:
        cure = "no tokens; `foi serve`, `tick` and `worker` need SLACK_BOT_TOKEN, `foi demo` none"
        return Check("Slack", State.MISSING, cure)
    if not settings.speaks:
        return Check("Slack", State.WRONG, "SLACK_BOT_TOKEN is not set; set it.")
    if settings.by_installing and not settings.slack_client_secret:
        return Check("Slack", State.WRONG, "SLACK_CLIENT_SECRET is not set; set it.")
    if settings.by_installing and not settings.slack_team_id:
        return Check("Slack", State.WRONG, "SLACK_TEAM_ID is not set: the workspace's id; set it.")
    speaks = "the app is installed by OAuth" if settings.by_installing else "the bot token is set"
    if app is None and signing is None:
        cure = "set SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP)."
        return Check("Slack", State.WRONG, f"{speaks}, but nothing comes in; {cure}")
    way = "Socket Mode" if app is not None else "HTTP"
    return Check("Slack", State.OK, f"{speaks}, and commands come in by {way}")

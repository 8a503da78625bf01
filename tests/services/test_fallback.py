"""E-mail while Slack is away: escalations only, each once, and never by both ways."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.recorder import Trouble
from tests.services.desk import REFERENCE, Desk
from workflow import scheduler
from workflow.casework.stages import Act
from workflow.roster_shelf import RosterShelf
from workflow.services import delivery, fallback, unsent
from workflow.services.mail import Mail

AFTER = timedelta(minutes=30)
MARCUS = "marcus@example.gov.uk"


@dataclass
class PostOffice:
    """A real mail server on a port of its own: it keeps what it takes, or answers as it is told."""

    taken: list[EmailMessage] = field(default_factory=list)
    answer: str = "250 taken"
    hangs_up: bool = False

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802  # aiosmtpd's name
        """Take a message, or not."""
        if self.answer.startswith("250"):
            content = envelope.content
            assert isinstance(content, bytes)
            made = message_from_bytes(content, policy=policy.default)
            assert isinstance(made, EmailMessage)
            self.taken.append(made)
        if self.hangs_up:
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
        return self.answer


class Server:
    """The post office listening, and the desk's way to it."""

    def __init__(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port: int = free.getsockname()[1]
        self.office = PostOffice()
        self.controller = Controller(self.office, hostname="127.0.0.1", port=self.port)
        self.controller.start()

    def mail(self, **changes: Any) -> Mail:
        sender = "foi-desk@example.gov.uk"
        return replace(Mail("127.0.0.1", self.port, sender, AFTER, starttls=False), **changes)

    def stop(self) -> None:
        self.controller.stop()


@pytest.fixture
def post() -> Iterator[Server]:
    server = Server()
    yield server
    server.stop()


@pytest.fixture
def away(desk: Desk, post: Server) -> Desk:
    """Give a desk that has escalated a request to Marcus, and whose Slack went away before."""
    desk.claimed()
    delivery.deliver(desk.office)
    roster = desk.office.roster
    officers = [
        replace(one, email=MARCUS if one.handle == "marcus" else "") for one in roster.officers
    ]
    people = RosterShelf(replace(roster, officers=tuple(officers)), desk.office.store)
    desk.office = replace(desk.office, people=people, mail=post.mail())
    desk.recorder.away = True
    desk.do(Act.UPDATE, "amira", note="Slack goes away")
    delivery.deliver(desk.office)  # the first message that finds nobody there
    desk.do(Act.ESCALATE, "amira", reason="the search takes too long")
    delivery.deliver(desk.office)
    return desk


def in_slack(desk: Desk) -> list[str]:
    return [text for to, text in desk.recorder.notices if to == "person:marcus"]


def test_an_escalation_is_mailed_once_when_slack_is_away_for_too_long(
    away: Desk, post: Server
) -> None:
    away.pass_time(minutes=29)
    too_early = fallback.fall_back(away.office)
    away.pass_time(minutes=2)
    sent = [fallback.fall_back(away.office) for _ in range(3)]
    away.recorder.away = False
    away.pass_time(hours=1)
    delivery.deliver(away.office)

    (mail,) = post.office.taken
    assert (too_early, sent) == (0, [1, 0, 0])
    assert (mail["To"], mail["Subject"]) == (MARCUS, f"FOI {REFERENCE}: please see to it")
    assert mail["Auto-Submitted"] == "auto-generated"
    assert "the search takes too long" in mail.get_content()
    assert in_slack(away) == []
    assert "undeliverable" not in {state for _, state in away.outbox()}


def test_nothing_else_is_mailed_and_all_of_it_is_said_when_slack_is_back(
    away: Desk, post: Server
) -> None:
    away.pass_time(hours=2)
    fallback.fall_back(away.office)
    away.recorder.away = False
    away.pass_time(minutes=10)
    delivery.deliver(away.office)

    assert len(post.office.taken) == 1
    assert unsent.counts(away.office)["waiting"] == unsent.counts(away.office)["sending"] == 0


def test_when_slack_is_back_in_time_nothing_is_mailed(away: Desk, post: Server) -> None:
    away.pass_time(minutes=20)
    away.recorder.away = False
    delivery.deliver(away.office)
    away.pass_time(hours=1)

    assert fallback.fall_back(away.office) == 0
    assert (post.office.taken, len(in_slack(away))) == ([], 1)


def test_it_is_off_unless_a_server_is_named_and_who_has_no_address_waits(
    away: Desk, post: Server
) -> None:
    away.pass_time(hours=2)
    no_server = replace(away.office, mail=None)
    nobody = RosterShelf(
        replace(
            away.office.roster,
            officers=tuple(replace(one, email="") for one in away.office.roster.officers),
        ),
        away.office.store,
    )

    assert fallback.fall_back(no_server) == 0
    assert fallback.fall_back(replace(away.office, people=nobody)) == 0
    assert post.office.taken == []


def test_what_may_stand_in_slack_is_not_mailed(desk: Desk, post: Server, away: Desk) -> None:
    away.recorder.away = False
    away.pass_time(minutes=10)
    away.recorder.meets(*[Trouble.UNKNOWN_AFTER] * 5)
    delivery.deliver(away.office)
    away.recorder.away = True
    away.pass_time(minutes=10)
    delivery.deliver(away.office)
    in_doubt = {key for key, state in away.outbox() if state == "sending"}
    away.pass_time(hours=2)
    sent = fallback.fall_back(desk.office)

    assert in_doubt
    assert sent == len(post.office.taken)
    assert len(in_slack(away)) + sent == 1


def test_a_server_that_is_busy_is_asked_again(away: Desk, post: Server) -> None:
    away.pass_time(hours=1)
    post.office.answer = "451 later, please"
    first = fallback.fall_back(away.office)
    post.office.answer = "250 taken"
    second = fallback.fall_back(away.office)

    assert (first, second, len(post.office.taken)) == (0, 1, 1)


def test_while_the_mail_server_is_away_too_it_waits_for_whichever_is_back_first(
    away: Desk, post: Server
) -> None:
    away.pass_time(hours=1)
    away.office = replace(away.office, mail=post.mail(port=1))
    assert fallback.fall_back(away.office) == 0
    away.recorder.away = False
    away.pass_time(minutes=10)
    delivery.deliver(away.office)

    assert len(in_slack(away)) == 1


def test_an_address_that_is_refused_is_set_aside_and_told(away: Desk, post: Server) -> None:
    away.pass_time(hours=1)
    post.office.answer = "550 nobody of that name"
    assert fallback.fall_back(away.office) == 0
    away.recorder.away = False
    away.pass_time(minutes=10)
    delivery.deliver(away.office)

    (aside,) = [one for one in unsent.unsent(away.office) if one.state == "undeliverable"]
    assert aside.trouble == "the mail server says 550 nobody of that name"
    assert any("550 nobody of that name" in text for _, text in away.recorder.notices)


def test_when_the_server_hangs_up_nobody_knows_and_it_is_not_sent_again(
    away: Desk, post: Server
) -> None:
    away.pass_time(hours=1)
    post.office.hangs_up = True
    sent = [fallback.fall_back(away.office) for _ in range(3)]
    away.recorder.away = False
    away.pass_time(hours=1)
    delivery.deliver(away.office)

    assert (sent, len(post.office.taken), in_slack(away)) == ([0, 0, 0], 1, [])
    (aside,) = [one for one in unsent.unsent(away.office) if one.state == "undeliverable"]
    assert aside.trouble == "the mail server went away: SMTPServerDisconnected"


def test_a_worker_that_died_while_it_mailed_leaves_it_to_be_looked_at(
    away: Desk, post: Server
) -> None:
    away.pass_time(hours=1)

    class Killed(Mail):
        def send(self, _letter: object) -> None:
            raise KeyboardInterrupt

    killed = Killed("127.0.0.1", post.port, "x@example.gov.uk", AFTER)
    with pytest.raises(KeyboardInterrupt):
        fallback.fall_back(replace(away.office, mail=killed))
    delivery.deliver(away.office)
    away.pass_time(hours=1)
    after = fallback.fall_back(away.office)
    away.recorder.away = False
    away.pass_time(minutes=10)
    delivery.deliver(away.office)

    assert (after, post.office.taken, in_slack(away)) == (0, [], [])
    (aside,) = [one for one in unsent.unsent(away.office) if one.state == "undeliverable"]
    assert aside.trouble == fallback.CUT_OFF


def test_a_tick_mails_what_the_ladder_escalates(away: Desk, post: Server) -> None:
    away.pass_time(days=40)
    done = scheduler.tick(away.office)

    assert done.by_mail == len(post.office.taken) > 0
    assert {one["To"] for one in post.office.taken} == {MARCUS}


def test_a_mail_says_no_more_of_a_restricted_request_than_slack_would(
    away: Desk, post: Server
) -> None:
    away.do(Act.RESTRICT, "dana", names=("amira", "dana"), reason="a colleague asks")
    away.pass_time(hours=1)
    fallback.fall_back(away.office)

    (mail,) = post.office.taken
    assert "the search takes too long" not in mail.get_content()
    assert f"There is news of {REFERENCE}, which is restricted" in mail.get_content()

"""Mail over STARTTLS with a login, to a real server: what cannot be trusted is not used."""

from __future__ import annotations

import socket
import ssl
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from workflow.services.mail import Letter, Mail
from workflow.services.messenger import Undeliverable, Undelivered

LETTER = Letter(
    "R-1|escalated", "marcus@example.gov.uk", "FOI R-1: please see to it", "Überfällig."
)
LOGIN = ("foi-desk", "correct horse")


@dataclass
class Seen:
    """What the server saw: logins that were tried, and each mail with whether it was under TLS."""

    logins: list[bytes] = field(default_factory=list)
    taken: list[tuple[bool, bytes]] = field(default_factory=list)
    to_sender: str = "250 OK"
    to_recipient: str = "250 OK"
    hangs_up_at_login: bool = False

    async def handle_MAIL(  # noqa: N802  # aiosmtpd's name
        self, _: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take a sender, or answer as told."""
        if self.to_sender.startswith("250"):
            envelope.mail_from = address
            envelope.mail_options.extend(options)
        return self.to_sender

    async def handle_RCPT(  # noqa: N802  # aiosmtpd's name
        self, _: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Take a recipient, or answer as told."""
        if self.to_recipient.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.to_recipient

    async def handle_DATA(self, _: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802  # aiosmtpd's name
        """Take a mail."""
        assert isinstance(envelope.content, bytes)
        self.taken.append((session.ssl is not None, envelope.content))
        return "250 taken"

    def allows(
        self, server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, given: Any
    ) -> AuthResult:
        """Look at a name and a password."""
        assert isinstance(given, LoginPassword)
        self.logins.append(given.login)
        if self.hangs_up_at_login:
            server.transport.abort()  # type: ignore[union-attr]  # it is connected
        return AuthResult(success=given.password == LOGIN[1].encode(), handled=False)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Make a certificate for "localhost" that nobody has signed but itself, and its key."""
    folder = tmp_path_factory.mktemp("certificate")
    made, key = folder / "made.pem", folder / "key.pem"
    curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    files = ["-keyout", str(key), "-out", str(made), "-days", "2"]
    subprocess.run(  # the runner's own openssl, with arguments of our own
        ["openssl", "req", "-x509", *curve, *names, *files], check=True, capture_output=True
    )
    return made, key


class Server:
    """A mail server that asks for TLS and a login, and the desk's way to it."""

    def __init__(self, certificate: tuple[Path, Path] | None) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port: int = free.getsockname()[1]
        self.seen = Seen()
        asks: dict[str, Any] = {}
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*certificate)
            asks = {"tls_context": context, "require_starttls": True, "auth_required": True}
        self._controller = Controller(
            self.seen,
            hostname="127.0.0.1",
            port=self.port,
            authenticator=self.seen.allows,
            enable_SMTPUTF8=False,
            **asks,
        )
        self._controller.start()

    def mail(self, **changes: Any) -> Mail:
        sender, after = "foi-desk@example.gov.uk", timedelta(minutes=30)
        return replace(Mail("localhost", self.port, sender, after, login=LOGIN), **changes)

    def stop(self) -> None:
        self._controller.stop()


@pytest.fixture
def server(certificate: tuple[Path, Path]) -> Iterator[Server]:
    started = Server(certificate)
    yield started
    started.stop()


@pytest.fixture
def trusted(certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """Let this machine trust the certificate, as an authority's own is trusted."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))


@pytest.mark.usefixtures("trusted")
def test_a_mail_goes_under_tls_and_with_the_login(server: Server) -> None:
    server.mail().send(LETTER)

    ((under_tls, content),) = server.seen.taken
    assert under_tls
    assert b"Subject: FOI R-1: please see to it" in content
    assert server.seen.logins == [LOGIN[0].encode()]


@pytest.mark.usefixtures("trusted")
def test_the_check_of_doctor_logs_in_and_sends_nothing(server: Server) -> None:
    assert server.mail().check() == "OK"
    assert (server.seen.logins, server.seen.taken) == ([LOGIN[0].encode()], [])


def test_a_certificate_that_nobody_trusts_is_refused_before_the_password_is_said(
    server: Server,
) -> None:
    with pytest.raises(Undelivered) as refused:
        server.mail().send(LETTER)

    assert refused.value.why == (
        f"the mail server localhost:{server.port} cannot be used: its certificate is not trusted, "
        "self-signed certificate"
    )
    assert (server.seen.logins, server.seen.taken) == ([], [])


@pytest.mark.usefixtures("trusted")
def test_a_certificate_for_another_name_is_refused(server: Server) -> None:
    with pytest.raises(Undelivered, match=r"its certificate is not trusted, .*127\.0\.0\.1"):
        server.mail(host="127.0.0.1").send(LETTER)

    assert (server.seen.logins, server.seen.taken) == ([], [])


def test_a_server_without_tls_is_not_used_in_the_clear() -> None:
    server = Server(None)
    try:
        with pytest.raises(Undelivered, match="cannot be used: STARTTLS extension not supported"):
            server.mail().send(LETTER)
    finally:
        server.stop()

    assert (server.seen.logins, server.seen.taken) == ([], [])


@pytest.mark.usefixtures("trusted")
def test_a_wrong_password_is_told_in_one_sentence_and_tried_again_later(server: Server) -> None:
    with pytest.raises(Undelivered) as refused:
        server.mail(login=(LOGIN[0], "wrong")).send(LETTER)

    assert refused.value.why == (
        f"the mail server localhost:{server.port} cannot be used: "
        "535 5.7.8 Authentication credentials invalid"
    )
    assert refused.value.retry_after == 60
    assert server.seen.taken == []


@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize(
    ("answer", "error", "why"),
    [
        ("550 no such person", Undeliverable, "the mail server says 550 no such person"),
        ("450 come back later", Undelivered, "the mail server says 450 come back later"),
    ],
)
def test_a_recipient_that_is_refused_is_told(
    server: Server, answer: str, error: type[Exception], why: str
) -> None:
    server.seen.to_recipient = answer

    with pytest.raises(error) as refused:
        server.mail().send(LETTER)

    assert refused.value.why == why  # type: ignore[attr-defined]  # both have it
    assert server.seen.taken == []


@pytest.mark.usefixtures("trusted")
def test_our_own_address_refused_is_no_fault_of_the_mail_which_waits(server: Server) -> None:
    server.seen.to_sender = "553 not your address"

    with pytest.raises(Undelivered, match="cannot be used: 553 not your address"):
        server.mail().send(LETTER)


@pytest.mark.usefixtures("trusted")
def test_an_address_that_the_server_cannot_take_is_not_in_doubt(server: Server) -> None:
    abroad = LETTER._replace(to="jürgen@example.gov.uk")

    with pytest.raises(Undeliverable, match="the mail server cannot take it: "):
        server.mail().send(abroad)

    assert server.seen.taken == []


@pytest.mark.usefixtures("trusted")
def test_a_server_that_hangs_up_at_the_login_has_taken_nothing(server: Server) -> None:
    server.seen.hangs_up_at_login = True

    with pytest.raises(Undelivered, match="cannot be used: Connection unexpectedly closed"):
        server.mail().send(LETTER)

    assert server.seen.taken == []


def test_a_server_that_is_gone_is_told_in_one_sentence(certificate: tuple[Path, Path]) -> None:
    server = Server(certificate)
    server.stop()

    with pytest.raises(Undelivered) as gone:
        server.mail().send(LETTER)

    assert gone.value.why == (
        f"the mail server localhost:{server.port} cannot be used: Connection refused"
    )

"""E-mail by SMTP: for what may not wait until Slack is back. Off unless a server is named."""

from __future__ import annotations

import hashlib
import smtplib
import ssl
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from email.message import EmailMessage
from typing import TYPE_CHECKING, NamedTuple

from workflow.services.messenger import Undeliverable, Undelivered, Unknown

if TYPE_CHECKING:
    from collections.abc import Iterator

SECONDS = 15.0
TRIED_AGAIN_AFTER = 60.0
TEMPORARY = range(400, 500)


class Letter(NamedTuple):
    """A mail. `key` makes its Message-ID, so that the same mail is known as the same everywhere."""

    key: str
    to: str
    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail server, and how long Slack must be away before it is used.

    `starttls` is off only for a relay on the same machine or network that speaks no TLS. Its
    certificate must be good for `host` and of an authority that this machine trusts; one's own is
    named by the usual variable SSL_CERT_FILE.
    """

    host: str
    port: int
    sender: str
    after: timedelta
    starttls: bool = True
    login: tuple[str, str] | None = None

    def send(self, letter: Letter) -> None:
        """Hand a mail to the server.

        Raises Undelivered when it was certainly not taken and may be later, Undeliverable when it
        never will be, Unknown when the connection broke before the server said whether it took it.
        """
        with self._connected() as server:
            try:
                server.send_message(self._written(letter))
            except smtplib.SMTPRecipientsRefused as error:
                code, said = next(iter(error.recipients.values()))
                raise _refused(code, said) from None
            except smtplib.SMTPSenderRefused as error:  # our own address: no fault of the mail's
                raise _away(self, error) from None
            except smtplib.SMTPNotSupportedError as error:  # such as an address that is not ASCII
                raise Undeliverable(f"the mail server cannot take it: {error}") from None
            except smtplib.SMTPResponseException as error:
                raise _refused(error.smtp_code, error.smtp_error) from None
            except (smtplib.SMTPException, OSError) as error:
                raise Unknown(f"the mail server went away: {type(error).__name__}") from None

    def check(self) -> str:
        """Say what the server answers to a greeting. Raises Undelivered when it does not."""
        with self._connected() as server:
            try:
                return _legible(server.noop()[1])
            except (smtplib.SMTPException, OSError) as error:
                raise _away(self, error) from None

    @contextmanager
    def _connected(self) -> Iterator[smtplib.SMTP]:
        try:
            server = smtplib.SMTP(self.host, self.port, timeout=SECONDS)
        except (smtplib.SMTPException, OSError) as error:
            raise _away(self, error) from None
        try:
            self._greet(server)
            yield server
        finally:
            server.close()

    def _greet(self, server: smtplib.SMTP) -> None:
        try:
            if self.starttls:
                server.starttls(context=ssl.create_default_context())
            if self.login:
                server.login(*self.login)
        except (smtplib.SMTPException, OSError) as error:
            raise _away(self, error) from None

    def _written(self, letter: Letter) -> EmailMessage:
        message = EmailMessage()
        message["From"], message["To"] = self.sender, letter.to
        message["Subject"] = letter.subject
        digest = hashlib.sha256(letter.key.encode()).hexdigest()[:32]
        message["Message-ID"] = f"<{digest}@{self.sender.rpartition('@')[2]}>"
        message["Auto-Submitted"] = "auto-generated"  # RFC 3834: an absence answers nothing to it
        message.set_content(letter.text)
        return message


def _away(mail: Mail, error: Exception) -> Undelivered:
    where = f"{mail.host}:{mail.port}"
    return Undelivered(
        f"the mail server {where} cannot be used: {_reason(error)}", retry_after=TRIED_AGAIN_AFTER
    )


def _reason(error: Exception) -> str:
    """Say what went wrong in plain words, without the code's own names for it."""
    match error:
        case smtplib.SMTPResponseException():
            return f"{error.smtp_code} {_legible(error.smtp_error)}"
        case ssl.SSLCertVerificationError():
            return f"its certificate is not trusted, {error.verify_message}"
        case TimeoutError():
            return f"no answer within {SECONDS:.0f} seconds"
        case OSError() if error.strerror:
            return error.strerror
        case _:
            return str(error)


def _legible(said: bytes | str) -> str:
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else said


def _refused(code: int, said: bytes | str) -> Undelivered | Undeliverable:
    why = f"the mail server says {code} {_legible(said)}"
    if code in TEMPORARY:
        return Undelivered(why, retry_after=TRIED_AGAIN_AFTER)
    return Undeliverable(why)

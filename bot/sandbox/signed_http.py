"""Delivery to the app's request URL, signed as Slack signs it."""

import hashlib
import hmac
import json
import time
from urllib.parse import urlencode

import aiohttp

from bot.sandbox.delivery import Retry, Unreachable
from bot.sandbox.json_values import Json, dump, load

FORM = "application/x-www-form-urlencoded"


class SignedHttp:
    """Posts to one request URL."""

    def __init__(self, request_url: str, signing_secret: str) -> None:
        self._url = request_url
        self._secret = signing_secret
        self._session: aiohttp.ClientSession | None = None

    def ready(self) -> bool:
        """Tell that there is a URL to post to; whether anyone listens shows on sending."""
        return True

    async def send(self, kind: str, payload: Json, retry: Retry | None) -> Json:
        """Post one payload and return what the app answered; raises `Unreachable`."""
        body, content_type = encoded(kind, payload)
        headers = signed(self._secret, body, at=int(time.time()))
        headers["Content-Type"] = content_type
        headers["User-Agent"] = "Slackbot 1.0 (sandbox)"
        if retry:
            headers["X-Slack-Retry-Num"] = str(retry.number)
            headers["X-Slack-Retry-Reason"] = retry.reason
        try:
            async with self._open().post(self._url, data=body, headers=headers) as response:
                text = await response.text()
                again = response.headers.get("X-Slack-No-Retry") != "1"
                status = response.status
        except aiohttp.ClientError as why:
            raise Unreachable("dispatch_failed", f"The app cannot be reached: {why}") from why
        if status != 200:  # noqa: PLR2004 - the one status that is an acknowledgement
            raise Unreachable("http_error", f"The app answered with status {status}.", retry=again)
        return decoded(text)

    async def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None or self._session.closed:
            # Let go before the app lets go: a request on a connection that closes is lost.
            connector = aiohttp.TCPConnector(keepalive_timeout=2)
            self._session = aiohttp.ClientSession(connector=connector)
        return self._session


def signed(secret: str, body: bytes, *, at: int) -> dict[str, str]:
    """Sign a raw body for a Unix time (v0 HMAC-SHA256)."""
    base = b"v0:%d:%b" % (at, body)
    digest = hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": str(at), "X-Slack-Signature": f"v0={digest}"}


def encoded(kind: str, payload: Json) -> tuple[bytes, str]:
    """Write a payload as Slack posts its kind, with the content type."""
    if kind == "events_api":
        return dump(payload).encode(), "application/json"
    form = payload if kind == "slash_commands" else {"payload": dump(payload)}
    return urlencode(form).encode(), FORM


def decoded(text: str) -> Json:
    """Read an answer: JSON, plain text (a reply), or nothing."""
    stripped = text.strip()
    if not stripped:
        return {}
    try:
        read = load(stripped)
    except json.JSONDecodeError:
        return {"text": stripped}
    return read if isinstance(read, dict) else {"text": stripped}

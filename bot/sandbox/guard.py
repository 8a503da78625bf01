"""Cross-site safety: the sandbox answers this machine only, and no other site's page."""

from collections.abc import Callable
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
    " connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none';"
    " require-trusted-types-for 'script'; trusted-types 'none'"
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def is_loopback(netloc: str) -> bool:
    """Tell whether "host:port" is this machine."""
    try:
        return urlsplit(f"//{netloc}").hostname in LOOPBACK
    except ValueError:
        return False


class Guard:
    """Refuses strange hosts and foreign origins, and adds the safety headers."""

    def __init__(self, app: ASGIApp, *, reached_at: Callable[[str], None]) -> None:
        self._app = app
        self._reached_at = reached_at

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        refusal = refused(headers)
        if refusal and scope["type"] == "http":
            answer = JSONResponse({"ok": False, "error": refusal}, status_code=400)
            await answer(scope, receive, send)
            return
        if refusal:
            await send({"type": "websocket.close", "code": 1008})
            return
        self._reached_at(f"http://{headers['host']}")

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        await self._app(scope, receive, with_headers)


def refused(headers: Headers) -> str | None:
    """Say why a request is refused, None where it is welcome."""
    host = headers.get("host", "")
    if not is_loopback(host):
        return f"This sandbox answers 127.0.0.1 and localhost only, not “{host}”."
    origin = headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != host:
        return "This request comes from another site's page, so it is refused."
    if headers.get("sec-fetch-site") in {"cross-site", "same-site"} and not _by_link(headers):
        return "This request comes from another site's page, so it is refused."
    return None


def _by_link(headers: Headers) -> bool:
    return headers.get("sec-fetch-mode") == "navigate" and "origin" not in headers

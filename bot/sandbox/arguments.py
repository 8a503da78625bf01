"""Reading a Web API call: query, form, JSON and multipart, mixed as clients mix them."""

import base64
import email
import email.policy
import json
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request

from bot.sandbox.json_values import Json, load
from bot.sandbox.refusals import SlackError

WRITTEN_AS_JSON = frozenset(
    {"blocks", "attachments", "view", "metadata", "message", "files", "users_list"}
)


async def read_arguments(request: Request) -> tuple[Json, str]:
    """Read a call's arguments and its token ("" where it has none)."""
    args: Json = dict(request.query_params)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().casefold()
    body = await request.body()
    if kind == "application/json" and body:
        args |= _read_json(body)
    elif kind == "multipart/form-data":
        args |= _read_multipart(request.headers["content-type"], body)
    elif body:
        args |= dict(parse_qsl(body.decode(), keep_blank_values=True))
    for name in WRITTEN_AS_JSON & args.keys():
        args[name] = _decoded(name, args[name])
    bearer = request.headers.get("authorization", "")
    if bearer.startswith("Basic "):
        args |= _credentials(bearer.removeprefix("Basic "))
        bearer = ""
    token = bearer.removeprefix("Bearer ").strip() or str(args.get("token", ""))
    args.pop("token", None)
    return args, token


def _credentials(encoded: str) -> Json:
    """Read which app it is and its secret, as they come with oauth.v2.access."""
    try:
        client_id, _, secret = base64.b64decode(encoded).decode().partition(":")
    except ValueError:
        raise SlackError("invalid_client_id") from None
    return {"client_id": client_id, "client_secret": secret}


def _read_json(body: bytes) -> Json:
    try:
        read = load(body.decode())
    except (json.JSONDecodeError, UnicodeDecodeError):
        raise SlackError("invalid_json") from None
    if not isinstance(read, dict):
        raise SlackError("json_not_object")
    return read


def _read_multipart(content_type: str, body: bytes) -> Json:
    head = b"MIME-Version: 1.0\r\nContent-Type: " + content_type.encode() + b"\r\n\r\n"
    parsed = email.message_from_bytes(head + body, policy=email.policy.HTTP)
    parts: Json = {}
    for part in parsed.iter_parts():
        name = part.get_param("name", header="content-disposition")
        content = part.get_payload(decode=True)
        if isinstance(content, bytes):
            is_file = part.get_filename() is not None
            parts[str(name)] = content if is_file else content.decode()
    return parts


def _decoded(name: str, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if not value.strip():
        return None
    try:
        return load(value)
    except json.JSONDecodeError:
        code = {"blocks": "invalid_blocks_format", "metadata": "invalid_metadata_format"}
        raise SlackError(code.get(name, "invalid_arguments")) from None

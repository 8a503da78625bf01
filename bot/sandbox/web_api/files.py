"""files.*: a file is announced, its bytes are sent, and it is shared in a conversation."""

import mimetypes
import secrets

from bot.sandbox.json_values import Json
from bot.sandbox.refusals import SlackError
from bot.sandbox.web_api.call import Call, Method
from bot.sandbox.workspace import from_app

LARGEST = 50_000_000  # bytes


def get_upload_url(call: Call) -> Json:
    """Announce a file and give the address to send it to."""
    name, length = call.text("filename"), call.number("length", 0)
    if not 0 < length <= LARGEST:
        raise SlackError("file_size_out_of_range" if length > 0 else "invalid_arguments")
    token = secrets.token_urlsafe(16)
    file_id = f"F0{secrets.token_hex(5).upper()}"
    described = {
        "id": file_id,
        "name": name,
        "title": call.maybe("title") or name,
        "alt_txt": call.maybe("alt_txt") or "",
        "mimetype": mimetypes.guess_type(name)[0] or "application/octet-stream",
        "filetype": name.rpartition(".")[2].casefold(),
        "size": length,
        "user": call.workspace.app.bot_person_id,
        "url_private": f"{call.workspace.own_url}/files/{file_id}",
        "url_private_download": f"{call.workspace.own_url}/files/{file_id}",
    }
    call.workspace.store.save_file(token, described, None)
    return {"upload_url": f"{call.workspace.own_url}/upload/{token}", "file_id": file_id}


def complete_upload(call: Call) -> Json:
    """Share files that have been sent."""
    files = [_finished(call, one) for one in call.args.get("files") or []]
    if not files:
        raise SlackError("invalid_arguments")
    channel = call.maybe("channel_id") or call.maybe("channels")
    if channel:
        conversation = call.workspace.find(channel)
        if conversation is None:
            raise SlackError("channel_not_found")
        content: Json = {"text": call.maybe("initial_comment") or "", "files": files}
        if call.maybe("thread_ts"):
            content["thread_ts"] = call.text("thread_ts")
        call.workspace.post(conversation["id"], from_app(call.workspace.app, content))
    return {"files": files}


def info(call: Call) -> Json:
    """Describe one file."""
    found = call.workspace.store.file(call.text("file"))
    if found is None:
        raise SlackError("file_not_found")
    return {"file": found[0]}


def delete(call: Call) -> Json:
    """Take a file away."""
    if call.workspace.store.file(call.text("file")) is None:
        raise SlackError("file_not_found")
    call.workspace.store.delete_file(call.text("file"))
    return {}


def _finished(call: Call, wanted: Json) -> Json:
    found = call.workspace.store.file(str(wanted.get("id")))
    if found is None or found[2] is None:
        raise SlackError("file_not_found")
    described, token, content = found
    described = {**described, "title": wanted.get("title") or described["title"]}
    call.workspace.store.save_file(token, described, content)
    return described


FILES: dict[str, Method] = {
    "files.getUploadURLExternal": get_upload_url,
    "files.completeUploadExternal": complete_upload,
    "files.info": info,
    "files.delete": delete,
}

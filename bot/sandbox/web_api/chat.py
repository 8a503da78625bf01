"""chat.*, reactions.*, pins.* and bookmarks.*: messages and what is attached to them."""

from typing import Any

from bot.sandbox.block_checks import check_message
from bot.sandbox.json_values import Json, dump
from bot.sandbox.limits import METADATA_CHARACTERS
from bot.sandbox.refusals import SlackError
from bot.sandbox.web_api.call import Call, Method
from bot.sandbox.workspace import from_app


def post_message(call: Call) -> Json:
    """Post a message to a channel, a thread, or a person's direct messages."""
    conversation = call.open_to_app(_addressed(call))
    content = _content(call)
    thread_ts = call.maybe("thread_ts")
    if thread_ts:
        content["thread_ts"] = _thread(call, conversation["id"], thread_ts)
        if call.flag("reply_broadcast"):
            content["subtype"] = "thread_broadcast"
    posted = call.workspace.post(conversation["id"], from_app(call.workspace.app, content))
    return {"channel": conversation["id"], "ts": posted["ts"], "message": posted}


def update(call: Call) -> Json:
    """Change one of the app's own messages in place."""
    conversation = call.writable()
    ts = call.text("ts")
    _own_message(call, conversation["id"], ts, "cant_update_message")
    changed = call.workspace.edit(conversation["id"], ts, _content(call))
    return {
        "channel": conversation["id"],
        "ts": ts,
        "text": changed["text"],
        "message": changed,
    }


def delete(call: Call) -> Json:
    """Remove one of the app's own messages."""
    conversation = call.conversation()
    ts = call.text("ts")
    _own_message(call, conversation["id"], ts, "cant_delete_message")
    call.workspace.delete(conversation["id"], ts)
    return {"channel": conversation["id"], "ts": ts}


def post_ephemeral(call: Call) -> Json:
    """Show a message to one person alone."""
    conversation = call.writable()
    person = call.person()
    if person.id not in call.workspace.members(conversation):
        raise SlackError("user_not_in_channel")
    content = _content(call)
    if call.maybe("thread_ts"):
        content["thread_ts"] = call.text("thread_ts")
    message = from_app(call.workspace.app, content)
    if call.faults.happens("drop_ephemeral"):
        return {"message_ts": call.workspace.next_ts()}
    posted = call.workspace.post(conversation["id"], message, only_for=person.id)
    return {"message_ts": posted["ts"]}


def get_permalink(call: Call) -> Json:
    """Give the address of a message on the page."""
    conversation = call.conversation()
    ts = call.text("message_ts")
    call.workspace.message(conversation["id"], ts)
    path = f"/archives/{conversation['id']}/p{ts.replace('.', '')}"
    return {"channel": conversation["id"], "permalink": call.workspace.own_url + path}


def add_reaction(call: Call) -> Json:
    """Add the app's reaction to a message."""
    name, message, channel = _reaction(call)
    reactions = message.get("reactions", [])
    if any(one["name"] == name for one in reactions):
        raise SlackError("already_reacted")
    mine = {"name": name, "users": [call.workspace.app.bot_person_id], "count": 1}
    _keep_reactions(call, channel, message, [*reactions, mine])
    return {}


def remove_reaction(call: Call) -> Json:
    """Take the app's reaction off a message."""
    name, message, channel = _reaction(call)
    reactions = message.get("reactions", [])
    left = [one for one in reactions if one["name"] != name]
    if len(left) == len(reactions):
        raise SlackError("no_reaction")
    _keep_reactions(call, channel, message, left)
    return {}


def add_pin(call: Call) -> Json:
    """Pin a message to its channel."""
    conversation = call.conversation()
    ts = call.text("timestamp")
    call.workspace.message(conversation["id"], ts)
    if any(one["ts"] == ts for one in call.workspace.store.marks("pin", conversation["id"])):
        raise SlackError("already_pinned")
    call.workspace.store.save_mark("pin", conversation["id"], ts, {"ts": ts})
    return {}


def add_bookmark(call: Call) -> Json:
    """Add a link to a channel's header."""
    channel = call.conversation("channel_id")["id"]
    bookmark = {
        "id": f"Bk{call.workspace.store.next_number('bookmarks'):08d}",
        "channel_id": channel,
        "title": call.text("title"),
        "link": call.maybe("link"),
        "emoji": call.maybe("emoji"),
        "type": call.maybe("type") or "link",
    }
    call.workspace.store.save_mark("bookmark", channel, str(bookmark["id"]), bookmark)
    return {"bookmark": bookmark}


def _addressed(call: Call) -> Json:
    """Find the conversation a message is for: posting to a person opens direct messages."""
    wanted = call.text("channel")
    conversation = call.workspace.find(wanted)
    if conversation is not None:
        return conversation
    for person in call.workspace.directory.people:
        if person.id == wanted:
            return call.workspace.direct_messages(person)
    raise SlackError("channel_not_found")


def _content(call: Call) -> dict[str, Any]:
    """Read and check what a message says."""
    args = call.args
    blocks, attachments = args.get("blocks") or [], args.get("attachments") or []
    if not args.get("text") and not blocks and not attachments:
        raise SlackError("no_text")
    check_message(blocks)
    content: dict[str, Any] = {"text": str(args.get("text") or ""), "blocks": blocks}
    if attachments:
        content["attachments"] = attachments
    if args.get("metadata"):
        content["metadata"] = _metadata(args["metadata"])
    return content


def _metadata(metadata: Any) -> Json:
    if not isinstance(metadata, dict) or not metadata.get("event_type"):
        raise SlackError("invalid_metadata_format")
    if len(dump(metadata)) > METADATA_CHARACTERS:
        raise SlackError("metadata_too_large")
    return {
        "event_type": metadata["event_type"],
        "event_payload": metadata.get("event_payload", {}),
    }


def _thread(call: Call, channel: str, thread_ts: str) -> str:
    found = call.workspace.store.message(channel, thread_ts)
    if found is None:
        raise SlackError("thread_not_found")
    parent: str = found[0].get("thread_ts") or thread_ts
    return parent


def _own_message(call: Call, channel: str, ts: str, otherwise: str) -> None:
    message, only_for = call.workspace.message(channel, ts)
    if only_for is not None:  # Slack keeps no ephemeral messages, so none can be found
        raise SlackError("message_not_found")
    if message.get("bot_id") != call.workspace.app.bot_id:
        raise SlackError(otherwise)


def _reaction(call: Call) -> tuple[str, Json, str]:
    conversation = call.conversation()
    message, _ = call.workspace.message(conversation["id"], call.text("timestamp"))
    return call.text("name").strip(":"), message, conversation["id"]


def _keep_reactions(call: Call, channel: str, message: Json, reactions: list[Json]) -> None:
    call.workspace.annotate(channel, message["ts"], {"reactions": reactions})


CHAT: dict[str, Method] = {
    "chat.postMessage": post_message,
    "chat.update": update,
    "chat.delete": delete,
    "chat.postEphemeral": post_ephemeral,
    "chat.getPermalink": get_permalink,
    "reactions.add": add_reaction,
    "reactions.remove": remove_reaction,
    "pins.add": add_pin,
    "bookmarks.add": add_bookmark,
}

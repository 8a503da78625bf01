"""conversations.*: channels, direct messages, and reading them back."""

from bot.sandbox.json_values import Json
from bot.sandbox.refusals import SlackError
from bot.sandbox.web_api.call import Call, Method


def described(call: Call, conversation: Json) -> Json:
    """Describe a conversation as Slack does."""
    archived = bool(conversation.get("archived"))
    shared = {"id": conversation["id"], "created": 0, "is_archived": archived, "updated": 0}
    kinds = {"is_group": False, "is_mpim": False, "is_org_shared": False}
    if conversation["kind"] == "im":
        return {
            **shared,
            **kinds,
            "is_im": True,
            "is_channel": False,
            "is_private": True,
            "user": conversation["person"],
            "is_user_deleted": False,
        }
    members = call.workspace.members(conversation)
    return {
        **shared,
        **kinds,
        "is_im": False,
        "is_channel": True,
        "is_private": False,
        "is_general": conversation["name"] == "general",
        "is_shared": False,
        "is_ext_shared": False,
        "name": conversation["name"],
        "name_normalized": conversation["name"],
        "creator": call.workspace.app.bot_person_id,
        "is_member": call.workspace.app.bot_person_id in members,
        "num_members": len(members),
        "topic": {"value": conversation["topic"], "creator": "", "last_set": 0},
        "purpose": {"value": "", "creator": "", "last_set": 0},
    }


def open_direct_messages(call: Call) -> Json:
    """Open the direct messages with one person."""
    wanted = call.many("users")
    if len(wanted) != 1:
        raise SlackError("not_enough_users" if not wanted else "too_many_users")
    person = next((one for one in call.workspace.directory.people if one.id == wanted[0]), None)
    if person is None:
        raise SlackError("user_not_found")
    conversation = call.workspace.direct_messages(call.administration.see_active(person))
    if call.flag("return_im"):
        return {"channel": described(call, conversation)}
    return {"channel": {"id": conversation["id"]}}


def list_conversations(call: Call) -> Json:
    """List the conversations of the wanted types."""
    types = set(call.many("types")) or {"public_channel"}
    wanted = [
        one
        for one in call.workspace.conversations()
        if ("im" if one["kind"] == "im" else "public_channel") in types
    ]
    part, metadata = call.part(wanted)
    return {
        "channels": [described(call, one) for one in part],
        "response_metadata": metadata,
    }


def info(call: Call) -> Json:
    """Describe one conversation."""
    return {"channel": described(call, call.conversation())}


def members(call: Call) -> Json:
    """List who is in a conversation."""
    part, metadata = call.part(call.workspace.members(call.conversation()))
    return {"members": part, "response_metadata": metadata}


def history(call: Call) -> Json:
    """Read a conversation's messages, the newest first, without the replies in threads."""
    channel = call.conversation()["id"]
    oldest, latest = _limits(call)
    found = call.workspace.store.in_the_channel(channel, oldest=oldest, latest=latest)
    wanted = [ts for ts in found if call.flag("inclusive") or ts not in (oldest, latest)]
    return _page(call, channel, wanted) | {"pin_count": 0}


def replies(call: Call) -> Json:
    """Read a thread: its first message, then the replies, the oldest first."""
    channel, ts = call.conversation()["id"], call.text("ts")
    first = call.workspace.store.message(channel, ts)
    if first is None or first[1] is not None:
        raise SlackError("thread_not_found")
    within = [one for one in _within(call, channel, thread=ts) if one["ts"] != ts]
    return _page(call, channel, [ts, *(one["ts"] for one in within)], most=1000)


def _page(call: Call, channel: str, found: list[str], *, most: int = 100) -> Json:
    part, metadata = call.part(found, most=most)
    messages = [call.workspace.store.message(channel, ts) for ts in part]
    return {
        "messages": [_as_read(call, channel, one[0]) for one in messages if one],
        "has_more": bool(metadata["next_cursor"]),
        "response_metadata": metadata,
    }


def create(call: Call) -> Json:
    """Make a channel."""
    return {"channel": described(call, call.workspace.create_channel(call.text("name")))}


def invite(call: Call) -> Json:
    """Bring people into a channel."""
    conversation = call.conversation()
    known = {one.id for one in call.workspace.directory.people}
    wanted = call.many("users")
    if not set(wanted) <= known:
        raise SlackError("user_not_found")
    if set(wanted) <= set(call.workspace.members(conversation)):
        raise SlackError("already_in_channel")
    call.workspace.add_members(conversation, wanted)
    return {"channel": described(call, call.conversation())}


def join(call: Call) -> Json:
    """Bring the app itself into a channel."""
    conversation = call.conversation()
    call.workspace.add_members(conversation, [call.workspace.app.bot_person_id])
    return {"channel": described(call, call.conversation())}


def set_topic(call: Call) -> Json:
    """Set a channel's topic."""
    topic = str(call.args.get("topic", ""))[:250]
    changed = call.workspace.keep({**call.conversation(), "topic": topic})
    call.workspace.changes.tell("channels")
    return {"channel": described(call, changed)}


def _within(call: Call, channel: str, *, thread: str | None = None) -> list[Json]:
    """List what was posted between `oldest` and `latest`: both left out unless `inclusive`."""
    oldest, latest = _limits(call)
    found = call.workspace.store.public_messages(
        channel, oldest=oldest, latest=latest, thread=thread
    )
    inclusive = call.flag("inclusive")
    return [one for one in found if inclusive or one["ts"] not in (oldest, latest)]


def _limits(call: Call) -> tuple[str, str]:
    return _timestamp(call, "oldest", 0), _timestamp(call, "latest", 9_999_999_999)


def _timestamp(call: Call, name: str, otherwise: float) -> str:
    try:
        return f"{float(call.maybe(name) or otherwise):017.6f}"
    except ValueError:
        raise SlackError(f"invalid_ts_{name}") from None


def _as_read(call: Call, channel: str, message: Json) -> Json:
    """Add what Slack counts for a thread, and hide metadata unless it was asked for."""
    answers = call.workspace.store.answers(channel, message["ts"])
    read = {key: one for key, one in message.items() if key != "metadata" or _with_metadata(call)}
    if not answers:
        return read
    authors = list(dict.fromkeys(user for _, user in answers))
    return {
        **read,
        "thread_ts": message["ts"],
        "reply_count": len(answers),
        "reply_users": authors,
        "reply_users_count": len(authors),
        "latest_reply": answers[-1][0],
        "is_locked": False,
        "subscribed": False,
    }


def _with_metadata(call: Call) -> bool:
    return call.flag("include_all_metadata")


CONVERSATIONS: dict[str, Method] = {
    "conversations.open": open_direct_messages,
    "conversations.list": list_conversations,
    "conversations.info": info,
    "conversations.members": members,
    "conversations.history": history,
    "conversations.replies": replies,
    "conversations.create": create,
    "conversations.invite": invite,
    "conversations.join": join,
    "conversations.setTopic": set_topic,
}

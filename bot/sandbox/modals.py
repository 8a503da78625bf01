"""What a person does with a modal as a whole: submit it, or close it."""

from bot.sandbox.acts import Acts, Place
from bot.sandbox.delivery import Answer
from bot.sandbox.directory import Person
from bot.sandbox.elements import missing
from bot.sandbox.json_values import Json
from bot.sandbox.payloads import interaction
from bot.sandbox.refusals import Refused, SlackError


async def submit(acts: Acts, person: Person, view_id: object, values: Json) -> Json:
    """Submit a modal and do what the app answers: errors, update, push, clear, or close it.

    Slack's own checks (required fields, lengths) come first; the app never sees what fails them.
    """
    view = _top(acts, person, view_id)
    filled = acts.views.fill(person.id, view, values)
    lacking = missing(filled["blocks"], filled["state"]["values"])
    if lacking:
        return _refused(lacking)
    payload = {
        **interaction(acts.workspace.app, person, "view_submission"),
        "view": filled,
        "response_urls": [],
    }

    def follow(answer: Answer, grant: Json) -> None:
        _follow(acts, person, view["id"], answer.body, act=grant["act"])

    outcome = await acts.perform(
        person, Place(view_id=view["id"]), kind="interactive", payload=payload, then=follow
    )
    ack = outcome["ack"]
    return {
        **outcome,
        "errors": ack.get("errors") if ack.get("response_action") == "errors" else None,
        "open_views": [one["id"] for one in acts.workspace.store.open_views(person.id)],
    }


async def close(acts: Acts, person: Person, view_id: object, *, everything: bool) -> Json:
    """Close a modal, and tell the app where the modal asked for that."""
    view = _top(acts, person, view_id)
    everything = everything or view["clear_on_close"]
    closing = acts.workspace.store.open_views(person.id) if everything else [view]
    if everything:
        acts.views.clear(person.id)
    else:
        acts.views.close(person.id, view["id"])
    for one in reversed(closing):
        if one["notify_on_close"]:
            payload = {
                **interaction(acts.workspace.app, person, "view_closed"),
                "view": one,
                "is_cleared": everything,
            }
            await acts.delivery.send("interactive", payload)
    return {"closed": [one["id"] for one in closing]}


def _top(acts: Acts, person: Person, view_id: object) -> Json:
    view = acts.views.get(person.id, view_id)
    stack = acts.workspace.store.open_views(person.id)
    if not stack or stack[-1]["id"] != view["id"]:
        raise Refused(f"View {view_id} is not the one on top.")
    return view


def _follow(acts: Acts, person: Person, view_id: str, body: Json, *, act: str) -> None:
    asked = body.get("response_action")
    try:
        if asked == "update":
            acts.views.update(view_id, body.get("view"), view_hash=None, act=act)
        elif asked == "push":
            acts.views.push(person.id, body.get("view"), act=act)
        elif asked == "clear":
            acts.views.clear(person.id, act=act)
        elif asked != "errors":
            acts.views.close(person.id, view_id, act=act)
    except SlackError as why:
        messages = why.extra.get("response_metadata", {}).get("messages", [])
        raise Refused(
            f"The app's answer was refused: {why.code}. {' '.join(messages)}".strip()
        ) from why


def _refused(errors: dict[str, str]) -> Json:
    return {
        "ack_ms": None,
        "error": None,
        "reply": None,
        "replies": [],
        "view_id": None,
        "errors": errors,
    }

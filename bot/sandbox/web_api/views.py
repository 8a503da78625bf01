"""views.*: modals and the App Home, as the app asks for them."""

from bot.sandbox.json_values import Json
from bot.sandbox.refusals import SlackError
from bot.sandbox.web_api.call import Call, Method


def open_view(call: Call) -> Json:
    """Open a modal with a trigger."""
    trigger = call.triggers.redeem(_trigger(call))
    return {"view": call.views.open(trigger.person, call.args.get("view"), act=trigger.act)}


def push_view(call: Call) -> Json:
    """Lay a modal on the one that the trigger came from."""
    trigger = call.triggers.redeem(_trigger(call))
    return {"view": call.views.push(trigger.person, call.args.get("view"), act=trigger.act)}


def update_view(call: Call) -> Json:
    """Change an open modal, named by its id or by the app's own."""
    view_id = call.maybe("view_id")
    if view_id is None:
        found = call.workspace.store.view_with_external_id(call.text("external_id"))
        if found is None:
            raise SlackError("not_found")
        view_id = found["id"]
    view = call.args.get("view")
    return {"view": call.views.update(view_id, view, view_hash=call.maybe("hash"))}


def publish_view(call: Call) -> Json:
    """Set what a person's App Home shows."""
    if not call.workspace.app.has_home:
        raise SlackError("not_enabled")
    person = call.person("user_id")
    view = call.args.get("view")
    return {"view": call.views.publish(person.id, view, view_hash=call.maybe("hash"))}


def _trigger(call: Call) -> str:
    return call.maybe("trigger_id") or call.text("interactivity_pointer")


VIEWS: dict[str, Method] = {
    "views.open": open_view,
    "views.push": push_view,
    "views.update": update_view,
    "views.publish": publish_view,
}

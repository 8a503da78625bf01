"""What a payload must look like for a listener to read it. Whatever Slack sends does.

A signature says who sent a payload, not that it is whole: a proxy may cut it, another version of
Slack may shape it otherwise. Only what the desk reads is checked; the rest may be anything.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

PersonId = Annotated[str, Field(pattern=r"^[UW][A-Z0-9]+$")]
Id = Annotated[str, Field(min_length=1)]
EventId = Annotated[str, Field(pattern=r"^Ev[A-Za-z0-9]{1,60}$")]  # kept, to hear it once
Moment = Annotated[str, Field(pattern=r"^\d{1,10}\.\d{1,6}$")]  # a message's time stamp

ElementType = Literal[
    "button",
    "overflow",
    "static_select",
    "external_select",
    "users_select",
    "conversations_select",
    "channels_select",
    "multi_static_select",
    "multi_external_select",
    "multi_users_select",
    "multi_conversations_select",
    "multi_channels_select",
    "datepicker",
    "timepicker",
    "datetimepicker",
    "checkboxes",
    "radio_buttons",
    "plain_text_input",
    "number_input",
    "email_text_input",
    "url_text_input",
    "rich_text_input",
    "file_input",
]
ONE_OPTION = ("overflow", "static_select", "external_select", "radio_buttons")


class _Read(BaseModel):
    model_config = ConfigDict(strict=True, extra="ignore")


class Person(_Read):
    """Who did it."""

    id: PersonId


class Place(_Read):
    """A conversation."""

    id: Id


class Option(_Read):
    """An entry of a menu."""

    value: str


class Chosen(_Read):
    """What an element holds: in an action, or in the state of a form."""

    value: str | None = None
    selected_option: Option | None = None
    selected_options: list[Option] | None = None
    selected_date: str | None = None
    selected_time: str | None = None
    selected_user: str | None = None
    selected_conversation: str | None = None
    selected_channel: str | None = None


class Action(Chosen):
    """What was pressed or chosen."""

    type: ElementType
    action_id: Id

    @model_validator(mode="after")
    def _carries_something(self) -> Action:
        if self.type in ONE_OPTION and self.selected_option is None:
            raise ValueError("a menu without what was chosen")
        if self.type == "button" and self.value is None:
            raise ValueError("a button without its value")
        return self


class Label(_Read):
    """The words beside a field."""

    text: str


class FormBlock(_Read):
    """A block of a form or a page."""

    type: Id
    block_id: str | None = None
    label: Label | None = None

    @model_validator(mode="after")
    def _is_named(self) -> FormBlock:
        if self.type == "input" and (self.block_id is None or self.label is None):
            raise ValueError("an input without its name")
        return self


class State(_Read):
    """What a form holds: block id -> action id -> what was typed or chosen."""

    values: dict[str, Annotated[dict[str, Chosen], Field(min_length=1)]]


class View(_Read):
    """A form, or App Home."""

    id: Id
    type: Literal["modal", "home"]
    callback_id: str
    private_metadata: str
    hash: str | None = None
    blocks: list[FormBlock]
    state: State | None = None


class Filled(View):
    """A form with what it holds."""

    state: State


class Message(_Read):
    """The message that a shortcut was used on, or a button stood in."""

    ts: Moment
    text: str | None = None
    user: str | None = None
    thread_ts: str | None = None


class _Asked(_Read):
    """What everything that a person does carries."""

    trigger_id: str | None = None
    response_url: str | None = None


class Command(_Asked):
    """A slash command."""

    command: Id
    text: str | None = None
    user_id: PersonId
    channel_id: str | None = None


class _Interaction(_Asked):
    user: Person
    channel: Place | None = None


class Press(_Interaction):
    """A button or menu."""

    actions: Annotated[list[Action], Field(min_length=1)]
    view: Filled | None = None
    message: Message | None = None

    @model_validator(mode="before")
    @classmethod
    def _home_holds_nothing(cls, body: Any) -> Any:  # not yet looked at
        """Leave out what App Home's own menus hold: nobody reads it, and a press says it again."""
        view = body.get("view")
        if not isinstance(view, dict) or view.get("type") != "home":
            return body
        return body | {"view": view | {"state": {"values": {}}}}


class Submission(_Interaction):
    """A form that was sent."""

    view: Filled


class Closing(_Interaction):
    """A form that was closed; what it held may be left out."""

    view: View


class Suggestion(_Interaction):
    """A question for a menu's entries."""

    action_id: Id
    value: str | None = None
    view: View | None = None


class Shortcut(_Interaction):
    """A global shortcut, which always opens something."""

    callback_id: Id
    trigger_id: Id


class MessageShortcut(Shortcut):
    """A shortcut on a message."""

    message: Message
    channel: Place


class Tokens(_Read):
    """Whose tokens were revoked."""

    bot: list[PersonId] | None = None


class Happened(_Read):
    """What happened."""

    type: Id
    user: PersonId | None = None
    tab: str | None = None
    channel: str | None = None
    text: str | None = None
    ts: str | None = None
    tokens: Tokens | None = None


class Event(_Read):
    """An event of the Events API."""

    event: Happened
    event_id: EventId | None = None


SHAPES: dict[str, type[BaseModel]] = {
    "block_actions": Press,
    "view_submission": Submission,
    "view_closed": Closing,
    "block_suggestion": Suggestion,
    "shortcut": Shortcut,
    "message_action": MessageShortcut,
    "event_callback": Event,
}

# What Slack sends to see whether somebody is there; Bolt answers it.
UNSHAPED = {"url_verification", "ssl_check"}


def wrong_with(body: Any) -> str | None:
    """Say what is wrong with a payload, without its values; None where it can be read."""
    if not isinstance(body, dict):
        return "not an object"
    shape = Command if "command" in body else SHAPES.get(str(body.get("type")))
    if shape is None:
        return (
            None
            if UNSHAPED & body.keys() or str(body.get("type")) in UNSHAPED
            else "of no known kind"
        )
    try:
        shape.model_validate(body)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        return f"{shape.__name__}: {'.'.join(map(str, first['loc']))}: {first['msg']}"
    return None

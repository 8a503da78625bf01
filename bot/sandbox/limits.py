"""Slack's limits as one table: what a message, a view and their parts may hold.

Every row is a kind of object, one of its fields, and how many characters or entries it may have.
Sources: Slack's Block Kit reference and slack_sdk's own models; the size of all the blocks of a
message is not documented and was measured by others (bolt-js issue 2509).
"""

from typing import NamedTuple


class Limit(NamedTuple):
    """One field's length, in characters for text and in entries for a list."""

    field: str
    least: int
    most: int


BLOCKS_PER_MESSAGE = 50
BLOCKS_PER_VIEW = 100
BLOCK_CHARACTERS_PER_MESSAGE = 13_200
TEXT_CHARACTERS_KEPT = 40_000
MARKDOWN_CHARACTERS_PER_MESSAGE = 12_000
METADATA_CHARACTERS = 8_000
VIEW_STACK_DEPTH = 3

OPTIONS = (Limit("options", 1, 100), Limit("option_groups", 1, 100), Limit("placeholder", 1, 150))

LIMITS: dict[str, tuple[Limit, ...]] = {
    # blocks
    "section":      (Limit("text", 1, 3000), Limit("fields", 1, 10), Limit("fields[]", 1, 2000)),
    "header":       (Limit("text", 1, 150),),
    "actions":      (Limit("elements", 1, 25),),
    "context":      (Limit("elements", 1, 10),),
    "input":        (Limit("label", 1, 2000), Limit("hint", 1, 2000)),
    "image":        (Limit("image_url", 1, 3000), Limit("alt_text", 1, 2000),
                     Limit("title", 1, 2000)),
    "markdown":     (Limit("text", 1, 12_000),),
    "table":        (Limit("rows", 1, 100),),
    "carousel":     (Limit("elements", 1, 10),),
    "card":         (Limit("title", 1, 150), Limit("subtitle", 1, 150), Limit("body", 1, 200)),
    "container":    (Limit("title", 1, 150), Limit("subtitle", 1, 150),
                     Limit("child_blocks", 1, 10)),
    "context_actions": (Limit("elements", 1, 5),),
    # elements
    "button":       (Limit("text", 1, 75), Limit("value", 0, 2000), Limit("url", 1, 3000),
                     Limit("accessibility_label", 1, 75)),
    "overflow":     (Limit("options", 1, 5),),
    "checkboxes":   (Limit("options", 1, 10),),
    "radio_buttons": (Limit("options", 1, 10),),
    "static_select": OPTIONS,
    "multi_static_select": OPTIONS,
    "external_select": (Limit("placeholder", 1, 150),),
    "multi_external_select": (Limit("placeholder", 1, 150),),
    "users_select": (Limit("placeholder", 1, 150),),
    "multi_users_select": (Limit("placeholder", 1, 150),),
    "conversations_select": (Limit("placeholder", 1, 150),),
    "channels_select": (Limit("placeholder", 1, 150),),
    "datepicker":   (Limit("placeholder", 1, 150),),
    "timepicker":   (Limit("placeholder", 1, 150),),
    "plain_text_input": (Limit("placeholder", 1, 150), Limit("initial_value", 0, 3000)),
    # objects inside them
    "option":       (Limit("text", 1, 75), Limit("value", 1, 150), Limit("description", 1, 75)),
    "option_group": (Limit("label", 1, 75), Limit("options", 1, 100)),
    "confirm":      (Limit("title", 1, 100), Limit("text", 1, 300), Limit("confirm", 1, 30),
                     Limit("deny", 1, 30)),
    # views
    "modal":        (Limit("title", 1, 24), Limit("submit", 1, 24), Limit("close", 1, 24),
                     Limit("private_metadata", 0, 3000), Limit("callback_id", 0, 255),
                     Limit("external_id", 0, 255)),
    "home":         (Limit("private_metadata", 0, 3000), Limit("callback_id", 0, 255),
                     Limit("external_id", 0, 255)),
}  # fmt: skip

IDENTIFIER = 255  # action_id and block_id

# What each kind must have (one of the names, where several stand together).
REQUIRED: dict[str, tuple[tuple[str, ...], ...]] = {
    "section":       (("text", "fields"),),
    "header":        (("text",),),
    "actions":       (("elements",),),
    "context":       (("elements",),),
    "input":         (("label",), ("element",)),
    "image":         (("image_url", "slack_file"), ("alt_text",)),
    "markdown":      (("text",),),
    "table":         (("rows",),),
    "rich_text":     (("elements",),),
    "button":        (("text",),),
    "overflow":      (("options",),),
    "checkboxes":    (("options",),),
    "radio_buttons": (("options",),),
    "static_select": (("options", "option_groups"),),
    "multi_static_select": (("options", "option_groups"),),
    "option":        (("text",), ("value",)),
    "confirm":       (("title",), ("text",), ("confirm",), ("deny",)),
    "modal":         (("title",), ("blocks",)),
    "home":          (("blocks",),),
}  # fmt: skip

ONLY_PLAIN_TEXT = frozenset(
    {
        ("header", "text"), ("button", "text"), ("input", "label"), ("input", "hint"),
        ("modal", "title"), ("modal", "submit"), ("modal", "close"), ("confirm", "title"),
        ("confirm", "confirm"), ("confirm", "deny"), ("option_group", "label"),
    }
)  # fmt: skip

EVERYWHERE = frozenset(
    {"section", "header", "actions", "context", "divider", "image", "input", "rich_text",
     "markdown", "video", "context_actions", "card", "carousel", "container", "table"}
)  # fmt: skip
ALLOWED_BLOCKS = {
    "message": EVERYWHERE | {"file", "call", "task_card", "plan", "data_table"},
    "modal": EVERYWHERE | {"alert"},
    "home": EVERYWHERE,
}

ELEMENTS = frozenset(
    {"button", "overflow", "checkboxes", "radio_buttons", "static_select", "multi_static_select",
     "external_select", "multi_external_select", "users_select", "multi_users_select",
     "conversations_select", "multi_conversations_select", "channels_select",
     "multi_channels_select", "datepicker", "timepicker", "datetimepicker", "plain_text_input",
     "number_input", "email_text_input", "url_text_input", "rich_text_input", "file_input",
     "image", "workflow_button", "feedback_buttons", "icon_button"}
)  # fmt: skip

"""The ids that travel through Slack and come back. Nothing else may spell one."""

from __future__ import annotations

import re

from workflow.casework.stages import Act
from workflow.services.forms import FORMS

COMMAND = "/foi"
SLACK_FOLDER = "/slack"
SLACK_PATH = "/slack/events"
INSTALL_PATH = "/slack/install"
BACK_PATH = "/slack/oauth_redirect"  # as Bolt calls it; it stands among the app's redirect URLs
INSTALLED_PATH = "/slack/installed"

ACT_MODAL = "act"
WHICH_MODAL = "which"
PEOPLE_MODAL = "people"
WHICH_REQUEST = "reference"
LOG_MESSAGE = "log_message"
LOG_REQUEST = "log_request"
HOME = "home:"
HOME_TEAM, HOME_STAGE, HOME_WORDS = f"{HOME}team", f"{HOME}stage", f"{HOME}words"
HOME_PART, HOME_PAGE, HOME_BACK = f"{HOME}part", f"{HOME}page", f"{HOME}back"
FIELD = "fill:"  # before a field's name: the action of filling it in
AFRESH = "afresh"
SHOW = "show"
WHY = "why"
MORE = "more"
MENU = "menu"
EVERYTHING = "everything"

ANY_ACT = re.compile(r"^act:")
ANY_HOME = re.compile(rf"^{HOME}")
ANY_FIELD = re.compile(rf"^{FIELD}")
ANY_MENU = re.compile(rf"^{MENU}:")
ANYTHING = re.compile(r".*")

EVENT_TYPE = "foi_desk"  # of a message's metadata, by which a sent message is found again


def act_id(act: Act) -> str:
    """Give the action id of a button that does an act."""
    return f"act:{act.name.lower()}"


def field_id(name: str) -> str:
    """Give the action id of a field of a form."""
    return f"{FIELD}{name}"


def field_from(action_id: str) -> str:
    """Read the field's name from its action id."""
    return action_id.removeprefix(FIELD)


def act_from(action_id: str) -> Act:
    """Read the act from a button's action id. Raises KeyError as `act_named` does."""
    return act_named(action_id.removeprefix("act:").upper())


def act_named(name: str) -> Act:
    """Find an act that people do. Raises KeyError for one there is no more, or the clock's own."""
    act = Act[name]
    if act not in FORMS:
        raise KeyError(name)
    return act


def option_value(act: Act, reference: str) -> str:
    """Give the value of a menu's entry that does an act."""
    return f"{act.name.lower()}|{reference}"


def everything_value(reference: str) -> str:
    """Give the value of a menu's entry that shows all that one may do."""
    return f"{EVERYTHING}|{reference}"


def everything_from(value: str) -> str | None:
    """Read the reference from that entry's value; None from any other's."""
    kind, _, reference = value.partition("|")
    return reference if kind == EVERYTHING else None


def option_from(value: str) -> tuple[Act, str]:
    """Read act and reference from a menu's entry. Raises KeyError as `act_from` does."""
    act, _, reference = value.partition("|")
    return act_named(act.upper()), reference

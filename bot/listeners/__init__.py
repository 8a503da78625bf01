"""Who listens to what. Listeners ack, read, ask the conversation, answer; they decide nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot import ids
from bot.listeners.commands import foi
from bot.listeners.edge import answer_fault, introduce
from bot.listeners.home import changed as home_changed
from bot.listeners.home import opened
from bot.listeners.leaving import leaving
from bot.listeners.people import submitted_people
from bot.listeners.presses import (
    pressed_act,
    pressed_menu,
    pressed_more,
    pressed_out_of_date,
    pressed_show,
    pressed_why,
)
from bot.listeners.shortcuts import log_message, log_request
from bot.listeners.views import afresh, closed, filled_in, submitted
from bot.listeners.views import suggested as suggested_exemptions
from bot.listeners.which import said_which, suggested
from workflow.services.installation import REVOKED, UNINSTALLED

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from slack_bolt.async_app import AsyncApp

    from bot.desk import Desk
    from bot.doorkeeper import Doorkeeper
    from bot.identity import Identity


def register(
    app: AsyncApp,
    desk: Desk,
    doorkeeper: Doorkeeper,
    identity: Callable[[], Awaitable[Identity | None]],
    ended: Callable[[str], None],
) -> None:
    """Attach every listener. The first that fits an action gets it, so the net is last."""
    app.middleware(introduce(desk, doorkeeper))
    app.error(answer_fault)
    app.command(ids.COMMAND)(foi)
    app.action(ids.ANY_ACT)(pressed_act)
    app.action(ids.MORE)(pressed_more)
    app.action(ids.SHOW)(pressed_show)
    app.action(ids.WHY)(pressed_why)
    app.action(ids.ANY_MENU)(pressed_menu)
    app.action(ids.ANY_HOME)(home_changed)
    app.action(ids.ANY_FIELD)(filled_in)
    app.action(ids.AFRESH)(afresh)
    app.action(ids.ANYTHING)(pressed_out_of_date)
    app.shortcut(ids.LOG_REQUEST)(log_request)
    app.shortcut(ids.LOG_MESSAGE)(log_message)
    app.view(ids.ACT_MODAL)(submitted)
    app.view_closed(ids.ACT_MODAL)(closed)
    app.options(ids.ANY_FIELD)(suggested_exemptions)
    app.view(ids.WHICH_MODAL)(said_which)
    app.view(ids.PEOPLE_MODAL)(submitted_people)
    app.options(ids.WHICH_REQUEST)(suggested)
    app.event("app_home_opened")(opened)
    for word in (UNINSTALLED, REVOKED):
        app.event(word)(leaving(identity, ended))

"""Slack's Web API, method by method."""

from bot.sandbox.web_api.call import Call, Method
from bot.sandbox.web_api.chat import CHAT
from bot.sandbox.web_api.conversations import CONVERSATIONS
from bot.sandbox.web_api.files import FILES
from bot.sandbox.web_api.people import PEOPLE
from bot.sandbox.web_api.platform import PLATFORM
from bot.sandbox.web_api.views import VIEWS

METHODS: dict[str, Method] = {**CHAT, **CONVERSATIONS, **FILES, **PEOPLE, **PLATFORM, **VIEWS}

__all__ = ["METHODS", "Call", "Method"]

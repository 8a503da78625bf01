"""A local Slack: it speaks Slack's protocol to an unmodified app and has a page for people.

It is the demonstration for somebody who has no Slack account, and the test bench. It knows nothing
of Freedom of Information: what it shows is what the installed app sends.
"""

from bot.sandbox.clock import SandboxClock
from bot.sandbox.directory import Channel, Person
from bot.sandbox.grants import Times
from bot.sandbox.sandbox import Sandbox

__all__ = ["Channel", "Person", "Sandbox", "SandboxClock", "Times"]

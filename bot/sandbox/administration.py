"""What an administrator does; of most of it an app finds out only when it is refused."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.asked import Asked
from bot.sandbox.directory import Person
from bot.sandbox.events import Events
from bot.sandbox.json_values import Json
from bot.sandbox.refusals import Refused, SlackError
from bot.sandbox.tokens import Tokens
from bot.sandbox.workspace import Workspace

# What a method needs, of those that an app of this kind calls; any of several is enough.
NEEDS: dict[str, tuple[str, ...]] = {
    "chat.postMessage": ("chat:write",),
    "chat.update": ("chat:write",),
    "chat.delete": ("chat:write",),
    "chat.postEphemeral": ("chat:write",),
    "conversations.list": ("channels:read", "groups:read"),
    "conversations.info": ("channels:read", "groups:read"),
    "conversations.history": ("channels:history", "groups:history"),
    "conversations.replies": ("channels:history", "groups:history"),
    "conversations.open": ("im:write",),
    "files.getUploadURLExternal": ("files:write",),
    "files.completeUploadExternal": ("files:write",),
    "files.delete": ("files:write",),
    "users.info": ("users:read",),
}


@dataclass
class Administration:
    """What was taken from the app, who was deactivated, and how who installs it decides."""

    revoked: str = ""  # what Slack says of the token: token_revoked, account_inactive, invalid_auth
    taken: set[str] = field(default_factory=set)  # scopes
    deactivated: set[str] = field(default_factory=set)  # ids of people
    consent: str = ""  # "", or one of CONSENTS

    def check(self, method: str, scopes: tuple[str, ...]) -> None:
        """See that the app may call a method; raises `SlackError`."""
        if self.revoked:
            raise SlackError(self.revoked)
        left = [one for one in scopes if one not in self.taken]
        needed = NEEDS.get(method, ())
        if self.taken.intersection(needed) and not set(needed) & set(left):
            raise SlackError("missing_scope", needed=",".join(needed), provided=",".join(left))

    def has(self, scope: str, scopes: tuple[str, ...]) -> bool:
        """Tell whether the app still has a scope of those it asked for."""
        return scope in scopes and scope not in self.taken

    def see_active(self, person: Person) -> Person:
        """See that somebody's account is active; raises `SlackError`."""
        if person.id in self.deactivated:
            raise SlackError("user_disabled")
        return person


CONSENTS = ("denied", "elsewhere", "organisation")


class Administering:
    """Answers `/sandbox/administer`: one thing at a time, and what stands then."""

    def __init__(
        self,
        workspace: Workspace,
        administration: Administration,
        tokens: Tokens,
        events: Events,
    ) -> None:
        self._workspace, self._state, self._tokens = workspace, administration, tokens
        self._events = events

    async def administer(self, asked: Asked) -> Json:
        """Do what is asked for, each field one thing."""
        known: dict[str, Callable[[Any], None]] = {
            "archive": lambda name: self._archive(name, archived=True),
            "unarchive": lambda name: self._archive(name, archived=False),
            "remove_app": self._remove_app,
            "deactivate": lambda who: self._state.deactivated.add(self._person(who).id),
            "activate": lambda who: self._state.deactivated.discard(self._person(who).id),
            "revoke": self._revoke,
            "uninstall": lambda _now: self._uninstall(),
            "revoke_tokens": lambda _now: self._revoke_tokens(),
            "take_scope": lambda scope: self._state.taken.add(str(scope)),
            "give_scope": lambda scope: self._state.taken.discard(str(scope)),
            "consent": self._consent,
            "token_seconds": lambda seconds: self._tokens.set_seconds(int(seconds)),
            "expire": lambda _now: self._tokens.expire(),
        }
        wanted = {name: value for name, value in asked.fields.items() if name in known}
        if not wanted:
            raise Refused(f"Say what to do: {', '.join(known)}.")
        for name, value in wanted.items():
            known[name](value)
        return {
            "revoked": self._state.revoked,
            "taken": sorted(self._state.taken),
            "deactivated": sorted(self._state.deactivated),
            "consent": self._state.consent,
            "token_seconds": self._tokens.seconds,
        }

    def _person(self, who: object) -> Person:
        return self._workspace.directory.get(who)

    def _archive(self, name: object, *, archived: bool) -> None:
        self._workspace.keep({**self._workspace.get(name), "archived": archived})
        self._workspace.changes.tell("channels")

    def _remove_app(self, name: object) -> None:
        channel = self._workspace.get(name)
        app = self._workspace.app.bot_person_id
        members = [one for one in self._workspace.members(channel) if one != app]
        self._workspace.keep({**channel, "members": members})

    def _consent(self, how: object) -> None:
        if how and how not in CONSENTS:
            raise Refused(f"“{how}” is no way to decide. There are: {', '.join(CONSENTS)}.")
        self._state.consent = str(how or "")

    def _revoke(self, how: object) -> None:
        self._state.revoked = str(how or "")

    def _uninstall(self) -> None:
        self._revoke("account_inactive")
        self._events.uninstalled()

    def _revoke_tokens(self) -> None:
        self._revoke("token_revoked")
        self._events.tokens_revoked()

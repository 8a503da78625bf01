"""Events that the app subscribed to in its manifest: messages, its Home opened, its own end."""

from bot.sandbox.delivery import Delivery
from bot.sandbox.directory import Person
from bot.sandbox.json_values import Json
from bot.sandbox.manifest import TEAM_ID
from bot.sandbox.payloads import event_callback, message_event
from bot.sandbox.workspace import Workspace


class Events:
    """Sends each event the app asked for, once."""

    def __init__(self, workspace: Workspace, delivery: Delivery) -> None:
        self._workspace = workspace
        self._delivery = delivery

    def message_posted(self, channel: str, message: Json) -> None:
        """Send a posted message as the events it amounts to."""
        conversation = self._workspace.get(channel)
        event = message_event(conversation, message)
        kind = "message.im" if conversation["kind"] == "im" else "message.channels"
        self._send(kind, event)
        mentioned = f"<@{self._workspace.app.bot_person_id}" in message["text"]
        if mentioned and conversation["kind"] != "im" and "bot_id" not in message:
            mention = {key: one for key, one in event.items() if key != "channel_type"}
            self._send("app_mention", {**mention, "type": "app_mention"})

    def home_opened(self, person: Person, tab: str = "home") -> bool:
        """Send that a person opened a tab of the app; False where the app did not ask to know."""
        event = {
            "type": "app_home_opened",
            "user": person.id,
            "channel": self._workspace.direct_messages(person)["id"],
            "tab": tab,
            "event_ts": f"{self._workspace.clock.now().timestamp():.6f}",
        }
        home = self._workspace.store.home(person.id) if tab == "home" else None
        return self._send("app_home_opened", {**event, "view": home} if home else event)

    def uninstalled(self) -> None:
        """Send that the app was uninstalled, and its token with it: Slack promises no order."""
        self._send("app_uninstalled", {"type": "app_uninstalled"})
        self.tokens_revoked()

    def tokens_revoked(self, team: str = TEAM_ID) -> None:
        """Send that a token of a workspace was revoked: by the bot's id, for no event holds one."""
        tokens = {"oauth": [], "bot": [self._workspace.app.bot_person_id]}
        self._send("tokens_revoked", {"type": "tokens_revoked", "tokens": tokens}, team=team)

    def _send(self, kind: str, event: Json, *, team: str = TEAM_ID) -> bool:
        app = self._workspace.app
        if kind not in app.events:
            return False
        at = int(self._workspace.clock.now().timestamp())
        self._delivery.send_event(event_callback(app, event, at=at, team=team))
        return True

"""The desk as listeners see it: services called in threads, delivery after the answer."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from copy import copy
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

import structlog

from bot import wording
from bot.drafts import Drafts
from bot.pictures import Pictures
from workflow.casework.errors import Lacking, UnknownOfficer
from workflow.casework.roles import Role
from workflow.services.delivery import deliver
from workflow.services.office import SETTLES

if TYPE_CHECKING:
    from collections.abc import Callable

    from workflow.casework.roles import Officer
    from workflow.services.office import Office

P = ParamSpec("P")
T = TypeVar("T")
log = structlog.get_logger(__name__)

THREADS = 16
SECONDS_TO_LOOK = 0.5
MARGIN = 0.05  # seconds: a timer may come a little early


class Desk:
    """An office behind Slack's door."""

    def __init__(self, office: Office, *, address: str = "") -> None:
        self.office = office
        self.address = address  # where its pages are reached
        self._whole = self
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="desk")
        self._speaking: asyncio.Task[None] | None = None
        self._more_to_say = False
        self.drafts = Drafts(office, self.ask)
        self.pictures = Pictures()
        self._stop = threading.Event()
        self._later: asyncio.TimerHandle | None = None

    async def ask(self, service: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Call a service in a thread of the desk's own, so that nobody's answer waits for it."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._pool, lambda: service(*args, **kwargs))

    async def know_the_people(self) -> None:
        """See to it that the roster is no older than a second, and let nobody else wait for it.

        Of Slack's three seconds a part is spent on it; a slower look goes on without whoever asks.
        """
        if not self.office.people.is_stale():
            return
        looking = asyncio.ensure_future(self.ask(self.office.people.look_if_stale))
        done, _ = await asyncio.wait((looking,), timeout=SECONDS_TO_LOOK)
        if done:
            looking.result()
        else:
            looking.add_done_callback(_looked)

    def seen_by(self, slack_id: str) -> Desk:
        """Give the desk as somebody sees it: what is restricted only if they are named.

        Threads and delivery stay those of the whole desk. A stranger sees what everybody sees.
        """
        try:
            viewer = self.office.roster.by_slack(slack_id).handle
        except UnknownOfficer:
            viewer = None
        seen = copy(self)
        seen.office = self.office.seen_by(viewer)
        return seen

    def officer(self, slack_id: str) -> Officer:
        """Find who is at the other end. Raises Lacking, saying who can add them, for a stranger."""
        roster = self.office.roster
        try:
            return roster.by_slack(slack_id)
        except UnknownOfficer:
            names = [one.name for one in roster.having(Role.DESK)]
            raise Lacking(what=wording.stranger(slack_id, names), cure="") from None

    def speak(self) -> None:
        """Have the outbox delivered soon, after the answer to the person. Many calls are one.

        A card that changed is drawn a moment later, with all that is done to it until then.
        """
        if self._whole is not self:
            self._whole.speak()
            return
        self._speak_now()
        if self._later is not None:
            self._later.cancel()
        soon = SETTLES.total_seconds() + MARGIN
        self._later = asyncio.get_running_loop().call_later(soon, self._speak_now)

    def _speak_now(self) -> None:
        self._more_to_say = True
        if self._speaking is None or self._speaking.done():
            self._speaking = asyncio.create_task(self._deliver())

    async def quiet(self) -> None:
        """Wait until everything that was to be said is said."""
        if self._speaking is not None:
            await self._speaking

    def close(self) -> None:
        """Let the threads end after the message in hand. What is not delivered waits."""
        self.drafts.close()
        self._stop.set()
        if self._later is not None:
            self._later.cancel()
        self._pool.shutdown(wait=True, cancel_futures=True)

    async def _deliver(self) -> None:
        while self._more_to_say and not self._stop.is_set():
            self._more_to_say = False
            try:
                await self.ask(deliver, self.office, stop=self._stop, settled=True)
            except Exception:  # an edge: the outbox keeps what was not said, the next tick retries
                log.exception("delivery failed; the next tick will try again")


def _looked(looking: asyncio.Future[None]) -> None:
    if not looking.cancelled() and (error := looking.exception()) is not None:
        log.warning("nobody could look who works here", why=type(error).__name__)


def user_of(body: dict[str, Any]) -> str:
    """Read who sent a payload, whatever its kind."""
    user = body.get("user")
    if isinstance(user, dict):
        return str(user["id"])
    return str(body.get("user_id") or user or body.get("event", {}).get("user", ""))

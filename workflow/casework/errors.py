"""Why an act is refused. Each carries its data and a sentence: what is wrong, what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from workflow.casework.stages import Act, Stage


MOST_NAMED = 8  # acts, in a sentence


class Refusal(Exception):
    """An act was refused. Nothing was written; `str()` is the sentence for the person."""

    def worded(self, said: Callable[[Act], str]) -> str:
        """Give the sentence with the acts that are open said in a door's own words."""
        del said
        return str(self)


class UnknownRequest(Refusal):
    """No request has this reference."""

    def __init__(self, *, reference: str, near: Sequence[str] = ()) -> None:
        """Keep the reference asked for and those that look like it."""
        self.reference, self.near = reference, tuple(near)
        hint = f"Did you mean {either(near)}?" if near else "List the open ones with: list."
        super().__init__(f"There is no request {shown(reference)}. {hint}")


class Restricted(Refusal):
    """The request may be seen by named people only, and this is none of them."""

    def __init__(self, *, reference: str) -> None:
        """Keep the reference."""
        self.reference = reference
        super().__init__(
            f"{reference} is restricted to named people, and you are not one of them. "
            "A desk officer who is can name you."
        )


class UnknownOfficer(Refusal):
    """Nobody who works here answers to this handle."""

    def __init__(self, *, handle: str, known: Sequence[str] = ()) -> None:
        """Keep the handle asked for and those that are known."""
        self.handle, self.known = handle, tuple(known)
        super().__init__(
            f"Nobody here is called {shown(handle)}. A desk officer can add people: people add."
        )


class UnknownTeam(Refusal):
    """No team in config/teams.toml has this name."""

    def __init__(self, *, team: str, known: Sequence[str]) -> None:
        """Keep the team asked for and those there are."""
        self.team, self.known = team, tuple(known)
        super().__init__(f"There is no team {shown(team)}. The teams are: {', '.join(known)}.")


class ActNotOpen(Refusal):
    """The act is not open at the stage where the request stands."""

    def __init__(
        self, *, reference: str, act: Act, stage: Stage, can: Sequence[Act], at: Sequence[Stage]
    ) -> None:
        """Keep what was tried, where the request stands, and what this officer can do instead."""
        self.reference, self.act, self.stage = reference, act, stage
        self.can, self.at = tuple(can), tuple(at)
        super().__init__(self.worded(str))

    def worded(self, said: Callable[[Act], str]) -> str:
        """Give the sentence, the acts that are open said in a door's own words."""
        can = you_can([said(act) for act in self.can], self.reference)
        where = f"requests in {either(self.at)}" if self.at else "a new request"
        return f"{self.reference} is in {self.stage}. {self.act.capitalize()} is for {where}. {can}"


class NotForYou(Refusal):
    """The act is open, but for other people."""

    def __init__(
        self, *, reference: str, act: Act, needs: Sequence[str], can: Sequence[Act]
    ) -> None:
        """Keep the act, who may do it, and what this officer can do instead."""
        self.reference, self.act = reference, act
        self.needs, self.can = tuple(needs), tuple(can)
        super().__init__(self.worded(str))

    def worded(self, said: Callable[[Act], str]) -> str:
        """Give the sentence, the acts that are open said in a door's own words."""
        can = you_can([said(act) for act in self.can], self.reference)
        return f"{self.reference}: only {either(self.needs)} can {self.act}. {can}"


class AlreadyHeld(Refusal):
    """Somebody else holds the request."""

    def __init__(self, *, reference: str, holder: str, yours: bool) -> None:
        """Keep who holds it, by name."""
        self.reference, self.holder, self.yours = reference, holder, yours
        super().__init__(
            f"You already hold {reference}."
            if yours
            else f"{reference} is already claimed: {holder} holds it. "
            "Ask them to release it, or a manager to reassign it."
        )


class NotAllocated(Refusal):
    """Nobody can search before a team has the request."""

    def __init__(self, *, reference: str) -> None:
        """Keep the reference."""
        self.reference = reference
        super().__init__(
            f"{reference} is not allocated to a team yet. The desk allocates it first."
        )


class SameHands(Refusal):
    """One person may not do both of two acts that must be in different hands."""

    def __init__(self, *, reference: str, act: Act, because: str) -> None:
        """Keep the act and what the person did before."""
        self.reference, self.act, self.because = reference, act, because
        super().__init__(f"You cannot {act} for {reference}: {because}. Somebody else must.")


class Lacking(Refusal):
    """Something that the act needs is missing or makes no sense.

    `asks` names the field of the act that would answer it, where there is one.
    """

    def __init__(self, *, what: str, cure: str, asks: str = "") -> None:
        """Keep what is wrong and what to do, each a sentence."""
        self.what, self.cure, self.asks = what, cure, asks
        super().__init__(f"{what} {cure}".strip())


class AnswerIncomplete(Lacking):
    """The answer lacks something that the law asks of it, so it cannot go out."""

    def __init__(self, *, reference: str, missing: Sequence[str]) -> None:
        """Keep each thing that is missing, its section first."""
        self.reference, self.missing = reference, tuple(missing)
        what = f"The answer of {reference} still lacks: {in_one_sentence(missing)}"
        cure = "Send it back and complete it, or issue it all the same: override: REASON."
        super().__init__(what=what, cure=cure, asks="override")


def in_one_sentence(missing: Sequence[str]) -> str:
    """Say in one sentence what is missing, each thing with its section: "s.17(3) …; s.16 …."."""
    return "; ".join(one.replace(": ", " ", 1).rstrip(".") for one in missing) + "."


class Ambiguous(Lacking):
    """What was typed may mean several requests."""

    def __init__(self, *, reference: str, options: Sequence[str]) -> None:
        """Keep what was typed, and the references that it may mean."""
        self.reference, self.options = reference, tuple(options)
        super().__init__(
            what=f"Several requests end in {shown(reference)}.",
            cure=f"Say which: {', '.join(options)}.",
        )


class ChangedMeanwhile(Refusal):
    """Somebody else changed the request between reading and writing."""

    def __init__(self, *, reference: str) -> None:
        """Keep the reference."""
        self.reference = reference
        super().__init__(
            f"{reference} was changed by somebody else just now. Look again and retry."
        )


class ChangedSince(Refusal):
    """Others have acted on the request since the person began to fill in a form."""

    def __init__(self, *, reference: str, version: int, changes: Sequence[str]) -> None:
        """Keep the version as it is now, and what happened in between, a sentence each."""
        self.reference, self.version, self.changes = reference, version, tuple(changes)
        super().__init__(
            f"{reference} has changed since you began: {' '.join(changes)} "
            "Go on all the same, or stop."
        )


def either(options: Sequence[str]) -> str:
    """Say one of several in words: "a, b or c"."""
    words = [str(option) for option in options]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def you_can(acts: Sequence[str], reference: str) -> str:
    """Say what is open to somebody on a request: the first of it, where it is much."""
    if not acts:
        return "There is nothing for you to do on it now."
    first, more = acts[:MOST_NAMED], len(acts) - MOST_NAMED
    rest = f" and {more} more: show {reference}" if more > 0 else ""
    return f"You can: {', '.join(first)}{rest}."


def shown(text: str, limit: int = 60) -> str:
    """Quote somebody's words in a sentence, shortened honestly so that a sentence stays one."""
    flat = " ".join(text.split())
    return f"“{flat}”" if len(flat) <= limit else f"“{flat[:limit]}…” ({len(flat)} characters)"

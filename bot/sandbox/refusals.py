"""What the local Slack refuses, to an app (Slack's error codes) and to a person (a sentence)."""

from bot.sandbox.json_values import Json


class SlackError(Exception):
    """A Web API call is refused with one of Slack's own codes.

    Attributes:
        code: Slack's code, such as `channel_not_found`.
        extra: further keys of the answer, such as `response_metadata`.
    """

    def __init__(self, code: str, *messages: str, **extra: object) -> None:
        super().__init__(code)
        self.code = code
        self.extra: Json = dict(extra)
        if messages:
            self.extra["response_metadata"] = {"messages": list(messages)}


class Refused(Exception):
    """A person's act on the page cannot be done.

    Attributes:
        sentence: what happened and what can be done, for a person.
        status: 404 where something named does not exist, else 400.
    """

    def __init__(self, sentence: str, *, status: int = 400) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.status = status


def not_known(kind: str, name: str, known: list[str]) -> Refused:
    """Say that nothing has this name, and which names there are."""
    names = ", ".join(known[:40]) or "none"
    return Refused(f"There is no {kind} “{name}”. There are: {names}.", status=404)

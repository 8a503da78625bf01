"""Payloads that Slack never sends: real ones, taken apart by Hypothesis in every way there is.

Three kinds. *Astray*: a payload about a request that is not there, with anything in it changed, cut
short, swollen or sent as something else. *Broken*: a payload that would change a real request, with
one thing that it cannot do without taken away or made something else. *Forged*: a perfect one,
signed wrongly. None may write anything.
"""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlencode

from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.doors.page import Json

FORM, JSON = "application/x-www-form-urlencoded", "application/json"
RECORDED, ASTRAY = "MAL-REC-1", "FOI-1999-9999"
OVER_A_MEGABYTE = 1_000_001

Path = tuple[str | int, ...]


class Shape(NamedTuple):
    """One payload as it was recorded, and what it cannot do without.

    `essential` says of each path whether any other text there is still no good.
    """

    name: str
    body: Json
    essential: tuple[tuple[Path, bool], ...] = ()

    def about(self, reference: str) -> Shape:
        """Give the same payload about another request."""
        body = json.loads(json.dumps(self.body).replace(RECORDED, reference))
        if "trigger_id" in body:  # the recorded one is used up: what carries it is done already
            body["trigger_id"] = f"made-up-for-{reference}-{self.name}"
        return self._replace(body=body)

    def well(self) -> Sending:
        """Give it as Slack sends it."""
        return Sending(self.name, *_encoded(self.body), "well")


class Sending(NamedTuple):
    """What is posted: a body, as what, and how it is signed."""

    told: str
    body: bytes
    content_type: str
    signed: str


SIGNATURES = ("well", "with another secret", "long ago", "not at all", "as nonsense", "otherwise")

strange_texts = st.sampled_from(
    (
        *("", " ", "\0", "\ud83d", "💥", "\u202e", "<!channel>", "{}", "[]", "null", "0", "-1"),
        *("../../etc/passwd", "'; DROP TABLE requests;--", "%00", "x" * 300, "y" * 5000),
        *("http://127.0.0.1:1/x", "https://example.invalid/x", "act:claim", "act:", "|", "more"),
    )
)
not_texts: st.SearchStrategy[Any] = st.sampled_from(
    (None, True, False, 0, -1, 987654, 1e308, [], {}, [[]], {"": {}}, ["a"], {"id": 7}, [None])
)
anything = strange_texts | not_texts | st.recursive(not_texts, st.lists, max_leaves=6)


def paths(body: Any, here: Path = ()) -> Iterator[Path]:
    """Give the path of everything inside a payload."""
    inside = body.items() if isinstance(body, dict) else enumerate(body)
    for key, value in inside:
        yield (*here, key)
        if isinstance(value, dict | list):
            yield from paths(value, (*here, key))


@st.composite
def sendings(draw: st.DrawFn, shapes: list[Shape], there: str) -> Sending:
    """Draw one payload that Slack never sends, about a request that is there or is not."""
    shape = draw(st.sampled_from(shapes))
    kinds = [_astray, _forged, *([_broken] if shape.essential else [])]
    kind: Callable[[st.DrawFn, Shape], Sending] = draw(st.sampled_from(kinds))
    return kind(draw, shape.about(ASTRAY if kind is _astray else there))


def _astray(draw: st.DrawFn, shape: Shape) -> Sending:
    body = shape.body
    done = [_changed(draw, body) for _ in range(draw(st.integers(0, 4)))]
    content, content_type = _encoded(body, as_json=draw(st.booleans()))
    content, how = _spoilt(draw, content)
    content_type = draw(st.sampled_from((content_type, content_type, "text/plain", JSON, FORM, "")))
    return Sending(f"{shape.name} astray: {done} {how}", content, content_type, _signed(draw))


def _broken(draw: st.DrawFn, shape: Shape) -> Sending:
    body = copy.deepcopy(shape.body)
    path, texts_too = draw(st.sampled_from(shape.essential))
    holder = _at(body, path[:-1])
    was = holder[path[-1]]
    wrong = draw((anything if texts_too else not_texts).filter(lambda one: one != was))
    if draw(st.booleans()):
        del holder[path[-1]]
        done = f"without {path}"
    else:
        holder[path[-1]] = wrong
        done = f"with {path} = {wrong!r:.40}"
    content, content_type = _encoded(body)
    return Sending(f"{shape.name} broken: {done}", content, content_type, _signed(draw))


def _forged(draw: st.DrawFn, shape: Shape) -> Sending:
    content, content_type = _encoded(shape.body)
    signed = draw(st.sampled_from(SIGNATURES[1:]))
    return Sending(f"{shape.name} signed {signed}", content, content_type, signed)


def _signed(draw: st.DrawFn) -> str:
    """Mostly well: a body that is refused unread proves little."""
    return draw(st.sampled_from((*("well",) * 15, *SIGNATURES[1:])))


def _changed(draw: st.DrawFn, body: Json) -> str:
    """Change one thing in a payload: take it away, replace it, or put something beside it."""
    there = sorted(paths(body), key=repr)
    if not there:
        return "nothing left"
    path = draw(st.sampled_from(there))
    holder = _at(body, path[:-1])
    match draw(st.sampled_from(("without", "other", "wrapped", "deep", "swapped"))):
        case "without":
            del holder[path[-1]]
        case "other":
            holder[path[-1]] = copy.deepcopy(draw(anything))  # it may be changed further
        case "wrapped":
            holder[path[-1]] = draw(st.sampled_from(([holder[path[-1]]], {"": holder[path[-1]]})))
        case "deep":
            holder[path[-1]] = _nested(draw(st.sampled_from((50, 400))))
        case _:
            holder[path[-1]] = copy.deepcopy(_at(body, draw(st.sampled_from(there))))
    return ".".join(map(str, path))


def _nested(depth: int) -> Any:
    made: Any = "x"
    for level in range(depth):
        made = [made] if level % 2 else {"a": made}
    return made


def _at(body: Any, path: Path) -> Any:
    for key in path:
        body = body[key]
    return body


def _encoded(body: Json, *, as_json: bool = False) -> tuple[bytes, str]:
    """Write a payload as Slack does, or wholly as JSON."""
    if as_json or body.get("type") in ("event_callback", "url_verification"):
        return json.dumps(body).encode(), JSON
    if "command" in body:
        fields = {
            name: value if isinstance(value, str) else json.dumps(value)
            for name, value in body.items()
        }
        return urlencode(fields, errors="surrogatepass").encode(), FORM
    return urlencode({"payload": json.dumps(body)}).encode(), FORM


def _spoilt(draw: st.DrawFn, content: bytes) -> tuple[bytes, str]:
    how = draw(st.sampled_from((*("whole",) * 12, *("cut",) * 4, *("bytes",) * 3, "huge")))
    match how:
        case "cut":
            return content[: draw(st.integers(0, len(content)))], how
        case "bytes":
            at = draw(st.integers(0, len(content)))
            return content[:at] + draw(st.binary(max_size=20)) + content[at + 3 :], how
        case "huge":
            return content + b"&x=" + b"x" * OVER_A_MEGABYTE, how
        case _:
            return content, how

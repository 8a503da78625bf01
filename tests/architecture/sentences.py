"""The sentences that the product says to people, read out of its syntax trees.

A sentence is a text in the code that begins like one, has three words or more and ends in a mark;
what an f-string fills in reads as "…". Docstrings, patterns, statements to the database, lines of
the log and the errors that only a programmer sees are none.
"""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tests.architecture.checkout import modules, syntax_tree

if TYPE_CHECKING:
    from collections.abc import Iterator

# What a person never reads: the log, and errors that mean a mistake of ours.
UNSAID = {
    *("debug", "info", "warning", "error", "exception", "compile", "text", "getLogger"),
    *("AssertionError", "KeyError", "LookupError", "NotImplementedError", "RuntimeError"),
    *("TypeError", "ValueError", "SystemError"),
}
# The local Slack says what Slack says, and the demonstration what people of a story do.
NOT_OURS = ("bot/sandbox/", "bot/demonstration/")
FILLED_IN = "…"
BEGINS = re.compile(rf"^[“*`(]*(?:[A-Z]|{FILLED_IN})")
ENDS = re.compile(r"[.?:!][”*`)]*$")
FEWEST_WORDS = 3


class Sentence(NamedTuple):
    """A text that somebody is told, and where it stands."""

    module: str
    line: int
    text: str

    @property
    def room(self) -> str:
        """Give the room that says it: "bot", "workflow/casework"."""
        first, second, *_ = (*Path(self.module).parts, "")
        return first if first == "bot" or second.endswith(".py") else f"{first}/{second}"


@cache
def sentences() -> tuple[Sentence, ...]:
    """Give every sentence of the product, in the order of its modules."""
    return tuple(
        Sentence(module.as_posix(), line, text)
        for module in modules("bot", "workflow")
        if not module.as_posix().startswith(NOT_OURS)
        for line, text in _said(syntax_tree(module))
        if is_sentence(text)
    )


def is_sentence(text: str) -> bool:
    """Say whether a text reads as a sentence."""
    bare = text.strip()
    return bool(len(bare.split()) >= FEWEST_WORDS and BEGINS.search(bare) and ENDS.search(bare))


def _said(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Go through a tree and give its texts, those of what is never said left out."""
    for child in ast.iter_child_nodes(tree):
        if isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant):
            continue  # a docstring
        if isinstance(child, ast.Call) and _name_of(child.func) in UNSAID:
            continue
        if isinstance(child, ast.Constant | ast.JoinedStr):
            text = read(child)
            if text is not None:
                yield child.lineno, text
        else:
            yield from _said(child)


def _name_of(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def read(node: ast.Constant | ast.JoinedStr) -> str | None:
    """Read a text as it is said, with "…" for whatever is filled in; None for a number."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    return "".join(
        str(one.value) if isinstance(one, ast.Constant) else FILLED_IN for one in node.values
    )

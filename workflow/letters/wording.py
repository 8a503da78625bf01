"""The wording of letters: templates that an authority edits, filled in a sandbox.

A name that a template misspells is an error, never a gap in a letter (StrictUndefined). What is put
in is words, never marks: see `marks.escaped`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jinja2 import FileSystemLoader, StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from workflow.law.dates import long_date
from workflow.law.exemptions import EXEMPTIONS
from workflow.law.naming import listed
from workflow.letters.compose import day_of
from workflow.letters.marks import escaped, linked

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal
    from pathlib import Path

    from workflow.letters.contents import Kind

# Words whose capital only begins a sentence.
BEGINNINGS = frozenset(
    (
        *("A", "An", "All", "Any", "Details", "Each", "Every", "How"),
        *("Information", "Our", "Part", "Some", "Such", "The", "Their", "These"),
        *("This", "Those", "What", "When", "Where", "Whether", "Which", "Who"),
        *("Why", "Your"),
    )
)
TITLES = frozenset(row.title for table in EXEMPTIONS.values() for row in table)
FOLDER = "letters"
SUFFIX = ".md"


class WordingError(ValueError):
    """A template of a letter cannot be used as it stands."""

    def __init__(self, template: str, line: int | None, what: str) -> None:
        """Keep the template, the line if it is known, and what is wrong with it."""
        self.template, self.line = template, line
        where = f"{template}, line {line}" if line else template
        super().__init__(f"{FOLDER}/{where}: {what.rstrip('.')}. Correct the template.")


class Wording:
    """The templates of an authority, read from the folder `letters` of its configuration."""

    def __init__(self, config: Path) -> None:
        """Look for templates in `config`/letters; each is read when it is first needed."""
        self._environment = ImmutableSandboxedEnvironment(
            loader=FileSystemLoader(config / FOLDER),
            undefined=StrictUndefined,
            autoescape=True,
            finalize=_literal,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        # No template can make words of the public into marks again.
        for name in ("safe", "forceescape"):
            self._environment.filters.pop(name, None)
        self._environment.filters |= {
            "day": day_of,
            "weekday": long_date,
            "listed": listed,
            "linked": lambda words: Markup(linked(str(words))),  # noqa: S704  # escaped but for links
            "pounds": _pounds,
            "inside": _inside,
            "opening": _opening,
        }

    def __call__(self, kind: Kind, facts: Mapping[str, Any]) -> str:
        """Fill the template of a kind. Raises WordingError naming the template and the line."""
        name = f"{kind}{SUFFIX}"
        try:
            return self._environment.get_template(name).render(facts)
        except TemplateSyntaxError as error:
            raise WordingError(error.name or name, error.lineno, str(error.message)) from None
        except (TemplateError, TypeError, ArithmeticError) as error:
            template, line = _place(error, name)
            raise WordingError(template, line, _what(error, name)) from None


def _literal(value: object) -> object:
    """Make every value that a template puts in into words without marks."""
    if isinstance(value, StrictUndefined | Markup):
        return value
    return Markup(escaped(str(value)))  # noqa: S704  # this is the escaping


def _pounds(amount: Decimal | int) -> str:
    return f"£{amount:,.2f}".removesuffix(".00")


def _opening(words: str) -> str:
    """Make words fit the beginning of a sentence that goes on: no full stop of their own."""
    bare = words.strip().rstrip(".")
    return bare[:1].upper() + bare[1:]


def _inside(words: str) -> str:
    """Make words fit inside a sentence: a capital that only began them goes, a name keeps its."""
    bare = words.strip().rstrip(".")
    first = bare.partition(" ")[0]
    return bare[:1].lower() + bare[1:] if first in BEGINNINGS or bare in TITLES else bare


def _place(error: Exception, name: str) -> tuple[str, int | None]:
    """Find the template's line in the error's traceback, where Jinja writes it."""
    place: tuple[str, int | None] = (name, None)
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename.endswith(SUFFIX):
            file = trace.tb_frame.f_code.co_filename
            place = (file.rpartition(f"/{FOLDER}/")[2], trace.tb_lineno)
        trace = trace.tb_next
    return place


def _what(error: Exception, name: str) -> str:
    said = str(error).strip()
    return f"there is no such template ({said})" if said == name else said

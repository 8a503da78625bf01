"""A command for each verb, made from the tables: a new row there is a new command here.

What every act of a verb requires becomes an argument, what is optional an option. Where a verb
means two acts that ask for different things (extend), what only one of them requires is an option
too. An option of one word may also be typed in its place before the text, as it is in Slack.
"""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from workflow.casework.stages import Act, Stage, stages_of
from workflow.cli.entrance import AsJson, AsOfficer, Reference
from workflow.services.fields import Field, Kind
from workflow.services.forms import FORMS
from workflow.services.verb_help import exemplified, word_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from workflow.services.verbs import Verb

DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Say what would happen, and write nothing.")
]

# At the terminal a letter is read from a file.
_FROM_A_FILE = {"letter": "- < letter.txt"}


class Given(NamedTuple):
    """What was typed for a verb: the fields by name, who acts, and how the answer is wanted."""

    reference: str
    fields: Mapping[str, str | list[str] | None]
    as_: str | None
    as_json: bool
    dry_run: bool


def command_for(
    verb: Verb, act: Callable[[typer.Context, Verb, Given], None]
) -> Callable[..., None]:
    """Make the function of a verb's command, with a signature that typer reads, and its help."""

    def command(ctx: typer.Context, **typed: Any) -> None:  # noqa: ANN401  # typer reads them
        known = {name: typed.pop(name) for name in ("as_", "as_json", "dry_run")}
        reference = "" if _makes_one(verb) else typed.pop("reference")
        act(ctx, verb, Given(reference=reference, fields=typed, **known))

    parameters = list(_parameters(verb))
    command.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]  # a function takes any attribute
    command.__annotations__ = {one.name: one.annotation for one in parameters}
    command.__name__ = verb.name
    command.__doc__ = help_of(verb)
    return command


def help_of(verb: Verb) -> str:
    """Write the help of a verb: what it is for, at which stages, and an example."""
    about = verb.summary[:1].upper() + verb.summary[1:] + "."
    where = " ".join(_open_at(act) for act in verb.acts if stages_of(act))
    return "\n\n".join(filter(None, (about, where, f"Example: {example(verb)}")))


def _makes_one(verb: Verb) -> bool:
    """Say whether a verb makes a request, and so is given none."""
    return Act.LOG in verb.acts


def _open_at(act: Act) -> str:
    return f"{act.value[:1].upper()}{act.value[1:]} is for requests in {_either(stages_of(act))}."


def _either(stages: tuple[Stage, ...]) -> str:
    *others, last = stages
    return f"{', '.join(others)} or {last}" if others else last


def example(verb: Verb) -> str:
    """Write an example of a verb's command."""
    makes_one = _makes_one(verb)
    given = (
        f"{_flag(field.name)} {_example_of(verb, field)}"
        if makes_one or not field.required
        else _example_of(verb, field)
        for field in exemplified(verb)
    )
    return " ".join(["foi", verb.name, *([] if makes_one else ["002335/20"]), *given])


def _example_of(verb: Verb, field: Field) -> str:
    if field.name in _FROM_A_FILE:
        return _FROM_A_FILE[field.name]
    word = word_for(verb, field)
    if " " in word:
        return f'"{word}"'
    return f"'{word}'" if "(" in word else word


def _split(verb: Verb) -> tuple[list[Field], list[Field]]:
    """Part the fields of a verb's acts: arguments, which all of them require, and options."""
    forms = [FORMS[act] for act in verb.acts]
    fields: dict[str, Field] = {}
    for field in (one for form in forms for one in form):
        before = fields.get(field.name, field)
        fields[field.name] = field._replace(
            choices=tuple(dict.fromkeys((*before.choices, *field.choices)))
        )
    required = [{one.name for one in form if one.required} for form in forms]
    everywhere = set.intersection(*required)
    arguments = [one for one in fields.values() if one.name in everywhere]
    return arguments, [one for one in fields.values() if one.name not in everywhere]


def _parameters(verb: Verb) -> Iterator[inspect.Parameter]:
    arguments, options = _split(verb)
    yield inspect.Parameter("ctx", _POSITIONAL, annotation=typer.Context)
    if _makes_one(verb):
        arguments, options = [], [*arguments, *options]
    else:
        yield inspect.Parameter("reference", _POSITIONAL, annotation=Reference)
    for field in arguments:
        yield inspect.Parameter(field.name, _POSITIONAL, annotation=_argument(field))
    for field in options:
        yield _with_default(field.name, None, _option(field))
    if _makes_one(verb):
        yield _with_default("description_file", None, _DESCRIPTION_FILE)
        yield _with_default("question", None, _QUESTIONS)
    yield _with_default("as_", None, AsOfficer)
    yield _with_default("as_json", default=False, annotation=AsJson)
    yield _with_default("dry_run", default=False, annotation=DryRun)


# What only the terminal offers for a new request: a file, and the questions one by one.
_DESCRIPTION_FILE = Annotated[
    str | None,
    typer.Option(metavar="PATH", help="What is asked for, from a file; - is standard input."),
]
_QUESTIONS = Annotated[
    list[str] | None,
    typer.Option("--question", metavar="TEXT", help="One of its questions; may be repeated."),
]
_POSITIONAL = inspect.Parameter.POSITIONAL_OR_KEYWORD


def _with_default(name: str, default: object, annotation: object) -> inspect.Parameter:
    return inspect.Parameter(name, _POSITIONAL, default=default, annotation=annotation)


def _argument(field: Field) -> object:
    name = field.name.replace("_", " ").upper()
    if field.kind is Kind.TEXT:
        told = f"{_told(field)} A lone - reads standard input."
        return Annotated[list[str], typer.Argument(metavar=name, help=told)]
    return Annotated[str, typer.Argument(metavar=name, help=_told(field))]


def _option(field: Field) -> object:
    metavar = field.kind.value.upper()
    told = typer.Option(_flag(field.name), metavar=metavar, help=_told(field))
    return Annotated[str | None, told]


def _flag(name: str) -> str:
    return f"--{name.replace('_', '-')}"


def _told(field: Field) -> str:
    label = field.label if field.label.endswith("?") else f"{field.label}."
    choices = f"One of: {', '.join(field.choices)}." if field.choices else ""
    hint = f"{field.hint}." if field.hint else ""
    return " ".join(filter(None, (label, hint, choices)))

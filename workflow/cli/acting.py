"""Acting by the terminal: a verb is carried out, or, in a dry run, only told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from workflow.casework.errors import Lacking
from workflow.casework.stages import Act
from workflow.cli.entrance import (
    door_of,
    file_given,
    officer_who_acts,
    opened,
    read_settings,
    text_given,
)
from workflow.cli.outcome import Outcome
from workflow.services.fields import LONGEST_TEXT, Kind, read
from workflow.services.forms import FORMS, from_values, texts
from workflow.services.verbs import act_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from workflow.casework.roles import Officer
    from workflow.cli.verb_commands import Given
    from workflow.services.fields import Field
    from workflow.services.office import Office
    from workflow.services.verbs import Verb
    from workflow.settings import Settings


def act(ctx: typer.Context, verb: Verb, given: Given) -> None:
    """Carry out a verb on a request, print what happened, and deliver what it caused."""
    from workflow.services import lists  # noqa: PLC0415  # brings in the store

    door, settings = door_of(ctx), read_settings()
    with opened(door, settings, as_=given.as_) as office:
        officer = officer_who_acts(given.as_, settings, office.roster)
        request = lists.find(office, given.reference)
        chosen = act_of(verb, request.stage)
        values = _values(chosen, given.fields)
        if given.dry_run:
            from workflow.cli.rehearsal import rehearse  # noqa: PLC0415  # only a dry run

            outcome = rehearse(office, chosen, request, officer, values)
        else:
            outcome = _perform(office, chosen, request.reference, officer, values)
        _print(office, outcome, as_json=given.as_json, dry_run=given.dry_run)
        if not given.dry_run:
            _deliver(office, settings)


def _values(chosen: Act, fields: Mapping[str, str | list[str] | None]) -> dict[str, Any]:
    """Read the fields of the act that a verb turned out to mean. Raises Missing and Lacking."""
    form = FORMS[chosen]
    given = _in_place(form, dict(fields))
    asked = {field.name for field in form}
    stray = [name for name, words in given.items() if words and name not in asked]
    if stray:
        raise Lacking(
            what=f"To {chosen} takes no --{stray[0].replace('_', '-')}.", cure="Leave it out."
        )
    return from_values(chosen, _shared(chosen, {n: text_given(one) for n, one in given.items()}))


def _shared(chosen: Act, given: dict[str, str | None]) -> dict[str, str | None]:
    """Share a text among the texts of the form as Slack has it typed: "for | against | balance"."""
    name = next((one.name for one in FORMS[chosen] if one.kind is Kind.TEXT and one.required), "")
    words = given.get(name)
    if not words:
        return given
    said = texts(chosen, words)
    options = {key: value for key, value in given.items() if value and key != name}
    return {**given, **said, **options}


def _in_place(
    form: Sequence[Field], given: dict[str, str | list[str] | None]
) -> dict[str, str | list[str] | None]:
    """Take the fields that are options here from before the text, where Slack has them typed.

    `extend REF 20 s.31(1)(a) why` is `extend REF 20 --section s.31(1)(a) why`. A word that does
    not fit an optional field is the beginning of the text.
    """
    text = next((field.name for field in form if field.kind is Kind.TEXT), "")
    for field in form:
        words = given.get(text)
        if field.name == text or not isinstance(words, list) or not words[1:]:
            break
        if given.get(field.name) is None and (field.required or _fits(field, words[0])):
            given[field.name], given[text] = words[0], words[1:]
    return given


def _fits(field: Field, word: str) -> bool:
    if field.kind is Kind.WORD:
        return False  # any word would
    try:
        read(field, word)
    except Lacking:
        return False
    return True


def _perform(
    office: Office, chosen: Act, reference: str, officer: Officer, values: dict[str, Any]
) -> Outcome:
    from workflow.services import acts  # noqa: PLC0415  # brings in the store

    done = acts.perform(office, chosen, reference, officer=officer, **values)
    return Outcome(done.request, done.sentence, done.advice)


def new(ctx: typer.Context, _verb: Verb, given: Given) -> None:
    """Log a new request, print what happened, and deliver what it caused."""
    values = _values_of_new(given.fields)
    door, settings = door_of(ctx), read_settings()
    with opened(door, settings, as_=given.as_) as office:
        officer = officer_who_acts(given.as_, settings, office.roster)
        if given.dry_run:
            from workflow.cli.rehearsal import rehearse_new  # noqa: PLC0415  # only a dry run

            outcome = rehearse_new(office, officer, values)
        else:
            from workflow.services import acts  # noqa: PLC0415  # brings in the store

            done = acts.log(office, officer=officer, **values)
            outcome = Outcome(done.request, done.sentence, done.advice)
        _print(office, outcome, as_json=given.as_json, dry_run=given.dry_run)
        if not given.dry_run:
            _deliver(office, settings)


def _values_of_new(fields: Mapping[str, str | list[str] | None]) -> dict[str, Any]:
    """Read the form of a new request. Raises Missing and Lacking; OSError for a file not there."""
    given = dict(fields)
    path, questions = given.pop("description_file"), given.pop("question") or []
    if isinstance(path, str):
        if given["description"] is not None:
            raise Lacking(
                what="The description was given twice.",
                cure="Keep either --description or --description-file.",
            )
        given["description"] = file_given(path)
    texts = {name: text_given(words) for name, words in given.items()}
    description = texts["description"]
    # Only a modal is bound by what a modal can hold; `log` has its own, longer, limit.
    short = description[:LONGEST_TEXT] if description else None
    values = from_values(Act.LOG, texts | {"description": short}) | {"description": description}
    name, address = values.pop("applicant_name", ""), values.pop("applicant_address", "")
    return values | {
        "applicant": (name, address) if name or address else None,
        "questions": tuple(text_given(question) for question in questions),
    }


def _print(office: Office, outcome: Outcome, *, as_json: bool, dry_run: bool) -> None:
    from workflow.cli import machine_text, paper, wording  # noqa: PLC0415  # only to print
    from workflow.law.clock import explain  # noqa: PLC0415  # only to print
    from workflow.services import lists  # noqa: PLC0415  # brings in the store

    reading = lists.card(office, outcome.request).reading
    if as_json:
        made = {
            "sentence": outcome.sentence,
            "advice": outcome.advice,
            "dry_run": dry_run,
            "request": machine_text.request_plain(outcome.request),
            "reading": machine_text.reading_plain(reading, explain(reading)),
        }
        typer.echo(machine_text.printed(made))
        return
    if dry_run:
        paper.say("Nothing is written. It would be told so:")
    paper.passage(outcome.sentence, indent=0)
    paper.say(wording.standing(outcome.request, reading, office.roster))
    if outcome.advice:
        paper.passage(outcome.advice, indent=0)
    for one in outcome.told:
        to = wording.recipient_told(f"{one.kind}:{one.name}", office.roster)
        paper.passage(f"To {to}: {one.text}")


def _deliver(office: Office, settings: Settings) -> None:
    """Say at once what the act caused, where Slack can be spoken to; else the next tick does."""
    if settings.speaks:
        from workflow.services.delivery import deliver  # noqa: PLC0415  # brings in the store

        deliver(office)

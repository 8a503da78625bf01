"""Looking by the terminal: one request, its clock, what was said. Nothing here writes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from workflow.cli.entrance import (
    AsJson,
    AsOfficer,
    Reference,
    door_of,
    opened,
    read_settings,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workflow.cli.machine_text import Json
    from workflow.law.clock import Reading
    from workflow.services.pictures import CardPicture
    from workflow.store.outbox import Said


def show(
    ctx: typer.Context, *, reference: Reference, as_: AsOfficer = None, as_json: AsJson = False
) -> None:
    """One request: what is known of it, what its clock says, what you can do, its history.

    Example: foi show 002335/20 --as amira
    """
    settings = read_settings()
    with opened(door_of(ctx), settings, as_=as_) as office:
        from workflow.services import lists  # noqa: PLC0415  # brings in the store

        card = lists.card(office, lists.find(office, reference))
        history = lists.history_of(office, card.request.reference)
        named = as_ or settings.officer
        can = lists.acts_for(office, card.request, office.roster.officer(named)) if named else None
        if as_json:
            from workflow.cli import machine_text  # noqa: PLC0415  # only to print
            from workflow.law.clock import explain  # noqa: PLC0415  # only to print

            _print_json(
                {
                    "request": machine_text.request_plain(card.request),
                    "reading": machine_text.reading_plain(card.reading, explain(card.reading)),
                    "targets": machine_text.plain(dict(card.targets)),
                    "you_can": machine_text.plain(can),
                    "history": machine_text.plain(history),
                }
            )
            return
        from workflow.cli import paper, wording  # noqa: PLC0415  # only to print

        paper.heading(f"{card.request.reference}  {card.request.subject}")
        paper.named(_facts(card))
        if can is not None:
            paper.named([("You can", ", ".join(can) or "nothing for now")])
        paper.named(_beside(card))
        paper.heading("What is asked for")
        paper.passage("\n".join((card.request.description, *card.request.questions)))
        paper.heading("History")
        for line in history:
            paper.passage(f"{wording.moment(line.at)}: {line.sentence}")


def _facts(card: CardPicture) -> Iterator[tuple[str, str]]:
    """Give what is known of a request, name by name; an empty text is not shown."""
    from workflow.cli import wording  # noqa: PLC0415  # only to print
    from workflow.law.dates import long_date  # noqa: PLC0415  # only to print

    request = card.request
    yield "Stage", f"{request.stage}, since {long_date(request.since)}"
    yield "Clock", wording.due_told(card.reading)
    yield "Received", long_date(request.received_on)
    if request.acknowledged_on:
        yield "Acknowledged", long_date(request.acknowledged_on)
    yield "Team", card.team
    yield "Holder", card.holder or "nobody"
    yield "Reviewer", card.reviewer or ""
    if request.searches:
        yield "Searches", f"{len(request.searches)}, {request.hours_searched:g} hours"
    yield "Held", request.held or ""
    yield "Exemptions", ", ".join(f"{one.section} ({one.why})" for one in request.exemptions)
    yield "Outcome", request.outcome or ""
    yield "Review", request.review_outcome or ""
    if request.is_open:
        targets = (f"{name} {long_date(day)}" for name, day in card.targets.items())
        yield "Targets", "; ".join(targets).replace("_", " ")
    if request.escalation:
        told = "; ".join(filter(None, (request.escalation.cause, request.escalation.plan)))
        yield "Escalated", f"{long_date(request.escalation.on)}: {told}"


def _beside(card: CardPicture) -> list[tuple[str, str]]:
    """Give who was asked, what a review found and the ICO's days, each beside its name."""
    from workflow.casework.beside import beside  # noqa: PLC0415  # only to print

    return [(one.name, one.words) for one in beside(card.request)]


def why(ctx: typer.Context, *, reference: Reference, as_json: AsJson = False) -> None:
    """How the due date was reached: each step, its section of the Act, each day that was skipped.

    Example: foi why 002335/20
    """
    with opened(door_of(ctx), read_settings()) as office:
        from workflow.cli import machine_text, paper  # noqa: PLC0415  # only to print
        from workflow.law.clock import explain  # noqa: PLC0415  # brings in the law
        from workflow.services import lists  # noqa: PLC0415  # brings in the store

        request = lists.find(office, reference)
        statutory = lists.statutory_reading(office, request)
        review: Reading | None = None
        if request.review_clock:
            review = lists.review_reading(office, request)
        if as_json:
            told = [
                one and machine_text.reading_plain(one, explain(one)) for one in (statutory, review)
            ]
            _print_json({"reference": request.reference, "request": told[0], "review": told[1]})
            return
        _print_clock(f"{request.reference}  {request.subject}", statutory)
        if review is not None:
            _print_clock("The internal review", review)
        for line in lists.later_dates(office, request):
            paper.passage(line)


def _print_clock(title: str, reading: Reading) -> None:
    from workflow.cli import paper  # noqa: PLC0415  # only to print
    from workflow.law.clock import explain  # noqa: PLC0415  # brings in the law

    paper.heading(title)
    for line in explain(reading):
        paper.passage(line)


def to_think_about(section: str) -> None:
    """Print the questions that the configuration asks before an exemption is weighed."""
    from workflow import practice  # noqa: PLC0415  # only to print
    from workflow.casework.guidance import questions_about  # noqa: PLC0415  # only to print
    from workflow.cli import paper  # noqa: PLC0415  # only to print

    found = questions_about(practice.read_guidance(read_settings().config_dir), section)
    for question in found or ("Nothing is asked about this in guidance.toml.",):
        paper.passage(question, indent=0)


def aggregations(ctx: typer.Context) -> None:
    """Requests that may be taken together for the cost limit of s.12: a proposal, no more.

    Group them first, by whose campaign they belong to and on what: foi group REF PARTY MATTER

    Example: foi aggregations
    """
    with opened(door_of(ctx), read_settings()) as office:
        from workflow.cli import paper  # noqa: PLC0415  # only to print
        from workflow.services import lists  # noqa: PLC0415  # brings in the store

        found = lists.aggregations(office)
        for one in found:
            over = "exceeds" if one.cost.is_exceeded else "is within"
            limit = one.cost.limit_pence // 100
            paper.say(
                f"{', '.join(one.references)}: together £{one.cost.pounds}, which {over} the limit "
                f"of £{limit} (s.12(4), Fees Regs reg. 5)."
            )
        if not found:
            paper.say("Nothing to propose.")


def said(
    ctx: typer.Context,
    *,
    reference: Annotated[
        str | None, typer.Argument(metavar="[REF]", help="Only about this request.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """What was said: when, to whom, by which rule of the ladder, in which words.

    Example: foi said 002335/20
    """
    with opened(door_of(ctx), read_settings()) as office:
        from workflow.cli import paper, wording  # noqa: PLC0415  # only to print
        from workflow.services import lists  # noqa: PLC0415  # brings in the store

        about = lists.find(office, reference).reference if reference else None
        lines = lists.said(office, reference=about)
        if as_json:
            _print_json([_said_plain(line) for line in lines])
            return
        rows = [
            (
                wording.moment(line.at) if line.at and line.state == "sent" else line.state,
                line.reference,
                wording.recipient_told(line.recipient, office.roster),
                line.rule or "an act",
                " — ".join(filter(None, (line.text, line.trouble))),
            )
            for line in lines
        ]
        paper.table(
            ("When", "Reference", "To", "Rule", "Words"), rows, nothing="Nothing was said yet."
        )


def _said_plain(line: Said) -> Json:
    from workflow.casework.ladder import UK  # noqa: PLC0415  # only to print
    from workflow.cli import machine_text  # noqa: PLC0415  # only to print

    local = line.at.astimezone(UK) if line.at else None
    return machine_text.plain(line._asdict() | {"at": local})


def _print_json(value: object) -> None:
    from workflow.cli import machine_text  # noqa: PLC0415  # only to print

    typer.echo(machine_text.printed(value))

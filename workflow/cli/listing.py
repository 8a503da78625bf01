"""Lists by the terminal: the open requests, and what one officer holds or must see to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from workflow.casework.errors import Lacking, shown
from workflow.casework.stages import Stage
from workflow.cli.entrance import (
    AsJson,
    AsOfficer,
    door_of,
    officer_who_acts,
    opened,
    read_settings,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workflow.casework.request import InformationRequest
    from workflow.casework.roles import Officer
    from workflow.cli.machine_text import Json
    from workflow.services.office import Office
    from workflow.services.pictures import CardPicture

USUAL_LENGTH = 20
# How many open requests `mine` looks through for what waits for somebody.
LOOKED_THROUGH = 500

Limit = Annotated[int, typer.Option(metavar="N", min=1, help="How many at most.")]


def open_requests(
    ctx: typer.Context,
    *,
    team: Annotated[str | None, typer.Option(metavar="TEAM", help="Only this team's.")] = None,
    stage: Annotated[
        str | None, typer.Option(metavar="STAGE", help="Only at this stage; closed shows those.")
    ] = None,
    holder: Annotated[str | None, typer.Option(metavar="HANDLE", help="Held by them.")] = None,
    limit: Limit = USUAL_LENGTH,
    as_json: AsJson = False,
) -> None:
    """Open requests, the soonest due first.

    Example: foi list --team control-room --stage searching
    """
    with opened(door_of(ctx), read_settings()) as office:
        from workflow.services import lists  # noqa: PLC0415  # brings in the store

        roster = office.roster
        cards = lists.listing(
            office,
            limit=limit,
            team=roster.team(team).key if team else None,
            stage=_stage(stage) if stage else None,
            holder=roster.officer(holder).handle if holder else None,
        )
        _print_cards(cards, as_json=as_json, nothing="No request is open here.")


def _stage(typed: str) -> str:
    try:
        return Stage(typed.strip().casefold()).value
    except ValueError:
        raise Lacking(
            what=f"There is no stage {shown(typed, 30)}.",
            cure=f"The stages are: {', '.join(Stage)}.",
        ) from None


def mine(ctx: typer.Context, *, as_: AsOfficer = None, as_json: AsJson = False) -> None:
    """What you hold, and what waits for you.

    Example: foi mine --as amira
    """
    settings = read_settings()
    with opened(door_of(ctx), settings, as_=as_) as office:
        from workflow.services import lists  # noqa: PLC0415  # brings in the store

        officer = officer_who_acts(as_, settings, office.roster)
        cards = lists.listing(office, limit=LOOKED_THROUGH)
        held = [one for one in cards if _in_hand(one.request) == officer.handle]
        waiting = [one for one in cards if one not in held and _waits(office, one, officer)]
        if as_json:
            _print_json({"held": _summaries(held), "waiting": _summaries(waiting)})
            return
        from workflow.cli import paper  # noqa: PLC0415  # only to print

        paper.heading(f"{officer.name} holds")
        _print_cards(held, as_json=False, nothing="Nothing.")
        paper.heading("Waits for you")
        _print_cards(waiting, as_json=False, nothing="Nothing.")


def _in_hand(request: InformationRequest) -> str | None:
    """Give who has the work on a request in hand: in review the reviewer, before it the holder."""
    return request.reviewer if request.stage is Stage.REVIEW else request.holder


def _waits(office: Office, card: CardPicture, officer: Officer) -> bool:
    """Say whether a request cannot go on without one of the people of whom this officer is one."""
    from workflow.casework.roles import Role  # noqa: PLC0415  # only `mine` asks

    request, roster = card.request, office.roster
    answered = request.escalation is None or request.escalation.is_acknowledged
    if not answered and roster.manager_of(request.team) == officer.handle:
        return True
    match request.stage:
        case Stage.RECEIVED if request.team is not None:
            return officer.team == request.team and officer.has(Role.OFFICER)
        case Stage.RESPONSE if request.approved_by is None:
            return officer in roster.approvers_for(request)
        case Stage.REVIEW:
            return request.reviewer is None and officer in roster.reviewers_for(request)
        case Stage.RECEIVED | Stage.CONSIDERATION | Stage.RESPONSE:
            return officer.has(Role.DESK)
        case _:
            return False


def _print_cards(cards: Sequence[CardPicture], *, as_json: bool, nothing: str) -> None:
    if as_json:
        _print_json(_summaries(cards))
        return
    from workflow.cli import paper, wording  # noqa: PLC0415  # only to print

    rows = [
        (
            one.request.reference,
            one.request.subject,
            one.request.stage.value,
            one.team,
            (one.reviewer if one.request.stage is Stage.REVIEW else one.holder) or "nobody",
            wording.due_told(one.reading).removeprefix("due "),
        )
        for one in cards
    ]
    columns = ("Reference", "Subject", "Stage", "Team", "Held by", "Due")
    paper.table(columns, rows, nothing=nothing)


def _summaries(cards: Sequence[CardPicture]) -> list[Json]:
    from workflow.cli import machine_text  # noqa: PLC0415  # only to print

    return [machine_text.summary_plain(one) for one in cards]


def _print_json(value: object) -> None:
    from workflow.cli import machine_text  # noqa: PLC0415  # only to print

    typer.echo(machine_text.printed(value))

"""Keeping the cards true: how many days are left changes with the day, though nobody acts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workflow.services.office import cards_of
from workflow.store import cards, outbox, requests

if TYPE_CHECKING:
    from workflow.services.office import Office

# How many requests one look has drawn anew: Slack lets about fifty messages a minute be changed.
MOST = 15


def draw_anew(office: Office, *, most: int = MOST) -> int:
    """Have the cards of open requests drawn again that show another day. Gives of how many.

    A card that somebody deleted comes back so. Side effects: cards in the outbox. Safe to run
    anywhere, any number of times at once.
    """
    office = office.whole
    today = office.today()
    with office.store.reading() as connection:
        behind = cards.fallen_behind(connection, today, most=most)
    for reference in behind:
        _draw_anew(office, reference)
    return len(behind)


def _draw_anew(office: Office, reference: str) -> None:
    with office.store.writing() as connection:
        stored = requests.get(connection, reference)
        standing = cards.standing(connection, stored.row_id).recipients
        key = f"{reference}|{stored.request.version}|{office.today().isoformat()}"
        drawn = cards_of(office, stored.request, standing, key=key)
        outbox.put(connection, stored.row_id, drawn, at=office.now())

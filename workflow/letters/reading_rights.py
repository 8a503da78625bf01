"""What a letter says of the two ways to challenge it: internal review, and the Commissioner."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workflow.law.requirements import SECTIONS, Required
from workflow.letters.findings import Finding, quoted, sign

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workflow.letters.passages import Letter, Passage

REVIEW = sign(
    r"internal review|review procedure|review of (?:our|the|this|your)|re-?examin|"
    r"complaints? (?:procedure|process)|right of appeal|appeal against|reconsider"
)
NO_PROCEDURE = sign(r"no (?:internal )?(?:review |complaints? )?procedure")
COMMISSIONER = sign(r"information commissioner|\bico\b|ico\.org\.uk")
MAILBOX = sign(r"[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{1,200}")
POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b")
BY_POST = sign(r"\bby post\b|\bwrite to\b[^.]{3,80}\bat\b(?! the above)|\bPO box\b")
ABOVE = sign(r"\babove address|address (?:above|at the (?:top|head))")
PERIOD = (
    r"within (?:\w+ ){0,2}?(?:\d{1,3}|ten|twenty|forty|sixty|two|three|six)(?:\s*\(\d+\))? "
    r"(?:working |calendar )?(?:days|weeks|months)"
)
WINDOW = sign(
    rf"(?:ask|request|submit|writ|contact|made?|complain|appeal|please)\w*[^.]{{0,200}}?{PERIOD}"
)
TARGET = sign(
    rf"(?:\bwe (?:will|aim|try|expect)|\baim to|"
    rf"will (?:be )?(?:answer|repl|respond|complet|sen[dt]|provid)|"
    rf"\banswered?|\brepl(?:y|ies)|\brespon[ds])[^.]{{0,200}}?{PERIOD}"
)
OTHER_MATTERS = sign(r"copyright|re-use of|privacy notice")
RIGHT = sign(r"(?:section|s\.?)\s?50\b")
SITE = sign(r"\bico\.org\.uk")
TELEPHONE = sign(r"(?:\+44\s?|\b0)\d{2,4}[\s-]?\d{3,4}[\s-]?\d{3,4}\b")
SIX_WEEKS = sign(rf"(?:six|6) weeks|{PERIOD}")
LONGEST_ADDRESS_LINE = 70
LINES_OF_ADDRESS = 7


def find_review(letter: Letter) -> Iterator[Finding]:
    """Look for how to ask for a review, by when, and when it is answered (s.17(7)(a))."""
    section = SECTIONS[letter.regime][Required.REVIEW]
    none = quoted(letter.passages, NO_PROCEDURE)
    if none:
        yield Finding(section, "the statement that there is no procedure", none, "")
        return
    near = _near_review(letter)
    offers = quoted(near, REVIEW)
    yield Finding(section, "an internal review", offers, "Tell how to ask for an internal review.")
    sentences = _sentences(near)
    target = quoted(sentences, TARGET)
    asking = [one for one in sentences if not TARGET.search(one.text)]
    for what, words, cure in (
        (
            "where to send a request for review",
            quoted(near, MAILBOX)
            or quoted(near, POSTCODE)
            or quoted(near, BY_POST)
            or _address_above(letter, near),
            "Give a postal address and an e-mail address.",
        ),
        ("the time to ask in", quoted(asking, WINDOW), "Say within 40 working days."),
        ("when a review is answered", target, "Say within 20 working days, as a rule."),
    ):
        yield Finding(section, f"review: {what}", words, cure)


def _near_review(letter: Letter) -> list[Passage]:
    """Give the passages from the first word of review to the first of the Commissioner.

    Where one passage tells of both, it stands alone: what follows it is about something else.
    """
    tells = [one for one in letter.passages if REVIEW.search(one.text)]
    alone = (one for one in tells if not COMMISSIONER.search(one.text))
    first = next(alone, next((one for one in tells if not one.is_heading), None))
    if first is None:
        return []
    near = [one for one in tells if one.place < first.place]
    for passage in letter.passages[first.place : first.place + LINES_OF_ADDRESS]:
        if OTHER_MATTERS.search(passage.text):
            break
        near.append(passage)
        if COMMISSIONER.search(passage.text):
            break
    return near


def _sentences(passages: list[Passage]) -> list[Passage]:
    """Part passages into sentences, so that one period is not read for another."""
    return [
        passage._replace(text=sentence)
        for passage in passages
        for sentence in re.split(r"(?<=[.;]) ", passage.text)
        if not COMMISSIONER.search(sentence)
    ]


def _address_above(letter: Letter, near: list[Passage]) -> str:
    """Accept "the above address" where there is an address above."""
    pointer = quoted(near, ABOVE)
    above = [one for one in letter.passages if near and one.place < near[0].place]
    has_address = quoted(above, POSTCODE) or quoted(above, MAILBOX)
    return pointer if pointer and has_address else ""


def find_commissioner(letter: Letter) -> Iterator[Finding]:
    """Look for the right under s.50 and for how to reach the Commissioner (s.17(7)(b))."""
    section = SECTIONS[letter.regime][Required.COMMISSIONER]
    near = _near_commissioner(letter)
    for what, pattern, cure in (
        ("the right to apply under section 50", RIGHT, "Name the right: section 50 of the Act."),
        ("the Commissioner's website", SITE, "Give ico.org.uk."),
        ("the Commissioner's telephone number", TELEPHONE, "Give the telephone number."),
        ("the Commissioner's postal address", POSTCODE, "Give the postal address."),
    ):
        yield Finding(section, what, quoted(near, pattern), cure)
    yield Finding(
        "ICO practice",
        "the time to complain in",
        quoted([one for one in near if COMMISSIONER.search(one.text)], SIX_WEEKS),
        "Say that the ICO expects a complaint within six weeks.",
        is_law=False,
    )


def _near_commissioner(letter: Letter) -> list[Passage]:
    """Give the passages that name the Commissioner, with the short lines of an address below."""
    near: list[Passage] = []
    lines_left = 0
    for passage in letter.passages:
        if COMMISSIONER.search(passage.text):
            near.append(passage)
            lines_left = LINES_OF_ADDRESS
        elif lines_left and len(passage.text) <= LONGEST_ADDRESS_LINE:
            near.append(passage)
            lines_left -= 1
        else:
            lines_left = 0
    return near

"""The story that the demonstration opens with: real acts, done by its people, on their days.

The request 002335/20 is a real one: a police force received it on 14 July 2020 and answered on
30 July 2020. The others are made up around it.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from workflow.casework.ladder import UK
from workflow.casework.request import Treatment
from workflow.casework.stages import Act
from workflow.scheduler import tick
from workflow.services import acts, deadlines

if TYPE_CHECKING:
    from bot.demonstration.clock import MovedClock
    from workflow.services.office import Office

BEGINS = datetime(2020, 6, 1, 9, 0, tzinfo=UK)
OPENS = datetime(2020, 7, 14, 9, 0, tzinfo=UK)


class Arrival(NamedTuple):
    """A request that arrives."""

    reference: str
    subject: str
    description: str
    received: date
    questions: tuple[str, ...] = ()


class Scene(NamedTuple):
    """Who does what, when (UK time). An Arrival is logged; else the act is done on a reference."""

    at: str
    who: str
    what: Arrival | Act
    reference: str = ""
    words: dict[str, Any] = {}  # noqa: RUF012  # never changed: scenes are read only


CALLS = Arrival(
    "002335/20",
    "Emergency calls in 2019 and control room contracts",
    "How many emergency calls were there in 2019? For each of ten kinds of control room system, "
    "which company has the contract, and when is it due for renewal?",
    date(2020, 7, 14),
    (
        "How many emergency calls were received in 2019?",
        "Voice and call recording: which company supplies it, and when is the contract renewed?",
        "Call taking: which company, and when is it renewed?",
        "Computer-aided dispatch: which company, and when is it renewed?",
        "Dispatch by radio: which company, and when is it renewed?",
        "Private networks: which company, and when are they renewed?",
        "Communication devices: which company, and when is it renewed?",
        "Warning the public: which company, and when is it renewed?",
        "Cyber security: which company, and when is it renewed?",
        "Passing incidents between agencies: which company, and when is it renewed?",
        "The core of the network: which company, and when is it renewed?",
    ),
)
PHONES = Arrival(
    "FOI-2020-0012",
    "Policy on personal mobile phones",
    "Please send the current policy on officers' use of personal mobile phones on duty.",
    date(2020, 6, 2),
)
COUNTERS = Arrival(
    "FOI-2020-0015",
    "Opening hours of station front counters",
    "The opening hours of every front counter open to the public, and those closed since 2015.",
    date(2020, 6, 8),
)
CAMERAS = Arrival(
    "FOI-2020-0024",
    "Maintenance of speed cameras",
    "What is spent each year on maintaining fixed speed cameras, and with which contractor?",
    date(2020, 6, 24),
)
FLEET = Arrival(
    "FOI-2020-0027",
    "Vehicles in the fleet by fuel",
    "How many vehicles does the force own, by make, model and fuel?",
    date(2020, 6, 29),
)
DRONES = Arrival(
    "FOI-2020-0029",
    "Flights of drones",
    "All information on drones.",
    date(2020, 7, 2),
)
CAMS = Arrival(
    "FOI-2020-0031",
    "Cost of storing body-worn video",
    "What did storing body-worn video cost in each of the last three financial years?",
    date(2020, 7, 6),
)

SCENES: tuple[Scene, ...] = (
    Scene("2020-06-02 10:05", "dana", PHONES),
    Scene("2020-06-02 10:10", "dana", Act.ACKNOWLEDGE, PHONES.reference),
    Scene("2020-06-02 10:12", "dana", Act.ALLOCATE, PHONES.reference, {"team": "digital"}),
    Scene("2020-06-02 14:30", "sian", Act.CLAIM, PHONES.reference),
    Scene(
        "2020-06-05 11:00",
        "sian",
        Act.LOG_SEARCH,
        PHONES.reference,
        {"hours": 0.5, "where": "the policy library", "found": "found"},
    ),
    Scene("2020-06-05 11:20", "sian", Act.RETURN_SEARCHES, PHONES.reference, {"held": "held"}),
    Scene("2020-06-08 09:40", "dana", COUNTERS),
    Scene("2020-06-08 09:45", "dana", Act.ACKNOWLEDGE, COUNTERS.reference),
    Scene("2020-06-08 09:46", "dana", Act.ALLOCATE, COUNTERS.reference, {"team": "control-room"}),
    Scene("2020-06-08 13:15", "joel", Act.CLAIM, COUNTERS.reference),
    Scene(
        "2020-06-10 10:00",
        "dana",
        Act.ENGAGE_EXEMPTION,
        PHONES.reference,
        {"section": "s.31(1)(a)", "why": "Two paragraphs tell how phones are traced."},
    ),
    Scene(
        "2020-06-10 10:05",
        "dana",
        Act.RECORD_HARM,
        PHONES.reference,
        {
            "section": "s.31(1)(a)",
            "likelihood": "would-be-likely",
            "harm": "Those who are traced would learn how not to be.",
        },
    ),
    Scene(
        "2020-06-10 10:10",
        "dana",
        Act.RECORD_PUBLIC_INTEREST_TEST,
        PHONES.reference,
        {
            "section": "s.31(1)(a)",
            "for_disclosure": "The public would see by which rules officers work.",
            "for_withholding": "People are found by these means whose lives are at risk.",
            "balance": "The rest of the policy shows the rules; these paragraphs only the means.",
        },
    ),
    Scene(
        "2020-06-10 10:14",
        "dana",
        Act.ANSWER,
        PHONES.reference,
        {
            "numbers": (1,),
            "treatment": Treatment.DISCLOSED,
            "words": "The policy of March 2019 is enclosed.",
        },
    ),
    Scene(
        "2020-06-10 10:16",
        "dana",
        Act.ANSWER,
        PHONES.reference,
        {
            "numbers": (1,),
            "treatment": Treatment.WITHHELD,
            "words": "Paragraphs 14 and 15, on tracing",
            "sections": ("s.31(1)(a)",),
        },
    ),
    Scene(
        "2020-06-10 10:20",
        "dana",
        Act.DECIDE,
        PHONES.reference,
        {"outcome": "part", "reason": "The policy, less two paragraphs on tracing."},
    ),
    Scene("2020-06-11 15:00", "grace", Act.APPROVE, PHONES.reference),
    Scene("2020-06-12 09:30", "dana", Act.ISSUE, PHONES.reference, {"how": "by e-mail"}),
    Scene(
        "2020-06-16 16:00",
        "joel",
        Act.LOG_SEARCH,
        COUNTERS.reference,
        {"hours": 2.0, "where": "the estates register", "found": "found"},
    ),
    Scene("2020-06-16 16:10", "joel", Act.RETURN_SEARCHES, COUNTERS.reference, {"held": "held"}),
    Scene(
        "2020-06-18 10:00",
        "tom",
        Act.DECIDE,
        COUNTERS.reference,
        {"outcome": "disclose", "reason": "The hours, and a list of closures, are attached."},
    ),
    Scene("2020-06-19 10:00", "ruth", Act.APPROVE, COUNTERS.reference),
    Scene("2020-06-19 11:00", "tom", Act.ISSUE, COUNTERS.reference, {"how": "by e-mail"}),
    Scene("2020-06-24 09:50", "tom", CAMERAS),
    Scene("2020-06-24 09:55", "tom", Act.ACKNOWLEDGE, CAMERAS.reference),
    Scene("2020-06-24 09:56", "tom", Act.ALLOCATE, CAMERAS.reference, {"team": "procurement"}),
    Scene("2020-06-24 11:00", "callum", Act.CLAIM, CAMERAS.reference),
    Scene("2020-06-29 10:30", "tom", FLEET),
    Scene("2020-06-29 10:35", "tom", Act.ACKNOWLEDGE, FLEET.reference),
    Scene("2020-06-29 10:36", "tom", Act.ALLOCATE, FLEET.reference, {"team": "procurement"}),
    Scene("2020-06-29 15:00", "callum", Act.CLAIM, FLEET.reference),
    Scene("2020-07-02 11:30", "dana", DRONES),
    Scene("2020-07-02 11:40", "dana", Act.ACKNOWLEDGE, DRONES.reference),
    Scene(
        "2020-07-02 11:45",
        "dana",
        Act.SEEK_CLARIFICATION,
        DRONES.reference,
        {"question": "Which years, and is it the number of flights or their purpose?"},
    ),
    Scene(
        "2020-07-02 16:00",
        "callum",
        Act.LOG_SEARCH,
        CAMERAS.reference,
        {"hours": 1.5, "where": "the contracts register", "found": "found"},
    ),
    Scene("2020-07-02 16:10", "callum", Act.RETURN_SEARCHES, CAMERAS.reference, {"held": "held"}),
    Scene("2020-07-06 09:20", "dana", CAMS),
    Scene("2020-07-06 09:25", "dana", Act.ACKNOWLEDGE, CAMS.reference),
    Scene("2020-07-06 09:26", "dana", Act.ALLOCATE, CAMS.reference, {"team": "digital"}),
    Scene("2020-07-06 10:00", "sian", Act.CLAIM, CAMS.reference),
    Scene(
        "2020-07-06 14:00",
        "dana",
        Act.REQUEST_REVIEW,
        PHONES.reference,
        {"reason": "The applicant says that the tracing of phones is widely known already."},
    ),
    Scene("2020-07-07 10:00", "ruth", Act.CLAIM_REVIEW, PHONES.reference),
    Scene(
        "2020-07-08 12:00",
        "callum",
        Act.LOG_SEARCH,
        FLEET.reference,
        {"hours": 1.0, "where": "the fleet database", "found": "found"},
    ),
    Scene("2020-07-08 12:10", "callum", Act.RETURN_SEARCHES, FLEET.reference, {"held": "held"}),
    Scene(
        "2020-07-10 10:00",
        "tom",
        Act.DECIDE,
        CAMERAS.reference,
        {"outcome": "disclose", "reason": "The yearly cost and the contractor's name."},
    ),
    Scene(
        "2020-07-10 15:00",
        "sian",
        Act.LOG_SEARCH,
        CAMS.reference,
        {"hours": 3.0, "where": "the finance ledger", "found": "found"},
    ),
    Scene("2020-07-14 08:40", "dana", CALLS),
    Scene("2020-07-14 08:45", "dana", Act.ACKNOWLEDGE, CALLS.reference),
    Scene("2020-07-14 08:46", "dana", Act.ALLOCATE, CALLS.reference, {"team": "control-room"}),
)


def play(office: Office, clock: MovedClock) -> None:
    """Do every scene at its moment, running what falls due in between, and stop at the opening.

    Side effects: requests in the office's store, messages through its messenger.
    """
    for scene in SCENES:
        at = datetime.fromisoformat(scene.at).replace(tzinfo=UK)
        _wait(office, clock, at)
        _do(office, scene)
        tick(office)
    _wait(office, clock, OPENS)


def _wait(office: Office, clock: MovedClock, until: datetime) -> None:
    while (due := deadlines.next_due(office)) is not None and due <= until:
        clock.set(due)
        tick(office)
    clock.set(until)
    tick(office)


def _do(office: Office, scene: Scene) -> None:
    officer = office.roster.officer(scene.who)
    if isinstance(scene.what, Act):
        acts.perform(office, scene.what, scene.reference, officer=officer, **scene.words)
        return
    arrival = scene.what
    acts.log(
        office,
        officer=officer,
        reference=arrival.reference,
        subject=arrival.subject,
        description=arrival.description,
        received=arrival.received,
        questions=arrival.questions,
        applicant=("An applicant", "applicant@example.org"),
    )

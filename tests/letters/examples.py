"""The letters that tests write: an invented force answers a real request, with words of its own.

The request is 002335/20, of which the facts are public: eleven questions, the first answered with
159,740 calls, the others about contracts; received 14 July 2020 and answered 30 July 2020.
"""

from datetime import date
from pathlib import Path

from workflow.law.answer import (
    Answer,
    CommissionerParticulars,
    Elsewhere,
    Held,
    Likelihood,
    Outcome,
    Question,
    Reliance,
    ReviewParticulars,
    Timing,
    Withheld,
)
from workflow.law.public_interest import Argument, Balance, PublicInterestTest, Weight
from workflow.law.refusal_notice import Notice, draft
from workflow.letters.contents import Applicant, Envelope, Sender, Signatory
from workflow.letters.wording import Wording

CONFIG = Path(__file__).resolve().parents[2] / "config"
WORDS = Wording(CONFIG)

ENVELOPE = Envelope(
    reference="002335/20",
    subject="Emergency calls in 2019 and control room contracts",
    dated=date(2020, 7, 30),  # Thu
    sender=Sender(
        "Midshire Police",
        ("Information Management", "Police Headquarters", "Midshire"),
        "foi@midshire.police.example",
    ),
    applicant=Applicant("Alex Morgan", ("14 Orchard Row", "Midshire")),
    signatory=Signatory("Dana Whitfield", "Freedom of Information Officer"),
)
REVIEW = ReviewParticulars(
    ("Information Management", "Police Headquarters", "Midshire"), "foi@midshire.police.example"
)
COMMISSIONER = CommissionerParticulars(
    "Information Commissioner's Office",
    ("Wycliffe House", "Water Lane", "Wilmslow", "Cheshire", "SK9 5AF"),
    "https://ico.org.uk/foicomplaints",
    "0303 123 1113",
)
IN_TIME = Timing(date(2020, 7, 14), date(2020, 8, 12), date(2020, 7, 30))  # Tue, Wed, Thu

SYSTEMS = (
    "Voice and call recording",
    "Call taking",
    "Computer-aided dispatch",
    "Dispatch by radio",
    "Private networks",
    "Communication devices",
    "Warning the public",
    "Cyber security",
    "Passing incidents between agencies",
    "The core of the network",
)
CONTRACTS = Elsewhere(
    "The supplier and the renewal date of each contract that is on the public contracts register",
    "https://www.blpd.gov.uk/foi/foi.aspx",
)
UNPUBLISHED = Withheld(
    "the supplier and the renewal date where the contract is not on the register",
    ("s.24(1)", "s.31(1)(a)"),
)
NATIONAL_SECURITY = Reliance(
    "s.24(1)",
    why="These systems carry emergency calls and link us to other emergency services. They are "
    "part of the national infrastructure that a hostile state or a terrorist would want to "
    "switch off during an attack.",
    harm="Knowing the supplier of each part shows which known weaknesses to try, and the renewal "
    "date shows when a system is being replaced and is least protected. Taken together with the "
    "same facts from other forces, this maps where the country’s emergency response can be "
    "broken.",
    test=PublicInterestTest(
        for_disclosure=(
            Argument(
                "People should be able to judge whether systems that they depend on are sound."
            ),
            Argument("Disclosure would show how public money is spent on them.", Weight.LITTLE),
        ),
        for_withholding=(
            Argument(
                "An attack on emergency communications puts many lives at risk at once.",
                Weight.MUCH,
            ),
            Argument("Pieces that look harmless alone can be put together."),
        ),
        balance=Balance.WITHHOLD,
        reasons="The public contracts register already shows most of what we spend, so the "
        "withheld rest would add little to the debate. It would add much to the means of "
        "somebody who plans an attack, and the loss in that case would be very great.",
        by="Dana Whitfield",
        on=date(2020, 7, 28),  # Tue
    ),
)
LAW_ENFORCEMENT = Reliance(
    "s.31(1)(a)",
    why="We use these systems to prevent and detect crime: to take calls about it, to send "
    "officers and to keep what they say to each other confidential.",
    harm="Criminals could look for published faults in a named product and use them to listen to "
    "police communications or to delay officers on their way to a crime.",
    likelihood=Likelihood.WOULD_BE_LIKELY,
    test=PublicInterestTest(
        for_disclosure=(
            Argument("Scrutiny of suppliers can show whether the police chose well."),
            Argument("It helps people to understand how the police protect what they are told."),
        ),
        for_withholding=(
            Argument("Crimes are harder to prevent when officers can be overheard.", Weight.MUCH),
            Argument(
                "Repairing a compromised system takes money from other policing.", Weight.LITTLE
            ),
        ),
        balance=Balance.WITHHOLD,
        reasons="How well the police buy can be judged from the register and from our published "
        "accounts. The withheld details matter most to somebody who wants to get round the "
        "systems, and victims of crime would bear the cost.",
        by="Dana Whitfield",
        on=date(2020, 7, 28),  # Tue
    ),
)

CALLS_IN_2019 = Answer(
    outcome=Outcome.PART,
    questions=(
        Question(
            1,
            "How many emergency calls were received in 2019?",
            Held.HELD,
            disclosed="We received 159,740 emergency calls in 2019.",
        ),
        *(
            Question(
                number,
                f"{system}: which company has the contract, and when is it renewed?",
                Held.HELD,
                elsewhere=CONTRACTS,
                withheld=(UNPUBLISHED,),
            )
            for number, system in enumerate(SYSTEMS, start=2)
        ),
    ),
    reliances=(NATIONAL_SECURITY, LAW_ENFORCEMENT),
    review=REVIEW,
    commissioner=COMMISSIONER,
    timing=IN_TIME,
    advice="If you tell us which contract matters most to you, we can help you find its entry in "
    "the register. Our yearly accounts show what we spend on technology as a whole (section 16).",
)


def complete(answer: Answer) -> Notice:
    """Make the notice of an answer that is known to be complete."""
    drafted = draft(answer)
    assert isinstance(drafted, Notice), drafted
    return drafted

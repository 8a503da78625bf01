"""The verbs people type, in Slack and at the terminal, and which act each means at which stage."""

from __future__ import annotations

import difflib
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from workflow.casework.errors import Lacking, shown
from workflow.casework.stages import Act, of_stage
from workflow.services.forms import usage

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workflow.casework.stages import Stage


class Verb(NamedTuple):
    """A verb: the acts it may mean (the first that is open), and what it is for."""

    name: str
    acts: tuple[Act, ...]
    summary: str

    @property
    def form(self) -> str:
        """Say how it is typed: "search REF HOURS found|not-found WHERE"."""
        if not self.acts:
            return self.name + LOOKS[self.name].form
        if self.acts == (Act.LOG,):
            return f"{self.name} [SUBJECT]"
        if self.acts == (Act.UNDO,):
            return f"{self.name} [REF]"
        return f"{self.name} REF {usage(self.acts[0])}".rstrip()


class Look(NamedTuple):
    """A verb that does no act: what it takes after its name, an example of that, and who may."""

    form: str
    example: str
    who: str


_ANYONE = "Anyone here."
_ANYONE_OF_IT = "Anyone here; of a restricted request only the people named for it."
_ONESELF = "Anyone here, for themselves."
_THE_DESK = "The FOI desk."
_PEOPLE = (
    "Anyone here may look. The FOI desk changes people; an absence is noted by whoever is away, "
    "their manager or the desk."
)

# fmt: off
LOOKS = {
    "help":      Look(" [VERB]", "claim", _ANYONE),
    "list":      Look(" [TEAM|STAGE]", "searching", _ANYONE),
    "mine":      Look("", "", _ANYONE),
    "agenda":    Look(" [PERSON|TEAM]", "control-room", _ANYONE),
    "feed":      Look(" [PERSON|TEAM|revoke]", "control-room", _ANYONE),
    "outbox":    Look("", "", _THE_DESK),
    "stats":     Look(" [MONTH|QUARTER|YEAR]", "2020-Q3", "The FOI desk and managers."),
    "applicant": Look(" REF REASON", "0042 to post the answer", _THE_DESK),
    "people":    Look(" [add|change|leave|absent|present|name|history …]",
                      "change @joel team digital", _PEOPLE),
    "absent":    Look(" [UNTIL] [@COVER] [REASON]", "friday @joel a course", _ONESELF),
    "present":   Look("", "", _ONESELF),
    "prefer":    Look(" [digest|early|starts …]", "digest off", _ONESELF),
    "handover":  Look(" [@LEAVER @SUCCESSOR [REASON]]", "@amira @joel Amira leaves on Friday",
                      "The FOI desk, and the manager of either."),
    "show":      Look(" REF", "0042", _ANYONE_OF_IT),
    "why":       Look(" REF", "0042", _ANYONE_OF_IT),
    "check":     Look(" REF", "0042", _ANYONE_OF_IT),
    "letter":    Look(" REF [KIND|versions]", "0042 refusal", _ANYONE_OF_IT),
}
# fmt: on

# In the order in which the help lists them.
GROUPS: Mapping[str, tuple[Verb, ...]] = {
    "Looking": (
        Verb("help", (), "what you can type, or how one verb works"),
        Verb("list", (), "open requests, the soonest due first"),
        Verb("mine", (), "what you hold, and what waits for you"),
        Verb("agenda", (), "what falls due in the coming days"),
        Verb("show", (), "one request: its card and its history"),
        Verb("why", (), "how the due date was reached, day by day"),
        Verb("check", (), "what the answer still lacks of what s.17 asks"),
        Verb("letter", (), "a letter about it, the applicant not named"),
        Verb("stats", (), "the figures, for the desk and managers: 2020-07, 2020-Q3, 2020"),
        Verb("feed", (), "the due dates in your own calendar program"),
        Verb("outbox", (), "what waits to be said, and what could not be"),
        Verb("applicant", (), "for the desk: a link to who asked, and why you look is kept"),
    ),
    "Requests": (
        Verb("new", (Act.LOG,), "log a request that has arrived"),
        Verb("acknowledge", (Act.ACKNOWLEDGE,), "the applicant has been told it arrived"),
        Verb("received", (Act.CORRECT_RECEIPT,), "correct the date of receipt"),
        Verb("allocate", (Act.ALLOCATE,), "give it to the team that holds the information"),
        Verb("claim", (Act.CLAIM, Act.CLAIM_REVIEW), "take it: you hold it, or its review"),
        Verb("release", (Act.RELEASE,), "give it back to the team"),
        Verb("reassign", (Act.REASSIGN,), "hand it to another officer of the team"),
        Verb("pass", (Act.HAND_OVER,), "hand it over to anybody who can take it"),
        Verb("update", (Act.UPDATE,), "add a note to its history"),
        Verb("confirm", (Act.CONFIRM,), "you are still working on it"),
        Verb("search", (Act.LOG_SEARCH,), "log a search: how long, found or not, where"),
        Verb("estimate", (Act.ESTIMATE,), "estimate the search time, toward the limit of s.12"),
        Verb("return", (Act.RETURN_SEARCHES,), "return the searches to the desk"),
        Verb("clarify", (Act.SEEK_CLARIFICATION,), "ask the applicant; nothing is due meanwhile"),
        Verb(
            "clarified",
            (Act.RECORD_CLARIFICATION,),
            "the applicant answered: the count starts anew",
        ),
        Verb("split", (Act.SPLIT,), "clarify some questions apart; the rest runs on"),
        Verb("fees", (Act.GIVE_FEES_NOTICE,), "give a fees notice; the clock is suspended"),
        Verb("paid", (Act.RECORD_FEE,), "the fee came; the clock resumes"),
        Verb("refer", (Act.REFER,), "refer it to a third party or the NPCC"),
        Verb("replied", (Act.RECORD_REPLY,), "what they said whom it was referred to"),
        Verb("group", (Act.GROUP,), "note whose campaign it is, for aggregation"),
        Verb("escalate", (Act.ESCALATE,), "bring it to the manager's attention"),
        Verb("ack", (Act.ACKNOWLEDGE_ESCALATION,), "answer an escalation with a plan"),
        Verb("snooze", (Act.SNOOZE,), "no reminders to you about it until a day"),
        Verb("restrict", (Act.RESTRICT,), "let only the people named see it"),
        Verb("unrestrict", (Act.UNRESTRICT,), "let everybody see it again"),
        Verb("transfer", (Act.TRANSFER,), "close it as transferred"),
        Verb("withdraw", (Act.WITHDRAW,), "close it: the applicant withdrew it"),
        Verb("lapse", (Act.LAPSE,), "close it: no clarification or fee came"),
        Verb("undo", (Act.UNDO,), "take back what you just did, within ten minutes"),
        Verb("reopen", (Act.REOPEN,), "open it again at the stage it left"),
    ),
    "Answering": (
        Verb("exempt", (Act.ENGAGE_EXEMPTION,), "engage an exemption and say why"),
        Verb("harm", (Act.RECORD_HARM,), "record the harm, would or would be likely to"),
        Verb("opinion", (Act.RECORD_OPINION,), "the qualified person's opinion, for s.36"),
        Verb("interest", (Act.RECORD_PUBLIC_INTEREST_TEST,), "record the public interest test"),
        Verb("answer", (Act.ANSWER,), "answer questions: disclosed, elsewhere, withheld …"),
        Verb("extend", (Act.EXTEND, Act.EXTEND_REVIEW), "more time, for the public interest test"),
        Verb("decide", (Act.DECIDE, Act.DECIDE_REVIEW), "decide the answer, or the review"),
        Verb("draft", (Act.DRAFT_LETTER,), "put your own words in the letter"),
        Verb("back", (Act.SEND_BACK,), "send it back with a reason"),
        Verb("approve", (Act.APPROVE,), "sign the response off; never your own draft"),
        Verb("issue", (Act.ISSUE,), "it went out: the clock stops"),
    ),
    "Review and Commissioner": (
        Verb("review", (Act.REQUEST_REVIEW,), "the applicant asks for an internal review"),
        Verb("finding", (Act.RECORD_FINDING,), "what the review finds on one exemption"),
        Verb("complaint", (Act.RECORD_COMPLAINT,), "the applicant complained to the ICO"),
        Verb("ico-asks", (Act.RECORD_ICO_QUESTIONS,), "the ICO asks; answer by a day"),
        Verb("ico-answered", (Act.ANSWER_ICO,), "the ICO's questions are answered"),
        Verb("ico", (Act.RECORD_ICO_DECISION,), "record the ICO's decision, and steps by a day"),
        Verb("steps", (Act.RECORD_STEPS,), "the steps of the decision notice are taken"),
        Verb("appeal", (Act.RECORD_APPEAL,), "somebody appealed to the tribunal"),
        Verb("tribunal", (Act.RECORD_TRIBUNAL,), "what the tribunal decided"),
    ),
    "People": (
        Verb("people", (), "who works here; who comes, moves, leaves or is away"),
        Verb("absent", (), "you are away until a day, and who covers for you"),
        Verb("present", (), "you are back: you are told yourself again"),
        Verb("prefer", (), "how you like to be told: digest, early, starts"),
        Verb("handover", (), "hand over all that somebody holds"),
    ),
}
VERBS: tuple[Verb, ...] = tuple(chain.from_iterable(GROUPS.values()))


class UnknownVerb(Lacking):
    """Nothing is called that."""

    def __init__(self, *, typed: str) -> None:
        """Keep what was typed and what is near to it."""
        self.typed = typed
        near = difflib.get_close_matches(typed.casefold(), [one.name for one in VERBS], n=2)
        self.near = tuple(near)
        cure = f"Did you mean {' or '.join(near)}?" if near else "Type help for what you can do."
        super().__init__(what=f"There is no verb {shown(typed, 30)}.", cure=cure)


def verb_named(typed: str) -> Verb:
    """Find a verb. Raises UnknownVerb with what is near."""
    wanted = typed.strip().casefold()
    for verb in VERBS:
        if verb.name == wanted:
            return verb
    raise UnknownVerb(typed=typed)


def group_of(verb: Verb) -> str:
    """Name the part of the help in which a verb stands."""
    return next(name for name, verbs in GROUPS.items() if verb in verbs)


@cache
def verb_for(act: Act) -> Verb:
    """Find the verb by which an act is typed."""
    return next(verb for verb in VERBS if act in verb.acts)


def act_of(verb: Verb, stage: Stage) -> Act:
    """Give the act that a verb means at a stage: the first that is open there, else its first."""
    return of_stage(verb.acts, stage)

"""Requests and messages to keep, as examples and as Hypothesis draws them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from hypothesis import strategies as st

from workflow.casework.complaint import Appeal, Complaint
from workflow.casework.events import Event
from workflow.casework.finding import Finding, Found
from workflow.casework.referral import Referral
from workflow.casework.request import (
    Escalation,
    Estimate,
    Exemption,
    InformationRequest,
    Search,
)
from workflow.casework.stages import Act, Stage
from workflow.law import clock
from workflow.law.cost_limit import Activity
from workflow.law.regime import Regime
from workflow.law.reviews import ReviewDecided, ReviewExtended, ReviewRequested
from workflow.store.outbox import Outgoing
from workflow.store.requests import Timing

NOW = datetime(2020, 7, 14, 9, 30, tzinfo=UTC)
TODAY = date(2020, 7, 14)


def received(reference: str = "002335/20", **changes: Any) -> InformationRequest:
    """Make a request that has just been received."""
    given: dict[str, Any] = {
        "reference": reference,
        "subject": "Computer aided dispatch",
        "description": "Eleven questions.",
        "received_on": TODAY,
        "stage": Stage.RECEIVED,
        "since": TODAY,
        "clock": (clock.Received(TODAY),),
    }
    return InformationRequest(**(given | changes))


def at(next_notice_at: datetime | None = NOW) -> Timing:
    """Make what is kept beside a request, to be looked at again at a moment."""
    return Timing(date(2020, 8, 12), "a calendar", NOW, next_notice_at)


def notice(key: str, recipient: str = "person:amira", rule: str | None = None) -> Outgoing:
    """Make a notice."""
    return Outgoing(key, "notice", recipient, f"the words of {key}", rule)


def card(key: str) -> Outgoing:
    """Make a drawing of the card."""
    return Outgoing(key, "card", "desk:")


# PostgreSQL keeps no NUL in a text; a text with half a surrogate pair is no text at all.
words = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=40)
names = st.none() | words
days = st.dates(date(2005, 1, 1), date(2036, 12, 31))
moments = st.datetimes(datetime(2005, 1, 1), datetime(2036, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001  # Hypothesis adds the zone
hours = st.floats(0, 1000, allow_nan=False)

clock_events = st.one_of(
    st.builds(clock.Received, days),
    st.builds(clock.ClarificationSought, days),
    st.builds(clock.ClarificationReceived, days),
    st.builds(clock.FeesNoticeGiven, days),
    st.builds(clock.FeeReceived, days),
    st.builds(
        clock.Extended,
        days,
        words,
        further_working_days=st.none() | st.integers(0, 99),
        further_months=st.none() | st.integers(0, 9),
    ),
    st.builds(clock.IdentityRequested, days),
    st.builds(clock.IdentityReceived, days),
    st.builds(clock.Responded, days),
)
histories = st.lists(clock_events, max_size=4).map(tuple)
review_events = st.one_of(
    st.builds(ReviewRequested, days),
    st.builds(ReviewExtended, days, st.none() | st.integers(0, 99)),
    st.builds(ReviewDecided, days),
)
escalations = st.builds(
    Escalation,
    on=days,
    cause=words,
    by=names,
    acknowledged_by=names,
    plan=words,
    until=st.none() | days,
)
searches = st.builds(Search, words, days, words, hours, st.booleans(), st.sampled_from(Activity))
estimates = st.builds(Estimate, st.sampled_from(Activity), hours)
appeals = st.builds(Appeal, words, days, st.none() | days, words)
complaints = st.builds(
    Complaint,
    words,
    days,
    asked_on=st.none() | days,
    asked=words,
    answer_by=st.none() | days,
    answered_on=st.none() | days,
    decided_on=st.none() | days,
    decision=words,
    steps=words,
    steps_by=st.none() | days,
    steps_done_on=st.none() | days,
    appeal=st.none() | appeals,
)
requests = st.builds(
    InformationRequest,
    reference=words,
    subject=words,
    description=words,
    received_on=days,
    stage=st.sampled_from(Stage),
    since=days,
    clock=histories,
    regime=st.sampled_from(Regime),
    questions=st.lists(words, max_size=3).map(tuple),
    acknowledged_on=st.none() | days,
    team=names,
    allocated_on=st.none() | days,
    holder=names,
    searches=st.lists(searches, max_size=2).map(tuple),
    estimates=st.lists(estimates, max_size=2).map(tuple),
    held=names,
    exemptions=st.lists(st.builds(Exemption, words, words, words), max_size=2).map(tuple),
    outcome=names,
    decided_by=names,
    drafter=names,
    letter=words,
    approved_by=names,
    closed_as=names,
    left=st.none() | st.sampled_from(Stage),
    escalation=st.none() | escalations,
    review_clock=st.lists(review_events, max_size=3).map(tuple),
    reviewer=names,
    review_outcome=names,
    split_from=names,
    party=words,
    matter=words,
    findings=st.lists(
        st.builds(Finding, words, st.sampled_from(Found), words, words), max_size=2
    ).map(tuple),
    referrals=st.lists(
        st.builds(Referral, words, days, days, words, st.none() | days, words), max_size=2
    ).map(tuple),
    complaints=st.lists(complaints, max_size=2).map(tuple),
    version=st.integers(0, 2**31 - 2),
)
events = st.builds(
    Event,
    act=st.sampled_from(Act),
    by=names,
    on=days,
    particulars=st.dictionaries(words, words, max_size=4),
)

"""Any acts by anybody in any order on the real store, against a model of ten lines."""

from __future__ import annotations

import tempfile
from pathlib import Path

import hypothesis.strategies as st
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.casework.examples import LADDER
from tests.services.desk import Desk
from tests.store.databases import migrated
from workflow.casework.decide import DECIDE
from workflow.casework.errors import ActNotOpen, Refusal, Restricted
from workflow.casework.stages import TRANSITIONS, Act, Stage
from workflow.services import deadlines, delivery, lists

HANDLES = ("dana", "tom", "grace", "ruth", "amira", "joel", "marcus", "sian")
WORDS = {Act.ALLOCATE: {"team": "control-room"}}
REFERENCES = ("R1", "R2")


class Model:
    """What must be so of one request, whatever was done to it."""

    def __init__(self) -> None:
        self.stage, self.left, self.version, self.history = Stage.RECEIVED, Stage.RECEIVED, 0, 1

    def moves(self, act: Act) -> None:
        row = next(line for line in TRANSITIONS if line.act is act and self.stage in line.at)
        to = self.left if act is Act.REOPEN else row.to or self.stage
        if to is Stage.CLOSED and self.stage not in (Stage.REVIEW, to):
            self.left = self.stage
        self.stage, self.version, self.history = to, self.version + 1, self.history + 1


ESCALATING = sum(one.escalates for one in LADDER.rules)


class AnyActs(RuleBasedStateMachine):
    """Two requests, eight people, every act, and time that passes with its ticks."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.desk = Desk(migrated(f"sqlite:///{Path(self.folder.name) / 'desk.db'}"))
        self.models = {reference: Model() for reference in REFERENCES}
        self.told: dict[str, list[str]] = {reference: [] for reference in REFERENCES}

    @initialize()
    def begin(self) -> None:
        for reference in REFERENCES:
            self.desk.log(reference)

    @rule(
        act=st.sampled_from(list(DECIDE)),
        handle=st.sampled_from(HANDLES),
        reference=st.sampled_from(REFERENCES),
    )
    def somebody_acts(self, act: Act, handle: str, reference: str) -> None:
        self.attempt(act, handle, reference)

    @rule(pick=st.randoms(use_true_random=False), reference=st.sampled_from(REFERENCES))
    def somebody_does_what_is_open(self, pick: object, reference: str) -> None:
        """Random acts alone hardly leave the first stages: mostly, people do what they can."""
        request = self.desk.found(reference)
        choices = [
            (act, handle)
            for handle in HANDLES
            for act in lists.acts_for(
                self.desk.office, request, self.desk.office.roster.officer(handle)
            )
            if act in DECIDE and act not in (Act.WITHDRAW, Act.TRANSFER, Act.UPDATE)
        ]
        act, handle = pick.choice(choices)  # type: ignore[attr-defined]  # a random.Random of Hypothesis
        self.attempt(act, handle, reference)

    def attempt(self, act: Act, handle: str, reference: str) -> None:
        model = self.models[reference]
        before = self.desk.dump()
        is_open = any(line.act is act and model.stage in line.at for line in TRANSITIONS)
        refusal = self.refusal_of(act, handle, reference)
        if refusal is None:
            assert is_open
            model.moves(act)
        else:
            assert self.desk.dump() == before
            assert is_open or isinstance(refusal, (ActNotOpen, Restricted)) or act is Act.CLAIM

    def refusal_of(self, act: Act, handle: str, reference: str) -> Refusal | None:
        try:
            self.desk.do(act, handle, reference, **WORDS.get(act, {}))
        except Refusal as refusal:
            return refusal
        return None

    @rule(hours=st.integers(1, 90))
    def time_passes(self, hours: int) -> None:
        self.desk.pass_time(hours=hours)
        before = {one: self.desk.found(one).version for one in REFERENCES}
        deadlines.sweep(self.desk.office)
        delivery.deliver(self.desk.office)
        for reference, version in before.items():
            escalations = self.desk.found(reference).version - version
            # What a later one overtook in the hours that passed is in the history too.
            assert 0 <= escalations <= ESCALATING
            self.models[reference].version += escalations
            self.models[reference].history += escalations

    @invariant()
    def each_request_is_as_the_model_says(self) -> None:
        for reference, model in self.models.items():
            request = self.desk.found(reference)
            lines = [line.sentence for line in lists.history_of(self.desk.office, reference)]
            assert (request.stage, request.version, len(lines)) == (
                model.stage,
                model.version,
                model.history,
            )
            assert lines[: len(self.told[reference])] == self.told[reference]
            self.told[reference] = lines

    @invariant()
    def nothing_is_said_twice_and_whoever_works_on_it_holds_it(self) -> None:
        keys = self.desk.recorder.keys
        assert len(keys) == len(set(keys))
        for reference in REFERENCES:
            request = self.desk.found(reference)
            assert (request.stage is Stage.RECEIVED) == (
                request.holder is None
            ) or not request.is_open

    def teardown(self) -> None:
        self.desk.close()
        self.folder.cleanup()


TestAnyActs = AnyActs.TestCase
TestAnyActs.settings = settings(
    max_examples=8,
    stateful_step_count=35,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)

"""The tables, as SQLModel rows. Rows have no methods, and a row never leaves `store`."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    Date,
    Index,
    Integer,
    Text,
    text,
)
from sqlmodel import Field

from workflow.casework.stages import Stage
from workflow.law.regime import Regime
from workflow.store.columns import Rows, UtcDateTime, number_or_zero, one_of, text_or_empty

metadata = Rows.metadata  # whoever asks here finds every table in it


class RequestRow(Rows, table=True):
    """A request as it stands. `version` grows by one with every act."""

    __tablename__ = "requests"
    __table_args__ = (
        one_of("stage", [stage.value for stage in Stage]),
        one_of("regime", [regime.value for regime in Regime]),
        Index(
            "ix_requests_next_notice_at",
            "next_notice_at",
            sqlite_where=text("next_notice_at IS NOT NULL"),
            postgresql_where=text("next_notice_at IS NOT NULL"),
        ),
        Index("ix_requests_stage_due_on", "stage", "due_on"),
        Index("ix_requests_holder", "holder"),
        Index("ix_requests_team", "team"),
    )

    id: int | None = Field(default=None, primary_key=True)
    reference: str = Field(sa_column=Column(Text, nullable=False, unique=True))
    version: int
    subject: str = Field(sa_column=Column(Text, nullable=False))
    description: str = Field(sa_column=Column(Text, nullable=False))
    questions: Any = Field(sa_column=Column(JSON, nullable=False))
    regime: str = Field(sa_column=Column(Text, nullable=False))
    received_on: date = Field(sa_column=Column(Date, nullable=False))
    stage: str = Field(sa_column=Column(Text, nullable=False))
    since: date = Field(sa_column=Column(Date, nullable=False))
    clock: Any = Field(sa_column=Column(JSON, nullable=False))
    acknowledged_on: date | None = Field(default=None, sa_column=Column(Date))
    team: str | None = Field(default=None, sa_column=Column(Text))
    allocated_on: date | None = Field(default=None, sa_column=Column(Date))
    holder: str | None = Field(default=None, sa_column=Column(Text))
    searches: Any = Field(sa_column=Column(JSON, nullable=False))
    estimates: Any = Field(sa_column=Column(JSON, nullable=False))
    held: str | None = Field(default=None, sa_column=Column(Text))
    exemptions: Any = Field(sa_column=Column(JSON, nullable=False))
    answers: Any = Field(sa_column=Column(JSON, nullable=False))
    outcome: str | None = Field(default=None, sa_column=Column(Text))
    decided_by: str | None = Field(default=None, sa_column=Column(Text))
    drafter: str | None = Field(default=None, sa_column=Column(Text))
    letter: str = Field(sa_column=Column(Text, nullable=False))
    advice: str = Field(default="", sa_column=text_or_empty())
    why_late: str = Field(default="", sa_column=text_or_empty())
    approved_by: str | None = Field(default=None, sa_column=Column(Text))
    closed_as: str | None = Field(default=None, sa_column=Column(Text))
    left: str | None = Field(default=None, sa_column=Column(Text))
    escalation: Any = Field(default=None, sa_column=Column(JSON))
    chain: Any = Field(default=None, sa_column=Column(JSON))
    snoozes: Any = Field(default=None, sa_column=Column(JSON))
    acted_on: date | None = Field(default=None, sa_column=Column(Date))
    review_clock: Any = Field(sa_column=Column(JSON, nullable=False))
    reviewer: str | None = Field(default=None, sa_column=Column(Text))
    review_outcome: str | None = Field(default=None, sa_column=Column(Text))
    findings: Any = Field(default=None, sa_column=Column(JSON))
    referrals: Any = Field(default=None, sa_column=Column(JSON))
    complaints: Any = Field(default=None, sa_column=Column(JSON))
    split_from: str | None = Field(default=None, sa_column=Column(Text))
    party: str = Field(sa_column=Column(Text, nullable=False))
    matter: str = Field(sa_column=Column(Text, nullable=False))
    # "|amira|dana|": who may see it; empty for everybody. Text, so that both databases can look.
    restricted_to: str = Field(default="", sa_column=text_or_empty())
    # What the lists sort by and the sweep looks for: computed from the above with every save.
    due_on: date | None = Field(default=None, sa_column=Column(Date))
    calendar_version: str = Field(sa_column=Column(Text, nullable=False))
    noticed_to: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    next_notice_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    # What undoing the last act would need: see `store.last_acts`. It never leaves this database.
    last_act: Any = Field(default=None, sa_column=Column(JSON(none_as_null=True)))


class ApplicantRow(Rows, table=True):
    """Who asked. Apart from the request, so that no picture of a request carries it."""

    __tablename__ = "applicants"

    request_id: int = Field(primary_key=True, foreign_key="requests.id")
    name: str = Field(sa_column=Column(Text, nullable=False))
    address: str = Field(sa_column=Column(Text, nullable=False))


class EventRow(Rows, table=True):
    """What happened. Append-only: the database itself refuses a change (see the migrations)."""

    __tablename__ = "events"
    __table_args__ = (Index("ix_events_request_id", "request_id", "id"),)

    id: int | None = Field(default=None, primary_key=True)
    request_id: int = Field(foreign_key="requests.id", nullable=False)
    version: int
    act: str = Field(sa_column=Column(Text, nullable=False))
    by: str | None = Field(default=None, sa_column=Column(Text))
    on: date = Field(sa_column=Column(Date, nullable=False))
    at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    particulars: Any = Field(sa_column=Column(JSON, nullable=False))


class OutboxRow(Rows, table=True):
    """Something to be said. `key` is unique: the same thing is never said twice.

    A row without a request speaks of several: what was gathered after downtime, or a digest.
    `offers` is an act that its message offers as a button.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        one_of("kind", ["card", "thread", "notice", "file"]),
        one_of(
            "state",
            [
                *("waiting", "sending", "sent", "superseded", "undeliverable"),
                *("gathering", "gathered"),  # to be said together with others, and said so
            ],
        ),
        Index(
            "ix_outbox_gathering",
            "recipient",
            "id",
            sqlite_where=text("state = 'gathering'"),
            postgresql_where=text("state = 'gathering'"),
        ),
        Index(
            "ix_outbox_unsent",
            "request_id",
            "id",
            sqlite_where=text("state IN ('waiting', 'sending')"),
            postgresql_where=text("state IN ('waiting', 'sending')"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(sa_column=Column(Text, nullable=False, unique=True))
    request_id: int | None = Field(default=None, foreign_key="requests.id")
    kind: str = Field(sa_column=Column(Text, nullable=False))
    recipient: str = Field(sa_column=Column(Text, nullable=False))
    text: str = Field(sa_column=Column(Text, nullable=False))
    rule: str | None = Field(default=None, sa_column=Column(Text))
    offers: str | None = Field(default=None, sa_column=Column(Text))
    state: str = Field(sa_column=Column(Text, nullable=False))
    created_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    not_before: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    attempts: int = 0
    lease: str | None = Field(default=None, sa_column=Column(Text))
    sent_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    channel: str | None = Field(default=None, sa_column=Column(Text))
    ts: str | None = Field(default=None, sa_column=Column(Text))
    trouble: str | None = Field(default=None, sa_column=Column(Text))
    urgent: bool | None = Field(default=None)


class PaceRow(Rows, table=True):
    """The moment to which a recipient's messages are reckoned: see `paces`."""

    __tablename__ = "paces"

    recipient: str = Field(sa_column=Column(Text, primary_key=True))
    reckoned_to: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))


class HeartbeatRow(Rows, table=True):
    """When a job last did its work, in seconds how often it should, and since when it fails."""

    __tablename__ = "heartbeats"

    job: str = Field(sa_column=Column(Text, primary_key=True))
    every: float
    succeeded_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    failing_since: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    trouble: str | None = Field(default=None, sa_column=Column(Text))


class TroubleRow(Rows, table=True):
    """Something amiss with the way to people, as it was last seen; `over_at` once it was mended.

    `about` is a recipient, a permission, or nothing where it concerns everybody.
    """

    __tablename__ = "troubles"

    kind: str = Field(sa_column=Column(Text, primary_key=True))
    about: str = Field(sa_column=Column(Text, primary_key=True))
    first_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    last_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    times: int
    why: str = Field(sa_column=Column(Text, nullable=False))
    over_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))


class RoundRow(Rows, table=True):
    """What is done once a day by whichever process comes first: the digests."""

    __tablename__ = "rounds"

    name: str = Field(sa_column=Column(Text, primary_key=True))
    on: date = Field(sa_column=Column(Date, primary_key=True))


class FeedRow(Rows, table=True):
    """A calendar feed: whose, and the digest of its secret; the secret itself is kept nowhere."""

    __tablename__ = "feeds"
    __table_args__ = (Index("ix_feeds_owner", "owner"),)

    id: int | None = Field(default=None, primary_key=True)
    digest: str = Field(sa_column=Column(Text, nullable=False, unique=True))
    owner: str = Field(sa_column=Column(Text, nullable=False))
    made_by: str = Field(sa_column=Column(Text, nullable=False))
    made_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    revoked_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))


class CardRow(Rows, table=True):
    """Where a request's card stands: one message per request and channel."""

    __tablename__ = "cards"

    request_id: int = Field(primary_key=True, foreign_key="requests.id")
    recipient: str = Field(sa_column=Column(Text, primary_key=True))
    channel: str = Field(sa_column=Column(Text, nullable=False))
    ts: str = Field(sa_column=Column(Text, nullable=False))
    drawn_on: date | None = Field(default=None, sa_column=Column(Date, index=True))


class DraftRow(Rows, table=True):
    """What somebody has begun to fill in: one form of one person, until it is submitted."""

    __tablename__ = "drafts"

    person: str = Field(sa_column=Column(Text, primary_key=True))
    act: str = Field(sa_column=Column(Text, primary_key=True))
    reference: str = Field(sa_column=Column(Text, primary_key=True))
    words: Any = Field(sa_column=Column(JSON, nullable=False))
    at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))


class OnceRow(Rows, table=True):
    """The key of something that was asked and done: asked again, it is not done again."""

    __tablename__ = "once"

    key: str = Field(sa_column=Column(Text, primary_key=True))
    reference: str = Field(sa_column=Column(Text, nullable=False))
    version: int
    at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))


class LookRow(Rows, table=True):
    """Somebody looked at who asked. Append-only, as the history is."""

    __tablename__ = "looks"
    __table_args__ = (Index("ix_looks_request_id", "request_id", "id"),)

    id: int | None = Field(default=None, primary_key=True)
    request_id: int = Field(foreign_key="requests.id", nullable=False)
    by: str = Field(sa_column=Column(Text, nullable=False))
    at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    why: str = Field(sa_column=Column(Text, nullable=False))


class HoldRow(Rows, table=True):
    """A legal hold placed or lifted: the last row of a request holds. Append-only."""

    __tablename__ = "holds"
    __table_args__ = (Index("ix_holds_request_id", "request_id", "id"),)

    id: int | None = Field(default=None, primary_key=True)
    request_id: int = Field(foreign_key="requests.id", nullable=False)
    placed: bool
    by: str = Field(sa_column=Column(Text, nullable=False))
    at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    reason: str = Field(sa_column=Column(Text, nullable=False))


class DisposalRow(Rows, table=True):
    """A request whose words were erased under the retention schedule. Append-only.

    Only where such a row stands does the database let the words of an event be erased.
    """

    __tablename__ = "disposals"

    request_id: int = Field(primary_key=True, foreign_key="requests.id")
    by: str = Field(sa_column=Column(Text, nullable=False))
    at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    why: str = Field(sa_column=Column(Text, nullable=False))


class RemovalRow(Rows, table=True):
    """A message or a file that is to go from Slack, for its request was disposed of.

    No `request_id`: where something stands in this workspace is no part of a request.
    """

    __tablename__ = "removals"

    channel: str = Field(sa_column=Column(Text, primary_key=True))
    ts: str = Field(sa_column=Column(Text, primary_key=True))
    reference: str = Field(sa_column=Column(Text, nullable=False))
    is_file: bool
    attempts: int
    not_before: datetime = Field(sa_column=Column(UtcDateTime, nullable=False, index=True))
    trouble: str | None = Field(default=None, sa_column=Column(Text))


class PersonChangeRow(Rows, table=True):
    """Something that changed about a person since config/teams.toml was read. Append-only.

    `what` is checked by the program and not here, so that an older one lives beside a newer.
    """

    __tablename__ = "people"

    id: int | None = Field(default=None, primary_key=True)
    handle: str = Field(sa_column=Column(Text, nullable=False))
    what: str = Field(sa_column=Column(Text, nullable=False))
    value: Any = Field(sa_column=Column(JSON, nullable=False))
    by: str = Field(sa_column=Column(Text, nullable=False))
    on: date = Field(sa_column=Column(Date, nullable=False))
    at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    reason: str = Field(sa_column=Column(Text, nullable=False))


class RevealRow(Rows, table=True):
    """A link at which a desk officer may read who asked, by the digest of its secret.

    No `request_id`: it is no part of a request, and ends within minutes.
    """

    __tablename__ = "reveals"

    digest: str = Field(sa_column=Column(Text, primary_key=True))
    reference: str = Field(sa_column=Column(Text, nullable=False))
    by: str = Field(sa_column=Column(Text, nullable=False))
    why: str = Field(sa_column=Column(Text, nullable=False))
    ends_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    opened_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))


class InstallationRow(Rows, table=True):
    """The app's installation in one workspace of Slack: one row, or none where a token is set.

    `renewing_until` is the turn of whoever renews the token: no two use one refresh token. Nobody
    tries before `refused_until` what Slack refused for good, `refusals` times. `ended_at` is when
    Slack said that it is over, in the word that stands in `trouble`.
    """

    __tablename__ = "installations"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    team_id: str = Field(sa_column=Column(Text, nullable=False))
    team: str = Field(sa_column=Column(Text, nullable=False))
    bot_id: str = Field(sa_column=Column(Text, nullable=False))
    bot_user_id: str = Field(sa_column=Column(Text, nullable=False))
    installed_by: str = Field(sa_column=Column(Text, nullable=False))
    installed_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    access_token: str = Field(sa_column=Column(Text, nullable=False))
    refresh_token: str = Field(sa_column=Column(Text, nullable=False))
    granted_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    expires_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    renewing_until: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    trouble: str = Field(default="", sa_column=text_or_empty())
    refusals: int = Field(default=0, sa_column=number_or_zero())
    refused_until: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    ended_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))


class InstallationStateRow(Rows, table=True):
    """A way to Slack's page of consent that somebody has begun, by the digest of its secret."""

    __tablename__ = "installation_states"

    digest: str = Field(sa_column=Column(Text, primary_key=True))
    ends_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))

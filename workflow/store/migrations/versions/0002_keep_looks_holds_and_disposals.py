"""Keep looks at applicants, legal holds and disposals; let a disposal erase words, and no more."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

APPEND_ONLY = ("looks", "holds", "disposals")
# What happened, who did it and when: these no disposal may touch.
FACTS = ("id", "request_id", "version", "act", '"by"', '"on"', "at")


def upgrade() -> None:
    op.create_table(
        "looks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["request_id"], ["requests.id"], name=op.f("fk_looks_request_id_requests")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_looks")),
    )
    op.create_index("ix_looks_request_id", "looks", ["request_id", "id"])
    op.create_table(
        "holds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("placed", sa.Boolean(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["request_id"], ["requests.id"], name=op.f("fk_holds_request_id_requests")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_holds")),
    )
    op.create_index("ix_holds_request_id", "holds", ["request_id", "id"])
    op.create_table(
        "disposals",
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["request_id"], ["requests.id"], name=op.f("fk_disposals_request_id_requests")
        ),
        sa.PrimaryKeyConstraint("request_id", name=op.f("pk_disposals")),
    )
    if op.get_bind().dialect.name == "sqlite":
        _guard_sqlite()
    else:
        _guard_postgresql()


def _guard_sqlite() -> None:
    same = " AND ".join(f"NEW.{fact} IS OLD.{fact}" for fact in FACTS)
    disposed = "EXISTS (SELECT 1 FROM disposals WHERE request_id = OLD.request_id)"
    op.execute("DROP TRIGGER events_no_update")
    op.execute(
        "CREATE TRIGGER events_no_update BEFORE UPDATE ON events "
        f"WHEN NOT ({same} AND {disposed}) "
        "BEGIN SELECT RAISE(ABORT, 'the history is append-only'); END"
    )
    for table in APPEND_ONLY:
        key = "request_id" if table == "disposals" else "id"
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} are append-only'); END"
            )
        there = f"EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key})"  # noqa: S608  # our tables
        op.execute(  # REPLACE deletes without asking the triggers above
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN {there} "
            f"BEGIN SELECT RAISE(ABORT, '{table} are append-only'); END"
        )


def _guard_postgresql() -> None:
    same = " AND ".join(f"NEW.{fact} IS NOT DISTINCT FROM OLD.{fact}" for fact in FACTS)
    disposed = "EXISTS (SELECT 1 FROM disposals WHERE request_id = OLD.request_id)"
    op.execute("DROP TRIGGER events_append_only ON events")
    op.execute(
        "CREATE TRIGGER events_append_only BEFORE DELETE OR TRUNCATE ON events "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_history_change()"
    )
    op.execute(
        "CREATE FUNCTION let_a_disposal_erase_words() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN IF {same} AND {disposed} THEN RETURN NEW; END IF; "
        "RAISE EXCEPTION 'the history is append-only'; END $$"
    )
    op.execute(
        "CREATE TRIGGER events_only_erased BEFORE UPDATE ON events "
        "FOR EACH ROW EXECUTE FUNCTION let_a_disposal_erase_words()"
    )
    for table in APPEND_ONLY:
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_history_change()"
        )


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER events_no_update")
        op.execute(
            "CREATE TRIGGER events_no_update BEFORE UPDATE ON events "
            "BEGIN SELECT RAISE(ABORT, 'the history is append-only'); END"
        )
    else:
        op.execute("DROP TRIGGER events_only_erased ON events")
        op.execute("DROP FUNCTION let_a_disposal_erase_words()")
        op.execute("DROP TRIGGER events_append_only ON events")
        op.execute(
            "CREATE TRIGGER events_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON events "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_history_change()"
        )
    for table in APPEND_ONLY:
        op.drop_table(table)

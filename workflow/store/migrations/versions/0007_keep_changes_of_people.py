"""Keep what changes about people since teams.toml was written: append-only, as the history is."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "people",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("handle", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
    )
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER people_no_{verb.lower()} BEFORE {verb} ON people "
                "BEGIN SELECT RAISE(ABORT, 'people are append-only'); END"
            )
        op.execute(  # REPLACE deletes without asking the triggers above
            "CREATE TRIGGER people_no_replace BEFORE INSERT ON people "
            "WHEN EXISTS (SELECT 1 FROM people WHERE id = NEW.id) "
            "BEGIN SELECT RAISE(ABORT, 'people are append-only'); END"
        )
    else:
        op.execute(
            "CREATE TRIGGER people_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON people "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_history_change()"
        )


def downgrade() -> None:
    op.drop_table("people")

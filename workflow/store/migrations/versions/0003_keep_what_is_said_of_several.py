"""Keep what is said of several requests at once: a catch-up, a digest. Old programs still run.

A program of before leases such a row, finds no request to it, and leaves it until its lease ends.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

STATES = "'waiting', 'sending', 'sent', 'superseded', 'undeliverable'"


UNSENT = sa.text("state IN ('waiting', 'sending')")
GATHERING = sa.text("state = 'gathering'")


def upgrade() -> None:
    _alter(f"state IN ({STATES}, 'gathering', 'gathered')", alone=False)
    op.create_index(
        "ix_outbox_gathering",
        "outbox",
        ["recipient", "id"],
        sqlite_where=GATHERING,
        postgresql_where=GATHERING,
    )


def downgrade() -> None:
    op.drop_index("ix_outbox_gathering", "outbox")
    op.execute("DELETE FROM outbox WHERE request_id IS NULL")
    op.execute("UPDATE outbox SET state = 'waiting' WHERE state = 'gathering'")
    op.execute("UPDATE outbox SET state = 'superseded' WHERE state = 'gathered'")
    _alter(f"state IN ({STATES})", alone=True)


def _alter(states: str, *, alone: bool) -> None:
    """Change the table; SQLite makes it anew, which would lose the condition of its index."""
    op.drop_index("ix_outbox_unsent", "outbox")
    with op.batch_alter_table("outbox") as outbox:
        outbox.alter_column("request_id", existing_type=sa.Integer(), nullable=not alone)
        if alone:
            outbox.drop_column("offers")
        else:
            outbox.add_column(sa.Column("offers", sa.Text(), nullable=True))
        outbox.drop_constraint(op.f("ck_outbox_state"), type_="check")
        outbox.create_check_constraint(op.f("ck_outbox_state"), states)
    op.create_index(
        "ix_outbox_unsent",
        "outbox",
        ["request_id", "id"],
        sqlite_where=UNSENT,
        postgresql_where=UNSENT,
    )

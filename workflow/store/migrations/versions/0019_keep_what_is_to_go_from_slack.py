"""Keep what is to be taken away in Slack of a request that was disposed of."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table. Code that does not know it takes nothing away, as before."""
    op.create_table(
        "removals",
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("ts", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("is_file", sa.Boolean(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("trouble", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("channel", "ts", name=op.f("pk_removals")),
    )
    op.create_index("ix_removals_not_before", "removals", ["not_before"])


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("removals")

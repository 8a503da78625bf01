"""Keep the chain that follows an escalation, snoozes, and when somebody last acted on a request."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("requests", sa.Column("chain", sa.JSON(), nullable=True))
    op.add_column("requests", sa.Column("snoozes", sa.JSON(), nullable=True))
    op.add_column("requests", sa.Column("acted_on", sa.Date(), nullable=True))


def downgrade() -> None:
    for column in ("chain", "snoozes", "acted_on"):
        op.drop_column("requests", column)

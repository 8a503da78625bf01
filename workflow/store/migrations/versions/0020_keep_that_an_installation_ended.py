"""Keep that an installation has ended, and how long nobody tries to renew what was refused."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns. Code that does not know them asks Slack as often as before."""
    with op.batch_alter_table("installations") as table:
        zero = sa.text("0")
        table.add_column(sa.Column("refusals", sa.Integer(), nullable=False, server_default=zero))
        table.add_column(sa.Column("refused_until", sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Drop the columns."""
    with op.batch_alter_table("installations") as table:
        table.drop_column("ended_at")
        table.drop_column("refused_until")
        table.drop_column("refusals")

"""Keep what an answer offers as advice and assistance."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column. Code that does not know it writes rows without advice."""
    op.add_column(
        "requests", sa.Column("advice", sa.Text(), nullable=False, server_default=sa.text("''"))
    )


def downgrade() -> None:
    """Drop the column."""
    op.drop_column("requests", "advice")

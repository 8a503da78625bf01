"""Keep why an answer is late."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column. Code that does not know it writes rows without a reason."""
    op.add_column(
        "requests", sa.Column("why_late", sa.Text(), nullable=False, server_default=sa.text("''"))
    )


def downgrade() -> None:
    """Drop the column."""
    op.drop_column("requests", "why_late")

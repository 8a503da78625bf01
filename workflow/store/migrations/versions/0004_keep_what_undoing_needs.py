"""Keep beside each request what undoing its last act would need."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("requests", sa.Column("last_act", sa.JSON(none_as_null=True), nullable=True))


def downgrade() -> None:
    op.drop_column("requests", "last_act")

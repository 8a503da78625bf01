"""Keep referrals, the findings of a review, and complaints to the Commissioner with their days."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

COLUMNS = ("findings", "referrals", "complaints")


def upgrade() -> None:
    for name in COLUMNS:
        op.add_column("requests", sa.Column(name, sa.JSON(), nullable=True))


def downgrade() -> None:
    for name in COLUMNS:
        op.drop_column("requests", name)

"""Keep which rounds were made on a day: the digests, made once by whichever process comes first."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rounds",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("name", "on", name=op.f("pk_rounds")),
    )


def downgrade() -> None:
    op.drop_table("rounds")

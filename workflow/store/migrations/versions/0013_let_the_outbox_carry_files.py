"""Let the outbox carry files: a letter for the thread of a request.

A program of before says the words of such a row and leaves the file out.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

KINDS = "'card', 'thread', 'notice'"
INDEXES = {
    "ix_outbox_unsent": (["request_id", "id"], sa.text("state IN ('waiting', 'sending')")),
    "ix_outbox_gathering": (["recipient", "id"], sa.text("state = 'gathering'")),
}


def upgrade() -> None:
    _allow(f"kind IN ({KINDS}, 'file')")


def downgrade() -> None:
    op.execute("DELETE FROM outbox WHERE kind = 'file'")
    _allow(f"kind IN ({KINDS})")


def _allow(kinds: str) -> None:
    """Change the table; SQLite makes it anew, which would lose the conditions of its indexes."""
    for name in INDEXES:
        op.drop_index(name, "outbox")
    with op.batch_alter_table("outbox") as outbox:
        outbox.drop_constraint(op.f("ck_outbox_kind"), type_="check")
        outbox.create_check_constraint(op.f("ck_outbox_kind"), kinds)
    for name, (columns, where) in INDEXES.items():
        op.create_index(name, "outbox", columns, sqlite_where=where, postgresql_where=where)

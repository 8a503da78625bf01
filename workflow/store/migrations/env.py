"""Alembic's way in: the connection is handed over by `migrate`, never read from a file."""

from __future__ import annotations

from alembic import context

from workflow.store.tables import metadata

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()

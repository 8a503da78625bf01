"""What the workspace holds, in SQLite: a kill at any moment loses nothing that was answered."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bot.sandbox.json_values import Json, dump, load

SCHEMA = """
CREATE TABLE IF NOT EXISTS counters (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS conversations (
  id TEXT PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL UNIQUE, person TEXT,
  topic TEXT NOT NULL DEFAULT '', members TEXT NOT NULL DEFAULT '[]');
CREATE TABLE IF NOT EXISTS messages (
  channel TEXT NOT NULL, ts TEXT NOT NULL, thread_ts TEXT, only_for TEXT, body TEXT NOT NULL,
  PRIMARY KEY (channel, ts));
CREATE INDEX IF NOT EXISTS messages_by_thread ON messages (channel, thread_ts, ts);
CREATE TABLE IF NOT EXISTS views (
  id TEXT PRIMARY KEY, person TEXT NOT NULL, position INTEGER NOT NULL, open INTEGER NOT NULL,
  body TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS views_by_person ON views (person, open, position);
CREATE TABLE IF NOT EXISTS homes (person TEXT PRIMARY KEY, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS reads (
  person TEXT NOT NULL, channel TEXT NOT NULL, ts TEXT NOT NULL, PRIMARY KEY (person, channel));
CREATE TABLE IF NOT EXISTS response_urls (
  token TEXT PRIMARY KEY, body TEXT NOT NULL, uses INTEGER NOT NULL, expires REAL NOT NULL);
CREATE TABLE IF NOT EXISTS files (
  id TEXT PRIMARY KEY, token TEXT NOT NULL UNIQUE, content BLOB, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS marks (
  kind TEXT NOT NULL, channel TEXT NOT NULL, id TEXT NOT NULL, body TEXT NOT NULL,
  PRIMARY KEY (kind, channel, id));
"""


class Store:
    """Rows in and out. Every change is committed before the call returns."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(
            folder / "sandbox.sqlite3", isolation_level=None, check_same_thread=False
        )
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=FULL")
        self._db.executescript(SCHEMA)

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Make several changes together or not at all."""
        if self._db.in_transaction:
            yield
            return
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    def _rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        return self._db.execute(sql, values).fetchall()

    def _bodies(self, sql: str, *values: Any) -> list[Json]:
        return [load(row[0]) for row in self._rows(sql, *values)]

    def _run(self, sql: str, *values: Any) -> None:
        self._db.execute(sql, values)

    # --- counters -----------------------------------------------------------------------------

    def counter(self, name: str) -> str:
        """Read a counter; "" where it was never set."""
        rows = self._rows("SELECT value FROM counters WHERE name = ?", name)
        return str(rows[0][0]) if rows else ""

    def set_counter(self, name: str, value: str) -> None:
        """Set a counter."""
        self._run("INSERT OR REPLACE INTO counters VALUES (?, ?)", name, value)

    def counters(self, beginning: str) -> list[str]:
        """List the names of the counters that begin so."""
        rows = self._rows(
            "SELECT name FROM counters WHERE substr(name, 1, ?) = ?", len(beginning), beginning
        )
        return [str(row[0]) for row in rows]

    def next_number(self, name: str) -> int:
        """Count one further; begins with 1."""
        with self.transaction():
            number = int(self.counter(name) or 0) + 1
            self.set_counter(name, str(number))
        return number

    # --- conversations ------------------------------------------------------------------------

    def save_conversation(self, conversation: Json) -> None:
        """Keep a conversation, new or changed."""
        self._run(
            "INSERT OR REPLACE INTO conversations VALUES (?, ?, ?, ?, ?, ?)",
            conversation["id"],
            conversation["kind"],
            conversation["name"],
            conversation["person"],
            conversation["topic"],
            dump(conversation["members"]),
        )

    def conversations(self) -> list[Json]:
        """List every conversation in the order it was made."""
        columns = ("id", "kind", "name", "person", "topic", "members")
        rows = self._rows(f"SELECT {', '.join(columns)} FROM conversations ORDER BY rowid")  # noqa: S608 - the columns stand in the line above
        return [dict(zip(columns, (*row[:5], load(row[5])), strict=True)) for row in rows]

    # --- messages -----------------------------------------------------------------------------

    def save_message(self, channel: str, body: Json, *, only_for: str | None = None) -> None:
        """Keep a message, new or changed; `only_for` makes it ephemeral to one person."""
        self._run(
            "INSERT OR REPLACE INTO messages VALUES (?, ?, ?, ?, ?)",
            channel,
            body["ts"],
            body.get("thread_ts"),
            only_for,
            dump(body),
        )

    def delete_message(self, channel: str, ts: str) -> None:
        """Remove a message."""
        self._run("DELETE FROM messages WHERE channel = ? AND ts = ?", channel, ts)

    def message(self, channel: str, ts: str) -> tuple[Json, str | None] | None:
        """Find a message and whom alone it is shown to (None: everyone)."""
        rows = self._rows(
            "SELECT body, only_for FROM messages WHERE channel = ? AND ts = ?", channel, ts
        )
        return (load(rows[0][0]), rows[0][1]) if rows else None

    def messages(self, channel: str, person: str | None = None) -> list[tuple[Json, str | None]]:
        """List a conversation's messages, oldest first, with a person's ephemeral ones."""
        rows = self._rows(
            "SELECT body, only_for FROM messages WHERE channel = ?"
            " AND (only_for IS NULL OR only_for = ?) ORDER BY ts",
            channel,
            person,
        )
        return [(load(body), only_for) for body, only_for in rows]

    def public_messages(
        self, channel: str, *, oldest: str = "", latest: str = "9", thread: str | None = None
    ) -> list[Json]:
        """List the messages that everyone may see, oldest first, of a channel or of one thread.

        `oldest` and `latest` are timestamps, both within.
        """
        of_thread = "" if thread is None else " AND (ts = :thread OR thread_ts = :thread)"
        rows = self._db.execute(
            "SELECT body FROM messages WHERE channel = :channel AND only_for IS NULL"  # noqa: S608 - of our own words
            f" AND ts >= :oldest AND ts <= :latest{of_thread} ORDER BY ts",
            {"channel": channel, "oldest": oldest, "latest": latest, "thread": thread},
        )
        return [load(body) for (body,) in rows]

    def in_the_channel(self, channel: str, *, oldest: str, latest: str) -> list[str]:
        """List the timestamps of what stands in a channel, newest first, answers left out."""
        rows = self._rows(
            "SELECT ts FROM messages WHERE channel = ? AND only_for IS NULL AND ts >= ? AND ts <= ?"
            " AND (thread_ts IS NULL OR thread_ts = ts"
            " OR json_extract(body, '$.subtype') = 'thread_broadcast') ORDER BY ts DESC",
            channel,
            oldest,
            latest,
        )
        return [ts for (ts,) in rows]

    def answers(self, channel: str, ts: str) -> list[tuple[str, str]]:
        """List timestamp and author of each answer in a thread, oldest first."""
        rows = self._rows(
            "SELECT ts, json_extract(body, '$.user') FROM messages WHERE channel = ?"
            " AND thread_ts = ? AND ts != ? AND only_for IS NULL ORDER BY ts",
            channel,
            ts,
            ts,
        )
        return [(answer, str(user)) for answer, user in rows]

    # --- views and homes ----------------------------------------------------------------------

    def save_view(self, person: str, position: int, body: Json) -> None:
        """Keep an open view at its place in a person's stack."""
        self._run(
            "INSERT OR REPLACE INTO views VALUES (?, ?, ?, 1, ?)",
            body["id"],
            person,
            position,
            dump(body),
        )

    def close_view(self, view_id: str) -> None:
        """Mark a view as closed."""
        self._run("UPDATE views SET open = 0 WHERE id = ?", view_id)

    def view(self, view_id: str) -> tuple[Json, str, bool] | None:
        """Find a view, whose it is, and whether it is open."""
        rows = self._rows("SELECT body, person, open FROM views WHERE id = ?", view_id)
        return (load(rows[0][0]), rows[0][1], bool(rows[0][2])) if rows else None

    def view_with_external_id(self, external_id: str) -> Json | None:
        """Find an open view by the id that the app gave it."""
        found = self._bodies("SELECT body FROM views WHERE open = 1")
        return next((one for one in found if one.get("external_id") == external_id), None)

    def open_views(self, person: str) -> list[Json]:
        """List a person's open views, the lowest first."""
        return self._bodies(
            "SELECT body FROM views WHERE person = ? AND open = 1 ORDER BY position", person
        )

    def save_home(self, person: str, body: Json) -> None:
        """Keep what a person's App Home shows."""
        self._run("INSERT OR REPLACE INTO homes VALUES (?, ?)", person, dump(body))

    def home(self, person: str) -> Json | None:
        """Find what a person's App Home shows."""
        found = self._bodies("SELECT body FROM homes WHERE person = ?", person)
        return found[0] if found else None

    # --- read marks, response URLs, files, pins and bookmarks -----------------------------------

    def mark_read(self, person: str, channel: str, ts: str) -> None:
        """Note how far a person has read."""
        self._run("INSERT OR REPLACE INTO reads VALUES (?, ?, ?)", person, channel, ts)

    def read_marks(self, person: str) -> dict[str, str]:
        """Tell how far a person has read in each conversation."""
        return dict(self._db.execute("SELECT channel, ts FROM reads WHERE person = ?", (person,)))

    def newest(self, naming: str = "", or_naming: str = "") -> dict[str, str]:
        """Tell the newest message of each conversation that everyone may see.

        Or, of those that name somebody, the newest. Only their words count: what stands in a block
        as plain text is no mention.
        """
        found = "SELECT channel, MAX(ts) FROM messages WHERE only_for IS NULL"
        if naming or or_naming:
            words = "json_extract(body, '$.text')"
            found += f" AND (instr({words}, ?) OR instr({words}, ?))"
        names = (naming, or_naming) if naming or or_naming else ()
        return dict(self._db.execute(f"{found} GROUP BY channel", names))

    def save_response_url(self, token: str, body: Json, *, uses: int, expires: float) -> None:
        """Keep a response URL with the uses it has left."""
        self._run(
            "INSERT OR REPLACE INTO response_urls VALUES (?, ?, ?, ?)",
            token,
            dump(body),
            uses,
            expires,
        )

    def response_url(self, token: str) -> tuple[Json, int, float] | None:
        """Find a response URL: what it is for, the uses left, when it ends."""
        rows = self._rows("SELECT body, uses, expires FROM response_urls WHERE token = ?", token)
        return (load(rows[0][0]), rows[0][1], rows[0][2]) if rows else None

    def save_file(self, token: str, body: Json, content: bytes | None) -> None:
        """Keep a file; its content may come later."""
        self._run(
            "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?)",
            body["id"],
            token,
            content,
            dump(body),
        )

    def delete_file(self, file_id: str) -> None:
        """Forget a file."""
        self._run("DELETE FROM files WHERE id = ?", file_id)

    def file(self, name: str) -> tuple[Json, str, bytes | None] | None:
        """Find a file by its id or by the token of its upload."""
        rows = self._rows(
            "SELECT body, token, content FROM files WHERE id = ? OR token = ?", name, name
        )
        return (load(rows[0][0]), rows[0][1], rows[0][2]) if rows else None

    def save_mark(self, kind: str, channel: str, mark_id: str, body: Json) -> None:
        """Keep a pin or a bookmark of a channel."""
        self._run(
            "INSERT OR REPLACE INTO marks VALUES (?, ?, ?, ?)", kind, channel, mark_id, dump(body)
        )

    def marks(self, kind: str, channel: str) -> list[Json]:
        """List a channel's pins or bookmarks."""
        return self._bodies(
            "SELECT body FROM marks WHERE kind = ? AND channel = ? ORDER BY rowid", kind, channel
        )

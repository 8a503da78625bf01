"""Reading what a script or the page asks, with one clear sentence when it cannot be done."""

import json
from typing import Any

from starlette.requests import Request

from bot.sandbox.directory import Person
from bot.sandbox.json_values import Json, load
from bot.sandbox.refusals import Refused
from bot.sandbox.workspace import Workspace


class Asked:
    """One request to `/sandbox/…`: its fields, whether they stood in the query or in JSON."""

    def __init__(self, workspace: Workspace, fields: Json) -> None:
        self.workspace = workspace
        self.fields = fields

    def must(self, name: str) -> Any:
        """Read a field that must be there."""
        value = self.fields.get(name)
        if value in (None, ""):
            raise Refused(f"“{name}” is missing.")
        return value

    def maybe(self, name: str) -> str | None:
        """Read a field that may be missing, as text."""
        value = self.fields.get(name)
        return None if value in (None, "") else str(value)

    def values(self) -> Json:
        """Read a form's values."""
        values = self.fields.get("values") or {}
        if not isinstance(values, dict):
            raise Refused("“values” must be an object: block or action id to value.")
        return values

    def person(self) -> Person:
        """Find who acts, by the field "as"."""
        return self.workspace.directory.get(self.must("as"))

    def conversation(self, person: Person) -> Json:
        """Find where a person acts: "channel", or "dm" for direct messages with the app.

        A person who acts in a channel without being in it joins it.
        """
        if self.maybe("dm") is not None:
            return self._direct(person)
        conversation = self.workspace.get(self.must("channel"))
        if conversation["kind"] == "im" and conversation["person"] != person.id:
            raise Refused(f"These direct messages are not {person.name}'s.")
        if person.id not in self.workspace.members(conversation):
            self.workspace.add_members(conversation, [person.id])
        return self.workspace.get(conversation["id"])

    def readable(self) -> tuple[Json, Person | None]:
        """Find what is to be read, and with whose eyes, if anyone's."""
        person = self.person() if self.maybe("as") else None
        if self.maybe("dm") is None:
            return self.workspace.get(self.must("channel")), person
        named = self._named_by_dm() or person
        if named is None:
            raise Refused("Whose direct messages? Say “as”, or name the person in “dm”.")
        return self.workspace.direct_messages(named), named

    def _named_by_dm(self) -> Person | None:
        """Read "dm": a person's handle, or true (or "app") for one's own."""
        if str(self.fields["dm"]).casefold() in {"true", "1", "app"}:
            return None
        return self.workspace.directory.get(self.fields["dm"])

    def _direct(self, person: Person) -> Json:
        named = self._named_by_dm()
        if named is not None and named.id != person.id:
            raise Refused(f"{person.name} cannot act in the direct messages of {named.name}.")
        return self.workspace.direct_messages(person)


async def read(workspace: Workspace, request: Request) -> Asked:
    """Read a request's query and JSON body; raises `Refused` where the body is not an object."""
    fields: Json = dict(request.query_params)
    body = await request.body()
    if body:
        try:
            content = load(body.decode())
        except (json.JSONDecodeError, UnicodeDecodeError):
            raise Refused("The body must be JSON.") from None
        if not isinstance(content, dict):
            raise Refused("The body must be a JSON object.")
        fields |= content
    return Asked(workspace, fields)

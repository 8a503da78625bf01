"""Modals in their stack, and the App Home."""

import secrets
from typing import Any

from bot.sandbox.block_checks import check_view
from bot.sandbox.elements import state_of
from bot.sandbox.json_values import Json
from bot.sandbox.limits import VIEW_STACK_DEPTH
from bot.sandbox.payloads import view_of
from bot.sandbox.refusals import Refused, SlackError
from bot.sandbox.workspace import Workspace


class Views:
    """Opens, pushes, updates and closes the views of each person."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._store = workspace.store

    def open(self, person: str, view: Any, *, act: str) -> Json:
        """Open a modal as a new stack; what was open before is closed."""
        self._check(view, "modal")
        with self._store.transaction():
            for old in self._store.open_views(person):
                self._store.close_view(old["id"])
            return self._add(person, view, below=[], act=act)

    def push(self, person: str, view: Any, *, act: str) -> Json:
        """Lay a modal on top of the stack; three is the most."""
        self._check(view, "modal")
        below = self._store.open_views(person)
        if not below:
            raise SlackError("not_found")
        if len(below) >= VIEW_STACK_DEPTH:
            raise SlackError("push_limit_reached")
        return self._add(person, view, below=below, act=act)

    def update(self, view_id: str, view: Any, *, view_hash: str | None, act: str = "") -> Json:
        """Change an open modal in place; a hash that is no longer its own is refused."""
        found = self._store.view(view_id)
        if found is None or not found[2]:
            raise SlackError("not_found")
        old, person, _ = found
        self._check(view, old["type"])
        if view_hash and view_hash != old["hash"]:
            raise SlackError("hash_conflict")
        self._check_external_id(view, view_id)
        new = self._made(
            view,
            view_id=view_id,
            kept=old["state"]["values"],
            root=old["root_view_id"],
            previous=old["previous_view_id"],
        )
        position = [one["id"] for one in self._store.open_views(person)].index(view_id)
        self._store.save_view(person, position, new)
        self._told(person, view_id, act)
        return new

    def publish(self, person: str, view: Any, *, view_hash: str | None) -> Json:
        """Set what a person's App Home shows."""
        self._check(view, "home")
        old = self._store.home(person)
        if view_hash and old and view_hash != old["hash"]:
            raise SlackError("hash_conflict")
        view_id = old["id"] if old else self._new_id()
        new = self._made(view, view_id=view_id, kept={}, root=view_id, previous=None)
        self._store.save_home(person, new)
        self._workspace.changes.tell("home", person=person, view=new)
        return new

    def get(self, person: str, view_id: object) -> Json:
        """Find a person's open modal or App Home; raises `Refused` (404) where there is none."""
        home = self._store.home(person)
        if home and home["id"] == view_id:
            return home
        for one in self._store.open_views(person):
            if one["id"] == view_id:
                return one
        raise Refused(f"No view {view_id} is open for this person.", status=404)

    def fill(self, person: str, view: Json, values: Json) -> Json:
        """Keep what a person has entered, and give the view back with it."""
        state = state_of(
            view["blocks"],
            values,
            kept=view["state"]["values"],
            person_id=self._person_id,
            whole_form=True,
        )
        filled = {**view, "state": {"values": state}}
        if view["type"] == "home":
            self._store.save_home(person, filled)
        else:
            position = [one["id"] for one in self._store.open_views(person)].index(view["id"])
            self._store.save_view(person, position, filled)
        return filled

    def close(self, person: str, view_id: str, *, act: str = "") -> None:
        """Close one modal; the one below it shows again."""
        self._store.close_view(view_id)
        self._told(person, view_id, act, closed=True)

    def clear(self, person: str, *, act: str = "") -> None:
        """Close every modal of a person."""
        for one in self._store.open_views(person):
            self._store.close_view(one["id"])
        self._told(person, None, act, closed=True)

    def _person_id(self, who: str) -> str:
        return self._workspace.directory.get(who).id

    def _check(self, view: Any, kind: str) -> None:
        check_view(view)
        for number, block in enumerate(view["blocks"]):
            file_id = (block.get("slack_file") or {}).get("id")
            if file_id and self._store.file(str(file_id)) is None:
                where = f"[json-pointer:/view/blocks/{number}/slack_file]"
                raise SlackError("invalid_arguments", f"[ERROR] invalid slack file {where}")
        if view["type"] != kind:
            raise SlackError(
                "invalid_arguments", f"[ERROR] must be a {kind} [json-pointer:/view/type]"
            )

    def _check_external_id(self, view: Json, view_id: str) -> None:
        external_id = view.get("external_id")
        taken = self._store.view_with_external_id(external_id) if external_id else None
        if taken and taken["id"] != view_id:
            raise SlackError("duplicate_external_id")

    def _add(self, person: str, view: Json, *, below: list[Json], act: str) -> Json:
        view_id = self._new_id()
        self._check_external_id(view, view_id)
        root = below[0]["id"] if below else view_id
        previous = below[-1]["id"] if below else None
        new = self._made(view, view_id=view_id, kept={}, root=root, previous=previous)
        self._store.save_view(person, len(below), new)
        self._told(person, view_id, act)
        return new

    def _made(
        self,
        view: Json,
        *,
        view_id: str,
        kept: Json,
        root: str,
        previous: str | None,
    ) -> Json:
        blocks = self._workspace.with_block_ids(view["blocks"])
        state = state_of(blocks, {}, kept=kept, person_id=self._person_id, whole_form=False)
        return view_of(
            self._workspace.app,
            view,
            view_id=view_id,
            blocks=blocks,
            state=state,
            view_hash=f"{self._workspace.store.next_number('hashes')}.{secrets.token_hex(4)}",
            root=root,
            previous=previous,
        )

    def _new_id(self) -> str:
        return f"V0{secrets.token_hex(5).upper()}"

    def _told(self, person: str, view_id: str | None, act: str, *, closed: bool = False) -> None:
        self._workspace.changes.tell(
            "views",
            person=person,
            view_id=view_id,
            closed=closed,
            act=act,
            views=self._store.open_views(person),
        )

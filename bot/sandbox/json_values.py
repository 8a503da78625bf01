"""JSON as Slack's protocol uses it: objects of any shape, written compactly."""

import json
from typing import Any

Json = dict[str, Any]


def dump(value: Any) -> str:
    """Write a value as compact JSON, keeping every script readable."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def load(text: str) -> Any:
    """Read JSON text; raises `json.JSONDecodeError`."""
    return json.loads(text)

"""How a module is named, how long it may be, and what it says of itself."""

import ast
import re
from collections.abc import Iterator

from tests.architecture.checkout import PACKAGES, ROOT, modules, syntax_tree, tracked_texts

# A room with one of these names has no subject, and so everything ends up in it.
NAMES_WITHOUT_A_SUBJECT = {"base", "common", "helper", "helpers", "misc", "shared", "util", "utils"}
LONGEST_MODULE = 400  # lines
DOCUMENTED_FLOORS = ("workflow/law", "workflow/casework", "workflow/services")

SUPPRESSION = re.compile(r"#\s*(?:noqa|type:\s*ignore|pragma|ruff|mypy)\b")
SUPPRESSION_WITH_REASON = re.compile(
    r"#\s*(?:ruff: )?noqa: [A-Z]+[0-9]+(?:, ?[A-Z]+[0-9]+)*\W+\w+\W+\w"
    r"|#\s*type: ignore\[[a-z-]+(?:, ?[a-z-]+)*\]\W+\w+\W+\w"
)


def public_functions(node: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Yield each function that another module may call, methods of public classes included."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            yield child
        elif isinstance(child, ast.ClassDef):
            yield from public_functions(child)


def test_a_module_is_named_for_its_subject() -> None:
    nameless = [
        str(module)
        for module in modules(*PACKAGES, "tests")
        if {*module.parent.parts, module.stem} & NAMES_WITHOUT_A_SUBJECT
    ]

    assert nameless == []


def test_a_module_is_short_enough_to_be_read_at_a_sitting() -> None:
    lengths = {
        str(module): len((ROOT / module).read_text(encoding="utf-8").splitlines())
        for module in modules(*PACKAGES)
    }

    assert {m: lines for m, lines in lengths.items() if lines > LONGEST_MODULE} == {}


def test_every_public_function_of_the_floors_says_what_it_does() -> None:
    silent = [
        f"{module}:{function.lineno} {function.name}"
        for module in modules(*DOCUMENTED_FLOORS)
        for function in public_functions(syntax_tree(module))
        if not function.name.startswith("_") and not ast.get_docstring(function)
    ]

    assert silent == []


def test_every_suppression_gives_its_reason_on_the_line() -> None:
    without_reason = [
        f"{path}:{number}: {line.strip()}"
        for path, text in tracked_texts()
        if path.suffix == ".py"
        for number, line in enumerate(text.splitlines(), start=1)
        if SUPPRESSION.search(line) and not SUPPRESSION_WITH_REASON.search(line)
    ]

    assert without_reason == []

"""Law, casework and reports are built from the standard library alone.

import-linter names the parts of the standard library that may not be used there; that nothing from
outside it may be used at all is easier said than listed.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.checkout import ROOT, modules, syntax_tree

PURE_FLOORS = ("workflow/law", "workflow/casework", "workflow/reports")
PURE_MODULES = ("workflow/letters/compose.py",)


def pure_modules() -> Iterator[Path]:
    yield from modules(*PURE_FLOORS)
    yield from (Path(module) for module in PURE_MODULES if (ROOT / module).exists())


def imported_names(tree: ast.Module) -> set[str]:
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names


def comes_from_outside(name: str) -> bool:
    top = name.partition(".")[0]
    return top != "workflow" and top not in sys.stdlib_module_names


def test_the_pure_floors_import_nothing_from_outside_the_standard_library() -> None:
    outside = {
        (str(module), name)
        for module in pure_modules()
        for name in imported_names(syntax_tree(module))
        if comes_from_outside(name)
    }

    assert outside == set()

"""What may lie in the tree, and what may be written in it."""

import re

from tests.architecture.checkout import ROOT, TOP_LEVEL, tracked_files, tracked_texts

# A registry's address ties the product to one mirror; a path of somebody's machine, to one machine.
ADDRESS_OF_A_REGISTRY = re.compile(
    r"(?:pypi|pythonhosted|npmjs|yarnpkg)\.(?:org|com)\b|--(?:extra-)?index-url|--find-link[s]"
)
PATH_OF_A_MACHINE = re.compile(r"(?<![\w.])/(?:root|home|Users|work)/\w+|\b[A-Z]:\\\\?Users\b")
KEY_OR_TOKEN = re.compile(
    r"\bxox[abeoprs]-[0-9]{6,}-|\bxapp-[0-9]-A[A-Z0-9]{8}|-----BEGIN [A-Z ]*PRIVATE KEY-----"
)


def lines_with(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{path}:{number}: {line.strip()}"
        for path, text in tracked_texts()
        for number, line in enumerate(text.splitlines(), start=1)
        if pattern.search(line)
    ]


def test_the_top_of_the_tree_grows_only_by_a_decision() -> None:
    tops = {path.relative_to(ROOT).parts[0] for path in tracked_files()}

    assert tops - TOP_LEVEL == set()


def test_no_file_names_the_address_of_a_package_registry() -> None:
    assert lines_with(ADDRESS_OF_A_REGISTRY) == []


def test_no_file_names_a_path_of_somebodys_machine() -> None:
    assert lines_with(PATH_OF_A_MACHINE) == []


def test_no_file_holds_a_key_or_a_token_of_slack() -> None:
    assert lines_with(KEY_OR_TOKEN) == []

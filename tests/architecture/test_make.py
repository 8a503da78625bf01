"""Make is how everybody starts: it explains itself, and no document names what it lacks."""

import re
import subprocess

from tests.architecture.checkout import ROOT, make_targets, phony_targets, tracked_texts

NAMED_IN_PROSE = re.compile(r"(?:`|^\s*\$?\s*|&& )make ([a-z][a-z-]+)\b", flags=re.MULTILINE)


def test_every_target_says_what_it_does() -> None:
    silent = [target for target, help_line in make_targets().items() if not help_line]

    assert silent == []


def test_every_target_is_declared_to_be_no_file() -> None:
    assert phony_targets() == set(make_targets())


def test_make_alone_lists_every_target() -> None:
    printed = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout

    listed = dict(re.findall(r"^  make ([a-z-]+) +(.*)$", printed, flags=re.MULTILINE))

    assert listed == make_targets()


def test_every_target_that_a_document_or_ci_names_exists() -> None:
    named = {
        (str(path), target)
        for path, text in tracked_texts()
        if path.suffix == ".md" or path.parts[0] == ".ci"
        for target in NAMED_IN_PROSE.findall(text)
    }

    assert {(path, target) for path, target in named if target not in make_targets()} == set()

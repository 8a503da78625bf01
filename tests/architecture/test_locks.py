"""The lock files hold what pyproject.toml asks for, all of it and nothing else, by hash alone.

Nothing is resolved again, so no network is needed: the installed packages say what they need.
"""

import re
import tomllib
from importlib import metadata

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.architecture.checkout import ROOT

PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
CURE = "run `make lock` and commit both lock files"

PINNED = r"(?P<pin>[a-z0-9-]+==[^\s;]+(?: ; [^\\\n]+)?)"
HASHES = r"(?P<hashes>(?: \\\n    --hash=sha256:[0-9a-f]{64})+)"
ENTRY = re.compile(f"{PINNED}{HASHES}\n")


def group(name: str) -> list[Requirement]:
    """Return what a dependency group of pyproject.toml asks for, groups within it included."""
    asked: list[Requirement] = []
    for entry in PYPROJECT["dependency-groups"][name]:
        asked += group(entry["include-group"]) if isinstance(entry, dict) else [Requirement(entry)]
    return asked


def asked_at_run_time() -> list[Requirement]:
    return [Requirement(entry) for entry in PYPROJECT["project"]["dependencies"]]


def asked_by_extras() -> list[Requirement]:
    extras = PYPROJECT["project"]["optional-dependencies"].values()
    return [Requirement(entry) for entries in extras for entry in entries]


ASKED = {
    "requirements.lock": asked_at_run_time() + group("build"),
    "requirements-dev.lock": asked_at_run_time() + asked_by_extras() + group("dev"),
}


def lock_text(lock: str) -> str:
    return (ROOT / lock).read_text(encoding="utf-8")


def pins(lock: str) -> dict[str, Requirement]:
    """Return the requirements of a lock file that this machine and this Python would install."""
    locked = [Requirement(entry["pin"].strip()) for entry in ENTRY.finditer(lock_text(lock))]
    return {each.name: each for each in locked if each.marker is None or each.marker.evaluate()}


def pinned_version(pin: Requirement) -> str:
    return next(iter(pin.specifier)).version


def needed(asked: list[Requirement]) -> set[str]:
    """Return the names of all packages needed for those asked for, as their own records say."""
    found: set[tuple[str, str]] = set()
    waiting = [each for each in asked if each.marker is None or each.marker.evaluate()]
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        for extra in {"", *requirement.extras} - {extra for known, extra in found if known == name}:
            found.add((name, extra))
            waiting += [
                each
                for each in map(Requirement, metadata.requires(name) or [])
                if each.marker is None or each.marker.evaluate({"extra": extra})
            ]
    return {name for name, _ in found}


@pytest.mark.parametrize("lock", ASKED)
def test_a_lock_holds_pins_and_hashes_and_nothing_else(lock: str) -> None:
    assert ENTRY.sub("", lock_text(lock)) == ""


@pytest.mark.parametrize("lock", ASKED)
def test_a_lock_pins_each_version_in_the_range_asked_for(lock: str) -> None:
    pinned = pins(lock)

    outside = [
        f"{asked} is not met by {pinned.get(asked.name)}"
        for asked in ASKED[lock]
        if asked.marker is None or asked.marker.evaluate()
        if (pin := pinned.get(canonicalize_name(asked.name))) is None
        or not asked.specifier.contains(pinned_version(pin), prereleases=True)
    ]

    assert outside == [], CURE


@pytest.mark.parametrize("lock", ASKED)
def test_a_lock_holds_all_that_is_needed_and_nothing_else(lock: str) -> None:
    assert set(pins(lock)) == needed(ASKED[lock]), CURE


def test_the_two_locks_agree() -> None:
    development = {
        entry["pin"]: entry["hashes"]
        for entry in ENTRY.finditer(lock_text("requirements-dev.lock"))
    }
    run_time = {
        entry["pin"]: entry["hashes"] for entry in ENTRY.finditer(lock_text("requirements.lock"))
    }

    assert {pin: hashes for pin, hashes in development.items() if pin in run_time} == run_time, CURE


def test_the_tests_run_on_what_is_locked() -> None:
    locked = {name: pinned_version(pin) for name, pin in pins("requirements-dev.lock").items()}

    installed = {
        name: each.version
        for each in metadata.distributions()
        if (name := canonicalize_name(each.name)) in locked
    }

    assert installed == locked, "run `make test`, which installs what is locked"

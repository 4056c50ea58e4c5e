"""The lock names exact versions that satisfy pyproject.toml, with hashes, and no place."""

from __future__ import annotations

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.architecture.tree import ROOT

LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
WANTED = [
    Requirement(text)
    for texts in (PROJECT["dependencies"], *PROJECT["optional-dependencies"].values())
    for text in texts
]


def entries() -> list[str]:
    """One logical line a package, continuation lines joined, comments left out."""
    lines = [line for line in LOCK.splitlines() if line and not line.lstrip().startswith("#")]
    return "\n".join(lines).replace("\\\n", " ").splitlines()


def pins() -> dict[str, Version]:
    found = {}
    for entry in entries():
        match = re.match(r"([\w.-]+)(?:\[[\w,-]+\])?==([^\s;]+)", entry)
        assert match, f"not a pin: {entry[:60]}"
        found[canonicalize_name(match[1])] = Version(match[2])
    return found


def test_the_lock_names_no_place() -> None:
    assert "://" not in LOCK
    options = r"^\s*(-i|--index-url|--extra-index-url|-f|--find-links|--trusted-host)"
    assert not re.search(options, LOCK, re.MULTILINE)
    paths = r"(?:^|\s)(/|\./|\.\./|[A-Za-z]:\\)\w"
    assert not re.search(paths, LOCK, re.MULTILINE)


def test_every_pin_carries_hashes() -> None:
    bare = [entry.split()[0] for entry in entries() if "--hash=sha256:" not in entry]
    assert not bare


@pytest.mark.parametrize("requirement", WANTED, ids=lambda requirement: requirement.name)
def test_every_pin_satisfies_the_project(requirement: Requirement) -> None:
    version = pins()[canonicalize_name(requirement.name)]
    assert requirement.specifier.contains(version), f"{requirement} is not met by {version}"


def test_the_leaking_release_of_qt_is_shut_out() -> None:
    qt = next(requirement for requirement in WANTED if requirement.name == "PySide6")
    assert "6.12.0" not in qt.specifier
    assert "6.11.3" in qt.specifier

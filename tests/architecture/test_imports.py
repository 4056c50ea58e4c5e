"""Rules decide with the standard library alone: import-linter has no contract for that."""

from __future__ import annotations

import re
import sys

import pytest

from tests.architecture.tree import ROOT, imports, shown, sources

# What reads a clock or rolls dice stays outside: `now` and randomness come in as arguments.
IMPURE = {"random", "secrets", "time", "sqlite3", "socket", "subprocess", "threading", "asyncio"}
CLOCK = re.compile(r"\b(datetime|date)\.(now|utcnow|today)\(")


def is_rules(path: str) -> bool:
    """branch/ROOM/rules.py, or a file of branch/ROOM/rules/ where a room's rules were split."""
    return bool(re.fullmatch(r"branch/\w+/rules(/\w+)*\.py", path))


RULES = [path for path in sources("branch") if is_rules(shown(path))]


def allowed(module: str) -> bool:
    root = module.partition(".")[0]
    if root == "branch":
        return bool(
            re.match(r"branch\.kernel\.errors(\.|$)", module)
            or re.match(r"branch\.\w+\.rules(\.|$)", module)
        )
    return root in sys.stdlib_module_names and root not in IMPURE


def test_there_are_rules_to_look_at() -> None:
    assert [shown(path) for path in RULES], "no rules module was found: has the tree moved?"


@pytest.mark.parametrize("path", RULES, ids=shown)
def test_rules_import_only_what_decides(path) -> None:
    wrong = [
        f"{shown(path)}:{line} imports {name}" for line, name in imports(path) if not allowed(name)
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("path", RULES, ids=shown)
def test_rules_read_no_clock(path) -> None:
    wrong = [
        f"{shown(path)}:{number} {line.strip()}"
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if CLOCK.search(line)
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    ("module", "expected"),
    [
        ("dataclasses.dataclass", True),
        ("branch.kernel.errors.RuleBroken", True),
        ("branch.people.rules.Role", True),
        ("branch.people.records", False),
        ("branch.people.records.StaffRow", False),
        ("branch.people.queries.staff", False),
        ("branch.kernel.clock.Clock", False),
        ("branch.kernel", False),
        ("branch.lobby.rules_of_thumb", False),
        (".rules", False),
        ("peewee.Model", False),
        ("PySide6.QtCore", False),
        ("yaml", False),
        ("time.monotonic", False),
        ("random", False),
    ],
)
def test_the_judge_of_imports(module: str, expected: bool) -> None:
    assert allowed(module) is expected


def test_nothing_imports_main() -> None:
    wrong = [
        f"{shown(path)}:{line}"
        for path in sources("branch", "reports", "ui", "resources")
        for line, name in imports(path)
        if name.partition(".")[0] == "main"
    ]
    assert not wrong, "\n".join(wrong)


def test_main_only_composes() -> None:
    """main.py opens the branch and shows a window: no tables, no paper."""
    path = ROOT / "main.py"
    wrong = [
        f"main.py:{line} imports {name}"
        for line, name in imports(path)
        if name.partition(".")[0] in {"peewee", "playhouse", "reportlab"} or ".records" in name
    ]
    assert not wrong, "\n".join(wrong)

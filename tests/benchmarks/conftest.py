"""Stores with a history for the benchmarks, made once each, and a table of medians at the end."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from branch.bootstrap import open_branch
from branch.kernel.clock import SetClock
from tests.conftest import OPENING

# step, past tickets -> our median, plain sqlite3's median, in microseconds.
MEDIANS: dict[tuple[str, int], tuple[float, float]] = {}
# step, past tickets -> median on a plain store and on an encrypted one, in microseconds.
ENCRYPTED: dict[tuple[str, int], tuple[float, float]] = {}

_PAST = """
    WITH RECURSIVE past(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM past WHERE i < {count})
    INSERT INTO ticket (day, number, letter, seq, service, classes, care, language, order_key,
        state, issued_at, counter, called_at, last_called_at, calls, ended_at, reason,
        print_state, rev)
    SELECT 'day ' || (i / 300), 'A' || (i % 300), 'A', -i, 'P01', 'ordinary', '', 'zh', i,
        'finished', i, 1, i, i, 1, i, '', 'printed', -i FROM past
"""


@pytest.fixture(scope="session")
def with_past(
    sample_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[int, Path], Path]:
    """``with_past(100_000, folder)``: a copy of the sample branch with so many finished tickets."""
    kept: dict[int, Path] = {}

    def copy(count: int, folder: Path) -> Path:
        if count not in kept:
            path = tmp_path_factory.mktemp("past") / "branch.db"
            shutil.copy(sample_file, path)
            if count:
                branch = open_branch(f"sqlite:///{path}", SetClock(OPENING))
                with branch.store.transaction():
                    branch.store.touch(_PAST.format(count=count), ())
                branch.close()
            kept[count] = path
        target = folder / "branch.db"
        shutil.copy(kept[count], target)
        return target

    return copy


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """One line for each step and history: ours, plain, and how many times."""
    for (step, past), (ours, plain) in sorted(MEDIANS.items()):
        terminalreporter.write_line(
            f"{step:10} {past:>9,} past tickets: median {ours:6.0f} us, plain sqlite3 {plain:6.0f} "
            f"us, {ours / plain:4.1f} times"
        )
    for (step, past), (plain, encrypted) in sorted(ENCRYPTED.items()):
        terminalreporter.write_line(
            f"{step:12} {past:>9,} past tickets: plain {plain:7.0f} us, encrypted "
            f"{encrypted:7.0f} us, {encrypted / plain:5.2f} times"
        )

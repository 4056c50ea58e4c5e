"""How long the report of a drill takes: 15 steps, 40 people, six photos; below two seconds."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from statistics import median

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from branch.bootstrap import own_branch
from branch.founding import Plan
from branch.kernel.clock import SetClock
from branch.kernel.settings import settle
from reports.forms.drill_report import drill_report_pdf
from tests.conftest import OPENING
from tests.drills.desk import OFFICER, Desk
from tests.reports.drill_samples import full_run, origin, pictures

ROOT = Path(__file__).parents[2]
BOUND = 2.0


@pytest.fixture
def desk(tmp_path: Path, sample: Plan) -> Desk:
    """A branch of its own with one drill."""
    clock = SetClock(OPENING)
    settings = settle(str(tmp_path / "home"), None)
    branch = own_branch(settings, clock)
    branch.found(sample)
    branch.close()
    return Desk(own_branch(settings, clock), clock)


def test_the_paper_alone(benchmark: BenchmarkFixture, desk: Desk) -> None:
    run = full_run(desk)
    report, shown, at = desk.report(run), pictures(desk, run), origin(desk)
    assert len(report.run.steps) == 15
    assert report.heads is not None
    assert report.heads.all == (40, 40)
    assert len(shown) == 6
    data = benchmark.pedantic(drill_report_pdf, (report, at, shown), rounds=3)
    assert data.startswith(b"%PDF-")
    desk.branch.close()
    if benchmark.stats is not None:  # --benchmark-disable
        assert benchmark.stats.stats.median < BOUND


def test_the_command_from_start_to_file(
    benchmark: BenchmarkFixture, desk: Desk, sample: Plan, tmp_path: Path
) -> None:
    """A new process: imports, PIN, store, six photos out of the vault, faces, pages, file.

    Seconds of the processor, so that a busy machine says nothing of the program.
    """
    full_run(desk)
    desk.branch.close()
    pin = next(member.pin for member in sample.staff if member.staff_no == OFFICER)
    file = tmp_path / "report.pdf"
    # Compiled modules as a machine has them after the first start, whatever the tests' own wish.
    kept = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    environment = {**kept, "PYTHONUTF8": "1", "PYTHONPYCACHEPREFIX": str(tmp_path / "compiled")}
    words = ("drill", "report", "YL-2026-01", "--staff", OFFICER, "--out", str(file))

    spent: list[float] = []

    def run() -> None:
        before = os.times()
        subprocess.run(
            [sys.executable, str(ROOT / "main.py"), "--home", str(tmp_path / "home"), *words],
            input=f"{pin}\n",
            text=True,
            capture_output=True,
            check=True,
            env=environment,
        )
        after = os.times()
        spent.append(
            after.children_user
            - before.children_user
            + after.children_system
            - before.children_system
        )

    benchmark.pedantic(run, rounds=5, warmup_rounds=1)
    assert file.read_bytes().startswith(b"%PDF-")
    benchmark.extra_info["processor_s"] = round(median(spent), 2)
    if benchmark.stats is not None:
        assert median(spent) < BOUND

"""The announced waits: how they held over 200 unseen days, and what an estimate costs."""

from __future__ import annotations

import json
import statistics
import tempfile
import time
from collections import defaultdict
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from branch.bootstrap import open_branch
from branch.founding import sample_plan
from branch.kernel.clock import SetClock, to_ms
from branch.kernel.settings import settle
from branch.lobby.waits.projection import Question, Spread, project
from branch.lobby.whatif import OneMore
from branch.tools.estimating import Announced, calibrated, figures, load_days, projected_days
from branch.tools.past_day import day_of_file
from tests.benchmarks.gui_thread import Felt, felt, fill
from tests.evidence.boards import board
from tests.evidence.figures import Sheet
from ui.shell.application import make_application

DATA = Path(__file__).parents[1] / "data" / "queue"
SAMPLES = Path(__file__).parents[2] / "resources" / "samples" / "days"
_HOUR = 3_600_000


def waits(sheet: Sheet) -> None:
    """Every target of the estimator over the test days."""
    days = load_days(DATA / "estimator_days.jsonl.gz")
    known = json.loads((DATA / "estimator_targets.json").read_text(encoding="utf-8"))
    oracle = known["base"]["oracle"]
    scored: list[tuple[Announced, Spread]] = []
    parts: dict[str, list[tuple[Announced, Spread]]] = defaultdict(list)
    announced = calibrated(projected_days(DATA / "estimator_days.jsonl.gz"))
    for day, said in zip(days, announced, strict=True):
        if day["role"] == "test":
            scored.extend(said)
            parts[f"rho {day['rho']}"].extend(said)
            for item in said:
                parts[item[0].klass].append(item)
    whole = figures(scored)
    sheet.note(f"{whole['announcements']:.0f} announcements on unseen days")
    sheet.between("upper end (p90) holds", whole["p90_holds"], 0.88, 0.92)
    sheet.between("median holds", whole["p50_holds"], 0.46, 0.54)
    sheet.between("lower end (p10) missed", whole["p10_missed"], 0.08, 0.12)
    sheet.between("the whole range holds", whole["range_holds"], 0.76, 0.84)
    error = whole["error_min"] / oracle["all"]["mae"]
    sheet.at_most("mean error against the oracle's", error, 1.10)
    sheet.between("bias of the median, minutes", whole["bias_min"], -2.5, 2.5)
    width = whole["width_min"] / oracle["all"]["width"]
    sheet.at_most("width p50 to p90 against the oracle's", width, 1.25)
    for name in sorted(parts):
        sheet.between(f"upper end holds, {name}", figures(parts[name])["p90_holds"], 0.85, 0.95)


def speed(sheet: Sheet) -> None:
    """One estimate of the whole board."""
    for waiting, counters in ((60, 4), (100, 10)):
        sheet.at_most(
            f"whole board, {waiting} waiting, {counters} counters (median)",
            _milliseconds(board(waiting, counters)),
            100,
            " ms",
            0,
        )
    felt = _felt()
    sheet.note(f"{felt.estimates} estimates one after the other, {felt.beats} beats of the GUI")
    sheet.at_most("GUI thread away from its events, longest", felt.longest, 16, " ms", 1)


def _felt() -> Felt:
    """What the GUI thread feels of estimating without a rest."""
    app = make_application("zh", offscreen=True)
    clock = SetClock(to_ms(datetime(2026, 11, 20, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))))
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'branch.db'}"
        branch = open_branch(url, clock)
        branch.found(sample_plan())
        branch.close()
        fill(url, clock)
        found = felt(url, clock, 10, estimating=True)
    app.processEvents()
    return found


def _milliseconds(question: Question) -> float:
    taken = []
    for _turn in range(9):
        began = time.perf_counter()
        project(question)
        taken.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken)


def whatif(sheet: Sheet) -> None:
    """The pension payday with one more teller from ten to twelve."""
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        past = day_of_file(
            SAMPLES / "pension_payday.csv",
            sample_plan(),
            settle(folder, None, environment={}),
            lambda share: True,
        )
    opened = past.record.opened_at
    every = frozenset().union(*past.services.values())
    found = past.compare((OneMore(every, opened + _HOUR, opened + 3 * _HOUR),))
    sheet.at_most(
        "pension payday, one more teller 10 to 12", time.perf_counter() - began, 10, " s", 1
    )
    sheet.true(
        "replayed unchanged it is the day itself",
        found.real == found.again,
        f"{found.real.waits.count} calls",
    )
    for name, course in (("as it was", found.real), ("with one more", found.changed)):
        sheet.note(
            f"{name}: mean {course.waits.mean / 60:.1f} min, p90 {course.waits.p90 / 60:.1f} min, "
            f"{course.left} left"
        )

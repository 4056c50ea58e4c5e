"""The discipline: known answers of queueing theory, whole days, scenarios, and its theorem."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from branch.kernel.settings import settle
from branch.tools.cases import simulate_cases, simulate_traces
from branch.tools.scenarios import replay
from tests.evidence.figures import Sheet

DATA = Path(__file__).parents[1] / "data"
SEEDS = (1, 2)


def cases(sheet: Sheet) -> None:
    """Every case inside its tolerance with two seeds; the public day to the second."""
    path = DATA / "queue" / "reference.json"
    known = {case["id"]: case for case in json.loads(path.read_text(encoding="utf-8"))["cases"]}
    for seed in SEEDS:
        for name, found in simulate_cases(path, seed):
            case = known[name]
            worst, where = max(_deviations(case, found))
            title = f"{name} seed {seed}, nearest to its tolerance: {where}"
            sheet.at_most(title, worst, 1.0, digits=2)
    path = DATA / "day_trace.json"
    traces = json.loads(path.read_text(encoding="utf-8"))["traces"]
    answers = simulate_traces(path)
    for trace in traces:
        same = answers[trace["id"]] == trace["expected_calls"]
        sheet.true(
            f"day {trace['id']}: ticket, counter and second",
            same,
            f"{len(trace['expected_calls'])} calls",
        )


def _deviations(case: dict[str, Any], found: dict[str, Any]) -> Iterator[tuple[float, str]]:
    """Every figure's distance from the known answer, as a share of its tolerance."""
    tolerance, expected = case["tolerance"], case["expected"]
    means = found["mean_wait_min"]
    for name, value in expected.get("mean_wait_min", {}).items():
        yield abs(means[name] / value - 1) / tolerance["mean_wait_rel"][name], f"mean {name}"
    for pair, value in expected.get("ratio_of_means", {}).items():
        over, under = pair.split("/")
        ratio = means[over] / means[under]
        yield abs(ratio / value - 1) / tolerance["ratio_rel"][pair], f"ratio {pair}"
    for name, shares in expected.get("p_wait_gt", {}).items():
        for minutes, value in shares.items():
            share = found["p_wait_gt"][name][minutes]
            yield abs(share - value) / tolerance["p_abs"], f"P(W > {minutes}) {name}"


def scenarios(sheet: Sheet) -> None:
    """Hand-written scenarios through the real commands."""
    for file in ("scenarios.json", "scenarios_more.json"):
        known = {
            scenario["id"]: scenario["expect"]
            for scenario in json.loads((DATA / file).read_text(encoding="utf-8"))["scenarios"]
        }
        played = replay(DATA / file, settle(None, None, environment={}))
        right = sum(
            item.calls == known[item.id]["calls"]
            and all(item.keys[name] == key for name, key in known[item.id].get("keys", {}).items())
            for item in played
        )
        sheet.true(
            f"{file}: calls and keys as written", right == len(known), f"{right}/{len(known)}"
        )


def fairness(sheet: Sheet) -> None:
    """The theorem under any commands, and days replayed through commands and simulation."""
    for what, file in (
        ("no overtaking beyond the credits, under any commands", "tests/lobby/test_overtaking.py"),
        ("same calls through commands and simulation", "tests/lobby/simulation/test_same_calls.py"),
    ):
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", file],
            capture_output=True,
            text=True,
            check=False,
        )
        last = done.stdout.strip().splitlines()[-1] if done.stdout.strip() else done.stderr[-60:]
        sheet.true(what, done.returncode == 0, last)

"""Queue cases with known answers: theory, a day to the second, files of another form."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Callable
from math import sqrt
from pathlib import Path
from statistics import fmean, pvariance
from typing import Any

import pytest

from branch.kernel.errors import BadInput
from branch.kernel.phrases import phrases
from branch.tools.cases import law, load_cases, simulate_cases, simulate_traces
from tests.test_main import run

DATA = Path(__file__).parents[1] / "data"
CASES = json.loads((DATA / "cases.json").read_text(encoding="utf-8"))
TRACE = json.loads((DATA / "day_trace.json").read_text(encoding="utf-8"))
BY_ID = {case["id"]: case for case in CASES["cases"]}

Keep = Callable[[object], Path]


@pytest.fixture
def keep(tmp_path: Path) -> Keep:
    """Writes anything as a file of cases or traces; text as it is."""

    def write(content: object) -> Path:
        file = tmp_path / "given.json"
        text = content if isinstance(content, str) else json.dumps(content)
        file.write_text(text, encoding="utf-8")
        return file

    return write


def small(*names: str, arrivals: int = 2_000) -> dict[str, Any]:
    """These cases, short."""
    cases = [copy.deepcopy(BY_ID[name]) for name in names]
    for case in cases:
        case["run"]["arrivals"] = 50 if case["kind"] == "transient" else arrivals
    return {"cases": cases}


# -- against theory ---------------------------------------------------------------------------


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("name", [name for name in BY_ID if name.startswith("C")])
def test_a_stationary_case_is_within_its_tolerance(name: str, seed: int, keep: Keep) -> None:
    case = BY_ID[name]
    ((found, answer),) = simulate_cases(keep({"cases": [case]}), seed)
    assert found == name
    expected, tolerance = case["expected"], case["tolerance"]
    means = answer["mean_wait_min"]
    assert set(means) == {item["name"] for item in case["classes"]}
    for klass, wait in expected["mean_wait_min"].items():
        assert means[klass] == pytest.approx(wait, rel=tolerance["mean_wait_rel"][klass])
    for pair, ratio in expected.get("ratio_of_means", {}).items():
        one, other = pair.split("/")
        assert means[one] / means[other] == pytest.approx(ratio, rel=tolerance["ratio_rel"][pair])
    asked = expected.get("p_wait_gt", {})
    assert {klass: set(limits) for klass, limits in answer["p_wait_gt"].items()} == {
        klass: set(limits) for klass, limits in asked.items()
    }
    for klass, limits in asked.items():
        for limit, share in limits.items():
            assert answer["p_wait_gt"][klass][limit] == pytest.approx(share, abs=tolerance["p_abs"])


def kolmogorov(minutes: list[int]) -> dict[int, list[float]]:
    """How likely n customers are in the branch of case T1 at these minutes (Heun's method)."""
    case, step = BY_ID["T1"], 0.02
    counters, mean = len(case["counters"]), case["services"][0]["distribution"]["mean"]
    until = [piece[0] for piece in case["classes"][0]["arrival_rate_per_min_pieces"]]
    rates = [
        sum(item["arrival_rate_per_min_pieces"][at][1] for item in case["classes"])
        for at in range(len(until))
    ]

    def flow(chances: list[float], rate: float) -> list[float]:
        up = [rate * chance for chance in chances[:-1]]
        down = [min(n, counters) / mean * chance for n, chance in enumerate(chances)]
        return [
            (up[n - 1] if n else 0.0)
            - (up[n] if n < len(up) else 0.0)
            - down[n]
            + (down[n + 1] if n + 1 < len(down) else 0.0)
            for n in range(len(chances))
        ]

    chances = [1.0] + [0.0] * 60
    found = {}
    for at in range(round(max(minutes) / step) + 1):
        if at * step in minutes:
            found[round(at * step)] = chances
        rate = next((r for end, r in zip(until, rates, strict=True) if at * step < end), 0.0)
        first = flow(chances, rate)
        second = flow([c + step * f for c, f in zip(chances, first, strict=True)], rate)
        chances = [c + step / 2 * (f + s) for c, f, s in zip(chances, first, second, strict=True)]
    return found


def test_a_transient_case_follows_kolmogorovs_equations(keep: Keep) -> None:
    case = BY_ID["T1"]
    asked = case["expected"]["at_minute"]
    exact = kolmogorov([int(minute) for minute in asked])
    days, counters = case["run"]["arrivals"], len(case["counters"])
    ((_, answer),) = simulate_cases(keep({"cases": [case]}))
    assert list(answer["at_minute"]) == list(asked)
    for minute, told in asked.items():
        chances = exact[int(minute)]
        for name, value in (
            ("mean_in_branch", lambda n: n),
            ("mean_waiting", lambda n: max(0, n - counters)),
            ("p_all_busy", lambda n: float(n >= counters)),
        ):
            mean = sum(value(n) * chance for n, chance in enumerate(chances))
            square = sum(value(n) ** 2 * chance for n, chance in enumerate(chances))
            assert told[name] == pytest.approx(mean, abs=0.001), (minute, name)
            deviation = sqrt((square - mean * mean) / days)
            assert answer["at_minute"][minute][name] == pytest.approx(mean, abs=4 * deviation)


@pytest.mark.parametrize(
    ("form", "mean", "variance"),
    [
        ({"type": "exponential", "mean": 5}, 5, 25),
        ({"type": "gamma", "mean": 6, "scv": 0.25}, 6, 9),
        ({"type": "lognormal", "mean": 6, "cv": 0.8}, 6, 23.04),
        ({"type": "lognormal", "mean": 6, "scv": 0.64}, 6, 23.04),
        ({"type": "deterministic", "mean": 3}, 3, 0),
        (
            {
                "type": "noshow_mixture",
                "p_noshow": 0.2,
                "noshow_block_min": 1.5,
                "else_": {"type": "exponential", "mean": 4},
            },
            0.2 * 1.5 + 0.8 * 4,
            0.2 * 1.5**2 + 0.8 * 32 - (0.2 * 1.5 + 0.8 * 4) ** 2,
        ),
    ],
)
def test_a_law_has_its_mean_and_its_variance(
    form: dict[str, Any], mean: float, variance: float
) -> None:
    draw, chance = law(form), random.Random(7)
    drawn = [draw(chance) for _ in range(60_000)]
    assert min(drawn) >= 0
    assert fmean(drawn) == pytest.approx(mean, abs=5 * sqrt(variance / len(drawn)))
    assert pvariance(drawn) == pytest.approx(variance, rel=0.06, abs=1e-9)


# -- a whole day ------------------------------------------------------------------------------


def test_a_day_to_the_second_ticket_counter_and_call() -> None:
    found = simulate_traces(DATA / "day_trace.json")
    assert found == {trace["id"]: trace["expected_calls"] for trace in TRACE["traces"]}


def test_a_day_needs_no_expectation_and_no_order_of_rows(keep: Keep) -> None:
    bare = copy.deepcopy(TRACE)
    (trace,) = bare["traces"]
    expected = trace.pop("expected_calls")
    del trace["mean_wait_s_by_class"]
    assert simulate_traces(keep(bare)) == {"T1": expected}
    trace["tickets"].reverse()  # no two events of this day fall on one second
    assert simulate_traces(keep(bare)) == {"T1": expected}


# -- what an answer hangs on ------------------------------------------------------------------


def test_the_same_seed_gives_the_same_answer_and_another_seed_another(keep: Keep) -> None:
    file = keep(small("C1", "C3", "T1"))
    assert list(simulate_cases(file, 5)) == list(simulate_cases(file, 5))
    assert dict(simulate_cases(file, 5)) != dict(simulate_cases(file, 6))


def test_an_answer_does_not_depend_on_its_neighbours(keep: Keep) -> None:
    together = dict(simulate_cases(keep(small("C1", "T1", "C3"))))
    turned = dict(simulate_cases(keep(small("C3", "C1", "T1"))))
    assert together == turned
    for name, answer in together.items():
        assert dict(simulate_cases(keep(small(name)))) == {name: answer}


def test_expected_values_are_never_read(keep: Keep) -> None:
    plain = small("C1", "C2", "C3", "T1")
    asked = dict(simulate_cases(keep(plain)))

    def spoilt(value: object) -> object:
        if isinstance(value, dict):
            return {key: spoilt(inner) for key, inner in value.items()}
        return "nonsense"

    other = copy.deepcopy(plain)
    for case in other["cases"]:
        case["expected"] = spoilt(case["expected"])
        case["tolerance"] = None
        case["verified_by_simulation"] = {"ordinary": 0}
        case["source"] = 7
    assert dict(simulate_cases(keep(other))) == asked


@pytest.mark.parametrize("nothing", [{}, None])
def test_without_expectations_the_means_are_told(keep: Keep, nothing: object) -> None:
    plain = small("C1", "T1")
    asked = dict(simulate_cases(keep(plain)))
    for case in plain["cases"]:
        case["expected"] = nothing
    found = dict(simulate_cases(keep(plain)))
    assert found["C1"] == {"mean_wait_min": asked["C1"]["mean_wait_min"], "p_wait_gt": {}}
    assert found["T1"] == {"at_minute": {}}
    for case in plain["cases"]:
        del case["expected"]
    assert dict(simulate_cases(keep(plain))) == found


def test_first_come_first_served_and_strict_are_those_of_the_rules(keep: Keep) -> None:
    cases = small("C4")
    (case,) = cases["cases"]
    case["discipline"] = "fcfs"
    first_come = dict(simulate_cases(keep(cases)))
    case["discipline"] = "head_start"
    for item in case["classes"]:
        item["credit_min"] = 0
    assert dict(simulate_cases(keep(cases))) == first_come
    strict = small("C4")
    strict["cases"][0]["discipline"] = "strict"
    assert dict(simulate_cases(keep(strict))) == dict(simulate_cases(keep(small("C4"))))


# -- files of another form --------------------------------------------------------------------


def changed(**more: object) -> dict[str, Any]:
    """Case C1, short, with some parts replaced."""
    cases = small("C1")
    cases["cases"][0].update(more)
    return cases


WRONG_CASES: dict[str, object] = {
    "no json": "no json",
    "a number": 7,
    "a list": [],
    "no cases": {"traces": []},
    "cases that are no list": {"cases": 7},
    "a case that is no object": {"cases": ["R01"]},
    "a case without an id": {"cases": [{"kind": "stationary"}]},
    "no counters": changed(counters=None),
    "an unknown law": changed(
        services=[{"name": "S", "distribution": {"type": "weibull", "mean": 3}}]
    ),
    "a mean of nought": changed(
        services=[{"name": "S", "distribution": {"type": "exponential", "mean": 0}}]
    ),
    "no spread at all": changed(
        services=[{"name": "S", "distribution": {"type": "gamma", "mean": 5, "scv": 0}}]
    ),
    "an unknown discipline": changed(discipline="lottery"),
    "a service nobody described": changed(services=[]),
    "arrivals in words": changed(run={"arrivals": "many", "warmup_fraction": 0.05}),
    "arrivals without end": changed(run={"arrivals": float("inf"), "warmup_fraction": 0.05}),
    "no run": changed(run={}),
    "a rate in words": changed(
        classes=[{"name": "o", "credit_min": 0, "service": "S", "arrival_rate_per_min": "often"}]
    ),
    "a transient case of no days": changed(
        kind="transient", run={"arrivals": 0}, expected={"at_minute": {"10": {}}}
    ),
}


@pytest.mark.parametrize("name", WRONG_CASES)
def test_cases_of_another_form_are_refused_by_name(name: str, keep: Keep) -> None:
    with pytest.raises(BadInput) as refused:
        list(simulate_cases(keep(WRONG_CASES[name])))
    assert refused.value.code == "case_form"
    for language in ("zh", "en"):
        told = phrases("errors").say(refused.value.code, language, **refused.value.values)
        assert "given.json" in told


def trace_with(**more: object) -> dict[str, Any]:
    whole = copy.deepcopy(TRACE)
    whole["traces"][0].update(more)
    return whole


WRONG_TRACES: dict[str, tuple[object, str]] = {
    "no json": ("[", "case_form"),
    "no traces": ({"cases": []}, "case_form"),
    "no credits": ({"traces": TRACE["traces"]}, "case_form"),
    "a trace that is no object": ({"credits_min": {}, "traces": ["T1"]}, "case_form"),
    "no tickets": (trace_with(tickets=None), "case_form"),
    "an unknown class": (
        trace_with(
            tickets=[{"ticket": "1", "issue_s": 1, "cls": "king", "service": "cash", "busy_s": 9}]
        ),
        "class_unknown",
    ),
    "a time in words": (
        trace_with(
            tickets=[{"ticket": "1", "issue_s": "x", "cls": "vip", "service": "cash", "busy_s": 9}]
        ),
        "case_form",
    ),
    "a break of one number": (
        trace_with(counters=[{"number": 1, "services": ["cash"], "breaks_s": [[5]]}]),
        "case_form",
    ),
}


@pytest.mark.parametrize("name", WRONG_TRACES)
def test_traces_of_another_form_are_refused_by_name(name: str, keep: Keep) -> None:
    content, code = WRONG_TRACES[name]
    with pytest.raises(BadInput) as refused:
        simulate_traces(keep(content))
    assert refused.value.code == code
    assert phrases("errors").say(code, "en", **refused.value.values)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as refused:
        load_cases(tmp_path / "none.json", "cases")
    assert (refused.value.code, refused.value.values["file"]) == ("file_unreadable", "none.json")


# -- the command line -------------------------------------------------------------------------


def test_simulate_prints_one_object_by_case(tmp_path: Path, keep: Keep) -> None:
    file = keep(small("C1", "T1"))
    done = run("simulate", "--case", str(file), "--json", "--seed", "4", home=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout) == dict(simulate_cases(file, 4))
    assert not (tmp_path / "branch.db").exists()


def test_simulate_for_a_person(tmp_path: Path, keep: Keep) -> None:
    done = run("simulate", "--case", str(keep(small("C1"))), home=tmp_path)
    assert done.stdout.startswith('C1 {"mean_wait_min": {"ordinary": ')


def test_a_trace_on_the_command_line(tmp_path: Path) -> None:
    file = str(DATA / "day_trace.json")
    done = run("simulate", "--trace", file, "--json", home=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout) == {"T1": TRACE["traces"][0]["expected_calls"]}
    shown = run("simulate", "--trace", file, home=tmp_path).stdout
    assert "  001 1 81\n" in shown
    assert "233" in shown.splitlines()[0]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("zh", "文件 given.json 的格式不对"), ("en", "The file given.json has another form")],
)
def test_another_form_is_a_sentence(
    tmp_path: Path, keep: Keep, language: str, sentence: str
) -> None:
    done = run("simulate", "--case", str(keep("{}")), home=tmp_path, language=language)
    assert (done.returncode, done.stdout) == (1, "")
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr

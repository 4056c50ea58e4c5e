"""Announcements over whole days: their form, their figures, and that they know no future."""

from __future__ import annotations

import copy
import csv
import gzip
import json
import random
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from branch.kernel.errors import BadInput, StoreUnavailable
from branch.kernel.phrases import phrases
from branch.lobby.simulation.lobby import Absence, Arrival, Counter, Lobby, Ticket
from branch.lobby.waits.calibration import Calibration, announce
from branch.lobby.waits.history import Laws, learn
from branch.lobby.waits.projection import Spread, project
from branch.tools.estimating import (
    COUNTERS,
    CREDITS,
    TYPICAL,
    Announced,
    calibrated,
    estimate,
    figures,
    load_days,
    past_day,
    play,
    questions,
)
from tests.lobby.simulation.paper import Paper
from tests.test_main import run

Day = dict[str, Any]
KINDS = ("ordinary", "ordinary", "ordinary", "elderly", "vip", "disabled", "appointment")
MINUTES = {"cash": 5, "payments": 6, "cards": 11, "loans": 22, "business": 9}
ROLES = ("train",) * 3 + ("calibrate",) * 2 + ("test",) * 3


def day_of_chance(number: int, tickets: int = 30) -> Day:
    """A busy morning in the form of the estimator's days; busy times are even seconds."""
    chance = random.Random(number)
    rows: list[list[Any]] = []
    for issue in sorted(chance.sample(range(60, 5_400), tickets)):
        klass = chance.choice(KINDS)
        service = chance.choice(list(MINUTES))
        no_show = int(chance.random() < 0.1)
        slot = issue // 900 * 900 + 900 if klass == "appointment" else None
        busy = 90 if no_show else 2 * round(30 * chance.gammavariate(2.5, MINUTES[service] / 2.5))
        rows.append([issue, klass, service, slot, max(busy, 20), no_show])
    breaks = [
        sorted([[2_400 + 600 * at, 1_200, 1], [chance.randrange(1_500, 4_000), 600, 0]])
        for at in range(4)
    ]
    breaks[0].insert(0, [900, 420, 0])
    return {
        "world": "made",
        "day": number,
        "role": ROLES[number % len(ROLES)],
        "rho": 0.9,
        "speed": [1.0, 1.0, 1.0, 1.0],
        "day_factor_for_oracle_only": 1.0,
        "breaks_s": breaks,
        "tickets": rows,
    }


DAYS = [day_of_chance(number) for number in range(8)]


def keep(folder: Path, days: Sequence[object], name: str = "days.jsonl") -> Path:
    file = folder / name
    file.write_text("\n".join(json.dumps(day) for day in days), encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def announced(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The announcements of the eight days."""
    folder = tmp_path_factory.mktemp("estimated")
    out = folder / "announced.csv"
    done: list[tuple[int, int]] = []
    estimate(keep(folder, DAYS), out, lambda day, days: done.append((day, days)))
    assert done == [(day, 8) for day in range(1, 9)]
    return out


def rows_of(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def waits_on_paper(day: Day) -> dict[int, float]:
    """Every wait in minutes, found with lists."""
    lobby = Lobby(
        0,
        tuple(
            Counter(
                number,
                services,
                0,
                idle_since=0,
                absences=tuple(Absence(start, length) for start, length, _ in breaks),
            )
            for (number, services), breaks in zip(COUNTERS, day["breaks_s"], strict=True)
        ),
    )
    coming = []
    for at, (issue, klass, service, slot, busy, _no_show) in enumerate(day["tickets"]):
        key = issue - CREDITS[klass] * 60
        if slot is not None:
            key = min(issue, max(issue, slot) - 1_800)
        coming.append(Arrival(issue, Ticket(str(at), key, at, service, klass, busy)))
    calls, _ = Paper(lobby, coming).run()
    return {int(name): (at - day["tickets"][int(name)][0]) / 60 for at, name, _ in calls}


# -- form -------------------------------------------------------------------------------------


def test_a_row_for_everybody_who_waited_and_came(announced: Path) -> None:
    lines = announced.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "world,day,ticket,p50_min,p90_min,actual_min"
    expected = []
    for day in DAYS:
        for ticket, wait in sorted(waits_on_paper(day).items()):
            if wait > 0 and not day["tickets"][ticket][5]:
                expected.append(("made", day["day"], ticket, f"{wait:.4f}"))
    found = [
        (row["world"], int(row["day"]), int(row["ticket"]), row["actual_min"])
        for row in rows_of(announced)
    ]
    assert len(found) > 100
    assert found == expected
    for row in rows_of(announced):
        assert 0 <= float(row["p50_min"]) <= float(row["p90_min"])


def test_the_same_days_give_the_same_file(announced: Path, tmp_path: Path) -> None:
    packed = tmp_path / "days.jsonl.gz"
    with gzip.open(packed, "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(day) + "\n\n" for day in DAYS)
    again = tmp_path / "again.csv"
    told = estimate(packed, again)
    assert again.read_bytes() == announced.read_bytes()
    test_days = [row for row in rows_of(announced) if int(row["day"]) >= 5]
    assert told["announcements"] == len(test_days)
    holds = sum(float(row["actual_min"]) <= float(row["p90_min"]) for row in test_days)
    assert told["p90_holds"] == pytest.approx(holds / len(test_days))
    error = sum(abs(float(row["actual_min"]) - float(row["p50_min"])) for row in test_days)
    assert told["error_min"] == pytest.approx(error / len(test_days), abs=0.0002)


def test_each_night_calibrates_for_the_next_day() -> None:
    wide = [Announced(at, "vip", Spread(5, 10, 20), 30.0) for at in range(100)]
    first, second, third = calibrated(iter([wide, wide, wide]))
    assert first[0][1] == announce(Spread(5, 10, 20), Calibration())
    assert first[0][1].p90 == 20
    # A hundred promises weigh half (r is 2 for all of them), but a week that held less often
    # than seven times in ten widens the range by itself.
    assert second[0][1].p90 == third[0][1].p90 == pytest.approx(30.0)


def test_promises_of_little_weight_move_the_range_a_little() -> None:
    few = [Announced(at, "vip", Spread(5, 10, 20), 30.0) for at in range(25)]
    first, second = calibrated(iter([few, few]))
    assert first[0][1].p90 == 20
    # Twenty-five of a hundred and twenty-five.
    assert second[0][1].p90 == pytest.approx(22.0)


def test_figures_by_hand() -> None:
    said = Spread(5.0, 10.0, 20.0)
    rows = [
        (Announced(at, "vip", said, actual), said)
        for at, actual in enumerate((4.0, 5.0, 10.0, 12.0, 20.0, 29.0))
    ]
    assert figures(rows) == pytest.approx(
        {
            "announcements": 6.0,
            "p90_holds": 5 / 6,
            "p50_holds": 3 / 6,
            "p10_missed": 1 / 6,
            "range_holds": 4 / 6,
            "error_min": (6 + 5 + 0 + 2 + 10 + 19) / 6,
            "bias_min": 10.0 - 80 / 6,
            "width_min": 10.0,
        }
    )
    assert figures([]) == {"announcements": 0.0}


# -- no look into the future ------------------------------------------------------------------


def projections(day: Day, laws: Laws) -> dict[int, Spread]:
    """What is projected for each ticket, by issue second."""
    played = play(day)
    return {
        day["tickets"][ticket][0]: project(question).tickets[str(ticket)]
        for ticket, question in questions(played, laws)
    }


@pytest.fixture(scope="module")
def known() -> Laws:
    return learn([past_day(play(day)) for day in DAYS[:5]], TYPICAL)


def until(second: int, found: dict[int, Spread]) -> dict[int, Spread]:
    return {issue: spread for issue, spread in found.items() if issue <= second}


def busy_later(day: Day, now: int) -> None:
    """Every service that is not over at this second takes three times as long."""
    ended = {
        stay.ticket
        for stays in play(day).stays.values()
        for stay in stays
        if stay.ends <= now * 1_000
    }
    for at, row in enumerate(day["tickets"]):
        if at not in ended:
            row[4] *= 3


def breaks_later(day: Day, now: int) -> None:
    """Breaks nobody planned that have not begun come at other times and last longer; one that
    is under way goes on."""
    begun = {
        number: {b.begins for b in breaks if b.begins <= now * 1_000 and not b.planned}
        for number, breaks in play(day).breaks.items()
    }
    for (number, _), breaks in zip(COUNTERS, day["breaks_s"], strict=True):
        ongoing = [
            b
            for b in play(day).breaks[number]
            if not b.planned and b.begins <= now * 1_000 < b.ends
        ]
        unplanned = [row for row in breaks if not row[2]]
        for at, row in enumerate(unplanned):
            if at >= len(begun.get(number, ())):
                row[0], row[1] = row[0] + 777, row[1] + 1_500
            elif ongoing and at == len(begun[number]) - 1:
                row[1] += 999
        breaks.sort()


def who_comes_later(day: Day, now: int) -> None:
    """Nobody comes any more."""
    day["tickets"] = [row for row in day["tickets"] if row[0] <= now]


@pytest.mark.parametrize("change", [busy_later, breaks_later, who_comes_later])
@pytest.mark.parametrize("number", [5, 6, 7])
def test_what_comes_later_changes_nothing_said_before(
    number: int, change: Callable[[Day, int], None], known: Laws
) -> None:
    day = DAYS[number]
    before = projections(day, known)
    instants = sorted(before)
    seen = 0
    for now in instants[2::5]:
        other = copy.deepcopy(day)
        change(other, now)
        after = projections(other, known)
        assert until(now, after) == until(now, before)
        seen += after != before
    assert seen  # it did change what was said afterwards


def test_speed_is_known_by_nothing_but_the_services_it_made(known: Laws) -> None:
    """Twice as slow with half the work is the same day, and everything said is the same."""
    day = DAYS[5]
    other = copy.deepcopy(day)
    other["speed"] = [2.0] * 4
    other["day_factor_for_oracle_only"], other["rho"] = 7.0, 0.1
    for row in other["tickets"]:
        row[4] /= 2
    assert projections(other, known) == projections(day, known)


def test_a_day_is_announced_from_the_days_before_alone(announced: Path, tmp_path: Path) -> None:
    """Its own end and the next day teach nothing beforehand."""
    today, cut = copy.deepcopy(DAYS[6]), 2_400
    busy_later(today, cut)
    out = tmp_path / "other.csv"
    estimate(keep(tmp_path, [*DAYS[:6], today, day_of_chance(57)]), out)

    def said(file: Path) -> list[tuple[str, ...]]:
        return [
            (row["day"], row["ticket"], row["p50_min"], row["p90_min"])
            for row in rows_of(file)
            if int(row["day"]) < 6
            or (row["day"] == "6" and today["tickets"][int(row["ticket"])][0] <= cut)
        ]

    assert any(day == "6" for day, *_ in said(out))
    assert said(out) == said(announced)
    assert rows_of(out) != rows_of(announced)


# -- files of another form --------------------------------------------------------------------


def changed(**more: object) -> Day:
    return {**copy.deepcopy(DAYS[0]), **more}


ONE = [60, "vip", "cash", None, 100, 0]
WRONG: dict[str, tuple[object, str]] = {
    "a number": (7, "case_form"),
    "no tickets": ({"world": "made", "day": 1, "breaks_s": [[]] * 4}, "case_form"),
    "three counters": (changed(breaks_s=[[]] * 3), "case_form"),
    "no speed": (changed(speed=[1.0]), "case_form"),
    "a short row": (changed(tickets=[ONE[:4]]), "case_form"),
    "a busy time in words": (changed(tickets=[[*ONE[:4], "long", 0]]), "case_form"),
    "a service nobody does": (changed(tickets=[[60, "vip", "stamps", None, 9, 0]]), "case_form"),
    "an unknown class": (changed(tickets=[[60, "king", "cash", None, 9, 0]]), "class_unknown"),
    "a break of one number": (changed(breaks_s=[[[5]], [], [], []]), "case_form"),
}


@pytest.mark.parametrize("name", WRONG)
def test_days_of_another_form_are_refused_by_name(name: str, tmp_path: Path) -> None:
    day, code = WRONG[name]
    out = tmp_path / "announced.csv"
    out.write_text("kept", encoding="utf-8")
    with pytest.raises(BadInput) as refused:
        estimate(keep(tmp_path, [DAYS[0], day]), out)
    assert refused.value.code == code
    assert phrases("errors").say(code, "en", **refused.value.values)
    assert out.read_text(encoding="utf-8") == "kept"


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "days.jsonl.gz").write_bytes(b"no gzip")
    (tmp_path / "half.jsonl.gz").write_bytes(gzip.compress(b'{"world": 1}' * 900)[:40])
    for name in ("days.jsonl.gz", "none.jsonl", "half.jsonl.gz"):
        with pytest.raises(BadInput) as refused:
            load_days(tmp_path / name)
        assert refused.value.code == "file_unreadable"
        assert refused.value.values["file"] == name
    (tmp_path / "words.jsonl").write_text("not json", encoding="utf-8")
    with pytest.raises(BadInput) as refused:
        load_days(tmp_path / "words.jsonl")
    assert refused.value.code == "case_form"


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable) as refused:
        estimate(keep(tmp_path, DAYS[:1]), tmp_path / "nowhere" / "announced.csv")
    assert refused.value.code == "folder_not_writable"


# -- the command line -------------------------------------------------------------------------


def test_estimate_on_the_command_line(announced: Path, tmp_path: Path) -> None:
    file = str(keep(tmp_path, DAYS))
    done = run("estimate", "--days", file, "--out", "out.csv", "--json", home=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "out.csv").read_bytes() == announced.read_bytes()
    assert json.loads(done.stdout)["announcements"] > 30
    assert not (tmp_path / "branch.db").exists()


def test_estimate_for_a_person(tmp_path: Path) -> None:
    file = str(keep(tmp_path, DAYS[5:6]))
    done = run("estimate", "--days", file, "--out", "out.csv", home=tmp_path, language="en")
    assert done.returncode == 0
    assert done.stdout.startswith("announcements in out.csv; over the test days:\n")
    assert "  share within p90 " in done.stdout
    wrong = run("estimate", "--days", "none.jsonl", "--out", "out.csv", home=tmp_path)
    assert wrong.returncode == 1
    assert "文件 none.jsonl 打不开" in wrong.stderr

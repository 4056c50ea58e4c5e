"""What people wrote about drills and incidents, and their photos, go after three years; marks and
score stay."""

from __future__ import annotations

from datetime import timedelta

import pytest

from branch.complaints.commands.files import sweep_files
from branch.drills.commands.evidence import AddPhoto, Observe
from branch.drills.commands.incidents import FillReport, OpenIncident
from branch.drills.commands.marking import MarkStep
from branch.drills.commands.retention import RunDrillRetention
from branch.drills.commands.review import AddDrillAction, ReviewRun, WriteHotWash
from branch.drills.commands.running import EndRun
from branch.drills.queries.retention import with_drills
from branch.drills.queries.runs import open_incidents
from branch.drills.rules.run import REAL_FIELDS
from branch.kernel import journal
from branch.kernel.errors import NotPermitted
from branch.kernel.runner import Actor
from branch.people.rules import PROGRAM
from branch.quality.commands import CheckAction, FinishAction
from branch.quality.queries import actions_of
from branch.visitors.commands.holds import LiftHold, PlaceHold
from branch.visitors.commands.retention import Ran
from branch.visitors.queries.retention import KindPreview, past_counts, retention_preview
from branch.visitors.retention import Held
from tests.complaints.desk import Desk as ComplaintDesk
from tests.conftest import SHANGHAI
from tests.drills.desk import GUARD, HEAD, LOBBY_MANAGER, OFFICER, PICTURE, SUPERVISOR, Desk

# Nobody is called so: the characters stand in no shipped text.
NAME = "龑䶮昱岐"
DAY_S = 24 * 3_600
DAYS = 1_095


def run(desk: Desk, most: int = 20) -> Ran:
    ran = desk.branch.run(RunDrillRetention(most), Actor(PROGRAM, "night")).value
    assert isinstance(ran, Ran)
    return ran


def written(desk: Desk) -> int:
    """A drill that names somebody wherever words or a photo may."""
    drill = desk.started(place=f"{NAME}的柜台")
    desk.at(drill, 20)
    desk.run(MarkStep(drill, 1, note=f"{NAME}接报"), OFFICER)
    desk.run(AddPhoto(drill, None, PICTURE), OFFICER)
    desk.run(Observe(drill, "strength", f"{NAME}反应快"), OFFICER)
    desk.run(EndRun(drill))
    questions = desk.detail(drill).scenario.questions
    desk.run(WriteHotWash(drill, tuple(f"{NAME}说" for _ in questions), f"{NAME}总结"), HEAD)
    desk.run(ReviewRun(drill), HEAD)
    return drill


def noted(desk: Desk, drill: int) -> str:
    mark = desk.step(drill, 1).mark
    assert mark is not None
    return mark.note


def previewed(desk: Desk) -> KindPreview:
    preview = retention_preview(desk.store, desk.clock.now_ms())
    return with_drills(preview, desk.store, SHANGHAI).kinds[-1]


@pytest.mark.parametrize(("days", "gone"), [(DAYS, {}), (DAYS + 1, {"drill": 1})])
def test_words_and_photos_go_after_three_years(desk: Desk, days: int, gone: dict[str, int]) -> None:
    drill = written(desk)
    assert noted(desk, drill) == f"{NAME}接报"
    desk.clock.advance(days * DAY_S)
    assert run(desk).gone == gone


def test_marks_times_and_score_stay(desk: Desk) -> None:
    drill = written(desk)
    before = desk.report(drill)
    desk.clock.advance((DAYS + 1) * DAY_S)
    assert run(desk) == Ran({"drill": 1}, more=False)
    after = desk.report(drill)
    assert (after.run.observations, after.run.photos, after.run.hot_wash) == ((), (), None)
    assert (after.run.place, noted(desk, drill)) == ("", "")
    assert after.run.line == before.run.line
    assert (after.score, after.figures) == (before.score, before.figures)
    assert [step.taken_ms for step in after.run.steps] == [
        step.taken_ms for step in before.run.steps
    ]
    assert past_counts(desk.store, "drill") == (("2026-11", "FIRE-01", "", 1),)
    assert [(e.what, e.subject) for e in desk.entries][-2] == ("drill.erased", str(drill))
    assert desk.last.what == "retention.ran"
    assert run(desk) == Ran({}, more=False)


def test_nobody_stands_in_any_row_afterwards(desk: Desk) -> None:
    """Every text of every table, opened where it is sealed, and the vault."""
    drill = written(desk)
    action = desk.run(
        AddDrillAction(drill, f"{NAME}补训", desk.staff(GUARD), desk.today + timedelta(days=9)),
        HEAD,
    )
    desk.run(FinishAction(action, f"{NAME}已补训"), GUARD)
    desk.run(CheckAction(action, good=True), SUPERVISOR)
    desk.clock.advance((DAYS + 10) * DAY_S)
    run(desk)
    desk.clock.advance(DAY_S)
    sweep_files(desk.store, desk.clock.now_ms())
    notes = desk.store.rows("SELECT COUNT(*) FROM drill_mark WHERE note <> ''", ())
    rows = desk.store.rows("SELECT report, hot_wash, place FROM drill_run", ())
    assert (notes, rows) == ([(0,)], [("", "", "")])
    for table in ("drill_observation", "drill_photo", "corrective_action"):
        assert desk.store.rows(f"SELECT COUNT(*) FROM {table}", ()) == [(0,)]
    assert not any(path.is_file() for path in desk.store.attachments.rglob("*"))
    assert NAME not in "".join(map(repr, journal.entries(desk.store)))


def test_an_open_action_keeps_it(desk: Desk) -> None:
    drill = written(desk)
    action = desk.run(
        AddDrillAction(drill, "补训", desk.staff(GUARD), desk.today + timedelta(days=9)), HEAD
    )
    desk.clock.advance((DAYS + 10) * DAY_S)
    assert run(desk).gone == {}
    assert previewed(desk).held == ((Held.OPEN, 1),)
    desk.run(FinishAction(action, "已补训"), GUARD)
    desk.run(CheckAction(action, good=True), SUPERVISOR)
    assert run(desk).gone == {"drill": 1}
    assert actions_of(desk.store, "drill", drill) == ()


def test_an_incident_out_of_a_complaint_on_hold_stays(desk: Desk) -> None:
    complaints = ComplaintDesk(desk.branch, desk.clock)
    complaint = complaints.register(who={"parties": 20, "representatives": "陈小梅"})
    (line,) = open_incidents(desk.store)
    desk.run(FillReport(line.id, "III", dict.fromkeys(REAL_FIELDS, NAME)), HEAD)
    desk.run(EndRun(line.id))
    hold = desk.run(PlaceHold("complaint", complaint, "lawsuit"), HEAD)
    desk.clock.advance((DAYS + 1) * DAY_S)
    assert run(desk).gone == {}
    assert previewed(desk).held == ((Held.HOLD, 1),)
    desk.run(LiftHold(hold), SUPERVISOR)
    assert run(desk).gone == {"drill": 1}
    assert desk.detail(line.id).report == {}
    assert past_counts(desk.store, "drill") == (("2026-11", "CON-01", "real", 1),)


def test_one_that_runs_keeps_its_words(desk: Desk) -> None:
    drill = desk.started(place="大厅")
    desk.clock.advance((DAYS + 1) * DAY_S)
    assert run(desk).gone == {}
    assert desk.detail(drill).place == "大厅"


def test_what_was_noted_where_nothing_happened_goes_too(desk: Desk) -> None:
    run_id = desk.run(OpenIncident("CON-01"), OFFICER)
    desk.run(MarkStep(run_id, 1, note=f"{NAME}接报"), OFFICER)
    desk.run(EndRun(run_id, reason="needless"))
    desk.clock.advance((DAYS + 1) * DAY_S)
    assert run(desk).gone == {"drill": 1}
    assert noted(desk, run_id) == ""


def test_in_parts(desk: Desk) -> None:
    for _ in range(3):
        written(desk)
    desk.clock.advance((DAYS + 1) * DAY_S)
    assert run(desk, 2) == Ran({"drill": 2}, more=True)
    assert run(desk, 2) == Ran({"drill": 1}, more=False)


def test_it_is_announced(desk: Desk) -> None:
    written(desk)
    found = previewed(desk)
    assert (found.kind, found.days, found.total, found.oldest) == ("drill", DAYS, 1, "2026-11-20")
    assert (found.now, found.week, found.held) == (0, 0, ())
    desk.clock.advance((DAYS - 5) * DAY_S)
    assert (previewed(desk).now, previewed(desk).week) == (0, 1)
    desk.clock.advance(6 * DAY_S)
    assert (previewed(desk).now, previewed(desk).week) == (1, 0)


def test_whoever_plays_does_not_clear(desk: Desk) -> None:
    with pytest.raises(NotPermitted):
        desk.run(RunDrillRetention(), LOBBY_MANAGER)
    assert desk.run(RunDrillRetention(), SUPERVISOR) == Ran({}, more=False)

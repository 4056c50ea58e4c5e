"""What people wrote at inspections, their photos and the cleaner's name go after three years;
verdicts, numbers and score stay."""

from __future__ import annotations

from pathlib import Path

import pytest

from branch.bootstrap import Branch
from branch.complaints.commands.files import sweep_files
from branch.inspections.commands import AddSheetPhoto, AnswerItem, FinishSheet, StartSheet
from branch.inspections.commands.retention import RunInspectionRetention
from branch.inspections.queries import repeats, sheet_view
from branch.inspections.queries.retention import with_inspections
from branch.inspections.templates import template_of
from branch.kernel import journal
from branch.kernel.clock import SetClock
from branch.kernel.errors import NotPermitted
from branch.kernel.runner import Actor
from branch.people.rules import PROGRAM
from branch.quality.commands import CheckAction, FinishAction
from branch.quality.queries import actions_of, open_actions
from branch.visitors.commands.retention import Ran
from branch.visitors.queries.retention import KindPreview, past_counts, retention_preview
from branch.visitors.retention import Held
from tests.complaints.desk import GUARD, HEAD, SUPERVISOR, Desk
from tests.complaints.desk import LOBBY_MANAGER as LOBBY
from tests.drills.desk import PICTURE

# Nobody is called so: the characters stand in no shipped text.
NAME = "龑䶮昱岐"
DAY_S = 24 * 3_600
DAYS = 1_095
GIVEN = {"number": "30", "date": "2027-06-30", "text": f"{NAME}在场", "sign": "signed"}


@pytest.fixture
def desk(branch: Branch, clock: SetClock, tmp_path: Path) -> Desk:
    # A store on a server knows of no folder by itself.
    branch.store.attachments = tmp_path / "attachments"
    return Desk(branch, clock)


def run(desk: Desk, most: int = 20) -> Ran:
    ran = desk.branch.run(RunInspectionRetention(most), Actor(PROGRAM, "night")).value
    assert isinstance(ran, Ran)
    return ran


def made(desk: Desk, code: str, turn: int = 1, fails: str = "", cleaner: str = "") -> int:
    """A sheet that was ended, with an answer of every kind; one item fails, with a photo."""
    by = GUARD if code == "FIREP" else LOBBY
    sheet = int(desk.run(StartSheet(code, "2026-11-20", turn), by))
    template = template_of(desk.store, code)
    assert template is not None
    for item in template.items:
        value = "fail" if item.id == fails else GIVEN.get(item.response, "pass")
        desk.run(AnswerItem(sheet, item.id, value, f"{NAME}说" if item.id == fails else ""), by)
    if fails:
        desk.run(AddSheetPhoto(sheet, fails, PICTURE), by)
    desk.run(FinishSheet(sheet, cleaner), by)
    return sheet


def closed(desk: Desk, sheet: int) -> None:
    """The actions of a sheet are done and seen by another."""
    for action in open_actions(desk.store):
        if (action.source, action.ref) == ("inspection", sheet):
            owner = Actor(action.owner, "elsewhere")
            desk.branch.run(FinishAction(action.id, f"{NAME}已处理"), owner)
            other = SUPERVISOR if action.owner != desk.staff(SUPERVISOR) else HEAD
            desk.run(CheckAction(action.id, good=True), other)


def previewed(desk: Desk) -> KindPreview:
    preview = retention_preview(desk.store, desk.clock.now_ms())
    return with_inspections(preview, desk.store).kinds[-1]


@pytest.mark.parametrize(("days", "gone"), [(DAYS, {}), (DAYS + 1, {"inspection": 1})])
def test_words_go_after_three_years(desk: Desk, days: int, gone: dict[str, int]) -> None:
    made(desk, "CLEAN", cleaner=NAME)
    desk.clock.advance(days * DAY_S)
    assert run(desk).gone == gone


def test_verdicts_numbers_and_score_stay(desk: Desk) -> None:
    sheet = made(desk, "OPEN", fails="OPEN-02")
    closed(desk, sheet)
    before = sheet_view(desk.store, sheet)
    assert before.answers["OPEN-02"].note == f"{NAME}说"
    desk.clock.advance((DAYS + 1) * DAY_S)
    assert run(desk) == Ran({"inspection": 1}, more=False)
    after = sheet_view(desk.store, sheet)
    assert after.line == before.line
    assert after.signatures == before.signatures
    assert {code: (one.verdict, one.value) for code, one in after.answers.items()} == {
        code: (one.verdict, one.value) for code, one in before.answers.items()
    }
    gone = after.answers["OPEN-02"]
    assert (gone.note, gone.photo, gone.action, after.actions) == ("", "", None, ())
    assert past_counts(desk.store, "inspection") == (("2026-11", "OPEN", "", 1),)
    facts = [(entry.what, entry.subject) for entry in desk.entries]
    assert ("inspection.erased", str(sheet)) in facts
    assert desk.last.what == "retention.ran"
    assert run(desk) == Ran({}, more=False)


def test_an_answer_in_words_goes_and_what_did_not_apply_stays(desk: Desk) -> None:
    sheet = made(desk, "FIREP")
    assert sheet_view(desk.store, sheet).answers["FIREP-08"].value == f"{NAME}在场"
    desk.clock.advance((DAYS + 1) * DAY_S)
    assert run(desk).gone == {"inspection": 1}
    answer = sheet_view(desk.store, sheet).answers["FIREP-08"]
    assert (answer.verdict, answer.value) == ("pass", "")
    assert run(desk).gone == {}


def test_a_sheet_in_which_nobody_wrote_anything_has_nothing_to_lose(desk: Desk) -> None:
    made(desk, "OPEN")
    assert previewed(desk).total == 0
    desk.clock.advance((DAYS + 1) * DAY_S)
    assert run(desk).gone == {}


def test_nobody_stands_in_any_row_afterwards(desk: Desk) -> None:
    closed(desk, made(desk, "OPEN", fails="OPEN-02"))
    made(desk, "CLEAN", cleaner=NAME)
    made(desk, "FIREP")
    desk.clock.advance((DAYS + 10) * DAY_S)
    assert run(desk).gone == {"inspection": 3}
    desk.clock.advance(DAY_S)
    sweep_files(desk.store, desk.clock.now_ms())
    rows = desk.store.rows("SELECT value, note, photo FROM inspection_answer", ())
    rows += desk.store.rows("SELECT cleaner FROM inspection_sheet", ())
    assert NAME not in repr(rows)
    assert desk.store.rows("SELECT COUNT(*) FROM corrective_action", ()) == [(0,)]
    assert not any(path.is_file() for path in desk.store.attachments.rglob("*"))
    assert NAME not in "".join(map(repr, journal.entries(desk.store)))


def test_an_open_action_keeps_it(desk: Desk) -> None:
    sheet = made(desk, "OPEN", fails="OPEN-02")
    desk.clock.advance((DAYS + 10) * DAY_S)
    assert run(desk).gone == {}
    assert previewed(desk).held == ((Held.OPEN, 1),)
    closed(desk, sheet)
    assert run(desk).gone == {"inspection": 1}
    assert actions_of(desk.store, "inspection", sheet) == ()


def test_what_failed_twice_is_still_counted(desk: Desk) -> None:
    closed(desk, made(desk, "CLEAN", 1, "CLEAN-01", NAME))
    desk.clock.advance(5 * 3_600)
    closed(desk, made(desk, "CLEAN", 2, "CLEAN-01", NAME))
    before = repeats(desk.store, desk.today)
    assert [one.item for one in before] == ["CLEAN-01"]
    on = desk.today
    desk.clock.advance((DAYS + 1) * DAY_S)
    assert run(desk, 1) == Ran({"inspection": 1}, more=True)
    assert run(desk, 1) == Ran({"inspection": 1}, more=False)
    assert repeats(desk.store, on) == before


def test_it_is_announced(desk: Desk) -> None:
    made(desk, "CLEAN", cleaner=NAME)
    found = previewed(desk)
    assert (found.kind, found.days, found.total) == ("inspection", DAYS, 1)
    assert (found.oldest, found.now, found.week, found.held) == ("2026-11-20", 0, 0, ())
    desk.clock.advance((DAYS - 5) * DAY_S)
    assert (previewed(desk).now, previewed(desk).week) == (0, 1)
    desk.clock.advance(6 * DAY_S)
    assert (previewed(desk).now, previewed(desk).week) == (1, 0)


def test_whoever_inspects_does_not_clear(desk: Desk) -> None:
    with pytest.raises(NotPermitted):
        desk.run(RunInspectionRetention(), LOBBY)
    assert desk.run(RunInspectionRetention(), SUPERVISOR) == Ran({}, more=False)

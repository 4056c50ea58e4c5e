"""Training marks on the staff page: noted in a dialog, judged by the day, withdrawn when wrong."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from branch.bootstrap import Branch
from branch.people.commands import AddCommendation, NoteTraining
from branch.people.queries import account_id, trainings_of
from tests.ui.admin.conftest import MANAGER, SUPERVISOR, OpenAdmin, press, toasts, write
from tests.ui.admin.test_staff import choose, page_of
from ui.admin.training_dialog import TrainingDialog
from ui.shell.language import language
from ui.widgets.dialog import ConfirmDialog
from ui.widgets.state import State
from ui.widgets.status import StatusChip

Run = Callable[[str, str, object], Any]


@pytest.fixture
def teller(other: Branch) -> int:
    staff = account_id(other.store, "100482")
    assert staff is not None
    return staff


def chips(page: object) -> list[tuple[State, str]]:
    panel = page_panel(page)
    return [(chip.chip().state, chip.text()) for chip in panel.findChildren(StatusChip)]


def page_panel(page: Any) -> Any:
    return page.form.trainings


def test_a_training_is_noted(qtbot: QtBot, admin: OpenAdmin, other: Branch, teller: int) -> None:
    window = admin("staff", SUPERVISOR)
    page = page_of(window)
    choose(page, "100482")
    panel = page_panel(page)
    qtbot.waitUntil(panel.none.isVisible)
    assert not page.form.bar.isVisible()
    press(panel.add)
    dialog = window.findChild(TrainingDialog)
    assert dialog is not None
    assert dialog.windowTitle() == "登记王敏的培训"
    dialog.course.choose("fire")
    press(dialog.outcome.segment("attended"))
    write(dialog.held, "2026-10-09")
    write(dialog.due, "2027-10-09")
    press(dialog.note_button)
    qtbot.waitUntil(lambda: toasts(window) == ["王敏 的培训已登记"])
    (mark,) = trainings_of(other.store, teller)
    assert (mark.course, mark.held_on, mark.result, mark.due_on, mark.noted_by) == (
        "fire", "2026-10-09", "attended", "2027-10-09", "陈刚",
    )  # fmt: skip
    qtbot.waitUntil(lambda: bool(panel.withdraw))
    words = [label.text() for label in panel.findChildren(QLabel)]
    assert "消防" in words
    assert "2026-10-09 参加，下次 2027-10-09 前" in words


def test_a_day_that_cannot_be_is_said_at_its_field(
    qtbot: QtBot, admin: OpenAdmin, other: Branch, teller: int
) -> None:
    window = admin("staff", MANAGER)
    page = page_of(window)
    choose(page, "100482")
    press(page_panel(page).add)
    dialog = window.findChild(TrainingDialog)
    assert dialog is not None
    write(dialog.held, "2026-11-21")
    press(dialog.note_button)
    qtbot.waitUntil(lambda: dialog.held.error_text() == "培训日期在今天之后，请培训后再登记")
    write(dialog.held, "2026-11-20")
    write(dialog.due, "2026-11-19")
    press(dialog.note_button)
    qtbot.waitUntil(lambda: dialog.due.error_text() == "下次培训的日期应在这次之后")
    assert dialog.held.error_text() == ""
    press(dialog.cancel_button)
    assert trainings_of(other.store, teller) == ()


@pytest.mark.parametrize(
    ("held", "due", "place", "told"),
    [
        (" ", "", "held", "日期请写成 2026-11-20"),
        ("2026-02-30", "", "held", "日期请写成 2026-11-20"),
        ("昨天", "", "held", "日期请写成 2026-11-20"),
        ("2026-11-19", "2026-11-19", "due", "下次培训的日期应在这次之后"),
        ("2026-11-19", "明年", "due", "日期请写成 2026-11-20"),
    ],
)
def test_one_wrong_day(
    qtbot: QtBot, admin: OpenAdmin, other: Branch, teller: int, held: str, due: str, place: str,
    told: str,
) -> None:  # fmt: skip
    page = page_of(admin("staff", MANAGER))
    choose(page, "100482")
    press(page_panel(page).add)
    dialog = page.window().findChild(TrainingDialog)
    assert dialog is not None
    write(dialog.held, held)
    write(dialog.due, due or "2027-11-19")
    press(dialog.note_button)
    field = getattr(dialog, place)
    qtbot.waitUntil(lambda: field.error_text() == told)
    assert field.edit.hasFocus()
    assert (dialog.held.text(), dialog.isVisible()) == (held, True)
    # A result with a day pasted full-width is taken.
    write(dialog.held, "２０２６－１１－１９")
    write(dialog.due, " 2027-11-19 ")
    press(dialog.note_button)
    qtbot.waitUntil(lambda: len(trainings_of(other.store, teller)) == 1)
    assert trainings_of(other.store, teller)[0].held_on == "2026-11-19"


def test_marks_are_judged_by_the_day(qtbot: QtBot, admin: OpenAdmin, run: Run, teller: int) -> None:
    for course, held, result, due in (
        ("privacy", "2025-01-08", "passed", "2026-01-08"),
        ("privacy", "2026-01-08", "passed", "2027-01-08"),
        ("fire", "2025-12-10", "passed", "2026-12-10"),
        ("first_aid", "2025-10-09", "attended", "2026-10-09"),
        ("service", "2026-11-01", "failed", ""),
        ("complaints", "2026-02-01", "attended", ""),
    ):
        run(MANAGER, "admin", NoteTraining(teller, course, held, result, due))
    page = page_of(admin("staff", MANAGER))
    choose(page, "100482")
    panel = page_panel(page)
    qtbot.waitUntil(lambda: len(panel.withdraw) == 6)
    assert chips(page) == [
        (State.URGENT, "要补训"),
        (State.OK, "有效"),
        (State.OK, "有效"),
        (State.ATTENTION, "快到期"),
        (State.URGENT, "该复训了"),
    ]
    language().choose("en")
    qtbot.waitUntil(lambda: panel.title.text() == "Training")
    qtbot.waitUntil(lambda: chips(page)[0] == (State.URGENT, "To repeat"))


def test_a_mark_is_withdrawn(
    qtbot: QtBot, admin: OpenAdmin, run: Run, other: Branch, teller: int
) -> None:
    training = run(MANAGER, "admin", NoteTraining(teller, "fire", "2026-11-01", "passed"))
    window = admin("staff", MANAGER)
    page = page_of(window)
    choose(page, "100482")
    panel = page_panel(page)
    qtbot.waitUntil(lambda: training in panel.withdraw)
    assert panel.withdraw[training].accessibleName() == "撤回消防培训"
    press(panel.withdraw[training])
    dialog = window.findChild(ConfirmDialog)
    assert dialog is not None
    press(dialog.confirm_button)
    qtbot.waitUntil(lambda: toasts(window) == ["培训登记已撤回"])
    assert trainings_of(other.store, teller) == ()
    qtbot.waitUntil(panel.none.isVisible)


def test_what_somebody_was_praised_for_stands_with_his_trainings(
    qtbot: QtBot, admin: OpenAdmin, teller: int, run: Run
) -> None:
    run(MANAGER, "drills", AddCommendation(teller, date(2026, 11, 19), "演练中先搀扶老人"))
    page = page_of(admin("staff", SUPERVISOR))
    choose(page, "100482")
    panel = page_panel(page)
    qtbot.waitUntil(lambda: chips(page) == [(State.OK, "表彰")])
    words = [label.text() for label in panel.findChildren(QLabel)]
    assert "演练中先搀扶老人" in words
    assert "2026-11-19，林婉登记" in words

"""Many papers at once: progress, stopping, what could not be made and why."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from branch.complaints.commands.acceptance import Accept
from branch.papers.commands import DraftPaper
from tests.complaints.desk import OFFICER, Desk, issue_of
from tests.ui.complaints.papers import Hand
from ui.complaints.paper_batch import BatchDialog, CaseBatch, PaperBatch
from ui.complaints.window import ComplaintsWindow
from ui.shell import printing
from ui.shell.printing import PrintFailed
from ui.widgets.print_dialog import PrintWish


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with nothing in it."""
    found = tmp_path / "papers"
    found.mkdir()
    return found


@pytest.fixture
def hand(qtbot: QtBot, desk: Desk, open_desk: Callable[..., ComplaintsWindow]) -> Hand:
    """The officer, with four accepted complaints and one that is not."""
    for _at in range(4):
        desk.run(Accept(desk.register(read_back=True), "verified"))
    desk.register()
    return Hand(qtbot, desk, open_desk())


def opened(hand: Hand, *cases: int) -> PaperBatch:
    hand.window.papers.batch(cases)
    dialog = hand.dialog(PaperBatch)
    dialog.form.combo.choose("TS-02A")
    return dialog


def done(hand: Hand, dialog: BatchDialog) -> str:
    hand.until(lambda: dialog.close_button.text() == "完成")
    return dialog.told.text()


def test_issued_and_kept_in_a_folder(hand: Hand, folder: Path) -> None:
    dialog = opened(hand, 1, 2, 3, 4, 5)
    assert dialog.about.text() == "选中 5 件投诉，每件一份"
    dialog.issue.setChecked(True)
    dialog.begin(None, folder)
    assert dialog.close_button.text() == "停止"
    assert done(hand, dialog) == "做好 4 份，没有做 1 份"
    assert dialog.run is not None
    assert [(one.name, one.why) for one in dialog.run.skipped] == [
        ("TS-HB001-20261120-0005", "受理后才能签发受理告知书")
    ]
    assert sorted(file.name for file in folder.iterdir()) == [
        f"TS-02A TS-HB001-20261120-000{n}.pdf" for n in (1, 2, 3, 4)
    ]
    assert len(hand.papers(1, OFFICER)) == 1
    hand.press(dialog.close_button)
    # Once more: what is issued is taken as it is.
    again = opened(hand, 1, 2)
    again.begin(None, folder)
    assert done(hand, again) == "做好 2 份，没有做 0 份"
    assert len(hand.papers(1, OFFICER)) == 1


def test_the_desk_behind_is_asked_anew_once(hand: Hand, folder: Path) -> None:
    window = hand.window
    dialog = opened(hand, 1, 2, 3, 4)
    dialog.issue.setChecked(True)
    # What came in before is shown.
    hand.until(lambda: not window.pace.isActive() and not window.asking.under_way)
    before = window.shown
    dialog.begin(None, folder)
    assert done(hand, dialog) == "做好 4 份，没有做 0 份"
    hand.desk.register()
    number = "TS-HB001-20261120-0006"
    assert window.shown is before
    assert [line.number for line in window.list.list.rows.lines].count(number) == 0
    hand.press(dialog.close_button)
    hand.until(lambda: window.shown is not before)
    hand.until(lambda: number in [line.number for line in window.list.list.rows.lines])
    hand.until(lambda: len(window.view.paper_section.papers) == 1)


def test_nothing_is_issued_unasked(hand: Hand, folder: Path) -> None:
    dialog = opened(hand, 1)
    dialog.begin(None, folder)
    assert done(hand, dialog) == "做好 0 份，没有做 1 份"
    assert dialog.run is not None
    assert dialog.run.skipped[0].why == "还没有签发"
    # A letter of one's own words is never issued unread.
    dialog.form.combo.choose("TS-06")
    assert not dialog.issue.isVisible()


def test_prints_are_counted(hand: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    jobs: list[str | None] = []

    def take(data: bytes, name: str | None, copies: int = 1, *, duplex: bool = False) -> None:
        jobs.append(name)

    monkeypatch.setattr(printing, "print_pdf", take)
    dialog = opened(hand, 1, 2)
    dialog.issue.setChecked(True)
    dialog.begin(PrintWish("office", 2, False), Path())
    assert done(hand, dialog) == "做好 2 份，没有做 0 份"
    assert jobs == ["office", "office"]
    assert hand.papers(1, OFFICER)[0].printed == 2


def test_a_printer_that_stops_ends_it(hand: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object, **_how: object) -> None:
        raise PrintFailed("printer_stopped", printer="office")

    monkeypatch.setattr(printing, "print_pdf", fail)
    dialog = opened(hand, 1, 2, 3)
    dialog.issue.setChecked(True)
    dialog.begin(PrintWish("office", 1, False), Path())
    assert done(hand, dialog) == "做好 0 份，没有做 3 份"
    assert dialog.run is not None
    assert len(dialog.run.skipped) == 1


def test_it_can_be_stopped(hand: Hand, folder: Path) -> None:
    dialog = opened(hand, 1, 2, 3, 4)
    dialog.issue.setChecked(True)
    dialog.begin(None, folder)
    hand.qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.close_button.isEnabled()
    done(hand, dialog)
    # The one in hand was finished, and no more.
    assert len(list(folder.iterdir())) == 1
    hand.press(dialog.close_button)
    hand.until(lambda: not any(one.isVisible() for one in hand.window.findChildren(PaperBatch)))


def test_what_is_chosen_in_the_list_is_printed_by_key(hand: Hand) -> None:
    cases = hand.window.list.list
    cases.setFocus()
    hand.qtbot.keyClick(cases, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    hand.until(lambda: len(cases.selected()) == 5)
    hand.window.activateWindow()
    hand.until(hand.window.isActiveWindow)
    hand.qtbot.keyClick(hand.window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert hand.dialog(PaperBatch).about.text() == "选中 5 件投诉，每件一份"


def test_all_papers_of_a_case_are_printed_together(
    hand: Hand, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    section = hand.window.view.paper_section
    first = hand.desk.paper(1, "TS-02A", by=OFFICER)
    hand.until(lambda: len(section.papers) == 1)
    # One is looked at and printed there.
    assert not section.all_button.isVisible()
    second = hand.desk.paper(1, "TS-01", by=OFFICER)
    hand.press(section.all_button)
    dialog = hand.dialog(CaseBatch)
    assert dialog.about.text() == "TS-HB001-20261120-0001 签发的文书，共 2 份"
    dialog.begin(None, folder)
    assert done(hand, dialog) == "做好 2 份，没有做 0 份"
    assert sorted(file.name for file in folder.iterdir()) == [
        "TS-HB001-20261120-0001 01 TS-02A.pdf",
        "TS-HB001-20261120-0001 02 TS-01.pdf",
    ]
    hand.press(dialog.close_button)
    jobs: list[bytes] = []

    def take(data: bytes, _name: str | None, copies: int = 1, *, duplex: bool = False) -> None:
        jobs.append(data)

    monkeypatch.setattr(printing, "print_pdf", take)
    hand.window.activateWindow()
    hand.until(hand.window.isActiveWindow)
    hand.qtbot.keyClick(hand.window, Qt.Key.Key_P, Qt.KeyboardModifier.ShiftModifier)
    again = hand.dialog(CaseBatch)
    again.begin(PrintWish("office", 3, True), Path())
    assert done(hand, again) == "做好 2 份，没有做 0 份"
    assert len(jobs) == 2
    assert {line.id: line.printed for line in hand.papers(1, OFFICER)} == {first: 3, second: 3}


def test_a_copy_that_was_replaced_is_not_printed_again(hand: Hand, folder: Path) -> None:
    hand.desk.paper(1, "TS-02A", by=OFFICER)
    hand.desk.paper(1, "TS-01", by=OFFICER)
    corrected = hand.desk.run(DraftPaper("TS-02A", "complaint:1", ""))
    hand.desk.run(issue_of(corrected, "地址有误"))
    section = hand.window.view.paper_section
    hand.until(lambda: len(section.papers) == 3)
    hand.press(section.all_button)
    dialog = hand.dialog(CaseBatch)
    assert dialog.about.text() == "TS-HB001-20261120-0001 签发的文书，共 2 份"

"""The list of cases: chips, scopes, order, search, keys, the board."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from branch.complaints.commands.acceptance import Accept, Withdraw
from branch.complaints.commands.answering import NoteReceipt, Reply
from branch.complaints.commands.handling import Assign
from branch.complaints.commands.limits import StartPause
from branch.complaints.commands.reviews import StartReReview, UpholdDecision
from tests.complaints.desk import (
    ADVISER,
    GUARD,
    HEAD,
    LOBBY_MANAGER,
    SUPERIOR,
    SUPERVISOR,
    TELLER,
    Desk,
)
from ui.complaints import list_panel
from ui.complaints.case_delegate import CHIP_ROLE, who_words
from ui.complaints.picture import ALL, ENDED, MINE
from ui.complaints.window import ComplaintsWindow
from ui.widgets.state import State
from ui.widgets.status import Chip, StatusChip

Open = Callable[..., ComplaintsWindow]


def chips(window: ComplaintsWindow) -> list[tuple[str, State | None]]:
    rows = window.list.list.rows
    found = []
    for at in range(rows.rowCount()):
        chip = rows.index(at).data(CHIP_ROLE)
        assert isinstance(chip, Chip)
        found.append((chip.text, chip.state))
    return found


def titles(window: ComplaintsWindow) -> list[str]:
    return [line.title for line in window.list.list.rows.lines]


def choose_scope(window: ComplaintsWindow, scope: str) -> None:
    window.list.scope.choose(scope)
    window.list.scope.activated.emit(window.list.scope.currentIndex())


def test_by_the_earlier_of_law_and_house(desk: Desk, open_desk: Open) -> None:
    # Five working days each, read on Friday 20 November.
    for day, title in (
        ("2026-11-12 10:00", "逾期的"),
        ("2026-11-13 10:00", "今天的"),
        ("2026-11-18 10:00", "下周的"),
        ("2026-11-16 10:00", "临近的"),
    ):
        desk.at(day)
        desk.register(what={"title": title})
    desk.at("2026-11-20 10:00")
    window = open_desk()
    assert titles(window) == ["逾期的", "今天的", "临近的", "下周的"]
    assert chips(window) == [
        ("逾期 1 天", State.URGENT),
        ("今天到期", State.ATTENTION),
        ("剩 3 天", State.ATTENTION),
        ("剩 5 天", State.IDLE),
    ]
    assert window.list.title.whole_text() == "在办 4"
    spoken = window.list.list.rows.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.endswith("逾期的，陈*梅，上门，逾期 1 天")


def test_paused_ones_stand_last_and_say_so(desk: Desk, open_desk: Open) -> None:
    paused = desk.investigated(what={"title": "在调解的"})
    desk.run(StartPause(paused, "mediation", True), ADVISER)
    desk.register(what={"title": "在办的"})
    window = open_desk()
    assert titles(window) == ["在办的", "在调解的"]
    assert chips(window)[1] == ("暂停中", State.PAUSED)


def test_scopes(desk: Desk, open_desk: Open, qtbot: QtBot) -> None:
    mine = desk.register(what={"title": "给顾问的"})
    desk.run(Accept(mine, "verified"))
    desk.run(Assign(mine, desk.staff(ADVISER)))
    desk.register(what={"title": "没人办的"})
    gone = desk.register(what={"title": "撤回的"})
    desk.run(Withdraw(gone, own=True))
    window = open_desk(ADVISER)
    assert set(titles(window)) == {"给顾问的", "没人办的"}
    choose_scope(window, MINE)
    assert titles(window) == ["给顾问的"]
    choose_scope(window, ENDED)
    assert titles(window) == ["撤回的"]
    assert chips(window) == [("已撤回", State.OK)]
    choose_scope(window, ALL)
    assert titles(window)[-1] == "撤回的"
    assert window.list.title.whole_text() == "全部 3"


def search(qtbot: QtBot, window: ComplaintsWindow, text: str) -> None:
    """Han characters come from an input method, not from keys."""
    window.top.search.setText(text)
    window.top.search.textEdited.emit(text)
    qtbot.keyClick(window.top.search, Qt.Key.Key_Return)


def test_keys_go_from_case_to_case(desk: Desk, open_desk: Open, qtbot: QtBot) -> None:
    first, second = desk.register(), desk.register(what={"title": "第二件"})
    window = open_desk()
    qtbot.waitUntil(lambda: shown(window) == first)
    qtbot.keyClick(window, Qt.Key.Key_J)
    qtbot.waitUntil(lambda: shown(window) == second)
    qtbot.keyClick(window, Qt.Key.Key_J)
    qtbot.keyClick(window, Qt.Key.Key_K)
    qtbot.waitUntil(lambda: shown(window) == first)
    window.list.list.setFocus()
    qtbot.keyClick(window.list.list, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: shown(window) == second)


def shown(window: ComplaintsWindow) -> int | None:
    record = window.view.record()
    return record.detail.line.id if record is not None else None


def test_search_by_title_number_and_telephone(desk: Desk, open_desk: Open, qtbot: QtBot) -> None:
    desk.register(what={"title": "信用卡年费"})
    desk.register(what={"title": "排队太久"}, who={"name": "林国栋", "phone": "13900001111"})
    window = open_desk()
    qtbot.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert window.top.search.hasFocus()
    for text, found in (
        ("年费", ["信用卡年费"]),
        ("13900001111", ["排队太久"]),
        ("林国栋", ["排队太久"]),
    ):
        search(qtbot, window, text)
        qtbot.waitUntil(lambda found=found: titles(window) == found)
    assert window.list.title.whole_text() == "找到 1 件"
    search(qtbot, window, "没有这样的")
    qtbot.waitUntil(window.list.empty.isVisible)
    assert window.list.empty.title.text() == "没有找到"
    qtbot.keyClick(window.top.search, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: len(titles(window)) == 2)


def test_an_empty_desk_says_what_will_happen(open_desk: Open, qtbot: QtBot) -> None:
    window = open_desk()
    qtbot.waitUntil(window.list.empty.isVisible)
    assert window.list.empty.title.text() == "现在没有在办的投诉"
    assert window.list.empty.button.text() == "登记投诉"
    assert not window.side.isVisible()


def test_who_it_is_about_sees_nothing_of_it(desk: Desk, open_desk: Open, qtbot: QtBot) -> None:
    desk.register(what={"title": "关于柜员的"}, subjects=frozenset({desk.staff(TELLER)}))
    desk.register(what={"title": "别的"})
    window = open_desk(TELLER)
    assert titles(window) == ["别的"]
    search(qtbot, window, "关于")
    qtbot.waitUntil(window.list.empty.isVisible)
    window.show_page("board")
    assert window.board.columns["received"].count.text() == "1"


def test_what_stands_out_is_said_in_words(desk: Desk, open_desk: Open) -> None:
    desk.register(who={"parties": 20}, what={"urgency": "urgent"})
    desk.register(channel="book", who={"name": "", "phone": "", "anonymous": True})
    window = open_desk(GUARD)
    lines = {line.anonymous: line for line in window.list.list.rows.lines}
    assert who_words(lines[False]) == [
        "陈*梅",
        "上门",
        "重大",
        "群体 20 人",
        "紧急",
        "升级 3",
    ]
    assert who_words(lines[True]) == ["匿名", "意见簿"]


def test_the_board_stands_by_state(desk: Desk, open_desk: Open, qtbot: QtBot) -> None:
    desk.register(by=LOBBY_MANAGER)
    decided = desk.decided()
    window = open_desk(HEAD)
    qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    counts = {key: column.count.text() for key, column in window.board.columns.items()}
    assert counts == {
        "received": "1",
        "accepted": "0",
        "investigating": "0",
        "drafted": "0",
        "decided": "1",
        "replied": "0",
        "re_review": "0",
    }
    assert window.board.columns["re_review"].isHidden()
    column = window.board.columns["decided"].list
    place = column.visualRect(column.model().index(0, 0)).center()
    qtbot.mouseClick(column.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.waitUntil(lambda: shown(window) == decided)
    assert window.top.pages.current() == "list"


def test_a_re_review_does_not_wait_to_be_closed(desk: Desk, open_desk: Open, qtbot: QtBot) -> None:
    complaint = desk.decided()
    desk.run(Reply(complaint, "phone", desk.clock.now_ms(), True), ADVISER)
    desk.run(NoteReceipt(complaint, desk.today))
    window = open_desk(HEAD)
    window.show_page("board")
    assert window.board.columns["replied"].count.text() == "1"
    desk.run(StartReReview(complaint, desk.today, True), SUPERIOR)
    column = window.board.columns["re_review"]
    qtbot.waitUntil(column.isVisible)
    assert (column.title.text(), column.count.text()) == ("核查中", "1")
    assert window.board.columns["replied"].count.text() == "0"
    desk.run(UpholdDecision(complaint, False, "维持"), SUPERIOR)
    qtbot.waitUntil(column.isHidden)


def test_a_confidential_one_is_there_and_says_nothing(
    desk: Desk, open_desk: Open, qtbot: QtBot
) -> None:
    complaint = desk.register(who={"confidential": True})
    desk.run(Accept(complaint, "verified"))
    window = open_desk(SUPERVISOR)
    spoken = window.list.list.rows.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "内容保密，上门" in spoken
    assert who_words(window.list.list.rows.lines[0])[0] == "上门"
    assert window.view.withheld.isVisible()
    assert window.view.withheld_head.title.text() == "内容保密"
    assert "渠道：上门" in window.view.withheld.lines.text()
    assert not window.side.isVisible()
    assert not window.view.files.isVisible()
    search(qtbot, window, "理财")
    qtbot.waitUntil(lambda: window.list.title.whole_text() == "找到 0 件")
    assert open_desk().view.head.title.text() == "理财到期收益与宣传不一致"


def test_the_field_says_what_may_be_searched_for(open_desk: Open, qtbot: QtBot) -> None:
    window = open_desk()
    assert window.top.search.placeholderText() == "编号、姓名、内容、承办人"
    window = open_desk(TELLER)
    assert window.top.search.placeholderText() == "编号、内容、承办人"
    search(qtbot, window, "没有这样的")
    qtbot.waitUntil(lambda: window.list.title.whole_text() == "找到 0 件")
    assert "姓名" not in window.list.empty.lines.text()


def test_a_case_that_is_not_in_the_list_leaves_no_other_chosen(
    desk: Desk, open_desk: Open, qtbot: QtBot
) -> None:
    first, ended = desk.register(), desk.register()
    desk.run(Withdraw(ended, own=True))
    window = open_desk()
    assert [line.id for line in window.list.list.selected()] == [first]
    window.go_to_case(ended)
    qtbot.waitUntil(lambda: window.view.record() is not None and ended == window._case)
    assert window.list.list.selected() == ()
    window.go_to_case(first)
    assert [line.id for line in window.list.list.selected()] == [first]


def test_what_has_ended_says_so_once(desk: Desk, open_desk: Open, qtbot: QtBot) -> None:
    ended = desk.register()
    desk.run(Withdraw(ended, own=True))
    window = open_desk()
    window.go_to_case(ended)
    qtbot.waitUntil(lambda: window.view.record() is not None)
    texts = [chip.text() for chip in window.view.head.findChildren(StatusChip)]
    assert texts.count("已撤回") == 1


def test_a_list_that_is_cut_says_so(
    desk: Desk, open_desk: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(list_panel, "PAGE", 2)
    for _ in range(2):
        desk.run(Withdraw(desk.register(), own=True))
    desk.register()
    window = open_desk()
    assert not window.list.cut.isVisible()
    for scope in (ALL, ENDED):
        choose_scope(window, scope)
        assert window.list.cut.text() == "只列最近办结的 2 件，更早的请查找"
        assert window.list.cut.isVisible()

"""What people in the hall read on the board, hear, and do not miss."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from branch.catalogue.queries import Name
from branch.kernel.clock import SetClock
from branch.kernel.errors import StoreUnavailable
from branch.lobby.commands.calling import Recall
from branch.lobby.queries.screens import Board, BoardQueue
from tests.ui.board.conftest import Floor
from ui.board.picture import EDGE, LIT
from ui.board.window import BoardWindow
from ui.shell.language import language
from ui.shell.theme import BOARD
from ui.shell.worker import Worker


def lit(board: BoardWindow) -> str:
    """What the lit panel says, or an empty text."""
    calls = board.picture().calls
    if not calls:
        return ""
    desk = calls[0].desk
    words = (calls[0].number, desk.before, desk.number, desk.after)
    return " ".join(word for word in words if word)


def before(board: BoardWindow) -> list[str]:
    return [call.number for call in board.picture().calls[1:]]


def test_empty_before_the_first_call(board: BoardWindow) -> None:
    picture = board.picture()
    assert picture.calls == ()
    assert picture.words.empty == "现在还没有叫号"
    assert picture.branch == "云川银行湖滨路支行"
    assert (picture.date, picture.clock) == ("11月20日 星期五", "09:00")
    assert [(q.name, q.waiting, q.wait) for q in picture.queues] == [
        ("现金", "", "无人等候"),
        ("账户", "", "无人等候"),
        ("对公", "", "无人等候"),
        ("理财贷款", "", "无人等候"),
    ]
    assert board.accessibleName() == "现在还没有叫号"


@pytest.mark.usefixtures("still")
def test_a_call_is_lit_and_rings(board: BoardWindow, floor: Floor, qtbot: QtBot) -> None:
    floor.open(5)
    floor.issue("cash", 3)
    with qtbot.waitSignal(board.chime.rang):
        number = floor.call(5)
    assert number == "A001"
    assert lit(board) == "A001 5 号柜台"
    assert board.accessibleName() == "正在叫号 A001，5 号柜台"
    cash = board.picture().queues[0]
    assert (cash.waiting, cash.wait) == ("2 人等", "暂时无法估计")


@pytest.mark.usefixtures("still")
def test_a_named_counter_is_called_by_its_name(
    board: BoardWindow, floor: Floor, qtbot: QtBot
) -> None:
    floor.open(8)
    floor.issue("wealth")
    floor.call(8)
    qtbot.waitUntil(lambda: lit(board) == "F001 理财室")
    language().choose("en")
    qtbot.waitUntil(lambda: lit(board) == "F001 Wealth room")


@pytest.mark.usefixtures("still")
def test_many_calls_in_a_row_are_all_shown(
    board: BoardWindow, floor: Floor, clock: SetClock, qtbot: QtBot
) -> None:
    floor.open(1, 2, 3, 5)
    floor.issue("cash", 8)
    called = [floor.call(counter) for counter in (1, 2, 3, 5)]
    qtbot.waitUntil(lambda: lit(board) != "")
    seen = [lit(board).split()[0]]
    for _ in called[1:]:
        qtbot.waitUntil(lambda: board.announcements.waiting > 0)
        clock.advance(3)
        qtbot.waitUntil(lambda: lit(board).split()[0] != seen[-1], timeout=3000)
        seen.append(lit(board).split()[0])
    assert seen == called
    assert before(board) == called[-2::-1]


@pytest.mark.usefixtures("still")
def test_a_recall_rings_again(
    board: BoardWindow, floor: Floor, clock: SetClock, qtbot: QtBot
) -> None:
    floor.open(1, 2)
    floor.issue("cash", 2)
    first = floor.call(1)
    qtbot.waitUntil(lambda: lit(board).startswith(first))
    clock.advance(4)
    second = floor.call(2)
    qtbot.waitUntil(lambda: lit(board).startswith(second))
    clock.advance(6)
    with qtbot.waitSignal(board.chime.rang):
        floor.do(1, Recall(1))
    assert lit(board) == f"{first} 1 号柜台"
    assert before(board) == [second]


def test_sight_before_sound_then_the_edge_brightens(
    board: BoardWindow, floor: Floor, qtbot: QtBot
) -> None:
    board.resize(1920, 1080)
    floor.open(1)
    floor.issue("cash")
    rung: list[str] = []
    board.chime.rang.connect(lambda: rung.append(lit(board)))
    floor.call(1)
    qtbot.waitUntil(lambda: lit(board) == "A001 1 号柜台")
    assert rung == []
    qtbot.waitUntil(lambda: rung == ["A001 1 号柜台"])
    beside = LIT.adjusted(-EDGE / 2, 0, 0, 0).left(), LIT.center().y()

    def edge() -> QColor:
        return board.grab().toImage().pixelColor(round(beside[0]), round(beside[1]))

    assert edge().lightness() < 90
    qtbot.waitUntil(lambda: edge().lightness() > 180)
    middle = board.grab().toImage().pixelColor(round(LIT.left()) + 30, round(beside[1]))
    assert middle == QColor("#FFFFFF")


def test_in_english(board: BoardWindow, floor: Floor, qtbot: QtBot) -> None:
    floor.open(5)
    floor.issue("corporate", 1)
    floor.issue("cash", 13)
    floor.call(5)
    language().choose("en")
    qtbot.waitUntil(lambda: lit(board) == "A001 Counter 5")
    picture = board.picture()
    assert picture.date == "Fri 20 Nov"
    assert picture.branch == "Yunchuan Bank, Lakeside Road Branch"
    assert picture.words.now_calling == "Now calling"
    assert [(q.name, q.waiting, q.wait) for q in picture.queues] == [
        ("Cash", "12 waiting", "No estimate yet"),
        ("Accounts", "", "Nobody waiting"),
        ("Corporate", "1 waiting", "No estimate yet"),
        ("Wealth", "", "Nobody waiting"),
    ]
    assert board.windowTitle() == "Board"
    assert board.accessibleName() == "Now calling A001，Counter 5"


def test_the_notice_changes_every_12_seconds(
    board: BoardWindow, clock: SetClock, qtbot: QtBot
) -> None:
    notices = []
    for _ in range(4):
        notices.append(board.picture().notice)
        clock.advance(12)
    assert len(set(notices)) == 3
    assert notices[3] == notices[0]


def test_more_than_four_queues_take_turns(
    board: BoardWindow, clock: SetClock, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    six = Board((), tuple(BoardQueue(x, Name(f"队{x}", ""), 1, (), False) for x in "ACEFHK"))
    monkeypatch.setattr(board, "_board", six)
    clock.set(clock.now_ms() // 24_000 * 24_000)
    first = [q.name for q in board.picture().queues]
    clock.advance(12)
    second = [q.name for q in board.picture().queues]
    assert (first, second) == (["队A", "队C", "队E", "队F"], ["队H", "队K"])
    qtbot.waitUntil(lambda: board._page_number == 1, timeout=3000)


def test_store_lost_and_back(
    board: BoardWindow, worker: Worker, floor: Floor, clock: SetClock, qtbot: QtBot
) -> None:
    floor.open(1)
    floor.issue("cash", 2)
    floor.call(1)
    qtbot.waitUntil(lambda: lit(board) == "A001 1 号柜台")
    worker.store_failed.emit(StoreUnavailable("store_unreachable"), 1)
    clock.advance(300)
    worker.store_failed.emit(StoreUnavailable("store_unreachable"), 2)
    picture = board.picture()
    assert picture.trouble
    assert picture.notice.startswith("暂时连不上数据库，这里停在 09:00")
    assert [q.wait for q in picture.queues] == ["截至 09:00"] * 4
    assert lit(board) == "A001 1 号柜台"
    worker.store_back.emit()
    assert not board.picture().trouble
    assert board.picture().queues[0].wait == "暂时无法估计"


def test_no_words_of_a_person_are_on_it(board: BoardWindow, floor: Floor, qtbot: QtBot) -> None:
    floor.open(1)
    floor.issue("cash")
    floor.call(1)
    qtbot.waitUntil(lambda: lit(board) != "")
    assert "王敏" not in repr(board.picture())


def test_f11_fills_the_screen_and_esc_gives_it_back(board: BoardWindow, qtbot: QtBot) -> None:
    QTest.keyClick(board, Qt.Key.Key_F11)
    qtbot.waitUntil(board.isFullScreen)
    qtbot.waitUntil(lambda: board.cursor().shape() == Qt.CursorShape.BlankCursor)
    QTest.keyClick(board, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not board.isFullScreen())
    qtbot.waitUntil(lambda: board.cursor().shape() == Qt.CursorShape.ArrowCursor)
    QTest.keyClick(board, Qt.Key.Key_F11)
    QTest.keyClick(board, Qt.Key.Key_F11)
    qtbot.waitUntil(lambda: not board.isFullScreen())


@pytest.mark.parametrize("size", [(1920, 1080), (1280, 720), (1280, 1024), (320, 180)])
def test_it_fits_every_screen(board: BoardWindow, size: tuple[int, int]) -> None:
    board.resize(*size)
    QApplication.processEvents()
    picture = board.grab().toImage()
    assert picture.pixelColor(0, 0) == BOARD.colour("canvas")
    assert picture.pixelColor(size[0] - 1, size[1] - 1) == BOARD.colour("canvas")


@pytest.mark.parametrize("code", ["zh", "en"])
def test_nothing_is_cut(
    board: BoardWindow, floor: Floor, clock: SetClock, qtbot: QtBot, code: str
) -> None:
    """With two-digit lines, a named counter, every notice and the strip of a lost store."""
    floor.open(1, 4, 6, 8)
    for group, counter in (("cash", 1), ("cards", 4), ("corporate", 6), ("wealth", 8)):
        floor.issue(group, 13)
        floor.call(counter)
    language().choose(code)
    qtbot.waitUntil(lambda: lit(board) != "")
    for _ in range(4):
        clock.advance(12)
        board.grab()
        assert board.cut_texts() == ()
    station = board.station
    station.offline.emit("", 1)
    board.grab()
    assert board.cut_texts() == ()

"""Expected waits on the board: ranges with their numbers large, and what is said without one."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from branch.bootstrap import Branch
from branch.kernel.clock import SetClock
from tests.ui.board.conftest import Floor
from tests.ui.waits import SetWaits, an_outlook, everywhere
from ui.board.window import BoardWindow
from ui.shell.language import language


def rows(board: BoardWindow) -> list[tuple[str, str, str, str]]:
    return [(q.name, q.waiting, q.wait, q.figure) for q in board.picture().queues]


def test_a_queue_shows_its_range(
    board: BoardWindow, floor: Floor, waits: SetWaits, qtbot: QtBot
) -> None:
    floor.open(1)
    floor.issue("cash", 2)
    floor.issue("corporate", 1)
    # P01 and P05 are services of the cash and the account queue; nobody does corporate ones.
    waits.show(an_outlook({("P01", 0): (8.2, 14.5), ("P05", 0): (3.0, 3.0)}))
    qtbot.waitUntil(lambda: board.picture().queues[2].waiting == "1 人等")
    assert rows(board) == [
        ("现金", "2 人等", "约 8–15 分钟", "8–15"),
        ("账户", "0 人等", "约 3 分钟", "3"),
        ("对公", "1 人等", "暂时无法估计", ""),
        ("理财贷款", "", "无人等候", ""),
    ]
    waits.show(None)
    assert board.picture().queues[0].wait == "暂时无法估计"


def test_an_idle_counter_goes_before_any_range(
    board: BoardWindow, floor: Floor, waits: SetWaits, other: Branch, qtbot: QtBot
) -> None:
    floor.open(8)
    waits.show(everywhere(other.store, 0, 2))
    wealth = ("理财贷款", "0 人等", "现在可办", "")
    qtbot.waitUntil(lambda: rows(board)[3] == wealth)


def test_ranges_from_other_days_are_said_to_be_so(
    board: BoardWindow, clock: SetClock, waits: SetWaits, other: Branch
) -> None:
    def notices() -> set[str]:
        found = set()
        for _ in range(4):
            found.add(board.picture().notice)
            clock.advance(12)
        return found

    waits.show(everywhere(other.store, 8, 15))
    assert "等候时间按往常估算。" not in notices()
    waits.show(everywhere(other.store, 8, 15, usual=True))
    assert "等候时间按往常估算。" in notices()


@pytest.mark.parametrize("code", ["zh", "en"])
@pytest.mark.parametrize("wait", [(8, 15), (25, 80), (90, 99), (0, 8), (3, 3)])
def test_every_range_has_room(
    board: BoardWindow,
    floor: Floor,
    waits: SetWaits,
    other: Branch,
    qtbot: QtBot,
    code: str,
    wait: tuple[int, int],
) -> None:
    for group in ("cash", "cards", "corporate", "wealth"):
        floor.issue(group, 13)
    waits.show(everywhere(other.store, *wait))
    language().choose(code)
    board.resize(1920, 1080)
    qtbot.waitUntil(lambda: board.picture().queues[3].waiting.startswith("13"))
    QApplication.processEvents()
    shot = board.grab().toImage()
    assert board.cut_texts() == ()
    # Nothing is painted between the panel of queues and its words, nor between the two panels.
    ground = shot.pixelColor(1270, 500)
    for y in range(130, 920):
        assert shot.pixelColor(1300, y) == ground, y
        assert shot.pixelColor(1850, y) == ground, y


def test_in_english(board: BoardWindow, floor: Floor, waits: SetWaits, qtbot: QtBot) -> None:
    floor.issue("cash", 2)
    waits.show(an_outlook({("P01", 0): (50.0, 75.0)}))
    language().choose("en")
    qtbot.waitUntil(lambda: rows(board)[0] == ("Cash", "2 waiting", "50–60+ min", "50–60+"))


def test_a_lost_store_hides_the_ranges(
    board: BoardWindow, floor: Floor, waits: SetWaits, other: Branch, qtbot: QtBot
) -> None:
    floor.issue("cash", 2)
    waits.show(everywhere(other.store, 8, 15))
    qtbot.waitUntil(lambda: rows(board)[0][2] == "约 8–15 分钟")
    board.station.offline.emit("", 1)
    assert rows(board)[0][2:] == ("截至 09:00", "")

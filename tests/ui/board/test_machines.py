"""A machine that is broken is told on the board until it works again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pytestqt.qtbot import QtBot

from branch.inspections.commands import AddEquipment, SetEquipmentState
from branch.kernel.clock import SetClock
from ui.board.window import BoardWindow
from ui.shell.language import language


def test_a_broken_machine_is_told_among_the_notices(
    board: BoardWindow, clock: SetClock, qtbot: QtBot, run: Callable[..., Any]
) -> None:
    def notices() -> set[str]:
        found = set()
        for _ in range(4):
            found.add(board.picture().notice)
            clock.advance(12)
        return found

    machine = run("100301", "drills", AddEquipment("cash_machine", "存取款机 1", "自助区"))
    run("100301", "drills", SetEquipmentState(machine, "broken", "吞卡"))
    qtbot.waitUntil(lambda: "存取款机暂停使用，请到柜台办理。" in notices())
    language().choose("en")
    qtbot.waitUntil(lambda: "Cash machine out of order, please go to a counter." in notices())
    run("100301", "drills", SetEquipmentState(machine, "working"))
    qtbot.waitUntil(lambda: len(notices()) == 3)

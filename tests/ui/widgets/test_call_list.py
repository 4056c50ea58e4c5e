"""The list of calls: rows as high as their sentences need, keys, what is heard of them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ui.widgets.call_list import CallLine, CallList

SHORT = CallLine("09:11", "A011", "来得更早")
LONG = CallLine("09:12", "A012", "这张号票错过叫号，离开的 25 分钟不计入等候" * 3, "挂失，3 号柜台")


def shown(qtbot: QtBot, width: int) -> CallList:
    calls = CallList()
    qtbot.addWidget(calls)
    calls.resize(width, 300)
    calls.show_lines([SHORT, LONG])
    calls.show()
    return calls


def height(calls: CallList, row: int) -> int:
    return calls.visualRect(calls.rows.index(row)).height()


def test_a_row_is_as_high_as_its_sentences(qtbot: QtBot) -> None:
    calls = shown(qtbot, 700)
    assert height(calls, 0) == 21 + 18
    wide = height(calls, 1)
    assert wide >= 3 * 21 + 18
    calls.resize(360, 300)
    qtbot.waitUntil(lambda: height(calls, 1) > wide)
    assert height(calls, 0) == 21 + 18


def test_the_arrow_keys_go_through_the_calls(qtbot: QtBot) -> None:
    calls = shown(qtbot, 500)
    calls.setFocus()
    qtbot.keyClick(calls, Qt.Key.Key_Down)
    qtbot.keyClick(calls, Qt.Key.Key_Down)
    assert calls.currentIndex().row() == 1
    heard = calls.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)
    assert heard == LONG.spoken()
    assert heard.startswith("09:12，A012，这张号票错过叫号")
    assert heard.endswith("挂失，3 号柜台")


def test_other_calls_take_their_place_from_the_first(qtbot: QtBot) -> None:
    calls = shown(qtbot, 500)
    calls.show_lines([LONG] * 40)
    calls.scrollToBottom()
    calls.show_lines([SHORT])
    assert calls.sentences() == ["09:11，A011，来得更早"]
    assert calls.verticalScrollBar().value() == 0


def test_every_row_can_be_painted(qtbot: QtBot) -> None:
    calls = shown(qtbot, 500)
    calls.show_lines([SHORT, LONG, CallLine("09:13", "A013", "没有按次序", wrong=True)])
    image = calls.grab().toImage()
    reds = {image.pixelColor(x, y).name() for x in range(120, 180) for y in range(image.height())}
    assert "#c02f1d" in reds

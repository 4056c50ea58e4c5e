"""An ordinary complaint is registered in at most two minutes, by whatever way it came.

Counted, not timed: real keys on the real windows from the shortcut to the number on the screen, by
keyboard alone, with everything that TS-01 marks as needed: channel, name, telephone, what happened
(forty characters), what is asked for, the three classes. The keys are turned into seconds by the
keystroke-level model (Card, Moran, Newell 1980):

* K, 0.28 s a key: an average typist. Chinese is counted as an input method takes it, all letters
  of the pinyin and a key to pick each word, of a name each character; no word is guessed from its
  first letters, which would be less. A key held down with another is a key.
* M, 1.35 s for every chunk that is thought of: the channel, each field, each clause of a text,
  each class, the tick, the last press.
* P, 1.1 s a press with the mouse: none is needed.
* What the sheet shows of his words is read to who stands or calls there, at 4 characters a second,
  names of the fields and every digit too; whoever wrote is not there.

What somebody tells before it is written stays out of it, as with any form.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from branch.complaints.codes import CHANNELS
from branch.complaints.queries.desk import running_cases
from branch.kernel.clock import SetClock
from branch.lobby.commands.arrivals import Issue
from branch.lobby.commands.calling import CallNext
from branch.lobby.commands.counters import OpenCounter
from tests.complaints.desk import HEAD, LOBBY_MANAGER, OFFICER, TELLER, Desk
from ui.complaints.window import ComplaintsWindow
from ui.counter.window import CounterWindow
from ui.lobby.window import LobbyWindow
from ui.shell.station import Station
from ui.shell.theme import reduce_motion
from ui.widgets.intake import draft
from ui.widgets.intake.dialog import DONE, MATTER, READ_BACK, RegisterDialog

K_S, M_S, CHARS_A_SECOND, MOST_S = 0.28, 1.35, 4, 120
THERE = ("on_site", "phone")
KEY = Qt.Key

NAME = "陈chen小xiao梅mei"
FACTS = (
    "上周shangzhou在zai柜台guitai买mai的de理财licai昨天zuotian到期daoqi，",
    "收益shouyi比bi宣传页xuanchuanye写xie的de少shao了le一半yiban，",
    "柜员guiyuan当时dangshi没有meiyou说明shuoming还hai有you风险fengxian。",
)
CLAIMS = ("说明shuoming原因yuanyin，", "补偿buchang差额chae。")
SAID = {
    "facts": "上周在柜台买的理财昨天到期，收益比宣传页写的少了一半，柜员当时没有说明还有风险。",
    "claims": "说明原因，补偿差额。",
}
ASKED = "我这样记，您看对吗？"
# From the shortcut to the number: who is not there is not read to, nor is the tick set.
KEYS = {**dict.fromkeys(CHANNELS, 223), **dict.fromkeys(THERE, 224)}
THOUGHTS = {**dict.fromkeys(CHANNELS, 12), **dict.fromkeys(THERE, 13)}


@pytest.fixture(autouse=True)
def still() -> Iterator[None]:
    """Nothing moves, and nobody has left anything half done."""
    reduce_motion(True)
    yield
    reduce_motion(False)
    draft._KEPT.clear()


@pytest.fixture
def desk(other: object, clock: SetClock) -> Desk:
    """The branch, in which such a complaint is no rare one: its classes stand among the first."""
    desk = Desk(other, clock)  # type: ignore[arg-type]
    desk.register()
    return desk


class Typist:
    """Two hands on a keyboard, and what they and the head behind them do, counted."""

    def __init__(self, qtbot: QtBot, window: QWidget, clock: SetClock) -> None:
        self.qtbot, self.window, self.clock = qtbot, window, clock
        self.keys = self.thoughts = self.read = 0
        qtbot.addWidget(window)
        window.resize(1440, 900)
        window.show()
        qtbot.waitExposed(window)

    @property
    def form(self) -> RegisterDialog:
        found = [one for one in self.window.findChildren(RegisterDialog) if one.isVisible()]
        assert len(found) == 1
        return found[0]

    def until(self, true: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(true, timeout=5000)

    def at(self) -> QWidget:
        front = QApplication.activeModalWidget() or self.window
        # The offscreen platform has no window manager that would give the keys back.
        front.activateWindow()
        self.until(front.isActiveWindow)
        return front.focusWidget() or front

    def think(self) -> None:
        self.thoughts += 1

    def key(self, key: Qt.Key, times: int = 1) -> None:
        for _ in range(times):
            # More than a tremor after the last one.
            self.clock.advance(1)
            QTest.keyClick(self.at(), key)
            self.keys += 1

    def type(self, text: str) -> None:
        """Plain letters and digits."""
        QTest.keyClicks(self.at(), text)
        self.keys += len(text)

    def write(self, text: str) -> None:
        """Words, each followed by the letters that bring it."""
        for word, letters, stop in re.findall(r"([一-鿿]+)([a-z]+)|([，。])", text):
            event = QInputMethodEvent()
            event.setCommitString(word or stop)
            QApplication.sendEvent(self.at(), event)
            self.keys += len(letters) + 1

    def seconds(self) -> float:
        return self.keys * K_S + self.thoughts * M_S + self.read / CHARS_A_SECOND


def register(typist: Typist, channel: str, shortcut: Qt.Key, *, known: bool = False) -> None:
    """From the shortcut to the number; the channel is ``known`` of who has a ticket."""
    typist.key(shortcut)
    form = typist.form
    typist.until(lambda: "own_wealth" in form.matter.classes.biz_class.tiles.offered())
    if not known:
        typist.think()
        typist.key(KEY(KEY.Key_1 + CHANNELS.index(channel)))
        typist.key(KEY.Key_Return)
    typist.think()
    assert typist.at() is form.source.person.name.edit
    typist.write(NAME)
    typist.key(KEY.Key_Tab)
    typist.think()
    typist.type("13912342046")
    typist.key(KEY.Key_Return)
    assert form.page() == MATTER

    for clause in FACTS:
        typist.think()
        typist.write(clause)
    typist.key(KEY.Key_Tab, 2)
    for clause in CLAIMS:
        typist.think()
        typist.write(clause)
    classes = form.matter.classes
    for part, tabs in ((classes.reason, 7), (classes.biz_class, 2), (classes.biz_channel, 2)):
        typist.key(KEY.Key_Tab, tabs)
        assert part.isAncestorOf(typist.at())
        typist.think()
        typist.key(KEY.Key_1)
    typist.key(KEY.Key_Return)
    assert form.page() == READ_BACK

    if channel in THERE:
        back = form.read_back
        aloud = "".join(name + back.rows[name] for name in back.aloud)
        typist.read = len(re.sub(r"\s", "", aloud + ASKED))
        typist.think()
        typist.key(KEY.Key_Space)
    typist.think()
    typist.key(KEY.Key_Return)
    typist.until(lambda: form.page() == DONE)
    assert form.done_page.number.text().startswith("TS-HB001-")


def check(desk: Desk, typist: Typist, channel: str) -> None:
    """What was typed is what is registered, with nothing of it missing."""
    case = running_cases(desk.store, desk.staff(OFFICER))
    line = next(one for one in case if one.number == typist.form.done_page.number.text())
    found = desk.detail(line.id)
    assert found is not None
    values = found.values
    assert (line.channel, line.shown_name) == (channel, "陈*梅")
    assert found.shown["phone"] == "139****2046"
    assert {key: values[key] for key in SAID} == SAID
    assert len(values["facts"]) == 40
    classes = (values["biz_channel"], values["biz_class"], values["reason"])
    assert classes == ("counter", "own_wealth", "returns")
    assert bool(values["read_back"]) is (channel in THERE)


@pytest.mark.parametrize("channel", CHANNELS)
def test_at_the_desk(
    qtbot: QtBot,
    desk: Desk,
    clock: SetClock,
    station_for: Callable[[str, str], Station],
    channel: str,
) -> None:
    typist = Typist(qtbot, ComplaintsWindow(station_for("complaints", OFFICER)), clock)
    register(typist, channel, KEY.Key_N)
    check(desk, typist, channel)
    assert (typist.keys, typist.thoughts) == (KEYS[channel], THOUGHTS[channel])
    assert typist.read == (93 if channel in THERE else 0)
    assert typist.seconds() <= MOST_S
    # What README says.
    assert round(typist.seconds()) == (104 if channel in THERE else 79)


@pytest.mark.parametrize("channel", THERE)
def test_in_the_lobby(
    qtbot: QtBot,
    desk: Desk,
    clock: SetClock,
    station_for: Callable[[str, str], Station],
    channel: str,
) -> None:
    typist = Typist(qtbot, LobbyWindow(station_for("lobby", LOBBY_MANAGER)), clock)
    register(typist, channel, KEY.Key_F6)
    check(desk, typist, channel)
    assert (typist.keys, typist.thoughts) == (KEYS[channel], THOUGHTS[channel])
    assert typist.seconds() <= MOST_S


def test_at_the_counter_of_who_is_served(
    qtbot: QtBot, desk: Desk, clock: SetClock, station_for: Callable[[str, str], Station]
) -> None:
    """The ticket says that he stands there."""
    desk.run(OpenCounter(1), TELLER)
    desk.run(Issue("P02", frozenset(), frozenset()), HEAD)
    desk.run(CallNext(1), TELLER)
    window = CounterWindow(station_for("counter-1", TELLER))
    typist = Typist(qtbot, window, clock)
    typist.until(lambda: window.serving.number.text() != "")
    register(typist, "on_site", KEY.Key_F10, known=True)
    check(desk, typist, "on_site")
    assert (typist.keys, typist.thoughts) == (KEYS["on_site"] - 2, THOUGHTS["on_site"] - 1)
    assert typist.seconds() <= MOST_S

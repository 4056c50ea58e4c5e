"""The strip over other programs: number, time, who is next, and its keys."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel

from branch.lobby.commands.calling import Finish
from branch.lobby.commands.counters import OpenCounter
from branch.lobby.rules import State
from tests.ui.counter.conftest import CTRL, Beside, Key, Teller
from ui.counter.strip import CounterStrip
from ui.shell.language import language
from ui.widgets.dialog import ReasonDialog


@pytest.fixture
def teller(sit: Callable[..., Teller], beside: Beside) -> Teller:
    """At counter 1 with A001 called, shrunk to the strip."""
    beside.at(1, OpenCounter(1))
    beside.issue("P02", "elderly", care=("write_down",))
    beside.issue("P01")
    beside.issue("P01")
    teller = sit()
    teller.key(Key.Key_F2)
    teller.sees("A001")
    teller.key(Key.Key_Space, CTRL)
    teller.until(teller.window.strip.isVisible)
    return teller


def texts(strip: CounterStrip) -> list[str]:
    return [label.text() for label in strip.findChildren(QLabel) if label.isVisible()]


def test_it_takes_the_place_of_the_window(teller: Teller) -> None:
    strip = teller.window.strip
    assert not teller.window.isVisible()
    assert strip.height() == 96
    flags = strip.windowFlags()
    assert flags & Qt.WindowType.WindowStaysOnTopHint
    assert flags & Qt.WindowType.WindowDoesNotAcceptFocus


def test_it_shows_who_and_how_long(teller: Teller, beside: Beside) -> None:
    teller.later(65)
    shown = texts(teller.window.strip)
    for text in ("A001", "个人取款", "老年", "听力", "目标 05:00", "下一位", "A002"):
        assert text in shown
    called_at = beside.ticket(1).called_at
    assert called_at is not None
    used = (beside.clock.now_ms() - called_at) // 1000
    assert teller.window.strip.timer.text() == f"{used // 60:02}:{used % 60:02}"


def test_it_calls_the_next(teller: Teller, beside: Beside) -> None:
    strip = teller.window.strip
    assert strip.next.text() == "办结叫下一位"
    teller.later(1)
    teller.click(strip.next)
    teller.until(lambda: strip.number.text() == "A002")
    assert beside.ticket(1).state == State.FINISHED
    assert beside.ticket(2).state == State.CALLED
    assert "A003" in texts(strip)


def test_nobody_in_hand_is_shown_too(teller: Teller, beside: Beside) -> None:
    strip = teller.window.strip
    beside.at(1, Finish(1))
    teller.until(lambda: strip.number.text() == "")
    assert strip.next.text() == "叫下一位"
    assert strip.hold.text() == "恢复"
    assert "空闲" in texts(strip)
    assert not strip.times.isVisible()
    assert not strip.no_show.isEnabled()


def test_it_recalls_and_tells_of_a_no_show_too_soon(teller: Teller, beside: Beside) -> None:
    strip = teller.window.strip
    assert not strip.recall.isEnabled()
    teller.click(strip.no_show)
    teller.until(lambda: "才叫了 1 次，叫满 2 次才能记过号" in texts(strip))
    teller.later(5)
    teller.click(strip.recall)
    teller.until(lambda: teller.window.serving.calls.text() == "已叫 2 次")
    strip.no_show.repeat_guard = False
    teller.click(strip.no_show)
    teller.until(lambda: strip.number.text() == "")
    assert beside.ticket(1).state == State.MISSED


def test_it_takes_no_focus_and_every_key_has_a_name(teller: Teller) -> None:
    for button in teller.window.strip.findChildren(QAbstractButton):
        if button.isVisible():
            assert button.text() or button.accessibleName()
            assert min(button.width(), button.height()) >= 44


def test_a_question_brings_the_window_back(teller: Teller, beside: Beside) -> None:
    teller.click(teller.window.strip.hold)
    dialog = teller.panel(ReasonDialog)
    assert teller.window.isVisible()
    assert not teller.window.strip.isVisible()
    teller.click(dialog.tile("fill_form"))
    teller.click(dialog.confirm_button)
    teller.until(lambda: beside.ticket(1).state == State.HELD)


def test_it_opens_the_window_again(teller: Teller) -> None:
    teller.click(teller.window.strip.wide)
    assert teller.window.isVisible()
    assert not teller.window.strip.isVisible()
    assert teller.number() == "A001"


def test_closing_the_window_takes_the_strip_along(teller: Teller) -> None:
    teller.window.close()
    assert not teller.window.strip.isVisible()


@pytest.mark.parametrize("code", ["zh", "en"])
def test_it_is_never_wider_than_the_screen(teller: Teller, beside: Beside, code: str) -> None:
    strip = teller.window.strip
    beside.issue("P22", "assisted", care=("step_free",))
    teller.until(lambda: strip.next_number.text() == "A004")
    language().choose(code)
    word = {"zh": "过号", "en": "No-show"}[code]
    teller.until(lambda: strip.no_show.text() == word)
    teller.later(301)
    assert strip.minimumSizeHint().width() <= 1280
    for label in strip.findChildren(QLabel):
        if label.isVisible():
            assert label.width() + 1 >= label.sizeHint().width(), label.text()
            part = label.parentWidget() or strip
            right = label.mapTo(part, label.rect().bottomRight())
            assert part.rect().contains(right), label.text()
    teller.click(strip.no_show)
    teller.until(strip.said.isVisible)
    assert strip.minimumSizeHint().width() <= 1280
    assert strip.width() <= 1280
    assert strip.said.heightForWidth(strip.said.width()) <= strip.said.height() + 1

"""Emergency access on screens: asked with a reason, an alarm for those who review, then gone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from branch.bootstrap import Branch
from branch.kernel.clock import SetClock
from branch.people.commands import BreakGlass, ChangeStaff, ReviewBreakGlass
from branch.people.queries import account_id, break_glass_text, glass_until, open_break_glass
from branch.people.rules import GLASS_MS
from tests.conftest import OPENING
from tests.ui.admin.conftest import press
from ui.admin.window import AdminWindow
from ui.dashboard.window import DashboardWindow
from ui.lobby.window import LobbyWindow
from ui.shell.language import language
from ui.shell.station import Station
from ui.widgets.dialog import ConfirmDialog
from ui.widgets.glass_bar import GlassBar
from ui.widgets.glass_dialog import GlassDialog
from ui.widgets.glass_review import GlassReview

Run = Callable[[str, str, object], Any]
StationFor = Callable[[str, str], Station]
SUPERVISOR, MANAGER, AUDITOR, TELLER = "100201", "100101", "100402", "100482"
WORDS = "客户突然晕倒，要找家属"


@pytest.fixture
def window(qtbot: QtBot) -> Callable[[], QWidget]:
    """Empty windows for strips and dialogs; they live as long as the test."""
    kept: list[QWidget] = []

    def make() -> QWidget:
        kept.append(QWidget())
        kept[-1].resize(900, 700)
        qtbot.addWidget(kept[-1])
        kept[-1].show()
        return kept[-1]

    return make


@pytest.fixture
def bar(window: Callable[[], QWidget], station_for: StationFor) -> Callable[[str], GlassBar]:
    """The strip in a window of its own, for an account."""

    def make(account: str) -> GlassBar:
        found = GlassBar(station_for("admin", account), window())
        found.resize(900, 60)
        return found

    return make


@pytest.fixture
def ask(window: Callable[[], QWidget]) -> Callable[[Station], GlassDialog]:
    """The dialog over a window of its own, for a station."""

    def make(station: Station) -> GlassDialog:
        dialog = GlassDialog(window(), station)
        dialog.open()
        return dialog

    return make


def test_it_takes_a_reason_and_words(
    qtbot: QtBot,
    ask: Callable[[Station], GlassDialog],
    station_for: StationFor,
    other: Branch,
    clock: SetClock,
) -> None:
    station = station_for("counter-1", TELLER)
    dialog = ask(station)
    assert not dialog.break_button.isEnabled()
    press(dialog.tile("medical"))
    assert not dialog.break_button.isEnabled()
    dialog.words.setFocus()
    QTest.keyClicks(dialog.words, "   ")
    assert not dialog.break_button.isEnabled()
    dialog.words.setPlainText(WORDS)
    with qtbot.waitSignal(dialog.broken) as told:
        press(dialog.break_button)
    assert told.args == [OPENING + GLASS_MS]
    assert glass_until(other.store, station.person.staff, clock.now_ms()) == OPENING + GLASS_MS
    (one,) = open_break_glass(other.store)
    assert (one.reason, break_glass_text(other.store, one.id)) == ("medical", WORDS)


def test_a_refusal_is_said_and_nothing_typed_is_lost(
    qtbot: QtBot,
    ask: Callable[[Station], GlassDialog],
    station_for: StationFor,
    other: Branch,
) -> None:
    dialog = ask(station_for("counter-1", TELLER))
    press(dialog.tile("other"))
    dialog.words.setPlainText("长" * 501)
    press(dialog.break_button)
    told = "最多 500 个字，现在有 501 个"
    qtbot.waitUntil(lambda: dialog.error.sentence.text() == told)
    assert dialog.words.toPlainText() == "长" * 501
    assert dialog.tile("other").isChecked()
    assert dialog.break_button.isEnabled()
    assert dialog.focusWidget() is dialog.words
    # Not left by a slip of the hand.
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    (question,) = dialog.findChildren(ConfirmDialog)
    assert dialog.words.toPlainText() == "长" * 501
    press(question.confirm_button)
    qtbot.waitUntil(lambda: not dialog.isVisible())
    assert open_break_glass(other.store) == ()


@pytest.mark.parametrize("account", [SUPERVISOR, MANAGER, AUDITOR])
def test_the_alarm_stands_until_it_is_reviewed(
    qtbot: QtBot, bar: Callable[[str], GlassBar], run: Run, other: Branch, account: str
) -> None:
    strip = bar(account)
    run(TELLER, "counter-1", BreakGlass("medical", WORDS))
    qtbot.waitUntil(strip.isVisible)
    assert strip.sentence.text() == ("09:00 王敏，1 号柜台，紧急查看了完整信息：有人突发疾病或受伤")
    assert strip.accessibleName() == strip.sentence.text()
    press(strip.button)
    dialog = strip.window().findChild(GlassReview)
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.values[3].text() == WORDS)
    assert [value.text() for value in dialog.values] == [
        "王敏，1 号柜台",
        "2026-11-20 09:00 到 09:15",
        "有人突发疾病或受伤",
        WORDS,
        "没有查看完整信息",
    ]
    assert not dialog.review_button.isEnabled()
    dialog.finding.setPlainText("确有必要")
    press(dialog.review_button)
    qtbot.waitUntil(lambda: not strip.isVisible())
    assert open_break_glass(other.store) == ()


def test_several_are_reviewed_one_after_the_other(
    qtbot: QtBot, bar: Callable[[str], GlassBar], run: Run, other: Branch, clock: SetClock
) -> None:
    run(TELLER, "counter-1", BreakGlass("medical", WORDS))
    clock.advance(120)
    run("100301", "lobby", BreakGlass("fire", "疏散"))
    strip = bar(MANAGER)
    qtbot.waitUntil(strip.isVisible)
    assert strip.sentence.text().endswith("，共 2 次待复核")
    assert strip.sentence.text().startswith("09:02 李静，大堂，")
    press(strip.button)
    dialog = strip.window().findChild(GlassReview)
    assert dialog is not None
    assert dialog.left.text() == "后面还有 1 次"
    for name in ("王敏", "李静"):
        qtbot.waitUntil(lambda name=name: dialog.values[0].text().startswith(name))
        dialog.finding.setPlainText("已核对")
        press(dialog.review_button)
    qtbot.waitUntil(lambda: open_break_glass(other.store) == ())
    qtbot.waitUntil(lambda: not strip.isVisible())


def test_what_a_colleague_was_quicker_with_is_passed_over(
    qtbot: QtBot, bar: Callable[[str], GlassBar], run: Run, other: Branch
) -> None:
    run(TELLER, "counter-1", BreakGlass("medical", WORDS))
    strip = bar(MANAGER)
    qtbot.waitUntil(strip.isVisible)
    press(strip.button)
    dialog = strip.window().findChild(GlassReview)
    assert dialog is not None
    run(SUPERVISOR, "admin", ReviewBreakGlass(open_break_glass(other.store)[0].id, "已核对"))
    dialog.finding.setPlainText("我也看看")
    with qtbot.waitSignal(dialog.accepted):
        press(dialog.review_button)


def test_ones_own_is_not_shown_to_oneself(
    qtbot: QtBot, bar: Callable[[str], GlassBar], run: Run
) -> None:
    own, others = bar(SUPERVISOR), bar(MANAGER)
    run(SUPERVISOR, "admin", BreakGlass("police", WORDS))
    qtbot.waitUntil(others.isVisible)
    assert not own.isVisible()


@pytest.mark.parametrize("account", [TELLER, "100301", "100001"])
def test_nobody_else_is_told(
    qtbot: QtBot, bar: Callable[[str], GlassBar], run: Run, account: str
) -> None:
    strip, witness = bar(account), bar(MANAGER)
    run("100483", "counter-2", BreakGlass("medical", WORDS))
    qtbot.waitUntil(witness.isVisible)
    assert not strip.isVisible()


def test_it_speaks_the_language_of_the_moment_and_a_new_name(
    qtbot: QtBot, bar: Callable[[str], GlassBar], run: Run, other: Branch
) -> None:
    strip = bar(MANAGER)
    run(TELLER, "counter-1", BreakGlass("fire", WORDS))
    qtbot.waitUntil(strip.isVisible)
    language().choose("en")
    told = "09:00 王敏, Counter 1, took emergency access: Fire or evacuation"
    qtbot.waitUntil(lambda: strip.sentence.text() == told)
    teller = account_id(other.store, TELLER)
    assert teller is not None
    run("100001", "admin", ChangeStaff(teller, "王小敏", frozenset({"teller"}), True))
    qtbot.waitUntil(lambda: "王小敏" in strip.sentence.text())


@pytest.mark.parametrize("kind", [AdminWindow, DashboardWindow, LobbyWindow])
def test_the_windows_have_it_under_their_top_bar(
    qtbot: QtBot, station_for: StationFor, run: Run, kind: Callable[[Station], QWidget]
) -> None:
    window = kind(station_for("lobby", MANAGER))
    qtbot.addWidget(window)
    window.show()
    run(TELLER, "counter-1", BreakGlass("fire", WORDS))
    strip = window.findChild(GlassBar)
    assert strip is not None
    qtbot.waitUntil(strip.isVisible)
    top = window.top  # type: ignore[attr-defined]
    qtbot.waitUntil(
        lambda: strip.mapTo(window, strip.rect().topLeft()).y() >= top.geometry().bottom()
    )

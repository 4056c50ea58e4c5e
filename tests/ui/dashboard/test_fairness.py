"""The manager's page 公平: a day held against the rule, as it was or so far."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from branch.kernel.clock import SetClock
from branch.kernel.settings import Settings, keep_machine_choice
from branch.lobby.commands.arrivals import Issue
from branch.lobby.commands.calling import CallNext, CallTicket, Finish
from branch.lobby.commands.counters import OpenCounter
from branch.lobby.commands.day import CloseDay
from tests.fairness_samples import BROKEN
from ui.dashboard import fairness
from ui.dashboard.fairness import FairnessPage
from ui.shell.language import language
from ui.shell.station import Station
from ui.shell.theme import reduce_motion

Run = Callable[[str, str, object], Any]
NEVER = "从未超过：除手动叫号外，没有人被晚到 45 分钟以上的客户先叫到"


@pytest.fixture(autouse=True)
def still() -> Iterator[None]:
    reduce_motion(True)
    yield
    reduce_motion(False)


@pytest.fixture
def show(qtbot: QtBot, station_for: Callable[[str, str], Station]) -> Callable[[], FairnessPage]:
    def open_page() -> FairnessPage:
        page = FairnessPage(station_for("dashboard", "100201"))
        qtbot.addWidget(page)
        page.resize(1280, 760)
        page.show()
        qtbot.waitUntil(lambda: not page.asking.under_way, timeout=5000)
        return page

    return open_page


def a_day(run: Run, clock: SetClock, *, close: bool = True) -> None:
    """Two wait, an elderly customer is called before both, one is called by hand."""
    run("100482", "counter-1", OpenCounter(1))
    run("KIOSK", "kiosk-1", Issue("P01"))
    clock.advance(60)
    run("KIOSK", "kiosk-1", Issue("P01"))
    clock.advance(9 * 60)
    run("KIOSK", "kiosk-1", Issue("P01", frozenset({"elderly"})))
    hand = run("KIOSK", "kiosk-1", Issue("P01"))
    run("100482", "counter-1", CallNext(1))
    run("100482", "counter-1", Finish(1))
    run("100301", "lobby", CallTicket(hand.id, 1, "unwell"))
    run("100482", "counter-1", Finish(1))
    if close:
        run("100301", "lobby", CloseDay())


def figures(page: FairnessPage) -> list[str]:
    return [figure.accessibleName() for figure in page.figures]


def class_rows(page: FairnessPage) -> list[str]:
    return [label.text() for label in page._classes.findChildren(QLabel) if label.isVisible()]


def test_a_branch_without_a_day_says_what_will_be_here(
    show: Callable[[], FairnessPage], run: Run, clock: SetClock, qtbot: QtBot
) -> None:
    page = show()
    assert page.empty.isVisible()
    assert page.empty.title.text() == "还没有可看的营业日"
    a_day(run, clock, close=False)
    qtbot.waitUntil(
        lambda: page.verdict.isVisible() and page.figures[0].accessibleName() == "叫号 2 次"
    )


def test_a_day_with_its_figures_verdict_classes_and_hands(
    show: Callable[[], FairnessPage], run: Run, clock: SetClock, qtbot: QtBot
) -> None:
    a_day(run, clock)
    page = show()
    assert page.days.currentText() == "2026-11-20 11月20日 星期五"
    assert figures(page) == [
        "叫号 2 次",
        "先于早到者叫号 2 次",
        "被先叫到的号票 2 张",
        "最长晚到 10 分钟",
        "上限 45 分钟",
    ]
    assert page.verdict.text() == NEVER
    assert not page.wrong.isVisible()
    told = ["类别", "次数", "最长晚到", "老年", "2", "10 分钟"]
    qtbot.waitUntil(lambda: class_rows(page) == told)
    assert page.hand.sentences() == ["09:10，A004，李静，身体不适，1 号柜台，越过 2 人"]
    assert not page.hand_empty.isVisible()


def test_today_so_far_follows_what_happens_and_a_past_day_stays(
    show: Callable[[], FairnessPage], run: Run, clock: SetClock, qtbot: QtBot
) -> None:
    a_day(run, clock)
    clock.advance(24 * 3600)
    run("100482", "counter-1", OpenCounter(1))
    run("KIOSK", "kiosk-1", Issue("P01"))
    page = show()
    assert [page.days.itemText(at) for at in range(page.days.count())] == [
        "2026-11-21 11月21日 星期六，今天到现在",
        "2026-11-20 11月20日 星期五",
    ]
    assert figures(page)[0] == "叫号 0 次"
    assert page.hand_empty.text() == "这一天没有手动叫号"
    run("100482", "counter-1", CallNext(1))
    qtbot.waitUntil(lambda: figures(page)[0] == "叫号 1 次")
    page.days.setFocus()
    # An answer about today that is on its way does not take the choice back.
    page.asking.ask()
    QTest.keyClick(page.days, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: figures(page)[0] == "叫号 2 次")
    assert page.days.currentData() == "2026-11-20"
    run("100482", "counter-1", Finish(1))
    run("100301", "lobby", CloseDay())
    qtbot.waitUntil(lambda: page.days.itemText(0) == "2026-11-21 11月21日 星期六")
    assert page.days.currentData() == "2026-11-20"
    assert figures(page)[0] == "叫号 2 次"


def test_a_ticket_of_the_chosen_day_tells_its_story(
    show: Callable[[], FairnessPage], run: Run, clock: SetClock, qtbot: QtBot
) -> None:
    a_day(run, clock)
    page = show()
    qtbot.keyClicks(page.story.field.edit, "a001")
    qtbot.mouseClick(page.story.look_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.story.number.text() == "A001")
    assert page.story.facts.text() == "普通，09:00 取号，09:10 离开"
    assert [line.sentence for line in page.story.calls.rows.lines] == [
        "老年，按提前 30 分钟到达排序",
        "李静手动叫号，原因：身体不适",
    ]
    page.story.field.set_text("")
    qtbot.keyClicks(page.story.field.edit, "C001")
    qtbot.keyClick(page.story.field.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.story.field.error_text() == "没有这个号码，请再核对")


def test_what_was_exceeded_is_shown_as_such(
    show: Callable[[], FairnessPage], run: Run, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_day(run, clock)
    monkeypatch.setattr(fairness, "day_fairness", lambda _store, _day: BROKEN)
    page = show()
    assert (
        page.verdict.text()
        == "有 1 次超过上限，列在下面\n有 1 次没有按次序叫号，列在下面，请核对流水"
    )
    assert page.wrong.isVisible()
    assert page.wrong.sentences()[0] == (
        "09:40，A060，A060 晚到 46 分钟，先于 A012 叫到，上限 45 分钟"
    )


def test_the_day_is_printed(
    show: Callable[[], FairnessPage],
    run: Run,
    clock: SetClock,
    qtbot: QtBot,
    settings: Settings,
    tmp_path: Path,
) -> None:
    keep_machine_choice(settings, "printer", f"folder:{tmp_path / 'paper'}")
    a_day(run, clock)
    page = show()
    qtbot.mouseClick(page.papers.print_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.papers.outcome.whole_text() == "已送去打印")
    (file,) = (tmp_path / "paper").iterdir()
    assert file.name == "叫号公平 2026-11-20.pdf"
    assert "从未超过" in PdfReader(file).pages[0].extract_text()


def test_english_without_restart_and_every_control_has_a_name(
    show: Callable[[], FairnessPage], run: Run, clock: SetClock, qtbot: QtBot
) -> None:
    a_day(run, clock)
    page = show()
    language().choose("en")
    qtbot.waitUntil(lambda: page.class_title.text() == "By class")
    assert page.days.currentText() == "2026-11-20 Fri 20 Nov"
    assert page.verdict.text().startswith("Never exceeded: hand calls apart")
    assert figures(page)[3] == "Came later by at most 10 min"
    assert page.hand.sentences() == ["09:10，A004，李静, unwell，Counter 1, passed 2"]
    for control in (page.days, page.hand, page.story.field.edit):
        assert control.accessibleName()
    page.grab()
    for figure in page.figures:
        assert figure.cut_texts() == ()


def test_the_tab_key_reaches_everything(
    show: Callable[[], FairnessPage], run: Run, clock: SetClock, qtbot: QtBot
) -> None:
    a_day(run, clock)
    page = show()
    page.activateWindow()
    page.days.setFocus()
    wanted = [page.papers.print_button, page.papers.keep_button, page.hand, page.story.field.edit]
    seen = []
    for _ in range(12):
        QTest.keyClick(page.focusWidget(), Qt.Key.Key_Tab)
        seen.append(page.focusWidget())
    assert [control for control in wanted if control not in seen] == []

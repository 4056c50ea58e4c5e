"""Printing the paper of a badge: from the form, once more, and when it fails."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from branch.bootstrap import Branch
from branch.kernel.settings import Settings, keep_machine_choice
from tests.ui.visitors.form_desk import GUARD, Desk, Run
from ui.shell.station import Station
from ui.visitors.badge_printing import BadgePrinting
from ui.widgets.state import State


@pytest.fixture
def paper(settings: Settings, tmp_path: Path) -> Path:
    """The folder that is this machine's printer."""
    folder = tmp_path / "paper"
    keep_machine_choice(settings, "printer", f"folder:{folder}")
    return folder


@pytest.fixture
def desk(
    qtbot: QtBot, station_for: Callable[[str, str], Station], other: Branch, run: Run, paper: Path
) -> Desk:
    """The form at the guard's desk, with a visitor just signed in."""
    opened = Desk(qtbot, station_for("register", GUARD), other, run)
    opened.fill()
    opened.send()
    opened.until_noted()
    return opened


def test_one_press_prints_the_badge(desk: Desk, paper: Path) -> None:
    told: list[tuple[str, State]] = []
    desk.form.told.connect(lambda text, state: told.append((text, state)))
    desk.press(desk.form.outcome.print_button)
    desk.qtbot.waitUntil(lambda: bool(told), timeout=5000)
    assert told == [("访客牌 V-01 已打印", State.OK)]
    assert len(list(paper.glob("*.pdf"))) == 1


def test_a_badge_is_printed_once_more(desk: Desk, paper: Path) -> None:
    printing = BadgePrinting(desk.station, desk.form)
    line = desk.only()
    for _ in range(2):
        with desk.qtbot.waitSignal(printing.told, timeout=5000):
            printing.print_badge(line)
    assert len(list(paper.glob("*.pdf"))) == 2


def test_a_printer_that_is_gone_is_said(desk: Desk, settings: Settings) -> None:
    keep_machine_choice(settings, "printer", "nowhere")
    printing = BadgePrinting(desk.station, desk.form)
    with desk.qtbot.waitSignal(printing.told, timeout=5000) as caught:
        printing.print_badge(desk.only())
    text, state = caught.args
    assert text == "访客牌 V-01 没有打印，找不到打印机“nowhere”"
    assert state is State.ATTENTION

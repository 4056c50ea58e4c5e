"""Nothing is cut, nothing lacks a name: every page before a station, both languages, both sizes."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from branch.kernel.clock import SetClock
from branch.kernel.errors import StoreNewer
from branch.kernel.settings import Settings
from branch.lobby.commands.counters import OpenCounter
from branch.people.commands import SignInRefused
from tests.ui.signin.conftest import Page, show
from ui.shell.language import language
from ui.shell.station import Station, sentence
from ui.shell.worker import Worker
from ui.signin.first_start import FirstStartWizard
from ui.signin.lock import LockScreen
from ui.signin.trouble import TroubleWindow
from ui.signin.window import SignInWindow
from ui.widgets.label import ElidedLabel

Run = Callable[[str, str, object], object]
SIZES = ((1440, 900), (1280, 800))
LOCKED = SignInRefused("account_locked", 600, 0)
WAIT = SignInRefused("sign_in_wrong", 599, 1)


def cut(window: QWidget) -> list[str]:
    """What a person could not read whole, or could not name."""
    found = []
    window.grab()
    for widget in window.findChildren(QWidget):
        if not widget.isVisible():
            continue
        if isinstance(widget, QLabel) and widget.text():
            metrics, room = QFontMetricsF(widget.font()), widget.contentsRect()
            if isinstance(widget, ElidedLabel):
                if widget.text() != widget.whole_text():
                    found.append(f"elided: {widget.whole_text()}")
            elif widget.wordWrap():
                if widget.heightForWidth(widget.width()) > widget.height() + 1:
                    found.append(f"too low: {widget.text()} {widget.size()}")
            elif metrics.horizontalAdvance(widget.text()) > room.width() + 1:
                found.append(f"too narrow: {widget.text()}")
        if isinstance(widget, QPushButton) and widget.width() + 1 < widget.sizeHint().width():
            found.append(f"button: {widget.text()}")
        painted = getattr(widget, "cut_texts", None)
        if painted is not None and painted():
            found.append(f"cut: {painted()}")
        if isinstance(widget, QAbstractButton | QLineEdit):
            text = widget.text() if isinstance(widget, QPushButton) else ""
            if not (widget.accessibleName() or text):
                found.append(f"no name: {widget}")
            inside = widget.mapTo(window, widget.rect().bottomRight())
            outside = widget.width() > 2 and not window.rect().contains(inside)
            if outside and not _in_scroll(widget):
                found.append(f"outside: {widget.accessibleName() or text}")
    return found


def _in_scroll(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    while parent is not None:
        if parent.objectName() == "qt_scrollarea_viewport":
            return True
        parent = parent.parentWidget()
    return False


def everywhere(window: QWidget) -> Iterator[str]:
    """The window in both languages and both sizes."""
    for code in ("zh", "en"):
        for size in SIZES:
            language().choose(code)
            window.resize(*size)
            for _ in range(4):
                QApplication.processEvents()
            yield f"{code} {size}"


@pytest.mark.parametrize("state", ["plain", "wait", "locked", "role", "taken", "server"])
def test_sign_in(
    page: Page, run: Run, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, state: str
) -> None:
    if state == "taken":
        for counter in range(1, 9):
            run(str(100481 + counter), f"counter-{counter}", OpenCounter(counter))
    if state == "server":
        monkeypatch.setattr(Settings, "on_server", True)
        monkeypatch.setattr(Settings, "shown_database", "postgresql://10.20.30.40/tingtang")
    window: SignInWindow = page()
    if state in ("wait", "locked"):
        window.form.refuse(WAIT if state == "wait" else LOCKED)
    if state == "role":
        window._refused_place = "counter-8"
        window._say_place()
    for where in everywhere(window):
        assert cut(window) == [], where
        bar = window.grid.verticalScrollBar()
        assert bar.maximum() == 0, f"{where}: the places of eight counters need no scrolling"


def test_twenty_counters_scroll(page: Page, qtbot: QtBot) -> None:
    window = page()
    found = window.grid._places
    assert found is not None
    many = [found.counters[0].__class__(**{**vars(found.counters[0]), "number": n})
            for n in range(1, 21)]  # fmt: skip
    window.grid.set_places(type(found)(tuple(many), found.groups, found.staff_nos))
    for where in everywhere(window):
        assert cut(window) == [], where
        assert window.grid.verticalScrollBar().maximum() > 0
        assert window.card.geometry().bottom() < window.height() - 40


@pytest.fixture
def wizard(qtbot: QtBot, worker: Worker, settings: Settings) -> FirstStartWizard:
    window = FirstStartWizard(worker, settings)
    monkey = "/var/lib/tingtang/branch.db"
    window._where.set_text(monkey)
    qtbot.addWidget(window)
    show(qtbot, window)
    return window


@pytest.mark.parametrize("step", [0, 1, 2, 3])
def test_first_start(wizard: FirstStartWizard, step: int) -> None:
    wizard._settings = Settings(wizard._settings.home, wizard._settings.config, "sqlite:////v/b.db")
    wizard.retranslate()
    wizard._show_step(step)
    if step == 1:
        wizard.branch_page.zh.set_text("长" * 10_000)
        wizard.branch_page.opens.set_text("x")
        wizard.branch_page.closes.set_text("y")
        wizard.branch_page.check()
    if step == 2:
        wizard.administrator.check()
    for where in everywhere(wizard):
        assert cut(wizard) == [], where


def test_lock(
    qtbot: QtBot, worker: Worker, station_for: Callable[[str, str], Station], clock: SetClock
) -> None:
    below = QWidget()
    qtbot.addWidget(below)
    below.resize(1280, 800)
    show(qtbot, below)
    screen = LockScreen(below, station_for("counter-1", "100482"), worker)
    screen.show()
    for refusal in (WAIT, LOCKED):
        screen.line.refuse(refusal)
        for code in ("zh", "en"):
            language().choose(code)
            for _ in range(4):
                QApplication.processEvents()
            assert cut(screen) == [], f"{code} {refusal}"


@pytest.mark.parametrize("code", ["zh", "en"])
def test_trouble(qtbot: QtBot, code: str) -> None:
    language().choose(code)
    window = TroubleWindow(sentence(StoreNewer("store_newer", found=17, known=1)))
    qtbot.addWidget(window)
    show(qtbot, window)
    window.resize(640, 480)
    QApplication.processEvents()
    assert cut(window) == []

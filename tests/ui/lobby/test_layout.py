"""Nothing is cut, overlaps or is too small to press, at both sizes and in both languages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from branch.lobby.commands.arrivals import RecordPrint
from branch.lobby.commands.calling import Hold
from branch.lobby.commands.counters import PauseCounter
from branch.lobby.commands.day import DayClosed
from branch.lobby.commands.floor import AskHelp
from tests.ui.lobby.conftest import Lobby
from ui.lobby.window import LobbyWindow
from ui.shell.language import language
from ui.widgets.dialog import PanelDialog
from ui.widgets.label import ElidedLabel

Show = Callable[..., LobbyWindow]
SIZES = [(1440, 900), (1280, 800)]


def busy(lobby: Lobby) -> None:
    """A full lobby: every kind of alert, row and seat."""
    lobby.open(1, 2, 3, 4, 5, 6, 8)
    for _ in range(3):
        lobby.issue("cash")
    for counter in (1, 3):
        lobby.call(counter)
    lobby.do(2, PauseCounter(2, "equipment"))
    lobby.clock.advance(30 * 60)
    lobby.issue("cash", "assisted", care=("step_free", "interpreter", "companion"))
    failed = lobby.issue("cash", "elderly")
    lobby.kiosk(RecordPrint(failed.id, printed=False))
    lobby.kiosk(AskHelp("printer", failed.id))
    lobby.kiosk(AskHelp())
    for _ in range(3):
        lobby.issue("corporate")
    lobby.issue("wealth", "pregnant_or_infant")
    lobby.call(8)
    lobby.do(8, Hold(8, "fill_form"))
    lobby.issue("loan", "appointment")
    lobby.clock.advance(9 * 60)


def cut(window: QWidget) -> list[str]:
    """What is not shown whole: labels, buttons, and what painted widgets report."""
    found: list[str] = []
    for widget in window.findChildren(QWidget):
        if not widget.isVisible():
            continue
        if isinstance(widget, QLabel) and widget.text():
            if isinstance(widget, ElidedLabel):
                if widget.text() != widget.whole_text():
                    found.append(widget.whole_text())
            elif not widget.wordWrap():
                need = QFontMetricsF(widget.font()).horizontalAdvance(widget.text())
                if need > widget.contentsRect().width() + 1:
                    found.append(widget.text())
            elif widget.heightForWidth(widget.width()) > widget.height() + 1:
                found.append(widget.text())
        reported = getattr(widget, "cut_texts", None)
        if reported is not None:
            found.extend(reported())
    return found


def settle(window: QWidget) -> None:
    """Answers, the layout they ask for, and the painting after it."""
    for _ in range(3):
        QApplication.processEvents()
    window.grab()


def outside(window: QWidget) -> list[str]:
    """Buttons that reach beyond what holds them."""
    found = []
    for button in window.findChildren(QAbstractButton):
        holder = button.parentWidget()
        if button.isVisible() and holder is not None:
            inside = holder.rect().adjusted(-1, -1, 1, 1)
            if not inside.contains(button.geometry()):
                found.append(button.accessibleName() or button.text())
    return found


@pytest.mark.parametrize("speech", ["zh", "en"])
@pytest.mark.parametrize("size", SIZES)
def test_a_full_lobby_is_shown_whole(
    lobby: Lobby, show_console: Show, size: tuple[int, int], speech: str
) -> None:
    busy(lobby)
    window = show_console(size=size)
    language().choose(speech)
    window.greeter.set_flag("booked", True)
    window.greeter.set_flag("mobility", True)
    for group in window.form.group_codes():
        window.greeter.choose_group(group)
        name = window.acts.picture.group(group).short.text(speech)
        lobby.until(lambda name=name: window.form.well.title.whole_text().startswith(name))
        for service in window.acts.picture.services_in(group):
            window.greeter._choose(window.greeter.chosen.with_service(group, service.code))
            settle(window)
            assert cut(window) == []
    assert outside(window) == []
    assert (window.width(), window.height()) == size
    for button in window.form.findChildren(QAbstractButton):
        assert button.height() >= 44, button.text() or button.accessibleName()


@pytest.mark.parametrize("size", SIZES)
def test_the_offline_strip_leaves_room_for_fingers(
    lobby: Lobby, show_console: Show, size: tuple[int, int]
) -> None:
    busy(lobby)
    window = show_console(size=size)
    window.greeter.choose_group("cash")
    window._station.offline.emit("暂时连不上数据库，已填内容保留", 2)
    settle(window)
    assert window.banner.isVisible()
    assert outside(window) == []
    assert cut(window) == []
    for button in window.form.findChildren(QAbstractButton):
        assert button.height() >= 44, button.text() or button.accessibleName()
    # Headings stand clear of the tiles above and below them.
    tiles = [window.form.flag("booked"), window.form.group("cash"), window.form.group("fx_other")]
    second, third = (label.geometry() for label in window.form._questions[1:])
    assert tiles[0].geometry().bottom() < second.top()
    assert second.bottom() < tiles[1].geometry().top()
    assert tiles[2].geometry().bottom() < third.top()
    # At least two tickets of each queue stay in sight.
    assert window.floor.board.column("A").list.viewport().height() >= 88


@pytest.mark.parametrize("speech", ["zh", "en"])
def test_every_dialog_is_shown_whole_on_the_small_screen(
    lobby: Lobby, show_console: Show, speech: str
) -> None:
    busy(lobby)
    language().choose(speech)
    window = show_console(size=(1280, 800))
    acts, shown = window.acts, window.acts.picture
    window.greeter.set_flag("booked", True)
    window.greeter.choose_group("cards")
    held, waiting = shown.console.held[0], shown.console.waiting[0]
    for show in (
        lambda: acts.open_ticket(waiting.id),
        lambda: acts.open_ticket(held.id),
        lambda: acts.call_by_hand(waiting, "other"),
        lambda: acts.open_counter(2),
        lambda: acts.open_counter(7),
        acts.make_booking,
        acts.close_day,
        acts.show_promises,
        lambda: acts._has_closed(DayClosed("2026-11-20", 2, 1, 40)),
        window.greeter._ask_service,
        window.greeter._ask_slot,
    ):
        show()
        settle(window)
        dialog = next(d for d in window.findChildren(PanelDialog) if d.isVisible())
        dialog.grab()
        assert cut(dialog) == [], dialog.windowTitle()
        assert outside(dialog) == [], dialog.windowTitle()
        assert dialog.panel.height() <= 800, dialog.windowTitle()
        dialog.reject()
        lobby.until(lambda: not any(d.isVisible() for d in window.findChildren(PanelDialog)))

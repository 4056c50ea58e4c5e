"""Every state of the counter in both languages: no text is cut, nothing is off the window."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from branch.lobby.commands.calling import Finish, Hold
from branch.lobby.commands.counters import OpenCounter, PauseCounter
from tests.ui.counter.conftest import CTRL, Beside, Key, Teller
from ui.counter.panels import HeldPanel, TransferPanel
from ui.counter.rating import RatingWindow
from ui.counter.strip import CounterStrip
from ui.shell.language import language
from ui.widgets.dialog import PanelDialog, ReasonDialog
from ui.widgets.label import ElidedLabel

Sit = Callable[..., Teller]

# The size of picture f, and the least a teller may make of it.
SIZES = [(1280, 800), (1, 1)]


@pytest.fixture(params=["zh", "en"])
def code(request: pytest.FixtureRequest) -> str:
    """Both languages."""
    chosen: str = request.param
    language().choose(chosen)
    return chosen


@pytest.fixture
def teller(code: str, sit: Sit, beside: Beside) -> Teller:
    """At counter 1 with the longest texts there are: cares, documents, a line of many kinds."""
    beside.at(1, OpenCounter(1))
    beside.issue("P02", "elderly", care=("write_down",))
    beside.clock.advance(25 * 60)
    beside.issue("P18")
    beside.issue("P22", "assisted", care=("step_free",))
    beside.issue("P08")
    beside.issue("P01", "elderly")
    beside.issue("P02")
    beside.clock.advance(9 * 60)
    return sit()


def visible(window: QWidget, kind: type[QWidget]) -> list[QWidget]:
    return [part for part in window.findChildren(kind) if part.isVisible()]


def cut(window: QWidget) -> list[str]:
    """What a person could not read whole, each with its reason."""
    found = []
    for part in visible(window, QWidget):
        painted = getattr(part, "cut_texts", None)
        if painted is not None:
            found += [f"painted over: {text}" for text in painted()]
    for label in visible(window, QLabel):
        assert isinstance(label, QLabel)
        if not label.text() or isinstance(label, ElidedLabel) or hasattr(label, "_lines"):
            continue
        room = label.contentsRect()
        if label.wordWrap():
            if label.heightForWidth(room.width()) > room.height() + 1:
                found.append(f"too low: {label.text()}")
        elif QFontMetrics(label.font()).horizontalAdvance(label.text()) > room.width() + 1:
            found.append(f"too narrow: {label.text()}")
        # A line height below the font's own cuts no letter as long as the letters themselves fit.
        if QFontMetrics(label.font()).tightBoundingRect(label.text()).height() > label.height():
            found.append(f"too low: {label.text()}")
    for button in visible(window, QPushButton):
        if button.width() + 1 < button.sizeHint().width():
            found.append(f"button too narrow: {button.accessibleName() or button.text()}")
    return found


def outside(window: QWidget) -> list[str]:
    """Labels and buttons that reach over an edge of their window."""
    room = window.rect().adjusted(-1, -1, 1, 1)
    parts = [*visible(window, QLabel), *visible(window, QPushButton)]
    return [
        f"{type(part).__name__} {part.accessibleName()}"
        for part in parts
        if not room.contains(part.rect().translated(part.mapTo(window, QPoint(0, 0))))
    ]


def elided(window: QWidget) -> list[str]:
    labels = [part for part in visible(window, ElidedLabel) if isinstance(part, ElidedLabel)]
    return [label.whole_text() for label in labels if label.text() != label.whole_text()]


def painted(teller: Teller, window: QWidget) -> None:
    """Wait until everything has been laid out and painted once."""
    teller.qtbot.waitExposed(window)
    teller.qtbot.wait(50)
    window.grab()


def check(teller: Teller, window: QWidget | None = None) -> None:
    shown = window or teller.window
    painted(teller, shown)
    assert cut(shown) == []
    assert outside(shown) == []


@pytest.mark.parametrize("size", SIZES)
def test_a_whole_service_is_read_whole(teller: Teller, size: tuple[int, int]) -> None:
    teller.window.resize(*size)
    check(teller)
    teller.key(Key.Key_F2)
    teller.sees("A001")
    for _step in range(5):
        check(teller)
        teller.key(Key.Key_Space)
    teller.later(12 * 60)
    check(teller)


def test_nothing_of_the_header_is_elided_at_the_size_of_the_picture(teller: Teller) -> None:
    painted(teller, teller.window)
    assert elided(teller.window.top) == []
    # The chip says more while somebody is served.
    teller.key(Key.Key_F2)
    teller.sees("A001")
    painted(teller, teller.window)
    assert elided(teller.window.top) == []


def test_the_number_stands_clear_of_the_care_row(teller: Teller) -> None:
    teller.key(Key.Key_F2)
    teller.sees("A001")
    teller.later(6 * 60)
    painted(teller, teller.window)
    serving = teller.window.serving

    def foot(part: QWidget) -> int:
        return part.mapTo(serving, QPoint(0, part.height())).y()

    def top(part: QWidget) -> int:
        return part.mapTo(serving, QPoint(0, 0)).y()

    chips = top(serving.advice)
    assert max(foot(serving.number), foot(serving.late), foot(serving.bar)) < chips
    assert foot(serving.timer) <= top(serving.bar)


@pytest.mark.parametrize("state", ["closed", "free", "paused", "held", "colleague"])
def test_every_idle_state(code: str, sit: Sit, beside: Beside, state: str) -> None:
    if state != "closed":
        beside.at(1, OpenCounter(1))
    if state == "paused":
        beside.at(1, PauseCounter(1, "equipment"))
    teller = sit(staff_no="100483") if state == "colleague" else sit()
    check(teller)
    assert teller.window.serving.empty.title.text()


def test_the_panels(teller: Teller, beside: Beside) -> None:
    teller.key(Key.Key_F2)
    teller.sees("A001")
    kinds: list[tuple[Key, type[PanelDialog]]] = [
        (Key.Key_F6, TransferPanel), (Key.Key_F7, ReasonDialog), (Key.Key_F8, ReasonDialog),
    ]  # fmt: skip
    for key, kind in kinds:
        teller.key(key)
        panel = teller.panel(kind)
        check(teller, panel)
        panel.reject()
        teller.until(lambda panel=panel: not teller.window.findChildren(type(panel)))
    beside.at(1, Hold(1, "fetch_document"))
    teller.reads(teller.window.serving.empty.title.text())
    teller.until(lambda: teller.number() == "")
    teller.key(Key.Key_F7)
    check(teller, teller.panel(HeldPanel))


@pytest.mark.parametrize("tries", [2, 200])
def test_a_lost_store(teller: Teller, tries: int) -> None:
    teller.key(Key.Key_F2)
    teller.sees("A001")
    teller.window.resize(*SIZES[1])
    teller.window._station.offline.emit(
        {
            "zh": "暂时连不上数据库，已填内容保留",
            "en": "The database cannot be reached for now; what you typed is kept",
        }[language().code],
        tries,
    )
    check(teller)


def test_the_strip(teller: Teller, beside: Beside) -> None:
    teller.key(Key.Key_F2)
    teller.sees("A001")
    teller.key(Key.Key_Space, CTRL)
    strip: CounterStrip = teller.window.strip
    teller.until(strip.isVisible)
    teller.later(1)
    check(teller, strip)
    teller.click(strip.no_show)
    teller.until(strip.said.isVisible)
    check(teller, strip)
    assert not strip.following.isVisible()
    strip.say("")
    check(teller, strip)
    beside.at(1, Finish(1))
    teller.until(lambda: strip.number.text() == "")
    check(teller, strip)


def test_the_next_in_line_gives_way_before_the_strip_grows(teller: Teller) -> None:
    teller.key(Key.Key_F2)
    teller.sees("A001")
    teller.key(Key.Key_Space, CTRL)
    strip = teller.window.strip
    teller.later(1)
    painted(teller, strip)
    assert strip.width() == 1280
    assert strip.next_number.text() == teller.window.line._line[0].number
    # Two chips in hand and one in line are too much in English only.
    fits = language().code == "zh"
    assert strip.next_care.isVisible() == fits
    strip.say("…")
    strip.say("")
    painted(teller, strip)
    assert strip.next_care.isVisible() == fits
    assert strip.next.width() == 124


def test_a_long_service_name_takes_two_lines(teller: Teller) -> None:
    painted(teller, teller.window)
    names = [label for label in visible(teller.window.line, QLabel) if hasattr(label, "_lines")]
    assert names
    heights = {label: len(label._lines()) for label in names}  # type: ignore[attr-defined]
    assert set(heights.values()) == {1, 2}
    for label, lines in heights.items():
        assert label.height() >= 18 * lines
        assert label.toolTip() == label.accessibleName() != ""


@pytest.mark.parametrize("page", [0, 1, 2])
def test_the_rating_screen(
    teller: Teller, customer: RatingWindow, beside: Beside, page: int
) -> None:
    if page:
        teller.key(Key.Key_F2)
        teller.sees("A001")
        beside.at(1, Finish(1))
        teller.until(lambda: customer.pages.currentIndex() == 1)
    if page == 2:
        teller.click(customer.tiles[5])
        teller.until(lambda: customer.pages.currentIndex() == 2)
    check(teller, customer)
    for button in customer.findChildren(QPushButton):
        if button.isVisible():
            assert min(button.width(), button.height()) >= 80, button.text()

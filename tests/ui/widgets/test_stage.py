"""A fixed design on any screen: proportions, sizes, focus and names stay."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from tests.ui.widgets.conftest import Show, spoken
from ui.widgets.button import KIOSK_TOOL, PlainButton
from ui.widgets.label import K_TITLE, Label
from ui.widgets.painting import on_stage, scale_of
from ui.widgets.stage import Grid, HBox, ScaledStage, Spacer, VBox
from ui.widgets.tile import Tile, TileContent
from ui.widgets.tile_style import KIOSK_CARD


class Kiosk(QWidget):
    """A title, two cards, a tool at the foot."""

    def __init__(self) -> None:
        super().__init__()
        self.stage = ScaledStage(1080, 1920)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.stage)
        column = VBox(margins=(56, 0, 56, 48), parent=self.stage.content)
        column.addWidget(Spacer(0, 124))
        self.title = Label("您好，欢迎光临", K_TITLE)
        column.addWidget(self.title)
        column.add_gap(40)
        grid = Grid(columns=2, spacing=20)
        column.addLayout(grid)
        self.tiles = [Tile(KIOSK_CARD, TileContent(text)) for text in ("现金存取", "贷款")]
        for number, tile in enumerate(self.tiles):
            grid.addWidget(tile, 0, number)
        column.addStretch(1)
        row = HBox(spacing=16)
        self.tool = PlainButton("大字版", size=KIOSK_TOOL)
        row.addWidget(self.tool, 1)
        column.addLayout(row)


@pytest.mark.parametrize("factor", [0.4, 0.5, 1.0, 1.5])
def test_everything_keeps_its_share(factor: float, show: Show) -> None:
    kiosk = Kiosk()
    kiosk.resize(round(1080 * factor), round(1920 * factor))
    show(kiosk)
    assert scale_of(kiosk.tool) == pytest.approx(factor, abs=0.002)
    first, second = kiosk.tiles
    assert first.height() == pytest.approx(212 * factor, abs=1)
    assert first.width() == pytest.approx(474 * factor, abs=1.5)
    assert second.x() - first.geometry().right() - 1 == pytest.approx(20 * factor, abs=1)
    assert first.x() == pytest.approx(56 * factor, abs=1)
    assert kiosk.title.font().pixelSize() == pytest.approx(60 * factor, abs=0.6)
    foot = kiosk.stage.content.height() - kiosk.tool.geometry().bottom() - 1
    assert foot == pytest.approx(48 * factor, abs=1.5)


def test_a_change_of_size_reaches_what_is_shown(show: Show, qapp: QApplication) -> None:
    kiosk = Kiosk()
    kiosk.resize(1080, 1920)
    show(kiosk)
    kiosk.resize(540, 960)
    qapp.processEvents()
    assert kiosk.tiles[0].height() == 106
    assert kiosk.tool.height() == 48
    assert kiosk.title.font().pixelSize() == 30


def test_other_proportions_leave_bars_at_the_sides(show: Show) -> None:
    kiosk = Kiosk()
    kiosk.resize(1440, 960)
    show(kiosk)
    content = kiosk.stage.content
    assert content.size() == QSize(540, 960)
    assert content.x() == 450


def test_a_page_added_later_takes_the_factor(show: Show, qapp: QApplication) -> None:
    kiosk = Kiosk()
    kiosk.resize(540, 960)
    show(kiosk)
    late = PlainButton("返回", size=KIOSK_TOOL)
    layout = kiosk.stage.content.layout()
    assert layout is not None
    layout.addWidget(late)
    qapp.processEvents()
    assert late.height() == 48


def test_focus_and_names_are_those_of_real_widgets(show: Show) -> None:
    kiosk = Kiosk()
    kiosk.resize(540, 960)
    show(kiosk)
    first, second = kiosk.tiles
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Tab)
    assert second.hasFocus()
    assert spoken(second) == ("贷款", QAccessible.Role.Button)
    assert second.window() is kiosk
    assert on_stage(second)
    assert not on_stage(kiosk)


def test_layouts_work_without_a_stage(show: Show) -> None:
    window = QWidget()
    column = VBox(spacing=10, margins=(20, 18, 20, 14), parent=window)
    first, second = PlainButton("一"), PlainButton("二")
    column.addWidget(first)
    column.add_gap(6)
    column.addWidget(second)
    show(window)
    assert first.y() == 18
    # Spacing stands on both sides of a gap, as with Qt's own spacers.
    assert second.y() - first.geometry().bottom() - 1 in (16, 26)

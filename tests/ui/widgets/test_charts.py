"""Charts and tables of figures: their axes, their words, what stands where."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.ui.widgets.conftest import Show, picture, spoken
from ui.shell.theme import LIGHT
from ui.widgets.chart import steps
from ui.widgets.figure_table import FigureTable
from ui.widgets.key_figure import FigureText, KeyFigure
from ui.widgets.state import State
from ui.widgets.trend_line import Point, Trend, TrendLine


@pytest.mark.parametrize(
    ("highest", "most", "marks"),
    [
        (0, 3, [0, 1]),
        (3, 3, [0, 1, 2, 3]),
        (41, 3, [0, 20, 40, 60]),
        (40, 5, [0, 10, 20, 30, 40]),
        (134, 5, [0, 50, 100, 150]),
        (0.4, 3, [0, 1]),
    ],
)
def test_the_marks_of_an_axis(highest: float, most: int, marks: list[int]) -> None:
    assert steps(highest, most) == marks


@given(st.floats(0, 10_000), st.integers(2, 6))
def test_an_axis_reaches_its_highest_value_in_few_even_steps(highest: float, most: int) -> None:
    marks = steps(highest, most)
    assert marks[0] == 0
    assert marks[-1] >= highest
    assert len(marks) - 1 <= most
    assert {later - earlier for earlier, later in pairwise(marks)} == {marks[1]}


def trend(*values: float | None, target: float | None = 80) -> Trend:
    points = tuple(Point(f"11-{at + 1:02d}", value) for at, value in enumerate(values))
    return Trend(points, target, "目标 80%")


def painted(widget: QWidget, colour: str) -> set[tuple[int, int]]:
    """Every second px of this colour."""
    image = picture(widget)
    wanted = QColor(colour).rgb()
    return {
        (x, y)
        for x in range(0, image.width(), 2)
        for y in range(0, image.height(), 2)
        if image.pixel(x, y) == wanted
    }


def line_of(show: Show, *values: float | None, target: float | None = 80) -> TrendLine:
    chart = TrendLine()
    chart.resize(380, 200)
    chart.show_trend(trend(*values, target=target), "每天", ["11-01 82.0%"])
    show(chart)
    return chart


def test_a_trend_is_told_in_words_too(show: Show) -> None:
    chart = line_of(show, 82, 85)
    assert spoken(chart)[0] == "每天"
    assert chart.accessibleDescription() == "11-01 82.0%"
    assert chart.focusPolicy() == Qt.FocusPolicy.TabFocus


def test_the_line_rises_with_its_values(show: Show) -> None:
    rising = painted(line_of(show, 70, 95), LIGHT.accent)
    left = [y for x, y in rising if x < 120]
    right = [y for x, y in rising if x > 280]
    assert left
    assert right
    assert min(left) > min(right)


@pytest.mark.parametrize(
    "values", [(72.1,), (99.9, 100.0), (0.0, 0.0), (82, None, 60.5), (79.9, 80.1, 80.0)]
)
def test_no_word_of_a_trend_is_cut(show: Show, values: tuple[float | None, ...]) -> None:
    chart = line_of(show, *values)
    chart.grab()
    assert chart.cut_texts() == ()


def test_a_trend_of_nothing_draws_nothing(show: Show) -> None:
    chart = line_of(show, None, None)
    assert painted(chart, LIGHT.accent) == set()
    assert painted(chart, LIGHT.line) == set()


def test_a_figure_says_what_it_is_held_against(show: Show) -> None:
    figure = KeyFigure()
    figure.show_text(FigureText("未办离开", "2.3", "%", "5 人"))
    show(figure)
    assert figure.accessibleName() == "未办离开 2.3 %，5 人"
    assert painted(figure, LIGHT.warn) == set()
    figure.show_text(FigureText("九成", "22", "分钟", "目标 20 分钟", State.ATTENTION))
    assert painted(figure, LIGHT.warn)
    figure.resize(figure.sizeHint())
    figure.grab()
    assert figure.cut_texts() == ()


def test_a_table_keeps_its_place_and_is_walked_by_keys(show: Show, qtbot: QtBot) -> None:
    holder = QWidget()
    table, after = FigureTable(holder), FigureTable(holder)
    table.resize(400, 200)
    rows = [["现金", "12", "83.3%"], ["账户", "9", "张数太少"]]
    table.show_rows(["业务", "承诺", "区间内"], rows)
    show(holder)
    assert table.texts() == rows
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Down)
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert table.currentRow() == 1
    table.show_rows(["Service", "Promised", "Within"], [["Cash", "13", "84%"], rows[1]])
    assert table.currentRow() == 1
    QTest.keyClick(table, Qt.Key.Key_Tab)
    assert holder.focusWidget() is after

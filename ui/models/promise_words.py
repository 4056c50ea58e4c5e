"""Owns how a share of promises is said and held against its target; must not work it out."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from branch.lobby.queries.promises import FEW, RANGE_TARGET, Scoreboard
from ui.widgets.key_figure import FigureText
from ui.widgets.state import State
from ui.widgets.trend_line import Point, Trend

translate = QCoreApplication.translate

NOTHING = "–"


def percent(share: float | None) -> str:
    """A share from 0 to 1 with one decimal, without its sign; – where nothing can be said."""
    return NOTHING if share is None else f"{share * 100:.1f}"


def share_figure(caption: str, share: float | None, target: float) -> FigureText:
    """A share against its target; one that is missed says so by shape and colour."""
    if share is None:
        note = translate("Scoreboard", "少于 {few} 张，不计比例").format(few=FEW)
        return FigureText(caption, NOTHING, "", note)
    note = translate("Scoreboard", "目标 {target}%").format(target=round(target * 100))
    state = None if share >= target else State.ATTENTION
    return FigureText(caption, percent(share), "%", note, state)


def daily_trend(board: Scoreboard, most: int) -> tuple[Trend, list[str]]:
    """The line of the last ``most`` days with promises, and the same in words."""
    days = list(board.by_day.items())[-most:]
    target = translate("Scoreboard", "目标 {target}%").format(target=round(RANGE_TARGET * 100))
    points = tuple(
        Point(day[5:], None if score.share is None else score.share * 100) for day, score in days
    )
    words = [f"{day} {percent(score.share)}%" for day, score in days if score.share is not None]
    return Trend(points, RANGE_TARGET * 100, target), words

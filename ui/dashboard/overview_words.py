"""Owns what the first page says of a stretch of days: figures, rows, hours; must not count."""

from __future__ import annotations

from datetime import date
from math import ceil, floor

from PySide6.QtCore import QCoreApplication

from branch.lobby.queries.overview import Overview, Totals, WaitLine, share
from branch.lobby.queries.promises import RANGE_TARGET, Score
from ui.dashboard.dumbbells import Dumbbell
from ui.dashboard.flow_bars import FlowHour
from ui.models.promise_words import NOTHING, percent, share_figure
from ui.shell.language import language
from ui.widgets.key_figure import FigureText
from ui.widgets.state import State

translate = QCoreApplication.translate


def rounded(seconds: float) -> int:
    """Whole minutes, halves up."""
    return floor(seconds / 60 + 0.5)


def at_most(seconds: float) -> int:
    """Whole minutes that nine in ten did not exceed: always rounded up."""
    return ceil(seconds / 60)


def figures(shown: Overview, promised: Score, period: str) -> list[FigureText]:
    """The row of figures of picture l, as far as the branch keeps them."""
    totals, before = shown.totals, shown.before
    minute = translate("Overview", "分钟")
    return [
        FigureText(
            _served_caption(period),
            str(totals.served),
            translate("Overview", "笔"),
            _compared(
                period, shown.before.days, shown.stretch.last, translate("Overview", "{n} 笔"),
                before.served,
            ),
        ),
        FigureText(
            translate("Overview", "等候中位数"),
            str(rounded(totals.waits.median)) if totals.waits.count else NOTHING,
            minute if totals.waits.count else "",
            _compared(
                period, before.waits.count, shown.stretch.last,
                translate("Overview", "{n} 分钟"), rounded(before.waits.median),
            ),
        ),
        _ninth(totals, shown.queues[0].target if shown.queues else 0),
        FigureText(
            translate("Overview", "未办离开"),
            percent(share(totals.left, totals.issued)),
            "%" if totals.issued else "",
            translate("Overview", "{n} 人").format(n=totals.left),
        ),
        FigureText(
            translate("Overview", "客户满意"),
            percent(share(totals.satisfied, totals.rated)),
            "%" if totals.rated else "",
            translate("Overview", "{n} 人评价").format(n=totals.rated),
        ),
        share_figure(translate("Overview", "承诺守住"), promised.share, RANGE_TARGET),
    ]  # fmt: skip


def _ninth(totals: Totals, target: int) -> FigureText:
    caption = translate("Overview", "九成客户等候不超过")
    note = translate("Overview", "目标 {n} 分钟").format(n=target)
    if not totals.waits.count:
        return FigureText(caption, NOTHING, "", note)
    minutes = at_most(totals.waits.p90)
    state = State.ATTENTION if minutes > target else None
    return FigureText(caption, str(minutes), translate("Overview", "分钟"), note, state)


def _served_caption(period: str) -> str:
    if period == "today":
        return translate("Overview", "今日办理")
    return translate("Overview", "办理")


def _compared(period: str, known: int, last: str, pattern: str, value: int) -> str:
    """What the number was a week, month or quarter ago."""
    if not known:
        return translate("Overview", "没有可比的营业日")
    amount = pattern.format(n=value)
    if period == "today":
        weekday = _weekday(date.fromisoformat(last))
        text = translate("Overview", "上{weekday} {amount}")
        return text.format(weekday=weekday, amount=amount)
    text = {
        "week": translate("Overview", "上周同期 {amount}"),
        "month": translate("Overview", "上月同期 {amount}"),
        "quarter": translate("Overview", "上季同期 {amount}"),
    }[period]
    return text.format(amount=amount)


def _weekday(day: date) -> str:
    return (
        translate("Overview", "周一"),
        translate("Overview", "周二"),
        translate("Overview", "周三"),
        translate("Overview", "周四"),
        translate("Overview", "周五"),
        translate("Overview", "周六"),
        translate("Overview", "周日"),
    )[day.weekday()]


def wait_rows(shown: Overview) -> list[Dumbbell]:
    """A row a queue, and one for the customers with a shorter target."""
    return [_row(line) for line in (*shown.queues, shown.priority)]


def _row(line: WaitLine) -> Dumbbell:
    name = line.name.text(language().code) if line.name else translate("Overview", "优先客户")
    waits = line.waits
    if not waits.count:
        return Dumbbell(name, translate("Overview", "还没有叫到人"), line.target)
    median, ninth = rounded(waits.median), at_most(waits.p90)
    words = f"{median} / {ninth}"
    if ninth > line.target:
        text = translate("Overview", "{waits} 超 {n} 分")
        words = text.format(waits=words, n=ninth - line.target)
    return Dumbbell(name, words, line.target, median, ninth)


def flow_hours(shown: Overview) -> list[FlowHour]:
    """An hour a pair of bars: of a day, or of the mean of several."""
    days = max(1, shown.totals.days)
    hours = []
    for hour in shown.hours:
        name = translate("Overview", "{hour} 时").format(hour=hour.hour)
        issued, finished = hour.issued / days, hour.finished / days
        words = translate("Overview", "{hour} 取号 {issued}，办结 {finished}").format(
            hour=name, issued=f"{issued:.3g}", finished=f"{finished:.3g}"
        )
        hours.append(FlowHour(name, issued, finished, words))
    return hours

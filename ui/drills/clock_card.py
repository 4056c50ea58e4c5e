"""Owns the big clock of a run (picture k): time used, the goal, when it began; runs no clock."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt
from PySide6.QtWidgets import QSizePolicy, QWidget

from branch.drills.queries.detail import RunDetail
from ui.models.drill_words import run_state_label, run_time
from ui.shell.station import Station
from ui.widgets.card import Card
from ui.widgets.label import SECOND, SECTION, Label
from ui.widgets.number import BigNumber
from ui.widgets.painting import Themed, paint_box
from ui.widgets.stage import HBox, VBox
from ui.widgets.state import State
from ui.widgets.status import StatusChip

translate = QCoreApplication.translate

_CLOCK_PX, _LOW_PX = 92, 68
# The goal stands at this share of the bar, so that being late can be seen.
_GOAL_AT = 0.84
_LOOK = {
    "planned": State.IDLE,
    "running": State.RUNNING,
    "paused": State.PAUSED,
    "ended": State.OK,
    "reviewed": State.OK,
    "cancelled": State.IDLE,
}


class _Course(Themed, QWidget):
    """Time used as a bar, the goal as a mark."""

    def __init__(self) -> None:
        super().__init__()
        self._share = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_share(self, share: float) -> None:
        """``share`` of the goal is used."""
        self._share = share
        self.update()

    def sizeHint(self) -> QSize:
        """22 px high."""
        return QSize(120, 22)

    def paintEvent(self, _event: object) -> None:
        """Track, bar, mark."""
        painter, theme, rect = self.begin_painting(), self.theme(), QRectF(self.rect())
        track = QRectF(0, 5, rect.width(), 10)
        paint_box(painter, track, 5, theme.colour("sunken"))
        width = min(1.0, self._share * _GOAL_AT) * rect.width()
        if width > 0:
            token = "accent" if self._share <= 1 else "warn"
            bar = QRectF(0, 5, max(10.0, width), 10)
            paint_box(painter, bar, 5, theme.colour(token))
        mark = QRectF(rect.width() * _GOAL_AT - 1.5, 0, 3, 20)
        paint_box(painter, mark, 1.5, theme.colour("ink1"))


class ClockCard(Card):
    """Time used, and the goal: the moment by which the last step is to be done."""

    def __init__(self, station: Station) -> None:
        super().__init__()
        self._station = station
        self._detail: RunDetail | None = None
        self.caption = Label("", SECTION)
        self.chip = StatusChip(State.IDLE, "")
        self.clock = BigNumber("00:00", px=_CLOCK_PX, weight=500)
        self.course = _Course()
        self.began, self.goal = Label("", SECOND), Label("", SECOND)
        self.goal.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        head = HBox(spacing=8)
        head.addWidget(self.caption, 1)
        head.addWidget(self.chip)
        foot = HBox(spacing=8)
        foot.addWidget(self.began)
        foot.addWidget(self.goal, 1)
        column = VBox(margins=(22, 18, 22, 20), parent=self)
        column.addLayout(head)
        column.add_gap(20)
        column.addWidget(self.clock)
        column.add_gap(22)
        column.addWidget(self.course)
        column.add_gap(8)
        column.addLayout(foot)
        self.retranslate()

    def set_low(self, low: bool) -> None:
        """A smaller clock where the window is low."""
        self.clock.set_px(_LOW_PX if low else _CLOCK_PX)

    def show_run(self, detail: RunDetail) -> None:
        """Show when it began and what is aimed at."""
        self._detail = detail
        self.retranslate()

    def show_time(self, net_ms: int) -> None:
        """Show the time used (ms)."""
        self.clock.set_text(run_time(net_ms))
        self.clock.setAccessibleName(
            translate("ClockCard", "已用时 {time}").format(time=run_time(net_ms))
        )
        goal = self._goal_s()
        self.course.show_share(net_ms / 1_000 / goal if goal else 0.0)

    def _goal_s(self) -> int:
        """The second by which the last step is to be done when every inject comes as planned."""
        if self._detail is None:
            return 0
        scenario = self._detail.scenario
        planned = {inject.no: inject.planned_at_s for inject in scenario.injects}
        return max(planned.get(one.inject or 0, 0) + one.target_s for one in scenario.steps)

    def retranslate(self) -> None:
        """Take all words anew."""
        self.caption.setText(translate("ClockCard", "已用时"))
        detail = self._detail
        state = detail.line.state if detail else "planned"
        self.chip.set_chip(_LOOK[state], run_state_label(state))
        began = ""
        if detail is not None and detail.course is not None:
            at = self._station.local(detail.course.started_at)
            began = translate("ClockCard", "{time} 开始").format(time=f"{at:%H:%M}")
        self.began.setText(began)
        self.goal.setText(
            translate("ClockCard", "目标 {time}").format(time=run_time(self._goal_s() * 1_000))
        )

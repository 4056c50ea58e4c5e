"""Owns what came of a run in figures and words: score, grade, why it is capped; decides none."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QWidget

from branch.drills.queries.detail import RunDetail
from ui.models.drill_words import drill_form, grade_label, in_english, run_time
from ui.shell.station import Station
from ui.widgets.card import Card, Separator
from ui.widgets.label import BODY, SECOND, SECTION, STRONG, Label, TextRole
from ui.widgets.number import BigNumber
from ui.widgets.stage import HBox, VBox, clear
from ui.widgets.state import State
from ui.widgets.status import StatusChip

translate = QCoreApplication.translate

_FIGURE_PX = 72
_GRADES = {
    "excellent": State.OK,
    "good": State.OK,
    "pass": State.ATTENTION,
    "fail": State.URGENT,
    "": State.IDLE,
}
_SHOWN = ("done", "late", "wrong", "missed", "not_applicable")


class ScoreCard(Card):
    """Score or the word that it was real, the steps by result, when it was and how long."""

    def __init__(self, station: Station) -> None:
        super().__init__()
        self._station = station
        self._detail: RunDetail | None = None
        self.caption = Label("", SECTION)
        self.chip = StatusChip(State.IDLE, "")
        self.figure = BigNumber("", px=_FIGURE_PX)
        self.unit = Label("", TextRole(22, 400, "ink2"))
        self.cap = Label("", TextRole(14, 500, "danger_text"), wrap=True)
        self._rows = VBox(spacing=8)
        self.facts = Label("", SECOND, wrap=True)
        head = HBox(spacing=8)
        head.addWidget(self.caption, 1)
        head.addWidget(self.chip)
        figures = HBox(spacing=8)
        figures.addWidget(self.figure)
        figures.addWidget(self.unit, 1, Qt.AlignmentFlag.AlignBottom)
        column = VBox(spacing=12, margins=(22, 18, 22, 18), parent=self)
        column.addLayout(head)
        column.addLayout(figures)
        column.addWidget(self.cap)
        column.addWidget(Separator())
        column.addLayout(self._rows)
        column.addWidget(Separator())
        column.addWidget(self.facts)

    def show_run(self, detail: RunDetail) -> None:
        """Show what came of it."""
        self._detail = detail
        self.retranslate()

    def retranslate(self) -> None:
        """Take all words anew."""
        detail = self._detail
        if detail is None:
            return
        real, score = detail.line.is_real, detail.score
        self.caption.setText(translate("ScoreCard", "成绩"))
        self.unit.setText(translate("ScoreCard", "分"))
        for part in (self.figure, self.unit):
            part.setVisible(score.points is not None)
        self.figure.set_text("" if score.points is None else f"{score.points:g}")
        if real:
            self.chip.set_chip(State.URGENT, translate("ScoreCard", "真实险情，不评分"))
        else:
            word = grade_label(score.grade) or translate("ScoreCard", "没有可评分的步骤")
            self.chip.set_chip(_GRADES[score.grade], word)
        self.cap.setText(self._cap(detail))
        self.cap.setVisible(bool(score.capped_by))
        self._show_results(detail)
        self.facts.setText(self._facts(detail))

    def _cap(self, detail: RunDetail) -> str:
        score = detail.score
        if not score.capped_by or score.points is None or score.uncapped is None:
            return ""
        numbers = translate("ScoreCard", "、").join(str(no) for no in score.capped_by)
        if score.uncapped <= score.points:
            return translate("ScoreCard", "关键步骤 {numbers} 未做").format(numbers=numbers)
        return translate(
            "ScoreCard", "关键步骤 {numbers} 未做，最高 59 分，原为 {points} 分"
        ).format(numbers=numbers, points=f"{score.uncapped:g}")

    def _show_results(self, detail: RunDetail) -> None:
        end = detail.line.ended_ms or 0
        counts: dict[str, int] = {}
        for state in detail.steps:
            # What nobody marked before the end was missed.
            now = state.state(end)
            now = "missed" if now in ("running", "overdue", "waiting") else now
            counts[now] = counts.get(now, 0) + 1
        clear(self._rows)
        words = {
            "done": translate("ScoreCard", "按时做到"),
            "late": translate("ScoreCard", "迟了"),
            "wrong": translate("ScoreCard", "做错"),
            "missed": translate("ScoreCard", "没有记")
            if detail.line.is_real
            else translate("ScoreCard", "未做"),
            "not_applicable": translate("ScoreCard", "不适用"),
        }
        for result in _SHOWN:
            row = QWidget()
            line = HBox(spacing=8, parent=row)
            line.addWidget(Label(words[result], BODY), 1)
            count = translate("ScoreCard", "{n} 步").format(n=counts.get(result, 0))
            line.addWidget(Label(count, STRONG))
            self._rows.addWidget(row)

    def _facts(self, detail: RunDetail) -> str:
        line = detail.line
        parts = [line.number, line.name.en if in_english() and line.name.en else line.name.zh]
        if line.form:
            parts.append(drill_form(line.form))
        if line.started_at is not None:
            began = self._station.local(line.started_at)
            parts.append(f"{began:%Y-%m-%d %H:%M}")
        if detail.course is not None and line.ended_ms is not None:
            took = run_time(detail.course.net(line.ended_ms))
            parts.append(translate("ScoreCard", "用时 {time}").format(time=took))
        if detail.turned_ms is not None:
            at = run_time(detail.turned_ms)
            parts.append(translate("ScoreCard", "{time} 由演练转为真实险情").format(time=at))
        if line.conductor:
            parts.append(translate("ScoreCard", "总指挥 {name}").format(name=line.conductor))
        if detail.reviewed_by:
            parts.append(translate("ScoreCard", "{name} 完成评估").format(name=detail.reviewed_by))
        return "\n".join(parts)

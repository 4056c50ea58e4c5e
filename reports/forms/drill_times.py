"""Owns the times of a run as pictures: the table with a bar a step, and the timeline; counts
nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import ClassVar, Final

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from branch.drills.queries.detail import InjectState, StepState
from branch.kernel.clock import MS_PER_SECOND
from reports.forms.drill_words import coded, run_time, say, seconds, whole_seconds
from reports.forms.papers.cells import Cell, Text, label, text
from reports.forms.papers.grid import FormGrid, Row, Stack
from reports.forms.papers.layout import spelled
from reports.forms.tables import BOLD, cell, fitted, head_row
from reports.sheet import (
    ACCENT,
    BODY,
    INK,
    INK_2,
    INNER,
    NOTE,
    RULE,
    WIDTH,
    Column,
    Part,
    write_lines,
)

# The picture's amber: as grey as light paper, so that a late bar differs without colour too.
LATE: Final = "#E5A000"
_TRACK: Final = "#ECEFF3"
_STEP: Final = 22.5
_BAR, _TICK, _TICK_WIDTH, _BAR_PAD = 4.5, 10.5, 1.5, 6.0
# The longest time takes so much of a bar's cell.
_FULL: Final = 0.974
_BREAK: Final = 9.0
_MUCH: Final = 2
_COLUMNS: Final = (
    Column(57, label=True),
    Column(27, "centre"),
    Column(150),
    Column(49, "right"),
    Column(49, "right"),
    Column(92),
    Column(57, "centre"),
)


@dataclass(frozen=True, slots=True)
class Steps(Stack):
    """The steps of one role, which may go on upon the next page under the same label."""

    def parted(self, height: float) -> tuple[Cell, Cell] | None:
        """Between two steps."""
        room, fit = height, 0
        while fit < len(self.rows) and self.rows[fit].height <= room:
            room -= self.rows[fit].height
            fit += 1
        if not 0 < fit < len(self.rows):
            return None
        return Steps(self.rows[:fit]), Steps(self.rows[fit:])


@dataclass(frozen=True, slots=True)
class Bar:
    """The time a step took on a pale track, its target as a black line; ``most`` fills it."""

    target_s: int
    taken_s: int | None
    most_s: int
    tag: ClassVar[str] = "TD"
    height: ClassVar[float] = _STEP

    def parted(self, height: float) -> tuple[Cell, Cell] | None:
        """On the first page, where it fits."""
        return (self, Text((), BODY, 0)) if self.height <= height else None

    def draw(self, canvas: Canvas, x: float, top: float, width: float, height: float) -> None:
        """In the middle of the height."""
        left, room, middle = x + _BAR_PAD, width - 2 * _BAR_PAD, top - height / 2
        scale = room * _FULL / self.most_s
        canvas.setFillColor(HexColor(_TRACK))
        canvas.rect(left, middle - _BAR / 2, room, _BAR, stroke=0, fill=1)
        if self.taken_s is not None:
            canvas.setFillColor(HexColor(LATE if self.taken_s > self.target_s else ACCENT))
            long = min(self.taken_s, self.most_s) * scale
            canvas.rect(left, middle - _BAR / 2, long, _BAR, stroke=0, fill=1)
            if self.taken_s > self.most_s:
                draw_break(canvas, left + long - _BREAK, middle, _BAR)
        if self.target_s <= self.most_s:
            draw_target(canvas, left + self.target_s * scale, middle)


def draw_target(canvas: Canvas, x: float, middle: float) -> None:
    """The black line of a target."""
    canvas.setFillColor(HexColor(INK))
    canvas.rect(x - _TICK_WIDTH / 2, middle - _TICK / 2, _TICK_WIDTH, _TICK, stroke=0, fill=1)


def draw_break(canvas: Canvas, x: float, middle: float, high: float) -> None:
    """Two white strokes across a bar that runs on beyond the chart."""
    canvas.setStrokeColor(HexColor("#FFFFFF"))
    canvas.setLineWidth(1.4)
    for left in (x, x + 3.2):
        canvas.line(left - 1, middle - high / 2 - 1, left + 2, middle + high / 2 + 1)


def chart_end(times: Sequence[int]) -> int:
    """Where a chart of these times ends: with the longest, but one or two that last much longer
    than all others do not press the others together."""
    found = sorted(times)
    most = found[(len(found) - 1) * 4 // 5]
    return found[-1] if found[-1] <= _MUCH * most else most


def result_text(state: StepState, elapsed_ms: int, language: str, *, is_real: bool) -> str:
    """What became of a step. What nobody marked in a drill was missed; a real incident did not
    go by the scenario."""
    found = state.state(elapsed_ms)
    if found in ("running", "overdue", "waiting"):
        found = "unmarked" if is_real else "missed"
    return say(f"result.{found}", language, n=whole_seconds(state.late_ms))


def steps_table(
    steps: Sequence[StepState], elapsed_ms: int, language: str, *, is_real: bool
) -> FormGrid:
    """Every step by role: target, actual, both as a bar, result. What was not as it should be
    stands bold."""
    heads = [
        say(f"col_{key}", language)
        for key in ("role", "no", "step", "target", "actual", "bar", "result")
    ]
    told = [
        [
            coded("role", state.step.role, language),
            f"{state.step.no}★" if state.step.critical else str(state.step.no),
            spelled(state.step.words.text(language), language),
            say("seconds", language, n=state.step.target_s),
            seconds(state.taken_ms, language),
            "",
            result_text(state, elapsed_ms, language, is_real=is_real),
        ]
        for state in steps
    ]
    widths = fitted(_COLUMNS, heads, told)
    head = head_row(widths, heads)
    most = chart_end([max(state.step.target_s, _taken_s(state) or 0) for state in steps])
    met = say("result.done", language)
    fine = (met, say("result.not_applicable", language), say("result.unmarked", language))
    lines: list[tuple[str, Row]] = []
    for state, words in zip(steps, told, strict=True):
        bold = BODY if words[6] in fine else BOLD
        cells: list[Cell] = [
            cell(words[1], widths[1], "centre", least=_STEP),
            text(words[2], widths[2], least=_STEP),
            cell(words[3], widths[3], "right", least=_STEP),
            cell(words[4], widths[4], "right", bold, _STEP),
            Bar(state.step.target_s, _taken_s(state), most),
            cell(words[6], widths[6], "centre", bold, _STEP),
        ]
        lines.append((words[0], Row(tuple(zip(widths[1:], cells, strict=True)))))
    rest = sum(widths[1:])
    return FormGrid(
        [
            head,
            *(
                Row(
                    ((widths[0], label(role, "", widths[0])), (rest, Steps(rows))),
                    heads=(head,),
                )
                for role, rows in _grouped(lines)
            ),
        ]
    )


def _taken_s(state: StepState) -> int | None:
    return None if state.taken_ms is None else whole_seconds(state.taken_ms)


def _grouped(lines: Sequence[tuple[str, Row]]) -> Iterator[tuple[str, tuple[Row, ...]]]:
    """The rows of one role together, roles in the order they first act."""
    order = list(dict.fromkeys(role for role, _row in lines))
    by_role = sorted(lines, key=lambda line: order.index(line[0]))
    for role, group in groupby(by_role, key=lambda line: line[0]):
        yield role, tuple(row for _role, row in group)


_ROW: Final = 13.5
_HEAD, _AXIS = 17.0, 18.0
_GUTTER: Final = 82.0
_RIGHT: Final = 52.0
_WINDOW, _ACTUAL = 8.0, 4.0
_BADGE: Final = 5.2
# Minutes between the marks of the axis, the smallest that leaves them apart.
_EVERY_S: Final = (15, 30, 60, 120, 300, 600, 1_800, 3_600)
_MOST_MARKS: Final = 10


class Timeline(Part):
    """Every step on one axis of run time: the time allowed as a pale box, the time taken as a bar,
    injects as dashed lines with their number."""

    tag = "Figure"

    def __init__(
        self,
        steps: Sequence[StepState],
        injects: Sequence[InjectState],
        results: Sequence[str],
        language: str,
    ) -> None:
        self._steps = [
            (state, result)
            for state, result in zip(steps, results, strict=True)
            if state.anchored_ms is not None
        ]
        self._injects = [one for one in injects if one.state == "released"]
        self._language = language
        ends = [
            max(state.due_ms or 0, (state.mark.at_ms or 0) if state.mark else 0)
            for state, _result in self._steps
        ]
        # Every inject has its line.
        marks = [one.at_ms or 0 for one in self._injects]
        self._most = max([chart_end([*ends, MS_PER_SECOND]), *marks])
        super().__init__(_HEAD + len(self._steps) * _ROW + _AXIS)

    def draw(self) -> None:
        """Injects behind, then the steps from top to bottom, then the axis."""
        floor = _AXIS
        self._draw_axis(floor)
        self._draw_injects(floor)
        y = self.height - _HEAD
        for state, result in self._steps:
            self._draw_step(state, result, y)
            y -= _ROW

    def _x(self, ms: int) -> float:
        """Where a moment of run time stands; what lies beyond the chart is at its end."""
        return _GUTTER + min(ms / self._most, 1.0) * (WIDTH - _GUTTER - _RIGHT)

    def _draw_step(self, state: StepState, result: str, top: float) -> None:
        canvas, middle = self.canv, top - _ROW / 2
        role = coded("role", state.step.role, self._language)
        name = say("timeline_row", self._language, no=state.step.no, role=role)
        write_lines(canvas, 0, middle + NOTE.leading / 2, [name], NOTE, INK)
        assert state.anchored_ms is not None  # __init__ chose those whose inject has come
        assert state.due_ms is not None
        begin, due = self._x(state.anchored_ms), self._x(state.due_ms)
        canvas.setFillColor(HexColor(_TRACK))
        canvas.setStrokeColor(HexColor(RULE))
        canvas.setLineWidth(INNER)
        canvas.rect(begin, middle - _WINDOW / 2, due - begin, _WINDOW, stroke=1, fill=1)
        end = due
        if state.taken_ms is not None:
            end = self._x(state.anchored_ms + state.taken_ms)
            canvas.setFillColor(HexColor(LATE if state.late_ms else ACCENT))
            canvas.rect(begin, middle - _ACTUAL / 2, end - begin, _ACTUAL, stroke=0, fill=1)
        beyond = max(state.due_ms, state.anchored_ms + (state.taken_ms or 0)) > self._most
        if beyond:
            draw_break(canvas, end - _BREAK, middle, _WINDOW)
        if state.due_ms <= self._most:
            draw_target(canvas, due, middle)
        if beyond and state.taken_ms is not None:
            result = run_time(state.anchored_ms + state.taken_ms, self._language)
        if beyond or state.late_ms or state.taken_ms is None:
            self._draw_told(result, max(end, due) + 4, middle)

    def _draw_told(self, words: str, left: float, middle: float) -> None:
        """Words beside a bar, over whatever line runs there."""
        self.canv.setFillColor(HexColor("#FFFFFF"))
        high = NOTE.leading - 2
        self.canv.rect(left - 1, middle - high / 2, NOTE.width(words) + 2, high, stroke=0, fill=1)
        write_lines(self.canv, left, middle + NOTE.leading / 2, [words], NOTE, INK)

    def _draw_injects(self, floor: float) -> None:
        canvas = self.canv
        top = self.height - _HEAD
        last = float("-inf")
        for one in self._injects:
            x = self._x(one.at_ms or 0)
            canvas.setStrokeColor(HexColor(INK))
            canvas.setLineWidth(0.6)
            canvas.setDash(2.2, 2.2)
            canvas.line(x, floor, x, top)
            canvas.setDash()
            # Numbers that would cover each other stand side by side.
            place = max(x, last + 2 * _BADGE + 1)
            last = place
            canvas.circle(place, top + _BADGE + 1.5, _BADGE)
            number = str(one.inject.no)
            left = place - NOTE.width(number) / 2
            write_lines(canvas, left, top + _BADGE + 1.5 + NOTE.leading / 2, [number], NOTE, INK)

    def _draw_axis(self, floor: float) -> None:
        canvas = self.canv
        canvas.setStrokeColor(HexColor(RULE))
        canvas.setLineWidth(INNER)
        canvas.line(_GUTTER, floor, WIDTH - _RIGHT, floor)
        whole = self._most // MS_PER_SECOND
        every = next((step for step in _EVERY_S if whole / step <= _MOST_MARKS), _EVERY_S[-1])
        for second in range(0, whole + 1, every):
            x = self._x(second * MS_PER_SECOND)
            canvas.setStrokeColor(HexColor(RULE))
            canvas.line(x, floor, x, floor - 3)
            words = run_time(second * MS_PER_SECOND, self._language)
            write_lines(canvas, x - NOTE.width(words) / 2, floor - 4, [words], NOTE, INK_2)

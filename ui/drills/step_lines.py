"""Owns what the rows of a list of steps say: by role, target against actual, how each stands;
paints none and marks none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication, Qt

from branch.drills.queries.detail import Casting, RunDetail, StepState
from branch.drills.rules.scenario import ROLES
from ui.models.drill_words import drill_role, in_words, step_state_label

translate = QCoreApplication.translate

LINE: Final = Qt.ItemDataRole.UserRole


@dataclass(frozen=True)
class StepLine:
    """A step as its row shows it; a head has a role and no ``no``."""

    no: int
    role: str
    text: str
    target_s: int
    taken_s: int | None
    state: str
    late_s: int
    critical: bool

    @property
    def is_head(self) -> bool:
        """Whether it is the head of a role's steps."""
        return self.no == 0


def step_lines(
    detail: RunDetail, net_ms: int, roles: Sequence[str] = ROLES
) -> tuple[StepLine, ...]:
    """The rows at a moment of run time: the roles in their order, their steps by number."""
    cast = {one.role: one for one in detail.cast}
    # Nothing goes on after the end: in a drill what nobody marked was missed.
    over = ("unmarked" if detail.line.is_real else "missed") if detail.line.ended_ms else ""
    lines: list[StepLine] = []
    for role in roles:
        steps = [state for state in detail.steps if state.step.role == role]
        if steps:
            head = _names(cast.get(role))
            lines.append(StepLine(0, role, head, 0, None, "", 0, False))
        lines.extend(_line(state, net_ms, over) for state in steps)
    return tuple(lines)


def _names(casting: Casting | None) -> str:
    people = casting.people if casting else ()
    if not people:
        return ""
    if len(people) < 3:
        return translate("StepList", "、").join(one.name for one in people)
    return translate("StepList", "{name} 等 {n} 人").format(name=people[0].name, n=len(people))


def _line(state: StepState, net_ms: int, over: str) -> StepLine:
    step = state.step
    now = state.state(net_ms)
    if over and now in ("running", "overdue", "waiting"):
        now = over
    taken = state.taken_ms
    if taken is None and now in ("running", "overdue") and state.anchored_ms is not None:
        taken = net_ms - state.anchored_ms
    seconds = None if taken is None else taken // 1_000
    late = -(-state.late_ms // 1_000)
    text = in_words(step.words)
    return StepLine(step.no, step.role, text, step.target_s, seconds, now, late, step.critical)


def spoken(line: StepLine) -> str:
    """All that a row says."""
    if line.is_head:
        return f"{drill_role(line.role)} {line.text}".strip()
    parts = [
        line.text,
        translate("StepList", "目标 {n} 秒").format(n=line.target_s),
        step_state_label(line.state, line.late_s),
    ]
    return translate("StepList", "，").join(parts)

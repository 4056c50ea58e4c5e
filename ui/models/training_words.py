"""Owns the words of how somebody stands in his training; must not decide what is due."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import QCoreApplication

from branch.people.queries import Training
from ui.widgets.state import State

translate = QCoreApplication.translate

# From so many days before it is due again, a training is told to be near.
_NEAR = timedelta(days=30)
_GRAVEST = (State.URGENT, State.ATTENTION, State.OK)


def standing(training: Training, today: date) -> tuple[State, str]:
    """How a mark stands today; only the newest of a course is judged."""
    if not training.latest:
        return State.IDLE, ""
    if training.result == "failed":
        return State.URGENT, translate("TrainingWords", "要补训")
    if training.due_on:
        due = date.fromisoformat(training.due_on)
        if due < today:
            return State.URGENT, translate("TrainingWords", "该复训了")
        if due <= today + _NEAR:
            return State.ATTENTION, translate("TrainingWords", "快到期")
    return State.OK, translate("TrainingWords", "有效")


def gravest(trainings: Sequence[Training], today: date) -> tuple[State, str]:
    """The standing of a person: the gravest of his courses."""
    found = [standing(one, today) for one in trainings if one.latest]
    if not found:
        return State.IDLE, translate("TrainingWords", "没有登记")
    return min(found, key=lambda pair: _GRAVEST.index(pair[0]))

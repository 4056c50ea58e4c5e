"""Owns how a due day is said: chip by the earlier of law and house, days in words; counts nothing
but days between two that are given."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QCoreApplication

from branch.complaints.queries.desk import CaseLine
from branch.complaints.rules import OPEN
from ui.models.complaint_words import state_label
from ui.models.dates import days_late, days_left, short_day
from ui.widgets.state import State
from ui.widgets.status import Chip

translate = QCoreApplication.translate

# Three days or fewer left want attention (look.md section 3).
_NEAR = 3


def due_chip(line: CaseLine, today: date) -> Chip:
    """How a case stands to its due day: shape, word and colour."""
    if line.state not in OPEN:
        return Chip(state_label(line.state), State.OK)
    if line.paused:
        return Chip(translate("DueWords", "暂停中"), State.PAUSED)
    if not line.due:
        return Chip(state_label(line.state), State.IDLE)
    left = (date.fromisoformat(line.due) - today).days
    if left < 0:
        return Chip(days_late(-left), State.URGENT)
    if left == 0:
        return Chip(translate("DueWords", "今天到期"), State.ATTENTION)
    text = days_left(left)
    if left <= _NEAR:
        return Chip(text, State.ATTENTION)
    return Chip(text, State.IDLE, "clock")


def short_iso(text: str) -> str:
    """``short_day`` of an ISO day; an empty text stays one."""
    return short_day(date.fromisoformat(text)) if text else ""

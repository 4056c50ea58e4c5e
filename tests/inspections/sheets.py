"""What tests of inspections do with sheets: the hour, beginning one, answering all of it."""

from __future__ import annotations

from branch.inspections.commands import (
    AnswerItem,
    StartSheet,
)
from branch.inspections.queries import (
    day_lines,
    sheet_view,
)
from tests.complaints.desk import LOBBY_MANAGER as LOBBY
from tests.complaints.desk import Desk
from tests.conftest import SHANGHAI


def at(desk: Desk, clock_time: str, day: str = "2026-11-20") -> None:
    """Set the clock to a time of the Friday, or of another day."""
    desk.at(f"{day} {clock_time}")


def begin(desk: Desk, code: str = "OPEN", by: str = LOBBY, turn: int = 1) -> int:
    slot = next(line.slot for line in lines(desk) if line.slot.template == code)
    return int(desk.run(StartSheet(code, slot.period, turn), by))


def lines(desk: Desk):
    return day_lines(desk.store, desk.today, desk.clock.now_ms(), SHANGHAI)


def answer_all(desk: Desk, sheet: int, by: str = LOBBY, **fails: str) -> None:
    """Everything passes but what is named (OPEN_05="note")."""
    failing = {key.replace("_", "-"): note for key, note in fails.items()}
    for item in sheet_view(desk.store, sheet).template.items:
        value = {"number": str(item.least or 0), "date": "2027-06-30", "text": "无"}.get(
            item.response, "pass"
        )
        if item.response == "sign":
            value = "signed"
        if item.id in failing:
            desk.run(AnswerItem(sheet, item.id, "fail", failing[item.id]), by)
        else:
            desk.run(AnswerItem(sheet, item.id, value), by)


def state(desk: Desk, code: str) -> str:
    return next(line.state for line in lines(desk) if line.slot.template == code)

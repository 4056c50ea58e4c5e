"""A month of complaints as tests count it: cases taken to their end, and its figures."""

from __future__ import annotations

from datetime import date, timedelta

from branch.complaints.commands.answering import (
    Close,
    Reply,
)
from branch.complaints.commands.handling import Decide
from branch.complaints.commands.reviews import (
    RecordVisit,
)
from branch.complaints.queries.statistics import statistics
from branch.complaints.statistics import Statistics
from branch.quality.commands import AddAction
from tests.complaints.desk import HEAD, OFFICER, SUPERVISOR, Desk

NOVEMBER = (date(2026, 11, 1), date(2026, 11, 30))


def figures(desk: Desk, by: str = OFFICER, period: tuple[date, date] = NOVEMBER) -> Statistics:
    return statistics(desk.store, desk.staff(by), *period)


def act(desk: Desk, complaint: int) -> None:
    """A corrective action, which a justified complaint needs before it can be closed."""
    due = desk.today + timedelta(days=30)
    desk.run(AddAction("complaint", complaint, "更换宣传页", desk.staff(SUPERVISOR), due))


def replied(desk: Desk, complaint: int, mode: str = "phone") -> None:
    if mode == "in_person":
        desk.letter(complaint, OFFICER)
    taken_by = "陈小梅" if mode == "in_person" else ""
    desk.run(Reply(complaint, mode, desk.clock.now_ms(), True, receiver=taken_by), OFFICER)


def close(desk: Desk, complaint: int, satisfaction: str = "satisfied") -> None:
    desk.run(RecordVisit(complaint, "phone", True, satisfaction), SUPERVISOR)
    desk.run(Close(complaint))


def one_to_the_end(desk: Desk, began: str, told: str, closed: str, **other: object) -> int:
    desk.at(began)
    complaint = desk.investigated(**other)
    desk.at(told)
    desk.report(complaint)
    desk.run(Decide(complaint), HEAD)
    act(desk, complaint)
    replied(desk, complaint)
    desk.at(closed)
    close(desk, complaint)
    return complaint

"""Sessions in numbers by month, counted by hand."""

from __future__ import annotations

from datetime import date

from branch.rooms.commands.alarms import NoteIncident, RaiseAlarm
from branch.rooms.queries.statistics import SessionMonth, session_months
from tests.conftest import SHANGHAI
from tests.rooms.house import House


def one(house: House, minutes: int, **other: object) -> None:
    session = house.start()
    house.clock.advance(minutes * 60)
    house.end(session, **other)
    house.tidy()


def test_by_month(house: House) -> None:
    house.at("2026-11-02 09:00")
    one(house, 20)
    one(house, 40, outcome="settled")
    house.at("2026-11-30 23:50")
    one(house, 60)
    house.at("2026-12-01 00:00")
    session = house.start()
    house.in_room(RaiseAlarm(2, session))
    house.in_room(NoteIncident(session, "争吵"))
    house.clock.advance(30 * 60)
    house.end(session)
    house.tidy()
    house.start()  # still open: not counted
    found = session_months(house.store, date(2026, 10, 5), date(2026, 12, 31), SHANGHAI)
    assert found == (
        SessionMonth("2026-10", 0, None, 0, 0, {}),
        SessionMonth("2026-11", 3, 40.0, 1, 0, {"continues": 2, "settled": 1}),
        SessionMonth("2026-12", 1, 30.0, 0, 1, {"continues": 1}),
    )
    (only,) = session_months(house.store, date(2026, 11, 3), date(2026, 11, 30), SHANGHAI)
    assert only.sessions == 1

"""What was said in a room goes with its complaint, or after ninety days when none came of it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from branch.complaints.commands.acceptance import Withdraw
from branch.complaints.commands.answering import Archive
from branch.complaints.commands.retention import RunCaseRetention
from branch.kernel.errors import RuleBroken
from branch.kernel.phrases import phrases
from branch.kernel.runner import Actor
from branch.people.rules import PROGRAM
from branch.quality.commands import CheckAction, FinishAction
from branch.rooms.commands.alarms import AnswerAlarm, RaiseAlarm
from branch.rooms.commands.bookings import BookRoom
from branch.rooms.commands.talk import AddCheck, AddPromise, NoteMaterials
from branch.rooms.queries.retention import with_sessions
from branch.rooms.queries.sessions import sessions_of
from branch.visitors.commands.requests import (
    ConfirmIdentity,
    LinkRecord,
    OpenRequest,
    ShowOwnData,
)
from branch.visitors.queries.retention import KindPreview, past_counts, retention_preview
from tests.complaints.desk import ADVISER, GUARD, HEAD, OFFICER, SUPERVISOR
from tests.conftest import SHANGHAI
from tests.rooms.house import MINUTE, SAID, House

TABLES = ("room_session", "session_mark", "session_check", "room_alarm", "room_booking")


def rows(house: House, table: str) -> int:
    return int(house.store.rows(f"SELECT COUNT(*) FROM {table}", ())[0][0])


def later(house: House, days: int) -> None:
    house.at(f"{(house.today + timedelta(days=days)).isoformat()} 00:30")


def run(house: House, most: int = 20) -> Any:
    return house.branch.run(RunCaseRetention(most), Actor(PROGRAM, "night")).value


def full_session(house: House, complaint: int | None) -> int:
    """A session that left something in every table, with the room in order again."""
    begin = house.clock.now_ms() + MINUTE
    booking = house.in_room(BookRoom(house.room().id, begin, begin + 30 * MINUTE, complaint))
    session = house.start(booking=booking, complaint=complaint)
    house.in_room(AddCheck(session, "宣传页"))
    house.in_room(NoteMaterials(session, "宣传页一张"))
    house.in_room(AnswerAlarm(house.in_room(RaiseAlarm(1, session))), GUARD)
    house.end(session)
    house.tidy()
    return session


def test_it_goes_with_its_complaint(house: House) -> None:
    complaint = house.register()
    full_session(house, complaint)
    house.put_away(complaint)
    later(house, 5 * 366)
    ran = run(house)
    assert ran.gone == {"complaint": 1, "room_session": 1}
    assert {table: rows(house, table) for table in TABLES} == dict.fromkeys(TABLES, 0)
    assert past_counts(house.store, "room_session") == (("2026-11", "continues", "", 1),)
    assert [e.what for e in house.entries][-1] == "retention.ran"
    assert run(house).gone == {}


def test_a_promise_that_is_not_kept_holds_the_complaint(house: House) -> None:
    complaint = house.register()
    session = house.start(complaint=complaint)
    action = house.in_room(
        AddPromise(session, "出具书面答复", house.staff(ADVISER), date(2026, 11, 27))
    )
    house.end(session)
    house.tidy()
    house.run(Withdraw(complaint, own=True, called_back=True))
    house.paper(complaint, "TS-10")
    with pytest.raises(RuleBroken, match="archive_action"):
        house.run(Archive(complaint))
    later(house, 5 * 366)
    assert run(house).gone == {}
    house.run(FinishAction(action, "已答复"), ADVISER)
    house.run(CheckAction(action, good=True), SUPERVISOR)
    house.run(Archive(complaint))
    later(house, 5 * 366)
    assert run(house).gone == {"complaint": 1, "room_session": 1}
    assert rows(house, "corrective_action") == 0


@pytest.mark.parametrize(("days", "gone"), [(90, {}), (91, {"room_session": 1})])
def test_without_a_complaint_ninety_days(house: House, days: int, gone: dict[str, int]) -> None:
    full_session(house, None)
    later(house, days)
    assert run(house).gone == gone
    assert rows(house, "room_session") == 1 - len(gone)


def test_of_a_complaint_that_runs_nothing_goes(house: House) -> None:
    complaint = house.register()
    full_session(house, complaint)
    later(house, 1_000)
    assert run(house).gone == {}
    assert len(sessions_of(house.store, complaint, house.staff(OFFICER))) == 1


def test_in_parts(house: House) -> None:
    for _ in range(3):
        full_session(house, None)
    later(house, 91)
    assert [(run(house, 2).gone, rows(house, "room_session")) for _ in range(2)] == [
        ({"room_session": 2}, 1),
        ({"room_session": 1}, 0),
    ]


def test_a_room_that_is_not_in_order_keeps_its_session(house: House) -> None:
    house.end(house.start())
    later(house, 200)
    assert run(house).gone == {}
    house.tidy()
    assert run(house).gone == {"room_session": 1}


def previewed(house: House) -> KindPreview:
    preview = retention_preview(house.store, house.clock.now_ms())
    return with_sessions(preview, house.store, SHANGHAI).kinds[-1]


def test_it_is_announced(house: House) -> None:
    full_session(house, None)
    found = previewed(house)
    assert (found.kind, found.days, found.total, found.now, found.week, found.oldest) == (
        "room_session",
        90,
        1,
        0,
        0,
        "2026-11-20",
    )
    later(house, 85)
    assert (previewed(house).now, previewed(house).week) == (0, 1)
    later(house, 6)
    assert (previewed(house).now, previewed(house).week) == (1, 0)


def test_whoever_asks_for_his_data_is_shown_what_he_said(house: House) -> None:
    complaint = house.register()
    session = full_session(house, complaint)
    request = int(house.run(OpenRequest("copy", "陈小梅", wish="请给我"), HEAD).id)
    house.run(ConfirmIdentity(request), HEAD)
    house.run(LinkRecord(request, "complaint", complaint), HEAD)
    records = house.run(ShowOwnData(request), HEAD)
    assert [(record.kind, record.ref) for record in records] == [
        ("complaint", complaint),
        ("room_session", session),
    ]
    values = {value.name: value.value for value in records[-1].values}
    assert values["session_statement"] == SAID
    assert values["session_visitors"] == "陈小梅、陈晓"
    assert values["session_materials"] == "宣传页一张"
    known = phrases("privacy").entries
    assert {f"value.{name}" for name in values} | {"record.room_session"} <= known.keys()
    assert house.last.what == "room_session.revealed"
    assert SAID not in repr(records)

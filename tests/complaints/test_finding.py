"""Search at the desk: by number, title, name where permitted, the words of it, and staff."""

from __future__ import annotations

import pytest

from branch.complaints.commands.acceptance import Accept
from branch.complaints.commands.handling import Assign
from branch.complaints.queries.desk import search_cases
from branch.people.queries import staff_members
from tests.complaints.desk import (
    ADVISER,
    AUDITOR,
    GUARD,
    LOBBY_MANAGER,
    OFFICER,
    SUPERVISOR,
    TELLER,
    WHAT,
    WHO,
    Desk,
)


def found(desk: Desk, text: str, by: str = OFFICER) -> list[int]:
    return [line.id for line in search_cases(desk.store, text, desk.staff(by))]


def name(desk: Desk, staff_no: str) -> str:
    return next(one.name for one in staff_members(desk.store) if one.staff_no == staff_no)


@pytest.mark.parametrize("by", [TELLER, GUARD, AUDITOR])
def test_a_name_finds_for_those_only_who_may_read_it(desk: Desk, by: str) -> None:
    complaint = desk.register()
    for text in (WHO.name, "小梅", WHO.phone):
        assert found(desk, text) == found(desk, text, SUPERVISOR) == [complaint]
        assert found(desk, text, by) == []
    number = f"TS-HB001-{desk.today:%Y%m%d}"
    for text in (number, number.lower(), "-0001", WHAT.title[-3:], WHAT.title):
        assert found(desk, text, by) == [complaint]


def test_words_of_facts_and_claims(desk: Desk) -> None:
    facts = "10月8日在ATM取款，机器 Receipt 没有出来。"
    first = desk.register(what={"facts": facts, "claims": "补打回单"})
    desk.register()
    for text in ("机器", "atm取款", "ＡＴＭ取款", "receipt", "补打", " 补打 "):
        assert found(desk, text) == found(desk, text, TELLER) == [first]
    # Pasted with what nobody can read and a server does not take.
    assert found(desk, "机\x00器\u202e") == found(desk, "补打\ud800\n") == [first]
    assert found(desk, "\x00") == found(desk, "没有这样的事") == []
    assert found(desk, "100%") == found(desk, "_") == []


def test_staff_by_name_or_number(desk: Desk) -> None:
    first, second = desk.register(), desk.register(by=TELLER)
    desk.run(Accept(second, "verified"))
    desk.run(Assign(second, desk.staff(ADVISER)))
    assert found(desk, name(desk, ADVISER)) == found(desk, ADVISER) == [second]
    assert found(desk, name(desk, TELLER)) == [second]
    assert found(desk, name(desk, LOBBY_MANAGER)) == [first]


def test_nothing_of_it_about_himself(desk: Desk) -> None:
    subject = frozenset({desk.staff(SUPERVISOR)})
    complaint = desk.register(what={"facts": "主管让我等了两个小时。"}, subjects=subject)
    for text in ("两个小时", name(desk, LOBBY_MANAGER)):
        assert (found(desk, text), found(desk, text, SUPERVISOR)) == ([complaint], [])


def test_what_runs_and_the_last_year_is_looked_through(desk: Desk) -> None:
    desk.at("2024-03-01 10:00")
    running = desk.register(what={"facts": "老问题"})
    ended = desk.register("phone", kind="enquiry", what={"facts": "老问题"})
    desk.put_away(withdrawn := desk.register(what={"facts": "老问题", "title": "旧的标题"}))
    desk.at("2026-11-19 10:00")
    late = desk.register(what={"facts": "老问题"})
    assert found(desk, "老问题") == [late, ended, running]
    # By title anything is found.
    assert found(desk, "旧的标题") == [withdrawn]

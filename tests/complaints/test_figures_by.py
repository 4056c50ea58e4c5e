"""Complaints by handler, week by week, and as shares; nobody is counted his own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from branch.complaints.closings import Handled
from branch.complaints.commands.acceptance import Accept, Refer
from branch.complaints.commands.handling import Assign
from branch.complaints.commands.registration import SetSubjects
from branch.complaints.queries.handlers import HandlerCases, cases_by_handler
from branch.complaints.queries.months import Week, weeks
from branch.complaints.sharing import RATES, shown
from branch.complaints.statistics import Ledger, Reviews, Statistics
from tests.complaints.desk import HEAD, OFFICER, SUPERIOR, SUPERVISOR, TELLER, Desk
from tests.complaints.month import NOVEMBER, figures, one_to_the_end


def by_handler(desk: Desk, by: str = HEAD) -> dict[str, HandlerCases]:
    found = cases_by_handler(desk.store, desk.staff(by), *NOVEMBER, desk.today)
    assert sum(one.received for one in found) == figures(desk, by).ledger.received
    return {one.name: one for one in found}


def test_by_handler(desk: Desk) -> None:
    one_to_the_end(desk, "2026-11-02 09:00", "2026-11-18 09:00", "2026-11-19 09:00")
    desk.at("2026-11-03 09:00")
    desk.investigated()
    other = desk.register()
    desk.run(Accept(other, "verified"))
    desk.run(Assign(other, desk.staff(SUPERVISOR)))
    desk.register(channel="phone")
    gone = desk.register(channel="phone")
    desk.run(Refer(gone, "other_bank", "请联系发卡行"), HEAD)
    desk.at("2026-11-18 09:00")
    found = by_handler(desk)
    # The first was told a day late; the second is untold on its last day.
    assert found["郑岚"] == HandlerCases("郑岚", 2, 1, 1, 1)
    assert [(one.received, one.ended) for one in found.values()] == [(2, 1), (1, 0), (2, 1)]
    assert list(found)[-1] == ""
    desk.at("2026-11-19 09:00")
    found = by_handler(desk)
    assert found["郑岚"].late == 2
    assert found[""].late == 1  # the referred one is no longer


def test_nobody_is_counted_his_own(desk: Desk) -> None:
    desk.at("2026-11-02 09:00")
    mine = desk.register()
    desk.register()
    desk.run(SetSubjects(mine, frozenset({desk.staff(HEAD)})))
    assert [one.received for one in by_handler(desk).values()] == [1]
    assert [one.received for one in by_handler(desk, SUPERIOR).values()] == [2]


def test_the_last_four_weeks(desk: Desk) -> None:
    desk.at("2026-10-25 23:30")  # a Sunday: the week before the first
    desk.register()
    desk.at("2026-10-26 00:30")
    desk.register()
    ended = one_to_the_end(desk, "2026-11-08 09:00", "2026-11-09 09:00", "2026-11-15 23:00")
    desk.at("2026-11-20 09:00")
    desk.register()
    found = weeks(desk.store, desk.staff(OFFICER), desk.today)
    assert found == (
        Week("2026-10-26", "2026-11-01", 1, 0),
        Week("2026-11-02", "2026-11-08", 1, 0),
        Week("2026-11-09", "2026-11-15", 0, 1),
        Week("2026-11-16", "2026-11-22", 1, 0),
    )
    desk.run(SetSubjects(ended, frozenset({desk.staff(TELLER)})))
    unseen = weeks(desk.store, desk.staff(TELLER), desk.today)
    assert [(one.received, one.ended) for one in unseen] == [(1, 0), (0, 0), (0, 0), (1, 0)]


TOLD = Statistics(
    first="2026-11-01", last="2026-11-30", ledger=Ledger(0, 24, 0, {"closed": 20}, 4),
    accepted=24, merged_received=0, repeats=3, others={}, by={}, crossed={},
    handled=Handled(closed=20, extended=5, on_the_spot=4, late_legal=2, asked=20),
    reviews=Reviews(4, 4, 1), visits=20, reached=16, served=0,
)  # fmt: skip


def test_what_is_a_part_of_what() -> None:
    assert {name: shown(TOLD, outside=False).rate(name) for name in RATES} == {
        "repeats": (3, 24),
        "on_the_spot": (4, 20),
        "extended": (5, 20),
        "late": (2, 20),
        "re_reviews": (4, 20),
        "overturned": (1, 4),
        "reached": (16, 20),
    }


@pytest.mark.parametrize(
    ("told", "name"),
    [
        (TOLD, "late"),
        (TOLD, "overturned"),
        (replace(TOLD, repeats=2), "repeats"),
        (replace(TOLD, repeats=23), "repeats"),
        (replace(TOLD, reviews=Reviews(2, 0, 0)), "re_reviews"),
        (replace(TOLD, reached=18), "reached"),
    ],
)
def test_a_share_of_few_does_not_leave_the_branch(told: Statistics, name: str) -> None:
    assert None not in shown(told, outside=False).rate(name)
    assert None in shown(told, outside=True).rate(name)

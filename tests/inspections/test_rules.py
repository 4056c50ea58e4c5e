"""What is due when, what an answer means, and what a sheet scores; by table and by hypothesis."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branch.inspections.answers import (
    Answered,
    Bounds,
    action_due,
    judged,
    missing,
    needs_action,
    score,
    unexplained,
)
from branch.inspections.due import Hours, slots
from branch.inspections.equipment import expiry_state
from branch.inspections.rules import (
    Item,
    Section,
    Template,
    checked_template,
    template_data,
    template_from,
)
from branch.inspections.templates import shipped_templates
from branch.kernel.errors import BadInput
from branch.workdays.rules import WorkCalendar
from branch.workdays.shipped import shipped_years

HOURS = Hours(time(9), time(17))
TODAY = date(2026, 11, 20)
CALENDAR = WorkCalendar(
    {day: kind for days in shipped_years().values() for day, (kind, _) in days.items()},
    frozenset(shipped_years()),
)


def template(code: str) -> Template:
    return next(one for one in shipped_templates() if one.code == code)


def due(code: str, day: date, hours: Hours = HOURS, tellers: tuple[int, ...] = ()) -> list[tuple]:
    return [
        (
            slot.period,
            slot.turn,
            slot.about,
            f"{slot.first:%m-%d %H:%M}",
            f"{slot.last:%m-%d %H:%M}",
        )
        for slot in slots(template(code), day, hours, CALENDAR.is_workday, tellers)
    ]


def test_nine_inspections_with_87_items_are_shipped() -> None:
    assert [one.code for one in shipped_templates()] == [
        "OPEN", "CLEAN", "EQUIP", "FIREP", "FIREM", "CARE", "INFO", "WINDOW", "CLOSE",
    ]  # fmt: skip
    assert sum(len(one.items) for one in shipped_templates()) == 87


def test_the_opening_check_is_due_half_an_hour_to_ten_minutes_before_opening() -> None:
    assert due("OPEN", TODAY) == [("2026-11-20", 1, 0, "11-20 08:30", "11-20 08:50")]


def test_cleaning_has_three_turns_a_day() -> None:
    assert [row[1:] for row in due("CLEAN", TODAY)] == [
        (1, 0, "11-20 08:30", "11-20 09:30"),
        (2, 0, "11-20 12:30", "11-20 13:30"),
        (3, 0, "11-20 16:00", "11-20 17:00"),
    ]


def test_nothing_is_due_on_a_day_off_and_everything_on_a_worked_sunday() -> None:
    # 1 October 2026 is National Day; Sunday 20 September 2026 is worked for it.
    assert due("OPEN", date(2026, 10, 1)) == []
    assert due("OPEN", date(2026, 11, 22)) == []
    assert [row[0] for row in due("OPEN", date(2026, 9, 20))] == ["2026-09-20"]


def test_a_weekly_check_is_open_from_the_first_working_day_of_its_week_to_the_last() -> None:
    assert due("CARE", TODAY) == [("2026-W47", 1, 0, "11-16 09:00", "11-20 17:00")]
    # The week of National Day: Monday to Wednesday are worked.
    assert due("CARE", date(2026, 9, 29)) == [("2026-W40", 1, 0, "09-28 09:00", "09-30 17:00")]


def test_the_monthly_fire_check_is_due_in_the_first_week_that_is_worked() -> None:
    assert due("FIREM", date(2026, 11, 4)) == [("2026-11", 1, 0, "11-02 09:00", "11-06 17:00")]
    assert due("FIREM", TODAY) == []
    # In October 2026 the first seven days are off: the first working day stands in for them.
    first = next(
        day
        for at in range(31)
        if CALENDAR.is_workday(day := date(2026, 10, 1) + timedelta(days=at))
    )
    (row,) = due("FIREM", first)
    assert row[3].startswith(f"{first:%m-%d}")


def test_each_teller_is_observed_once_a_month() -> None:
    rows = due("WINDOW", TODAY, tellers=(4, 7))
    assert [(row[0], row[2]) for row in rows] == [("2026-11", 4), ("2026-11", 7)]
    assert rows[0][4] == "11-30 17:00"


def test_a_patrol_every_two_hours_has_a_turn_each() -> None:
    assert len(due("FIREP", TODAY)) == 1
    rows = due("FIREP", TODAY, Hours(time(9), time(17), 2))
    assert [(row[1], row[3], row[4]) for row in rows] == [
        (1, "11-20 09:00", "11-20 11:00"),
        (2, "11-20 11:00", "11-20 13:00"),
        (3, "11-20 13:00", "11-20 15:00"),
        (4, "11-20 15:00", "11-20 17:00"),
    ]


@pytest.mark.parametrize(
    ("at", "state"),
    [(time(8, 29), "ahead"), (time(8, 30), "due"), (time(8, 50), "due"), (time(8, 51), "missed")],
)
def test_a_slot_is_ahead_due_or_missed(at: time, state: str) -> None:
    (slot,) = slots(template("OPEN"), TODAY, HOURS, CALENDAR.is_workday, ())
    assert slot.state(datetime.combine(TODAY, at)) == state


@given(st.dates(date(2024, 1, 1), date(2027, 12, 31)), st.sampled_from(shipped_templates()))
def test_every_day_of_a_period_names_the_same_time(day: date, one: Template) -> None:
    for slot in slots(one, day, HOURS, CALENDAR.is_workday, (1, 2)):
        assert slot.first < slot.last
        assert slot.first.date() <= day <= slot.last.date()
        again = slots(one, slot.last.date(), HOURS, CALENDAR.is_workday, (1, 2))
        assert slot in again


# -- answers ---------------------------------------------------------------------------------------

ITEM = Item("OPEN-01", "门锁", "Locks", "pfn", True, 2, "guard", photo=True)


@pytest.mark.parametrize(
    ("change", "value", "verdict"),
    [
        ({}, "pass", "pass"),
        ({}, "fail", "fail"),
        ({}, "not_applicable", "not_applicable"),
        ({"response": "number", "least": 20}, "20", "pass"),
        ({"response": "number", "least": 20}, "19.99", "fail"),
        ({"response": "number", "most": 3}, "3", "pass"),
        ({"response": "number", "most": 3}, "4", "fail"),
        ({"response": "number", "equals": "extinguishers"}, "6", "pass"),
        ({"response": "number", "equals": "extinguishers"}, "5", "fail"),
        ({"response": "number", "equals": "extinguishers"}, "7", "fail"),
        ({"response": "number", "most_of": "service_minutes"}, "12", "pass"),
        ({"response": "number", "most_of": "service_minutes"}, "12.1", "fail"),
        ({"response": "date"}, "2026-11-20", "pass"),
        ({"response": "date"}, "2026-11-19", "fail"),
        ({"response": "text"}, "无", "pass"),
        ({"response": "sign"}, "signed", "pass"),
        ({"response": "score2"}, "0", "fail"),
        ({"response": "score2"}, "1", "pass"),
        ({"response": "score2"}, "2", "pass"),
    ],
)
def test_an_answer_passes_or_fails(change: dict[str, object], value: str, verdict: str) -> None:
    item = replace(ITEM, **change)
    assert judged(item, value, TODAY, Bounds(6, 8)) == verdict


@pytest.mark.parametrize(
    ("response", "value"),
    [
        ("pfn", "yes"),
        ("number", "many"),
        ("number", "-1"),
        ("number", ""),
        ("date", "2026-02-30"),
        ("date", "20.11.2026"),
        ("text", "  "),
        ("sign", "pass"),
        ("sign", "not_applicable"),
        ("score2", "3"),
    ],
)
def test_what_is_no_answer_is_refused_at_its_item(response: str, value: str) -> None:
    with pytest.raises(BadInput) as refused:
        judged(replace(ITEM, response=response), value, TODAY, Bounds())
    assert refused.value.field == "OPEN-01"


def sheet(*items: Item) -> Template:
    return Template(
        "OPEN", 1, "营业前检查", "Opening check", "business_day", (("opens-30", "opens-10"),),
        (("guard",),), (Section("安全", "Safety", items),),
    )  # fmt: skip


def items(*criticals: bool, response: str = "pfn") -> tuple[Item, ...]:
    return tuple(
        replace(ITEM, id=f"OPEN-{at:02d}", critical=critical, response=response)
        for at, critical in enumerate(criticals, 1)
    )


def found(*verdicts: str) -> dict[str, Answered]:
    return {f"OPEN-{at:02d}": Answered(verdict, verdict) for at, verdict in enumerate(verdicts, 1)}


def test_the_score_is_the_share_of_what_applies() -> None:
    one = sheet(*items(False, False, False, False))
    assert score(one, found("pass", "pass", "fail", "not_applicable")) == (67, False)
    assert score(one, found(*["not_applicable"] * 4)) == (None, False)


def test_a_failed_critical_item_caps_the_score_at_59() -> None:
    one = sheet(*items(True, False, False, False))
    assert score(one, found("fail", "pass", "pass", "pass")) == (59, True)
    # Below the cap nothing is capped.
    assert score(one, found("fail", "fail", "fail", "pass")) == (25, False)


def test_points_out_of_two_count_by_halves() -> None:
    one = sheet(*items(False, False, response="score2"))
    answers = {"OPEN-01": Answered("pass", "1"), "OPEN-02": Answered("pass", "2")}
    assert score(one, answers) == (75, False)


def test_a_failure_needs_a_note_and_a_critical_one_its_photo() -> None:
    one = sheet(*items(True, False))
    answers = found("fail", "fail")
    assert unexplained(one, answers) == (
        ("OPEN-01", "note"), ("OPEN-01", "photo"), ("OPEN-02", "note"),
    )  # fmt: skip
    told = {
        key: replace(answer, note="锁舌松动", photo="ab" * 32) for key, answer in answers.items()
    }
    assert unexplained(one, told) == ()
    assert missing(one, {"OPEN-02": answers["OPEN-02"]}) == ("OPEN-01",)


def test_what_was_put_right_on_the_spot_needs_no_action_unless_critical() -> None:
    critical, ordinary = items(True, False)
    mended = Answered("fail", "fail", "已擦干", mended=True)
    assert needs_action(critical, mended)
    assert not needs_action(ordinary, mended)
    assert needs_action(ordinary, replace(mended, mended=False))
    assert not needs_action(critical, Answered("pass", "pass"))


@pytest.mark.parametrize(
    ("hours", "day"), [(1, 20), (23, 20), (24, 21), (25, 22), (48, 22), (72, 23), (168, 27)]
)
def test_hours_to_put_something_right_become_a_day(hours: int, day: int) -> None:
    assert action_due(TODAY, hours) == date(2026, 11, day)


@pytest.mark.parametrize(
    ("day", "state"),
    [
        ("", ""),
        ("2026-11-19", "expired"),
        ("2026-11-20", "soon"),
        ("2026-12-20", "soon"),
        ("2026-12-21", ""),
    ],
)
def test_a_date_is_told_thirty_days_ahead(day: str, state: str) -> None:
    assert expiry_state(day, TODAY) == state


# -- templates -------------------------------------------------------------------------------------


@pytest.mark.parametrize("one", shipped_templates(), ids=lambda one: one.code)
def test_a_template_survives_being_stored(one: Template) -> None:
    assert template_from(template_data(one), one.version) == one


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"sections": ()}, "template_items"),
        ({"sections": (Section("安全", "Safety", (ITEM, ITEM)),)}, "template_item_twice"),
        ({"windows": ()}, "field_empty"),
        ({"windows": (("12:30", ""),)}, "window_end"),
        ({"windows": (("closes", "opens"),)}, "window_order"),
        ({"windows": (("noon", "closes"),)}, "window_form"),
        ({"signs": ()}, "template_signs"),
        ({"signs": (("kiosk",),)}, "template_signs"),
        ({"sections": (Section("a", "a", (replace(ITEM, id="1"),)),)}, "item_id"),
        ({"sections": (Section("a", "a", (replace(ITEM, zh=" "),)),)}, "item_text"),
        ({"sections": (Section("a", "a", (replace(ITEM, due_h=0),)),)}, "item_action"),
        ({"sections": (Section("a", "a", (replace(ITEM, owner="nobody"),)),)}, "item_action"),
        ({"sections": (Section("a", "a", (replace(ITEM, response="poem"),)),)}, "code_unknown"),
        ({"sections": (Section("a", "a", (replace(ITEM, least=3, most=2),)),)}, "item_limits"),
    ],
)
def test_what_cannot_stand_in_a_template_is_refused(change: dict[str, object], code: str) -> None:
    with pytest.raises(BadInput) as refused:
        checked_template(replace(sheet(ITEM), **change))
    assert refused.value.code == code

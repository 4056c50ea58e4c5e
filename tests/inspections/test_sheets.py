"""Inspections made through commands, their findings and signatures; on each kind of store."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from branch.bootstrap import Branch
from branch.catalogue.queries import services
from branch.founding import Plan
from branch.inspections.commands import (
    AddEquipment,
    AddSheetPhoto,
    AnswerItem,
    ChangeTemplate,
    DropSheet,
    FinishSheet,
    OpenSheetPhoto,
    RemoveSheetPhoto,
    RestoreTemplate,
    SignSheet,
    StartSheet,
)
from branch.inspections.queries import (
    day_lines,
    hints,
    month_lines,
    repeats,
    sheet_view,
    sheets_between,
)
from branch.inspections.queries.reminders import waiting_for
from branch.inspections.queries.summary import MonthLine
from branch.inspections.rules import Template
from branch.inspections.templates import template_of, templates
from branch.kernel import journal
from branch.kernel.clock import SetClock
from branch.kernel.errors import BadInput, NotFound, NotPermitted, RuleBroken, Stale
from branch.quality.commands import CheckAction, FinishAction
from branch.quality.queries import open_actions
from tests.complaints.desk import GUARD, HEAD, SUPERVISOR, TELLER, Desk
from tests.complaints.desk import LOBBY_MANAGER as LOBBY
from tests.conftest import SHANGHAI

# The smallest picture there is, of one white point.
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550000000a49444154789c63fa0f00"
    "010501022728dc350000000049454e44ae426082"
)


@pytest.fixture
def desk(branch: Branch, clock: SetClock, tmp_path: Path) -> Desk:
    # A store on a server knows of no folder by itself.
    branch.store.attachments = tmp_path / "attachments"
    return Desk(branch, clock)


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


def test_an_opening_check_from_due_to_signed_by_two(desk: Desk) -> None:
    at(desk, "08:35")
    assert state(desk, "OPEN") == "due"
    sheet = begin(desk)
    assert state(desk, "OPEN") == "open"
    answer_all(desk, sheet)
    desk.run(FinishSheet(sheet), LOBBY)
    view = sheet_view(desk.store, sheet)
    assert (view.line.state, view.line.score, view.line.failed) == ("signing", 100, 0)
    with pytest.raises(NotPermitted):
        desk.run(SignSheet(sheet), LOBBY)
    desk.run(SignSheet(sheet), GUARD)
    view = sheet_view(desk.store, sheet)
    assert view.line.state == "done"
    assert [signed.by for signed in view.signatures] == ["李静", "马强"]
    assert not view.line.late
    with pytest.raises(Stale):
        desk.run(SignSheet(sheet), GUARD)


def test_the_second_signs_at_the_first_one_s_station_with_his_pin(desk: Desk, sample: Plan) -> None:
    pins = {str(member.staff_no): member.pin for member in sample.staff}
    at(desk, "08:35")
    sheet = begin(desk)
    answer_all(desk, sheet)
    desk.run(FinishSheet(sheet), LOBBY)
    wrong = "135790" if pins[GUARD] != "135790" else "246801"
    refused = desk.run(SignSheet(sheet, GUARD, wrong), LOBBY)
    assert (refused.code, refused.left) == ("sign_in_wrong", 9)
    for number, code in ((LOBBY, "second_person_needed"), (TELLER, "inspection_signer")):
        with pytest.raises(NotPermitted) as told:
            desk.run(SignSheet(sheet, number, pins[number]), LOBBY)
        assert told.value.code == code
    command = SignSheet(sheet, GUARD, pins[GUARD])
    assert pins[GUARD] not in repr(command)
    assert desk.run(command, LOBBY) is None
    view = sheet_view(desk.store, sheet)
    assert [signed.by for signed in view.signatures] == ["李静", "马强"]
    assert [signed.staff for signed in view.signatures] == [desk.staff(LOBBY), desk.staff(GUARD)]


def test_who_begins_second_is_told_who_was_first(desk: Desk) -> None:
    at(desk, "08:40")
    begin(desk)
    with pytest.raises(Stale) as told:
        begin(desk, by=GUARD)
    assert told.value.values == {"who": "李静", "at": "08:40"}


def test_nothing_begins_before_its_time_or_on_another_day(desk: Desk) -> None:
    at(desk, "08:00")
    with pytest.raises(RuleBroken) as early:
        begin(desk)
    assert early.value.code == "inspection_ahead"
    with pytest.raises(NotFound):
        desk.run(StartSheet("OPEN", "2026-11-19"), LOBBY)
    with pytest.raises(NotFound):
        desk.run(StartSheet("POEM", "2026-11-20"), LOBBY)


def test_a_late_sheet_says_so(desk: Desk) -> None:
    at(desk, "09:05")
    assert state(desk, "OPEN") == "missed"
    sheet = begin(desk)
    assert sheet_view(desk.store, sheet).line.late


def test_a_failed_critical_item_asks_for_note_photo_and_action(desk: Desk) -> None:
    at(desk, "08:35")
    sheet = begin(desk)
    answer_all(desk, sheet)
    desk.run(AnswerItem(sheet, "OPEN-05", "fail"), LOBBY)
    with pytest.raises(RuleBroken) as bare:
        desk.run(FinishSheet(sheet), LOBBY)
    assert (bare.value.code, bare.value.values["item"]) == ("failure_note", "OPEN-05")
    desk.run(AnswerItem(sheet, "OPEN-05", "fail", "求助按钮无应答"), LOBBY)
    with pytest.raises(RuleBroken) as unseen:
        desk.run(FinishSheet(sheet), LOBBY)
    assert unseen.value.code == "failure_photo"
    desk.run(AddSheetPhoto(sheet, "OPEN-05", PNG), LOBBY)
    desk.run(FinishSheet(sheet), LOBBY)
    line = sheet_view(desk.store, sheet).line
    assert (line.score, line.capped, line.failed) == (59, True, 1)
    (action,) = open_actions(desk.store)
    assert (action.source, action.ref, action.owner_name) == ("inspection", sheet, "李静")
    assert action.due_on == "2026-11-21"
    assert "求助按钮无应答" in action.text
    assert not action.raised
    assert "求助按钮" not in str([entry.data for entry in journal.entries(desk.store)])
    # Nobody closes his own.
    desk.run(FinishAction(action.id, "已换电池并试按"), LOBBY)
    with pytest.raises(NotPermitted):
        desk.run(CheckAction(action.id, True), LOBBY)
    desk.run(CheckAction(action.id, True), SUPERVISOR)
    assert open_actions(desk.store) == ()


def test_what_was_put_right_on_the_spot_makes_no_action(desk: Desk) -> None:
    at(desk, "08:35")
    sheet = begin(desk)
    answer_all(desk, sheet)
    desk.run(AnswerItem(sheet, "OPEN-14", "fail", "已摆回告知牌", mended=True), LOBBY)
    desk.run(FinishSheet(sheet), LOBBY)
    assert open_actions(desk.store) == ()
    assert sheet_view(desk.store, sheet).line.failed == 1


def test_the_second_failure_within_thirty_days_goes_up(desk: Desk) -> None:
    raised = []
    for day in ("2026-11-20", "2026-11-23"):
        at(desk, "08:35", day)
        sheet = begin(desk)
        answer_all(desk, sheet, OPEN_07="存取款机吞卡")
        desk.run(FinishSheet(sheet), LOBBY)
        (action,) = sheet_view(desk.store, sheet).actions
        raised.append(action.raised)
    assert raised == [False, True]
    (repeat,) = repeats(desk.store, desk.today)
    assert (repeat.item, repeat.days) == ("OPEN-07", ("2026-11-20", "2026-11-23"))


def test_an_item_without_an_answer_is_named(desk: Desk) -> None:
    at(desk, "08:35")
    sheet = begin(desk)
    desk.run(AnswerItem(sheet, "OPEN-01", "pass"), LOBBY)
    with pytest.raises(RuleBroken) as left:
        desk.run(FinishSheet(sheet), LOBBY)
    assert left.value.values == {"count": 14, "first": "OPEN-02"}


def test_the_first_signature_is_of_the_role_it_asks_for(desk: Desk) -> None:
    at(desk, "08:35")
    sheet = begin(desk, by=GUARD)
    answer_all(desk, sheet, by=GUARD)
    with pytest.raises(NotPermitted) as refused:
        desk.run(FinishSheet(sheet), GUARD)
    assert refused.value.code == "inspection_signer"
    desk.run(FinishSheet(sheet), LOBBY)


def test_a_cleaning_sheet_names_the_cleaner(desk: Desk) -> None:
    at(desk, "09:00")
    sheet = begin(desk, "CLEAN")
    answer_all(desk, sheet)
    with pytest.raises(BadInput) as bare:
        desk.run(FinishSheet(sheet), LOBBY)
    assert bare.value.field == "cleaner"
    desk.run(FinishSheet(sheet, "周阿姨"), LOBBY)
    view = sheet_view(desk.store, sheet)
    assert (view.cleaner, view.line.state) == ("周阿姨", "done")
    assert "周阿姨" not in str([entry.data for entry in journal.entries(desk.store)])
    assert "周阿姨" not in repr(FinishSheet(sheet, "周阿姨"))


def test_a_photo_is_kept_looked_at_and_taken_away(desk: Desk) -> None:
    at(desk, "08:35")
    sheet = begin(desk)
    with pytest.raises(RuleBroken):
        desk.run(AddSheetPhoto(sheet, "OPEN-01", PNG), LOBBY)
    desk.run(AnswerItem(sheet, "OPEN-01", "fail", "锁舌松动"), LOBBY)
    with pytest.raises(BadInput):
        desk.run(AddSheetPhoto(sheet, "OPEN-01", b"GIF89a"), LOBBY)
    desk.run(AddSheetPhoto(sheet, "OPEN-01", PNG), LOBBY)
    assert desk.run(OpenSheetPhoto(sheet, "OPEN-01"), GUARD) == PNG
    # A changed answer keeps its photo.
    desk.run(AnswerItem(sheet, "OPEN-01", "fail", "锁舌已脱落"), LOBBY)
    assert sheet_view(desk.store, sheet).answers["OPEN-01"].photo
    desk.run(RemoveSheetPhoto(sheet, "OPEN-01"), LOBBY)
    with pytest.raises(NotFound):
        desk.run(OpenSheetPhoto(sheet, "OPEN-01"), GUARD)


def test_a_sheet_begun_by_mistake_can_be_given_up_and_begun_again(desk: Desk) -> None:
    at(desk, "08:35")
    sheet = begin(desk)
    desk.run(AnswerItem(sheet, "OPEN-01", "pass"), LOBBY)
    desk.run(DropSheet(sheet), LOBBY)
    assert state(desk, "OPEN") == "due"
    again = begin(desk)
    assert sheet_view(desk.store, again).answered == 0


def test_a_teller_is_observed_against_the_minutes_of_the_service(desk: Desk) -> None:
    at(desk, "10:00")
    teller = desk.staff(TELLER)
    sheet = int(desk.run(StartSheet("WINDOW", "2026-11", 1, teller), LOBBY))
    with pytest.raises(BadInput) as unsaid:
        desk.run(AnswerItem(sheet, "WINDOW-05", "12"), LOBBY)
    assert unsaid.value.field == "service"
    minutes = next(one.minutes for one in services(desk.store) if one.code == "P01")
    most = int(minutes * 1.5)
    assert desk.run(AnswerItem(sheet, "WINDOW-05", str(most), service="P01"), LOBBY) == "pass"
    slow = AnswerItem(sheet, "WINDOW-05", str(most + 1), service="P01")
    assert desk.run(slow, LOBBY) == "fail"
    assert sheet_view(desk.store, sheet).line.about == "王敏"


def test_the_program_fills_in_what_it_knows(desk: Desk) -> None:
    for place in ("大厅", "柜台"):
        desk.run(AddEquipment("extinguisher", f"{place}灭火器", place), LOBBY)
    at(desk, "10:00", "2026-11-04")
    sheet = begin(desk, "FIREM", by=SUPERVISOR)
    known = {hint.item: hint.value for hint in hints(desk.store, sheet, desk.clock.now_ms())}
    assert known == {"FIREM-04": "2", "FIREM-10": "0"}
    assert desk.run(AnswerItem(sheet, "FIREM-04", "3"), SUPERVISOR) == "fail"
    assert desk.run(AnswerItem(sheet, "FIREM-04", "2"), SUPERVISOR) == "pass"


def test_a_month_counts_done_late_and_missed(desk: Desk) -> None:
    at(desk, "08:35")
    sheet = begin(desk)
    answer_all(desk, sheet)
    desk.run(FinishSheet(sheet), LOBBY)
    at(desk, "09:30", "2026-11-23")
    late = begin(desk)
    answer_all(desk, late)
    desk.run(FinishSheet(late), LOBBY)
    line = next(
        one for one in month_lines(desk.store, 2026, 11, desk.today) if one.template == "OPEN"
    )
    # The branch was founded on Friday the 20th: nothing is missed before.
    assert (line.due, line.done, line.late, line.missed, line.score) == (2, 2, 1, 0, 100)
    assert len(sheets_between(desk.store, desk.today, desk.today)) == 1
    at(desk, "08:00", "2026-11-25")
    tomorrow = next(
        one for one in month_lines(desk.store, 2026, 11, desk.today) if one.template == "OPEN"
    )
    assert (tomorrow.due, tomorrow.missed) == (4, 2)
    before = month_lines(desk.store, 2026, 10, desk.today)
    assert {(one.due, one.missed) for one in before} == {(0, 0)}


# -- templates -------------------------------------------------------------------------------------


def own(desk: Desk, every: str) -> Template:
    """A checklist of the branch's own, asked for from today on."""
    shipped = template_of(desk.store, "EQUIP")
    assert shipped is not None
    made = replace(
        shipped, code="OWN01", version=0, every=every, within="", signs=(("lobby_manager",),)
    )
    desk.run(ChangeTemplate(made), HEAD)
    return replace(made, version=1)


def month_of(desk: Desk, code: str, year: int = 2026, month: int = 11) -> MonthLine:
    found = month_lines(desk.store, year, month, desk.today)
    return next(line for line in found if line.template == code)


def test_how_often_becomes_another_from_the_next_day_on(desk: Desk) -> None:
    at(desk, "08:35", "2026-11-23")
    daily = own(desk, "business_day")
    assert desk.run(ChangeTemplate(replace(daily, every="week")), HEAD) == 2
    # What is asked for today stays asked for.
    assert [line.slot.period for line in lines(desk) if line.slot.template == "OWN01"] == [
        "2026-11-23"
    ]
    at(desk, "08:35", "2026-11-24")
    assert [line.slot.period for line in lines(desk) if line.slot.template == "OWN01"] == [
        "2026-W48"
    ]
    # The day before is still what it was, on its page and in the month.
    yesterday = day_lines(desk.store, date(2026, 11, 23), desk.clock.now_ms(), SHANGHAI)
    assert [(one.slot.period, one.state) for one in yesterday if one.template.code == "OWN01"] == [
        ("2026-11-23", "missed")
    ]
    # The day that was missed, and the week, which runs up to Friday.
    assert (month_of(desk, "OWN01").due, month_of(desk, "OWN01").missed) == (2, 1)


def test_a_week_that_became_days_is_not_missed(desk: Desk) -> None:
    at(desk, "08:35", "2026-11-23")
    weekly = own(desk, "week")
    at(desk, "08:35", "2026-11-25")
    desk.run(ChangeTemplate(replace(weekly, every="business_day")), HEAD)
    at(desk, "23:00", "2026-11-27")
    # Thursday and Friday; of the week nobody asks any more.
    assert (month_of(desk, "OWN01").due, month_of(desk, "OWN01").missed) == (2, 2)


def test_what_is_laid_down_is_done_as_often_as_it_is(desk: Desk) -> None:
    shipped = template_of(desk.store, "FIREP")
    assert shipped is not None
    with pytest.raises(BadInput) as refused:
        desk.run(ChangeTemplate(replace(shipped, every="month")), HEAD)
    assert (refused.value.code, refused.value.field) == ("template_every_fixed", "every")


def test_a_year_counts_in_december_with_what_was_done_of_it_before(desk: Desk) -> None:
    at(desk, "08:35", "2026-11-19")
    own(desk, "year")
    at(desk, "08:35", "2026-11-20")
    sheet = begin(desk, "OWN01")
    answer_all(desk, sheet)
    desk.run(FinishSheet(sheet), LOBBY)
    at(desk, "23:00", "2026-12-31")
    line = month_of(desk, "OWN01", 2026, 12)
    assert (line.due, line.done, line.missed) == (1, 1, 0)


def test_a_changed_template_is_a_new_version_and_begun_sheets_keep_theirs(desk: Desk) -> None:
    at(desk, "08:35")
    sheet = begin(desk)
    shipped = template_of(desk.store, "OPEN")
    assert shipped is not None
    shorter = replace(shipped, sections=shipped.sections[:1])
    assert desk.run(ChangeTemplate(shorter), HEAD) == 2
    assert len(sheet_view(desk.store, sheet).template.items) == 15
    newest = template_of(desk.store, "OPEN")
    assert newest is not None
    assert (newest.version, len(newest.items)) == (2, 5)
    with pytest.raises(Stale):
        desk.run(ChangeTemplate(shorter), HEAD)
    assert desk.run(RestoreTemplate("OPEN"), HEAD) == 3
    assert len(templates(desk.store)[0].items) == 15
    with pytest.raises(NotFound):
        desk.run(RestoreTemplate("OWN"), HEAD)
    # What could not be read again is not kept.
    latest = template_of(desk.store, "OPEN")
    assert latest is not None
    with pytest.raises(BadInput) as nameless:
        desk.run(ChangeTemplate(replace(latest, name_zh=" ")), HEAD)
    assert nameless.value.field == "name_zh"


def test_what_waits_is_told_to_who_signs_it(desk: Desk) -> None:
    def waits(by: str, roles: frozenset[str]) -> list[tuple[str, str]]:
        found = waiting_for(desk.store, desk.staff(by), roles, desk.clock.now_ms(), SHANGHAI)
        return [(one.template, one.state) for one in found]

    lobby, guard = frozenset({"lobby_manager"}), frozenset({"guard"})
    at(desk, "08:35")
    # The week ends on this Friday; the month has ten days left.
    assert waits(LOBBY, lobby) == [
        ("OPEN", "due"),
        ("CLEAN", "due"),
        ("CARE", "due"),
        ("EQUIP", "due"),
    ]
    assert waits(GUARD, guard) == [("FIREP", "due")]
    at(desk, "09:05")
    assert ("OPEN", "missed") in waits(LOBBY, lobby)
    desk.at("2026-11-19 09:05")
    assert ("CARE", "due") not in waits(LOBBY, lobby)
    at(desk, "09:05")
    sheet = begin(desk)
    answer_all(desk, sheet)
    desk.run(FinishSheet(sheet), LOBBY)
    assert ("OPEN", "signing") in waits(GUARD, guard)
    assert "OPEN" not in [code for code, _ in waits(LOBBY, lobby)]
    desk.run(SignSheet(sheet), GUARD)
    assert waits(GUARD, guard) == [("FIREP", "due")]
    assert waits(TELLER, frozenset({"teller"})) == []

"""Inspections made through commands, their findings and signatures; on each kind of store."""

from __future__ import annotations

from pathlib import Path

import pytest

from branch.bootstrap import Branch
from branch.catalogue.queries import services
from branch.founding import Plan
from branch.inspections.commands import (
    AddEquipment,
    AddSheetPhoto,
    AnswerItem,
    DropSheet,
    FinishSheet,
    OpenSheetPhoto,
    RemoveSheetPhoto,
    SignSheet,
    StartSheet,
)
from branch.inspections.queries import (
    hints,
    repeats,
    sheet_view,
)
from branch.kernel import journal
from branch.kernel.clock import SetClock
from branch.kernel.errors import BadInput, NotFound, NotPermitted, RuleBroken, Stale
from branch.quality.commands import CheckAction, FinishAction
from branch.quality.queries import open_actions
from tests.complaints.desk import GUARD, SUPERVISOR, TELLER, Desk
from tests.complaints.desk import LOBBY_MANAGER as LOBBY
from tests.inspections.sheets import answer_all, at, begin, state

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

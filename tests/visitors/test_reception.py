"""Reception records: what is kept, of whom, when it may be changed, and how it is summed up."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from branch.bootstrap import Branch
from branch.kernel.clock import SetClock
from branch.kernel.errors import BadInput, BranchError, NotFound, NotPermitted, RuleBroken, Stale
from branch.kernel.journal import Entry, entries
from branch.kernel.runner import Actor
from branch.lobby.commands.arrivals import Issue
from branch.people.queries import account_id
from branch.visitors.commands.reception import (
    ChangeReception,
    FinishFollowUp,
    RecordReception,
    WithdrawReception,
)
from branch.visitors.queries.reception import (
    Reception,
    draft_of,
    feedback_week,
    feedback_weeks,
    open_follow_up_count,
    open_follow_ups,
    receptions_of_day,
    usual_needs,
)
from tests.conftest import OPENING

DAY = "2026-11-20"
LI, ADVISER, TELLER = "100301", "100302", "100482"
PHONE = "13812345172"
PLAIN = RecordReception(None, "P01", frozenset({"explained", "mobile"}))
CALL = replace(
    PLAIN,
    follow_up="answer",
    follow_by="2026-11-23",
    surname="周",
    title="mr",
    phone=PHONE,
    notice=1,
    told_at=OPENING,
)


class Desk:
    """The lobby's desk: who notes what, and what stands in the store then."""

    def __init__(self, branch: Branch, clock: SetClock) -> None:
        self.branch, self.store, self.clock = branch, branch.store, clock

    def by(self, staff_no: str, command: object) -> Any:
        staff = account_id(self.store, staff_no)
        assert staff is not None
        return self.branch.run(command, Actor(staff, "lobby")).value

    def note(self, command: RecordReception = PLAIN) -> int:
        return int(self.by(LI, command))

    def only(self, day: str = DAY) -> Reception:
        (one,) = receptions_of_day(self.store, day)
        return one

    @property
    def last(self) -> Entry:
        return list(entries(self.store))[-1]

    def column(self, name: str) -> list[Any]:
        return [row[0] for row in self.store.rows(f"SELECT {name} FROM reception", ())]


@pytest.fixture
def desk(branch: Branch, clock: SetClock) -> Desk:
    return Desk(branch, clock)


def refused(desk: Desk, command: object, by: str = LI) -> tuple[type[BranchError], str]:
    with pytest.raises(BranchError) as caught:
        desk.by(by, command)
    return type(caught.value), caught.value.code


def test_need_advice_and_words_are_noted_without_any_person(desk: Desk) -> None:
    desk.by(LI, Issue("P02"))
    ticket = desk.by(LI, Issue("P01"))
    identity = desk.note(
        replace(
            PLAIN,
            ticket=ticket.id,
            note="带身份证再来",
            feedback="suggestion",
            feedback_text="多放老花镜",
        )
    )
    told = desk.only()
    assert (told.id, told.number, told.service) == (identity, ticket.number, "P01")
    assert told.advice == ("explained", "mobile")
    assert (told.note, told.feedback, told.feedback_text) == (
        "带身份证再来",
        "suggestion",
        "多放老花镜",
    )
    assert (told.surname, told.phone, told.notice, told.told_at) == ("", "", None, None)
    assert (told.staff_name, told.at) == ("李静", OPENING)


def test_the_journal_knows_codes_and_never_words(desk: Desk) -> None:
    identity = desk.note(
        replace(CALL, note="客户赶时间", feedback="praise", feedback_text="小王很好")
    )
    entry = desk.last
    assert (entry.what, entry.subject) == ("reception.recorded", str(identity))
    assert entry.data == {
        "ticket": None,
        "service": "P01",
        "advice": ["explained", "mobile"],
        "feedback": "praise",
        "follow_up": "answer",
        "follow_by": "2026-11-23",
        "notice": 1,
        "told_at": OPENING,
    }


def test_a_name_and_a_number_only_with_a_follow_up(desk: Desk) -> None:
    for more in ({"surname": "周"}, {"phone": PHONE}, {"title": "mr"}):
        wanted = replace(PLAIN, notice=1, told_at=OPENING, **more)
        assert refused(desk, wanted) == (RuleBroken, "contact_without_follow_up")
    assert desk.column("id") == []


@pytest.mark.parametrize(
    ("notice", "told_at"),
    [
        (None, None),
        (1, None),
        (None, OPENING),
        (2, OPENING),
        (0, OPENING),
        (1, OPENING + 3_600_000),
        (1, OPENING - 25 * 3_600_000),
    ],
)
def test_no_number_before_the_notice_was_read_out(
    desk: Desk, notice: int | None, told_at: int | None
) -> None:
    wanted = replace(CALL, notice=notice, told_at=told_at)
    assert refused(desk, wanted) == (RuleBroken, "notice_not_told")
    assert desk.column("id") == []


def test_saying_no_leaves_the_fields_away_and_refuses_nothing(desk: Desk) -> None:
    desk.note(replace(CALL, surname="", title="", phone=""))
    told = desk.only()
    assert (told.follow_up, told.follow_by) == ("answer", "2026-11-23")
    assert (told.surname, told.phone, told.notice, told.told_at) == ("", "", None, None)


def test_the_number_is_sealed_and_shown_masked(desk: Desk) -> None:
    desk.note(replace(CALL, phone="138 1234 5172"))
    told = desk.only()
    assert (told.surname, told.title, told.phone) == ("周", "mr", "138****5172")
    assert (told.notice, told.told_at) == (1, OPENING)
    (sealed,), (mark,) = desk.column("phone"), desk.column("phone_mark")
    assert PHONE not in sealed
    assert "138 1234 5172" not in sealed
    sealer = desk.store.sealer
    assert sealer.open(sealed, "reception.phone") == PHONE
    assert mark == sealer.mark(PHONE, "reception.phone")


def test_a_command_shows_no_personal_detail(desk: Desk) -> None:
    secret = replace(CALL, note="秘密", feedback_text="秘密", surname="秘密", phone="秘密")
    change = ChangeReception(1, 1, "P01", note="秘密", surname="秘密", phone="秘密")
    assert "秘密" not in f"{secret}{change}"


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"advice": frozenset({"shouted"})}, "code_unknown", "advice"),
        ({"feedback": "angry"}, "code_unknown", "feedback"),
        ({"feedback_text": "挺好"}, "feedback_kind_needed", "feedback"),
        ({"note": "长" * 201}, "field_too_long", "note"),
        ({"follow_up": "sing"}, "code_unknown", "follow_up"),
        ({"follow_up": "", "follow_by": "2026-11-23"}, "follow_up_kind_needed", "follow_up"),
        ({"follow_by": "2026-11-19"}, "follow_by_range", "follow_by"),
        ({"follow_by": "2027-01-20"}, "follow_by_range", "follow_by"),
        ({"follow_by": "soon"}, "follow_by_range", "follow_by"),
        ({"title": "dr"}, "code_unknown", "title"),
        ({"phone": "没有电话"}, "phone_without_digits", "phone"),
        ({"phone": "1" * 33}, "field_too_long", "phone"),
        ({"surname": "长" * 21}, "field_too_long", "surname"),
    ],
)
def test_what_cannot_be_taken_names_its_field(
    desk: Desk, change: dict[str, Any], code: str, field: str
) -> None:
    with pytest.raises(BadInput) as caught:
        desk.note(replace(CALL, **change))
    assert (caught.value.code, caught.value.field) == (code, field)
    assert PHONE not in str(caught.value)
    assert desk.column("id") == []


def test_what_it_names_has_to_exist(desk: Desk) -> None:
    assert refused(desk, replace(PLAIN, ticket=99)) == (NotFound, "ticket_unknown")
    assert refused(desk, replace(PLAIN, service="XX")) == (NotFound, "service_unknown")
    assert refused(desk, WithdrawReception(7)) == (NotFound, "reception_unknown")
    desk.note(replace(PLAIN, service=""))
    assert desk.only().service == ""


def test_only_who_receives_customers_writes_records(desk: Desk) -> None:
    for command in (PLAIN, WithdrawReception(1), FinishFollowUp(1, "came")):
        assert refused(desk, command, TELLER) == (NotPermitted, "not_permitted")


# -- correcting, taking back --------------------------------------------------------------------


def test_its_writer_corrects_a_record_and_the_contact_stays(desk: Desk) -> None:
    identity = desk.note(CALL)
    before = desk.only()
    desk.by(
        LI, ChangeReception(identity, before.rev, "P02", note="改过", follow_up="documents",
                            follow_by="2026-11-24")
    )  # fmt: skip
    told = desk.only()
    assert (told.service, told.note, told.follow_up, told.follow_by) == (
        "P02",
        "改过",
        "documents",
        "2026-11-24",
    )
    assert (told.surname, told.phone, told.notice, told.told_at) == (
        "周",
        "138****5172",
        1,
        OPENING,
    )
    assert (desk.last.what, desk.last.data["told_at"]) == ("reception.changed", OPENING)
    assert refused(desk, ChangeReception(identity, before.rev, "P01")) == (
        Stale,
        "reception_changed",
    )


def test_a_follow_up_taken_back_takes_the_number_with_it(desk: Desk) -> None:
    identity = desk.note(CALL)
    desk.by(LI, ChangeReception(identity, desk.only().rev, "P01"))
    told = desk.only()
    assert (told.follow_up, told.surname, told.phone) == ("", "", "")
    assert (told.notice, told.told_at) == (None, None)
    assert desk.column("phone_mark") == [""]


def test_another_number_needs_the_notice_again(desk: Desk) -> None:
    identity = desk.note(CALL)
    change = ChangeReception(
        identity, desk.only().rev, "P01", follow_up="answer", follow_by="2026-11-23",
        keep_contact=False, surname="吴", title="ms", phone="13912345678",
    )  # fmt: skip
    assert refused(desk, change) == (RuleBroken, "notice_not_told")
    desk.by(LI, replace(change, notice=1, told_at=OPENING))
    assert (desk.only().surname, desk.only().phone) == ("吴", "139****5678")


def test_within_the_day_and_by_its_writer_only(desk: Desk) -> None:
    identity = desk.note(CALL)
    change = ChangeReception(identity, desk.only().rev, "P01")
    for command in (change, WithdrawReception(identity)):
        assert refused(desk, command, ADVISER) == (RuleBroken, "reception_of_colleague")
    assert draft_of(desk.store, identity, account_id(desk.store, ADVISER) or 0, DAY) is None
    desk.clock.advance(24 * 3600)
    for command in (change, WithdrawReception(identity)):
        assert refused(desk, command) == (RuleBroken, "reception_past_day")


def test_taken_back_nothing_of_it_is_kept(desk: Desk) -> None:
    identity = desk.note(replace(CALL, note="写错人了"))
    desk.by(LI, WithdrawReception(identity))
    assert desk.column("id") == []
    assert (desk.last.what, desk.last.subject, desk.last.data) == (
        "reception.withdrawn",
        str(identity),
        {},
    )


def test_a_legal_hold_keeps_a_record_as_it_is(desk: Desk) -> None:
    identity = desk.note(CALL)
    desk.store.touch(
        "INSERT INTO legal_hold (kind, ref, reason, text, at, by) "
        f"VALUES ('reception', {identity}, 'court', '', 1, 1)",
        (),
    )
    change = ChangeReception(identity, desk.only().rev, "P01")
    for command in (change, WithdrawReception(identity)):
        assert refused(desk, command) == (RuleBroken, "record_on_hold")


def test_the_writer_reads_his_own_texts_as_typed(desk: Desk) -> None:
    text = f"请打 {PHONE}"
    identity = desk.note(replace(PLAIN, note=text, feedback="praise", feedback_text=text))
    told = desk.only()
    assert (told.note, told.feedback_text) == ("请打 ****", "请打 ****")
    staff = account_id(desk.store, LI) or 0
    draft = draft_of(desk.store, identity, staff, DAY)
    assert draft is not None
    assert (draft.note, draft.feedback_text) == (text, text)
    assert PHONE not in repr(draft)


# -- following up -------------------------------------------------------------------------------


def test_follow_ups_wait_with_the_earliest_day_first(desk: Desk) -> None:
    late = desk.note(replace(CALL, follow_by="2026-11-25"))
    soon = desk.note(replace(CALL, follow_by="2026-11-21"))
    desk.note()
    assert [item.id for item in open_follow_ups(desk.store)] == [soon, late]
    assert open_follow_up_count(desk.store) == 2
    desk.clock.advance(60)
    desk.by(ADVISER, FinishFollowUp(soon, "answered"))
    assert [item.id for item in open_follow_ups(desk.store)] == [late]
    assert open_follow_up_count(desk.store) == 1
    done = next(item for item in receptions_of_day(desk.store, DAY) if item.id == soon)
    assert (done.done_at, done.outcome) == (OPENING + 60_000, "answered")
    assert (desk.last.what, desk.last.data) == ("reception.followed_up", {"outcome": "answered"})
    assert refused(desk, FinishFollowUp(soon, "answered")) == (Stale, "follow_up_done")
    assert refused(desk, WithdrawReception(soon)) == (RuleBroken, "follow_up_done")
    assert refused(desk, ChangeReception(soon, done.rev, "P01")) == (RuleBroken, "follow_up_done")


def test_a_follow_up_ends_in_a_known_way(desk: Desk) -> None:
    plain = desk.note()
    assert refused(desk, FinishFollowUp(plain, "answered")) == (RuleBroken, "no_follow_up")
    wanted = desk.note(CALL)
    assert refused(desk, FinishFollowUp(wanted, "shouted")) == (BadInput, "code_unknown")


# -- the week -----------------------------------------------------------------------------------


def test_the_week_beside_the_one_before(desk: Desk) -> None:
    """Friday 13 and Friday 20 November 2026."""
    desk.clock.advance(-7 * 24 * 3600)
    desk.note(replace(PLAIN, feedback="praise", feedback_text="谢谢"))
    desk.clock.advance(7 * 24 * 3600)
    desk.note(replace(PLAIN, service="P02", advice=frozenset({"room"}), feedback="dissatisfied",
                      feedback_text=f"等太久，回电 {PHONE}"))  # fmt: skip
    desk.note(replace(PLAIN, service="P02", feedback="praise"))
    desk.note(replace(CALL, follow_by=DAY))
    done = desk.note(CALL)
    desk.by(LI, FinishFollowUp(done, "came"))
    week = feedback_week(desk.store, "2026-11-16", "2026-11-21")
    assert (week.monday, week.sunday) == ("2026-11-16", "2026-11-22")
    now = week.now
    assert now.records == 4
    assert now.by_kind == {"dissatisfied": 1, "praise": 1, "none": 2}
    assert list(now.by_service.items()) == [("P01", 2), ("P02", 2)]
    assert now.by_advice == {"explained": 3, "mobile": 3, "room": 1}
    assert (now.wanted, now.done, now.late) == (2, 1, 1)
    assert (week.before.records, week.before.by_kind) == (1, {"praise": 1})
    (voice,) = week.voices
    assert (voice.day, voice.kind, voice.service) == (DAY, "dissatisfied", "P02")
    assert voice.text == "等太久，回电 ****"
    assert feedback_weeks(desk.store, "2026-11-24") == ("2026-11-23", "2026-11-16", "2026-11-09")


def test_a_week_without_records_is_all_noughts(desk: Desk) -> None:
    week = feedback_week(desk.store, "2026-11-16", DAY)
    assert (week.now, week.voices) == (week.before, ())
    assert week.now.records == 0
    assert feedback_weeks(desk.store, DAY) == ("2026-11-16",)


def test_the_usual_needs_come_first(desk: Desk) -> None:
    for service in ("P05", "P01", "P05", ""):
        desk.note(replace(PLAIN, service=service))
    assert usual_needs(desk.store, DAY) == ("P05", "P01")
    assert usual_needs(desk.store, "2026-12-25") == ()

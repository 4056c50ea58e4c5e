"""Registration, later changes, and what becomes of a case before its reply: every refusal once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from branch.complaints.codes import CHANNELS, KINDS
from branch.complaints.commands.acceptance import (
    Accept,
)
from branch.complaints.commands.answering import CloseOther, RecordContact
from branch.complaints.commands.correcting import CorrectComplainant, EditCase, GiveIdentity
from branch.complaints.commands.registration import (
    LinkRepeat,
    Register,
    SetSubjects,
    TurnIntoComplaint,
)
from branch.complaints.commands.revealing import FIELDS, RevealCase
from branch.complaints.description import Complainant, Matter
from branch.complaints.queries.alike import alike_cases
from branch.complaints.queries.desk import running_cases, search_cases
from branch.kernel.errors import BadInput, NotFound, NotPermitted, RuleBroken, Stale
from tests.complaints.desk import (
    ADVISER,
    AUDITOR,
    GUARD,
    HEAD,
    LOBBY_MANAGER,
    OFFICER,
    SUPERVISOR,
    TELLER,
    WHAT,
    WHO,
    Desk,
)


def number(desk: Desk, complaint: int) -> str:
    found = desk.detail(complaint)
    assert found is not None
    return found.line.number


# -- registration -------------------------------------------------------------------------------


@pytest.mark.parametrize("channel", CHANNELS)
def test_every_channel_gives_a_number_at_once(desk: Desk, channel: str) -> None:
    forwarded = "regulator" if channel == "superior" else ""
    complaint = desk.register(channel, forwarded=forwarded)
    assert number(desk, complaint) == f"TS-HB001-{desk.today:%Y%m%d}-0001"
    assert desk.state(complaint) == "received"


@pytest.mark.parametrize("by", [LOBBY_MANAGER, TELLER, ADVISER, SUPERVISOR, GUARD, OFFICER, HEAD])
def test_anybody_registers_what_he_is_told(desk: Desk, by: str) -> None:
    complaint = desk.register(by=by)
    found = desk.detail(complaint)
    assert found is not None
    assert found.line.registered_by == desk.staff(by)


def test_an_auditor_registers_nothing(desk: Desk) -> None:
    with pytest.raises(NotPermitted):
        desk.register(by=AUDITOR)


def test_numbers_run_on_and_begin_anew_each_day(desk: Desk) -> None:
    first, second = desk.register(), desk.register()
    desk.at("2026-11-23 09:00")
    third = desk.register()
    ends = [number(desk, one)[-13:] for one in (first, second, third)]
    assert ends == ["20261120-0001", "20261120-0002", "20261123-0001"]


def test_a_note_of_the_box_counts_from_its_opening(desk: Desk) -> None:
    opened = desk.clock.now_ms() - 3_600_000
    complaint = desk.register("book", received_at=opened)
    found = desk.detail(complaint)
    assert found is not None
    assert found.line.received_at == opened


@pytest.mark.parametrize(
    ("who", "what", "code", "field"),
    [
        ({"name": ""}, {}, "complainant_needed", "name"),
        ({"capacity": "agent"}, {}, "field_empty", "agent"),
        ({"capacity": "friend"}, {}, "code_unknown", "capacity"),
        ({"parties": 0}, {}, "parties_range", "parties"),
        ({"parties": 3_000_000_000}, {}, "parties_range", "parties"),
        ({"representatives": ("李四",)}, {}, "representatives_few", "representatives"),
        (
            {"parties": 2, "representatives": ("李四", "王五", "赵六")},
            {},
            "representatives_few",
            "representatives",
        ),
        (
            {"parties": 9, "representatives": tuple("甲乙丙丁戊己")},
            {},
            "representatives_most",
            "representatives",
        ),
        ({"phone": "1" * 21}, {}, "field_too_long", "phone"),
        ({"document_number": "1" * 31}, {}, "field_too_long", "document_number"),
        ({"reply_wish": "pigeon"}, {}, "code_unknown", "reply_wish"),
        ({}, {"title": ""}, "field_empty", "title"),
        ({}, {"facts": "  "}, "field_empty", "facts"),
        ({}, {"facts": "字" * 5_001}, "field_too_long", "facts"),
        ({}, {"amount": -1}, "amount_range", "amount"),
        ({}, {"incident_on": "11月20日"}, "day_form", "incident_on"),
        ({}, {"incident_on": "2026-11-21"}, "day_to_come", "incident_on"),
        ({}, {"reason": "weather"}, "code_unknown", "reason"),
        ({}, {"sensitivity": frozenset({"secret"})}, "code_unknown", "sensitivity"),
    ],
)
def test_what_is_missing_is_named(
    desk: Desk, who: dict[str, Any], what: dict[str, Any], code: str, field: str
) -> None:
    with pytest.raises(BadInput, match=code) as caught:
        desk.register(who=who, what=what)
    assert caught.value.field == field
    # The refusal is journalled by its code; nothing else was written.
    assert (desk.last.what, desk.last.data) == ("command.refused", {"code": code})
    assert running_cases(desk.store, desk.staff(OFFICER)) == ()


def test_of_who_gives_no_name_nothing_is_kept(desk: Desk) -> None:
    told = {
        "anonymous": True,
        "address": "湖滨路1号",
        "document": "resident_id",
        "document_number": "11010519491231002X",
        "agent": "刘文",
        "capacity": "agent",
        "confidential": True,
    }
    complaint = desk.register("book", who=told)
    found = desk.detail(complaint)
    assert found is not None
    assert set(found.shown.values()) == {""}
    assert (found.values["identity"], found.values["capacity"]) == ("anonymous", "self")
    assert found.values["confidential"]
    for text in (WHO.name, WHO.phone):
        assert search_cases(desk.store, text, desk.staff(OFFICER)) == ()


def test_a_name_is_what_begins_the_clock_of_the_reply(desk: Desk) -> None:
    complaint = desk.register(who={"anonymous": True})
    before = desk.due(complaint)
    desk.at("2026-11-28 09:00")
    with pytest.raises(BadInput, match="complainant_needed"):
        desk.run(GiveIdentity(complaint, Complainant(anonymous=True)))
    assert desk.due(complaint) == before
    desk.run(GiveIdentity(complaint, replace(WHO, anonymous=True)))
    found = desk.detail(complaint)
    assert found is not None
    assert (found.line.anonymous, found.line.shown_name) == (False, "陈*梅")


def test_a_receipt_of_long_ago_is_a_mistake(desk: Desk) -> None:
    with pytest.raises(BadInput, match="received_long_ago"):
        desk.register(received_at=desk.clock.now_ms() - 400 * 86_400_000)


def test_nobody_is_about_somebody_unknown(desk: Desk) -> None:
    with pytest.raises(BadInput, match="staff_unknown_here"):
        desk.register(subjects=frozenset({9_999}))
    complaint = desk.register()
    with pytest.raises(BadInput, match="staff_unknown_here"):
        desk.run(SetSubjects(complaint, frozenset({9_999})))


def test_commands_show_no_person() -> None:
    command = Register("phone", 0, WHO, WHAT)
    said = " ".join(
        map(
            repr,
            (
                command,
                EditCase(1, WHAT),
                CorrectComplainant(1, WHO),
                GiveIdentity(1, WHO),
                CloseOther(1, "密"),
            ),
        )
    )
    for secret in (WHO.name, WHO.phone, WHAT.title, WHAT.facts, "密"):
        assert secret not in said


# -- changes ------------------------------------------------------------------------------------


def test_the_first_contact_and_the_desk_complete_a_case(desk: Desk) -> None:
    complaint = desk.register(by=TELLER, what={"reason": ""})
    with pytest.raises(RuleBroken, match="classes_missing"):
        desk.run(Accept(complaint))
    with pytest.raises(NotPermitted, match="complaint_part"):
        desk.run(EditCase(complaint, matter=WHAT), GUARD)
    desk.run(EditCase(complaint, matter=WHAT), TELLER)
    desk.run(Accept(complaint))
    assert desk.state(complaint) == "accepted"


def test_a_verified_identity_stays_verified(desk: Desk) -> None:
    complaint = desk.register()
    desk.run(Accept(complaint, "verified"))
    desk.run(CorrectComplainant(complaint, replace(WHO, address="湖滨路 1 号")))
    found = desk.detail(complaint)
    assert found is not None
    assert found.values["identity"] == "verified"


def test_a_decided_case_is_not_edited(desk: Desk) -> None:
    complaint = desk.decided()
    with pytest.raises(Stale, match="complaint_moved_on"):
        desk.run(EditCase(complaint, matter=WHAT))


def test_a_name_is_given_once(desk: Desk) -> None:
    complaint = desk.register()
    with pytest.raises(Stale, match="complaint_has_name"):
        desk.run(GiveIdentity(complaint, Complainant("陈小梅")))


def test_a_repeat_names_an_earlier_one(desk: Desk) -> None:
    first = desk.register()
    desk.clock.advance(60)
    second = desk.register()
    for earlier in (second, first):
        with pytest.raises(BadInput, match="repeat_of_earlier"):
            desk.run(LinkRepeat(first, earlier))
    desk.run(LinkRepeat(second, first))
    found = desk.detail(second)
    assert found is not None
    assert found.values["repeat_of"] == first
    desk.run(LinkRepeat(second, None))
    found = desk.detail(second)
    assert found is not None
    assert found.values["repeat_of"] is None


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "complaint"])
def test_only_a_complaint_has_the_legal_clock(desk: Desk, kind: str) -> None:
    other = desk.register(kind=kind)
    legal, house, due, _ = desk.due(other)
    assert (legal, house) == ("", due)
    with pytest.raises(RuleBroken, match="not_a_complaint"):
        desk.run(Accept(other))
    desk.clock.advance(86_400)
    desk.run(TurnIntoComplaint(other))
    assert desk.due(other)[0] == "2026-12-05"
    with pytest.raises(Stale, match="complaint_moved_on"):
        desk.run(TurnIntoComplaint(other))
    with pytest.raises(Stale, match="complaint_moved_on"):
        desk.run(CloseOther(other, "已答复"))


def test_an_enquiry_is_answered_and_closed(desk: Desk) -> None:
    enquiry = desk.register(kind="enquiry")
    with pytest.raises(BadInput, match="field_empty"):
        desk.run(CloseOther(enquiry, ""), TELLER)
    desk.run(CloseOther(enquiry, "已说明存款保险"), TELLER)
    assert desk.state(enquiry) == "closed"


# -- acceptance ---------------------------------------------------------------------------------


def test_what_is_not_there(desk: Desk) -> None:
    for wish in (Accept(99), EditCase(99, WHAT), RecordContact(99, "phone", True)):
        with pytest.raises(NotFound, match="complaint_unknown"):
            desk.run(wish)


def test_a_matter_of_a_past_day(desk: Desk) -> None:
    complaint = desk.register(what={"incident_on": "2026-11-19", "amount": 12_345})
    found = desk.detail(complaint)
    assert found is not None
    assert (found.values["incident_on"], found.values["amount"]) == ("2026-11-19", 12_345)
    assert date.fromisoformat(found.values["incident_on"]) < desk.today
    assert repr(Matter("题", "事")) == "Matter(reason='')"


# -- of somebody who complained before ----------------------------------------------------------


def again(desk: Desk, earlier: int, by: str = OFFICER, **who: Any) -> int:
    """Registered with the complainant of an earlier complaint, and ``who`` typed beside him."""
    return int(
        desk.run(
            Register(
                "letter",
                desk.clock.now_ms(),
                Complainant(**who),
                WHAT,
                complainant_of=earlier,
            ),
            by,
        ).id
    )


def values_of(desk: Desk, complaint: int) -> dict[str, str]:
    return {field: desk.run(RevealCase(complaint, field, "contact")) for field in FIELDS}


def test_what_is_left_empty_is_taken_from_the_earlier_one(desk: Desk) -> None:
    number = "310101199003078514"
    earlier = desk.register(
        who={
            "address": "中山北路 1 号",
            "email": "chen@example.com",
            "document": "resident_id",
            "document_number": number,
            "capacity": "agent",
            "agent": "赵立",
            "agent_phone": "13900001111",
            "authority": True,
        }
    )
    desk.run(Accept(earlier, "verified"))
    new = again(desk, earlier, phone="13711112222", capacity="agent", parties=2)
    before, now = values_of(desk, earlier), values_of(desk, new)
    assert now == {**before, "phone": "13711112222"}
    found = desk.detail(new)
    assert found is not None
    plain = found.values
    assert (plain["document"], plain["document_tail"]) == ("resident_id", "8514")
    # What was shown then is shown anew; so is who he is.
    assert (plain["authority"], plain["identity"], found.line.parties) == (False, "unverified", 2)
    # He is found by what was taken over, too.
    found_by = alike_cases(desk.store, desk.staff(OFFICER), "", "", "2026-01-01", document=number)
    assert {line.id for line in found_by} == {earlier, new}
    received = [one for one in desk.entries if one.what == "complaint.received"]
    assert received[-1].data["complainant_of"] == earlier


def test_of_an_anonymous_one_there_is_nothing_to_take(desk: Desk) -> None:
    earlier = desk.register(who={"name": "", "phone": "", "anonymous": True, "reply_wish": "none"})
    with pytest.raises(BadInput, match="complainant_needed"):
        again(desk, earlier)
    assert values_of(desk, again(desk, earlier, name="陈小梅"))["name"] == "陈小梅"


def test_who_complained_is_taken_over_by_those_only_whose_it_is(desk: Desk) -> None:
    earlier = desk.register(subjects=frozenset({desk.staff(SUPERVISOR)}))
    with pytest.raises(NotFound, match="complaint_unknown"):
        again(desk, earlier, SUPERVISOR)
    with pytest.raises(NotPermitted, match="complaint_part"):
        again(desk, earlier, TELLER)
    again(desk, earlier, LOBBY_MANAGER)
    kept = desk.register(who={"confidential": True}, by=OFFICER)
    with pytest.raises(NotPermitted, match="complaint_"):
        again(desk, kept, LOBBY_MANAGER)

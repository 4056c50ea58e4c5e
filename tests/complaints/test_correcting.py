"""What was registered is put right: who complains, what it is about, which papers were seen."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from branch.complaints.commands.acceptance import Accept
from branch.complaints.commands.answering import CloseOther
from branch.complaints.commands.correcting import (
    AskForAuthority,
    CorrectComplainant,
    EditCase,
    GiveIdentity,
)
from branch.complaints.commands.handling import SolveOnTheSpot
from branch.complaints.commands.registration import LinkRepeat, SetSubjects, TurnIntoComplaint
from branch.complaints.description import Complainant
from branch.complaints.queries.desk import search_cases
from branch.drills.queries.runs import open_incidents
from branch.kernel.errors import BadInput, NotPermitted, RuleBroken, Stale
from tests.complaints.desk import GUARD, HEAD, OFFICER, TELLER, WHAT, Desk

AGENT = {"capacity": "agent", "agent": "李四", "agent_phone": "13900000002"}


def values(desk: Desk, complaint: int) -> dict[str, Any]:
    found = desk.detail(complaint)
    assert found is not None
    return {**found.values, **found.shown, "major": found.line.major}


# -- the complainant ------------------------------------------------------------------------------


def test_what_is_left_empty_stays_as_it_was(desk: Desk) -> None:
    complaint = desk.register(who={"address": "湖滨路 1 号", **AGENT}, by=TELLER)
    desk.run(Accept(complaint, "verified"))
    with pytest.raises(NotPermitted):
        desk.run(CorrectComplainant(complaint, Complainant(phone="13712345999")), GUARD)
    wish = Complainant(phone="13712345999", capacity="agent", authority=True, confidential=True)
    desk.run(CorrectComplainant(complaint, wish), TELLER)
    now = values(desk, complaint)
    assert (now["name"], now["phone"], now["address"]) == ("陈*梅", "137****5999", "****")
    assert (now["agent"], now["agent_phone"]) == ("李*", "139****0002")
    assert (now["authority"], now["confidential"], now["identity"]) == (True, True, "verified")
    # Found by the new number, no longer by the old one.
    staff = desk.staff(OFFICER)
    assert [line.id for line in search_cases(desk.store, "13712345999", staff)] == [complaint]
    assert search_cases(desk.store, "13812345172", staff) == ()
    assert desk.last.what == "complaint.complainant_corrected"
    assert desk.last.data == {"parties": 1}


def test_what_his_capacity_does_not_ask_for_goes(desk: Desk) -> None:
    complaint = desk.register(who=AGENT)
    desk.run(CorrectComplainant(complaint, Complainant(name="陈晓梅")))
    now = values(desk, complaint)
    assert (now["name"], now["agent"], now["agent_phone"]) == ("陈*梅", "", "")
    assert [line.id for line in search_cases(desk.store, "陈晓梅", desk.staff(OFFICER))] == [
        complaint
    ]


def test_an_agent_needs_a_name_also_afterwards(desk: Desk) -> None:
    complaint = desk.register()
    with pytest.raises(BadInput, match="field_empty") as caught:
        desk.run(CorrectComplainant(complaint, Complainant(capacity="agent")))
    assert caught.value.field == "agent"


def test_a_group_that_grows_keeps_its_representatives(desk: Desk) -> None:
    complaint = desk.register(who={"parties": 4, "representatives": ("陈小梅", "周建军")})
    desk.run(CorrectComplainant(complaint, Complainant(parties=6)))
    now = values(desk, complaint)
    assert (now["parties"], now["representatives"]) == (6, "陈*梅、周*军")
    desk.run(CorrectComplainant(complaint, Complainant(parties=1)))
    assert values(desk, complaint)["representatives"] == ""


def test_of_one_without_a_name_only_how_many_they_are(desk: Desk) -> None:
    complaint = desk.register("book", who={"name": "", "phone": "", "anonymous": True})
    desk.run(CorrectComplainant(complaint, Complainant("陈小梅", "13812345172", parties=4)))
    found = desk.detail(complaint)
    assert found is not None
    assert (found.line.anonymous, found.shown["phone"], found.line.parties) == (True, "", 4)


def test_a_telephone_is_put_right_also_when_it_is_decided(desk: Desk) -> None:
    complaint = desk.decided()
    desk.run(CorrectComplainant(complaint, Complainant(phone="13712345999")))
    assert values(desk, complaint)["phone"] == "137****5999"
    closed = desk.register()
    desk.put_away(closed)
    with pytest.raises(Stale, match="complaint_archived"):
        desk.run(CorrectComplainant(closed, Complainant(phone="13712345999")))


# -- what makes it a major one --------------------------------------------------------------------


@pytest.mark.parametrize(
    "wish",
    [
        lambda c: EditCase(c, replace(WHAT, severity="major")),
        lambda c: CorrectComplainant(c, Complainant(parties=20)),
    ],
    ids=["severity", "twenty"],
)
def test_a_correction_makes_it_a_major_one(desk: Desk, wish: Any) -> None:
    complaint = desk.register(who={"parties": 19})
    assert not values(desk, complaint)["major"]
    desk.run(wish(complaint))
    assert values(desk, complaint)["major"]
    assert len(open_incidents(desk.store)) == 1
    desk.run(wish(complaint))
    assert len(open_incidents(desk.store)) == 1


def test_twenty_who_give_their_names_are_a_major_one(desk: Desk) -> None:
    complaint = desk.register(who={"name": "", "phone": "", "anonymous": True})
    desk.run(GiveIdentity(complaint, Complainant("陈小梅", parties=20)))
    assert values(desk, complaint)["major"]


def test_nineteen_by_letter_are_none(desk: Desk) -> None:
    complaint = desk.register("letter", who={"parties": 19})
    desk.run(CorrectComplainant(complaint, Complainant(parties=40)))
    assert not values(desk, complaint)["major"]


def test_the_head_does_not_settle_a_major_one_at_once(desk: Desk) -> None:
    complaint = desk.register(what={"severity": "major"})
    desk.run(Accept(complaint, "verified"))
    with pytest.raises(RuleBroken, match="superior_decides"):
        desk.run(SolveOnTheSpot(complaint, "当场致歉", True, "people"), HEAD)


# -- what is over ---------------------------------------------------------------------------------


def test_a_file_that_was_put_away_is_left_as_it_is(desk: Desk) -> None:
    first, second = desk.register(), desk.register()
    desk.put_away(second)
    for wish in (
        SetSubjects(second, frozenset({desk.staff(TELLER)})),
        LinkRepeat(second, first),
    ):
        with pytest.raises(Stale, match="complaint_archived"):
            desk.run(wish)


def test_an_answered_enquiry_does_not_become_a_complaint(desk: Desk) -> None:
    enquiry = desk.register(kind="enquiry")
    desk.run(CloseOther(enquiry, "已说明"))
    with pytest.raises(Stale, match="complaint_moved_on"):
        desk.run(TurnIntoComplaint(enquiry))


def test_what_was_accepted_keeps_its_classes(desk: Desk) -> None:
    complaint = desk.register()
    desk.run(EditCase(complaint, replace(WHAT, reason="")))
    desk.run(EditCase(complaint, WHAT))
    desk.run(Accept(complaint, "verified"))
    with pytest.raises(RuleBroken, match="classes_missing"):
        desk.run(EditCase(complaint, replace(WHAT, reason="")))


# -- papers of who acts for another ---------------------------------------------------------------


def test_the_authority_is_asked_for_once(desk: Desk) -> None:
    own, agents = desk.register(), desk.register(who=AGENT)
    due = desk.due(agents)
    with pytest.raises(Stale, match="authority_not_asked"):
        desk.run(AskForAuthority(own))
    desk.run(AskForAuthority(agents), TELLER)
    assert desk.last.data == {"capacity": "agent"}
    assert desk.due(agents) == due
    with pytest.raises(Stale, match="authority_not_asked"):
        desk.run(AskForAuthority(agents))
    desk.run(CorrectComplainant(agents, Complainant(capacity="agent", authority=True)))
    assert values(desk, agents)["authority"]


def test_no_fewer_complain_than_speak_for_them(desk: Desk) -> None:
    five = ("甲", "乙", "丙", "丁", "戊")
    complaint = desk.register(who={"parties": 9, "representatives": five})
    with pytest.raises(BadInput, match="representatives_few"):
        desk.run(CorrectComplainant(complaint, Complainant(parties=4)))
    desk.run(CorrectComplainant(complaint, Complainant(parties=4, representatives=five[:4])))
    assert values(desk, complaint)["parties"] == 4

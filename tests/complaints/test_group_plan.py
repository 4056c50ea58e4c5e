"""A group's complaint opens the emergency plan by itself, once, and tells the superior nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from branch.catalogue.commands import ChangeSetting
from branch.complaints.commands.acceptance import Accept, Merge, Withdraw
from branch.complaints.commands.correcting import CorrectComplainant, EditCase, GiveIdentity
from branch.complaints.commands.emergency import OpenPlan
from branch.complaints.commands.registration import TurnIntoComplaint
from branch.complaints.description import Complainant
from branch.complaints.queries.reminders import reminders_for
from branch.drills.commands.running import EndRun
from branch.drills.queries.detail import run_detail
from branch.drills.queries.runs import open_incidents
from branch.kernel.errors import RuleBroken, Stale
from branch.lobby.queries.freezing import frozen
from branch.people.queries import staff_members
from tests.complaints.desk import HEAD, LOBBY_MANAGER, SUPERIOR, TELLER, WHAT, WHO, Desk
from tests.conftest import SHANGHAI

NAMED = replace(WHO, representatives=("陈小梅",))


def of(desk: Desk) -> list[int | None]:
    """The complaints whose plan is on, the oldest first."""
    runs = [run_detail(desk.store, line.id) for line in open_incidents(desk.store)]
    assert all(run is not None and run.source == "complaint" for run in runs)
    return sorted(run.ref for run in runs if run is not None and run.ref is not None)


def facts(desk: Desk, complaint: int) -> list[str]:
    found = desk.detail(complaint)
    assert found is not None
    return [moment.what for moment in found.moments]


def urgency_of(desk: Desk, complaint: int) -> str:
    found = desk.detail(complaint)
    assert found is not None
    return found.line.urgency


@pytest.mark.parametrize("channel", ["on_site", "letter", "book"])
@pytest.mark.parametrize(("parties", "opened"), [(2, False), (3, True), (19, True)])
def test_from_three_on_by_whatever_way(
    desk: Desk, channel: str, parties: int, opened: bool
) -> None:
    complaint = desk.register(channel, who={"parties": parties})
    assert of(desk) == [complaint] * opened
    assert ("plan_opened" in facts(desk, complaint)) is opened
    # Nobody's service stops for it.
    assert frozen(desk.store) is None


def test_it_is_no_major_one_and_the_superior_is_told_nothing(desk: Desk) -> None:
    complaint = desk.register(who={"parties": 19})
    found = desk.detail(complaint)
    assert found is not None
    assert (found.line.is_group, found.line.major, found.line.level) == (True, False, 0)
    assert not {"major_found", "escalated"} & set(facts(desk, complaint))
    superior = next(one for one in staff_members(desk.store) if one.staff_no == SUPERIOR)
    roles, now = superior.roles, desk.clock.now_ms()
    assert not tuple(reminders_for(desk.store, superior.id, roles, now, SHANGHAI))
    opened = next(entry for entry in desk.entries if entry.what == "complaint.plan_opened")
    (run,) = open_incidents(desk.store)
    assert opened.data == {"run": run.id, "parties": 19}
    assert opened.staff == desk.staff(LOBBY_MANAGER)


def test_in_the_correction_that_makes_it_a_group(desk: Desk) -> None:
    complaint = desk.register(who={"parties": 2})
    assert of(desk) == []
    desk.run(CorrectComplainant(complaint, replace(NAMED, parties=3)), LOBBY_MANAGER)
    assert of(desk) == [complaint]


def test_when_an_anonymous_one_names_how_many_they_are(desk: Desk) -> None:
    complaint = desk.register("book", who={"name": "", "phone": "", "anonymous": True})
    desk.run(GiveIdentity(complaint, Complainant("陈小梅", "13812345172", parties=4)))
    assert of(desk) == [complaint]


def test_when_an_enquiry_turns_out_to_be_a_complaint(desk: Desk) -> None:
    enquiry = desk.register(kind="enquiry", who={"parties": 4})
    assert of(desk) == []
    desk.run(TurnIntoComplaint(enquiry))
    assert of(desk) == [enquiry]


def test_the_house_says_how_many_a_group_is(desk: Desk) -> None:
    desk.run(ChangeSetting("complaint_group_from", 5), HEAD)
    desk.register(who={"parties": 4})
    five = desk.register(who={"parties": 5})
    assert of(desk) == [five]


@pytest.mark.parametrize(
    ("least", "parties", "urgency"),
    [
        (4, 3, "ordinary"),
        (4, 4, "urgent"),
        (2, 2, "urgent"),
        (0, 3, "ordinary"),
        (0, 20, "ordinary"),
    ],
)
def test_the_house_says_how_many_make_it_urgent(
    desk: Desk, least: int, parties: int, urgency: str
) -> None:
    desk.run(ChangeSetting("complaint_urgent_from", least), HEAD)
    complaint = desk.register(who={"parties": parties})
    assert urgency_of(desk, complaint) == urgency
    assert ("urgent_found" in facts(desk, complaint)) is (urgency == "urgent")


def test_as_many_as_that_later_on_and_never_twice(desk: Desk) -> None:
    complaint = desk.register(who={"parties": 2})
    desk.run(CorrectComplainant(complaint, replace(NAMED, parties=3)), LOBBY_MANAGER)
    assert urgency_of(desk, complaint) == "urgent"
    # Whoever knows better has put it right: more of them are no news.
    desk.run(EditCase(complaint, replace(WHAT, urgency="ordinary")))
    desk.run(CorrectComplainant(complaint, replace(NAMED, parties=6)), LOBBY_MANAGER)
    assert urgency_of(desk, complaint) == "ordinary"
    (entry,) = [one for one in desk.entries if one.what == "complaint.urgent_found"]
    assert entry.data == {"parties": 3}


@pytest.mark.parametrize("kind", ["enquiry", "suggestion"])
def test_who_asks_together_is_not_urgent(desk: Desk, kind: str) -> None:
    assert urgency_of(desk, desk.register(kind=kind, who={"parties": 4})) == "ordinary"


def test_once_however_often_it_is_put_right(desk: Desk) -> None:
    complaint = desk.register(who={"parties": 3})
    (run,) = open_incidents(desk.store)
    desk.run(EndRun(run.id, reason="needless"), LOBBY_MANAGER)
    desk.run(CorrectComplainant(complaint, replace(NAMED, parties=6)), LOBBY_MANAGER)
    desk.run(EditCase(complaint, replace(WHAT, urgency="urgent")))
    desk.run(Accept(complaint, "verified"))
    assert of(desk) == []
    assert facts(desk, complaint).count("plan_opened") == 1


def test_each_has_an_incident_of_its_own(desk: Desk) -> None:
    three = [desk.register("letter", who={"parties": 5, "phone": ""}) for _n in range(3)]
    assert of(desk) == three
    # Merged they stay what was opened for each.
    desk.run(Merge(three[2], three[0]), HEAD)
    assert of(desk) == three
    for line in open_incidents(desk.store):
        desk.run(EndRun(line.id, reason="needless"), HEAD)
    assert of(desk) == []


def test_twenty_face_to_face_go_on_with_the_plan_that_is_on(desk: Desk) -> None:
    complaint = desk.register(who={"parties": 19})
    desk.run(CorrectComplainant(complaint, replace(NAMED, parties=20)), LOBBY_MANAGER)
    found = desk.detail(complaint)
    assert found is not None
    assert found.line.major
    assert of(desk) == [complaint]
    assert facts(desk, complaint)[-2:] == ["major_found", "escalated"]


def test_once_more_when_somebody_says_so(desk: Desk) -> None:
    two, group = desk.register(who={"parties": 2}), desk.register(who={"parties": 3})
    (line,) = open_incidents(desk.store)
    assert desk.run(OpenPlan(group)) == line.id
    desk.run(EndRun(line.id, reason="needless"), LOBBY_MANAGER)
    run = desk.run(OpenPlan(group), TELLER)
    assert (run != line.id, of(desk)) == (True, [group])
    found = desk.detail(group)
    assert found is not None
    assert (found.incident, found.line.major) == (run, False)
    with pytest.raises(RuleBroken, match="no_group"):
        desk.run(OpenPlan(two))
    desk.run(Withdraw(group, own=True))
    with pytest.raises(Stale, match="complaint_moved_on"):
        desk.run(OpenPlan(group))

"""Real incidents: opened by anybody or out of a complaint, reported with ten fields."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from branch.complaints.commands.correcting import CorrectComplainant
from branch.complaints.commands.files import sweep_files
from branch.drills.commands.evidence import AddPhoto, OpenPhoto
from branch.drills.commands.incidents import FillReport, OpenIncident
from branch.drills.commands.marking import MarkStep
from branch.drills.commands.review import ReviewRun
from branch.drills.commands.running import EndRun, ReleaseInject, TurnReal
from branch.drills.queries.runs import open_incidents, running
from branch.drills.rules.run import REAL_FIELDS
from branch.kernel.errors import BadInput, NotFound, NotPermitted, RuleBroken, Stale
from branch.kernel.vault import vault_of
from branch.lobby.commands.arrivals import Issue
from branch.lobby.queries.freezing import frozen
from tests.complaints.desk import WHO
from tests.complaints.desk import Desk as ComplaintDesk
from tests.drills.desk import GUARD, HEAD, LOBBY_MANAGER, OFFICER, PICTURE, TELLER, Desk


def test_anybody_opens_the_plan_without_a_list_before(desk: Desk) -> None:
    desk.run(Issue("P01"))
    run = desk.run(OpenIncident("MED-01"), TELLER, "counter-1")
    found = desk.detail(run)
    assert (found.line.number, found.line.state, found.line.is_real, found.line.level) == (
        "SJ-2026-01", "running", True, "III",
    )  # fmt: skip
    assert (found.source, found.ref, found.checks) == ("", None, ())
    # What really happens does not go by the scenario: nothing is injected, nobody is stopped.
    assert {one.state for one in found.injects} == {"planned"}
    assert frozen(desk.store) is None
    assert [line.id for line in open_incidents(desk.store)] == [run]
    assert running(desk.store) is None


def test_an_incident_stands_beside_a_drill(desk: Desk) -> None:
    drill = desk.started()
    real = desk.run(OpenIncident("MED-01"), GUARD)
    line = running(desk.store)
    assert line is not None
    assert (line.id, [one.id for one in open_incidents(desk.store)]) == (drill, [real])


def test_one_incident_a_cause(desk: Desk) -> None:
    first = desk.run(OpenIncident("CON-01", "room", 7), OFFICER)
    assert desk.run(OpenIncident("CON-01", "room", 7), OFFICER) == first
    assert desk.run(OpenIncident("CON-01", "room", 8), OFFICER) != first
    desk.run(EndRun(first))
    assert desk.run(OpenIncident("CON-01", "room", 7), OFFICER) != first


def test_what_cannot_be_opened(desk: Desk) -> None:
    with pytest.raises(NotFound):
        desk.run(OpenIncident("NONE-01"))
    with pytest.raises(BadInput):
        desk.run(OpenIncident("CON-01", "rumour"))


def test_steps_of_an_incident_are_kept_and_not_scored(desk: Desk) -> None:
    run = desk.run(OpenIncident("MED-01"), TELLER)
    desk.clock.advance(50)
    desk.run(MarkStep(run, 3), TELLER)
    desk.run(ReleaseInject(run, 2))
    desk.clock.advance(15)
    desk.run(MarkStep(run, 5), TELLER)
    desk.run(EndRun(run))
    report = desk.report(run)
    assert (desk.step(run, 3).taken_ms, desk.step(run, 5).taken_ms) == (50_000, 15_000)
    assert (report.score.points, report.figures.missed, report.figures.in_time) == (None, 0, 2)


def test_the_report_has_ten_fields_and_a_level(desk: Desk) -> None:
    run = desk.run(OpenIncident("FRD-01"), TELLER)
    desk.run(EndRun(run))
    with pytest.raises(RuleBroken) as refused:
        desk.run(ReviewRun(run), HEAD)
    assert (refused.value.code, refused.value.values["number"]) == ("incident_report_open", 11)
    first = dict.fromkeys(REAL_FIELDS[:9], "有")
    desk.run(FillReport(run, "II", first), HEAD)
    with pytest.raises(RuleBroken) as refused:
        desk.run(ReviewRun(run), HEAD)
    assert refused.value.values["number"] == 1
    desk.run(FillReport(run, "III", {"measures": "已联系周军家属"}), HEAD)
    found = desk.detail(run)
    assert (found.line.level, found.report["measures"]) == ("III", "已联系周军家属")
    assert list(found.report) == list(REAL_FIELDS)
    assert "周军" not in desk.store.rows("SELECT report FROM drill_run", ())[0][0]
    desk.run(ReviewRun(run), HEAD)
    assert desk.detail(run).line.score is None
    with pytest.raises(Stale):
        desk.run(FillReport(run, "III", {}), HEAD)


def test_where_nothing_happened_it_is_stood_down_without_a_report(desk: Desk) -> None:
    run = desk.run(OpenIncident("CON-01", "room", 7), OFFICER)
    desk.clock.advance(90)
    with pytest.raises(NotPermitted):
        desk.run(EndRun(run, reason="needless"), OFFICER)
    desk.run(EndRun(run, reason="needless"))
    found = desk.detail(run)
    assert (found.line.state, found.line.ended_ms) == ("cancelled", 90_000)
    assert desk.entries[-1].what == "drill.found_needless"
    assert desk.entries[-1].data == {"at_ms": 90_000, "reason": "needless"}
    assert open_incidents(desk.store) == ()
    with pytest.raises(Stale):
        desk.run(ReviewRun(run), HEAD)
    assert desk.run(OpenIncident("CON-01", "room", 7), OFFICER) != run


@pytest.mark.parametrize("turned", [False, True])
def test_what_was_played_is_not_stood_down(desk: Desk, turned: bool) -> None:
    run = desk.started()
    if turned:
        desk.run(TurnReal(run), TELLER)
    with pytest.raises(BadInput, match="code_unknown"):
        desk.run(EndRun(run, reason="needless"))


@pytest.mark.parametrize(
    ("level", "fields", "field"),
    [("", {}, "level"), ("IV", {}, "level"), ("I", {"weather": "晴"}, "fields"),
     ("I", {"harm": "长" * 501}, "fields.harm")],
)  # fmt: skip
def test_what_the_report_does_not_take(
    desk: Desk, level: str, fields: dict[str, str], field: str
) -> None:
    run = desk.run(OpenIncident("FRD-01"), TELLER)
    with pytest.raises(BadInput) as refused:
        desk.run(FillReport(run, level, fields), HEAD)
    assert refused.value.field == field


def test_a_drill_has_no_such_report(desk: Desk) -> None:
    run = desk.started()
    with pytest.raises(RuleBroken) as refused:
        desk.run(FillReport(run, "I", {}), HEAD)
    assert refused.value.code == "drill_is_no_incident"


def test_no_report_shows_itself_in_a_log() -> None:
    assert "周军" not in repr(FillReport(1, "I", {"people": "周军"}))


# -- out of complaints -----------------------------------------------------------------------------


def test_twenty_people_face_to_face_open_the_plan(desk: Desk) -> None:
    complaints = ComplaintDesk(desk.branch, desk.clock)
    complaint = complaints.register(who={"parties": 20, "representatives": "陈小梅"})
    (line,) = open_incidents(desk.store)
    found = desk.detail(line.id)
    assert (line.code, line.level, found.source, found.ref) == (
        "CON-01", "III", "complaint", complaint,
    )  # fmt: skip
    facts = [entry.what for entry in desk.entries if entry.topic in ("complaint", "drill")]
    # Head and superior body are told before.
    at = facts.index("complaint.major_found")
    assert facts[at + 1 : at + 3] == ["complaint.escalated", "drill.incident_opened"]
    assert frozen(desk.store) is None


def test_nineteen_people_and_one_more_later(desk: Desk) -> None:
    complaints = ComplaintDesk(desk.branch, desk.clock)
    complaint = complaints.register(who={"parties": 19, "representatives": "陈小梅"})
    (group,) = open_incidents(desk.store)
    # Calming down is one press; when they are twenty and more, that opens it anew.
    desk.run(EndRun(group.id))
    complaints.run(
        CorrectComplainant(complaint, replace(WHO, parties=21, representatives=("陈小梅",))),
        LOBBY_MANAGER,
    )
    (line,) = open_incidents(desk.store)
    assert desk.detail(line.id).ref == complaint


def test_the_sweep_of_the_vault_keeps_photos_of_drills(desk: Desk) -> None:
    run = desk.started()
    photo = desk.run(AddPhoto(run, 8, PICTURE), TELLER)
    lost = vault_of(desk.store).put(PICTURE + b"nobody's")
    # Swept from a day on: nothing that is new to this very hour goes.
    assert sweep_files(desk.store, round(time.time() * 1_000) + 86_400_000) == 1
    assert desk.run(OpenPhoto(photo), HEAD) == PICTURE
    with pytest.raises(NotFound):
        vault_of(desk.store).get(lost)

"""The emergency plan that a complaint opened, and whom the complaint is about: he is told of the
incident and goes through the steps, people have to be safe; of the complaint he learns nothing, and
he neither ends nor writes it (Order 3 Art. 17)."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta
from typing import Any

import pytest

from branch.complaints.commands.incidents import HANDLERS
from branch.complaints.commands.registration import SetSubjects
from branch.complaints.queries.actions import actions_to
from branch.complaints.queries.incidents import report_to, run_to
from branch.drills.commands.evidence import AddPhoto, Observe, OpenPhoto
from branch.drills.commands.incidents import FillReport, OpenIncident
from branch.drills.commands.marking import MarkStep
from branch.drills.commands.review import AddDrillAction, WriteHotWash
from branch.drills.commands.running import EndRun
from branch.drills.queries.runs import open_incidents, run_line
from branch.kernel.errors import NotFound
from branch.people.rules import PERMISSIONS, Role
from branch.quality.commands import HandAction
from tests.complaints.desk import HEAD, LOBBY_MANAGER, OFFICER, SUPERIOR, SUPERVISOR, Desk

SECRET = "理财投诉的陈小梅"
PICTURE = b"\x89PNG\r\n\x1a\n" + b"\x00" * 64
_VALUES: dict[str, Any] = {
    "text": SECRET, "kind": "area", "answers": ("", "", ""),
    "fields": {}, "level": "III", "owner": 1, "due_on": date(2026, 12, 31), "step": None,
    "data": PICTURE,
}  # fmt: skip


@pytest.fixture
def complaint(desk: Desk) -> int:
    return desk.register(by=OFFICER, who={"parties": 3})


@pytest.fixture
def run(desk: Desk, complaint: int) -> int:
    """The incident, with something written wherever something can be."""
    (line,) = open_incidents(desk.store)
    desk.run(MarkStep(line.id, 1, note=SECRET), LOBBY_MANAGER)
    desk.run(Observe(line.id, "area", SECRET, "people"), LOBBY_MANAGER)
    desk.run(AddPhoto(line.id, 1, PICTURE), LOBBY_MANAGER)
    desk.run(FillReport(line.id, "III", {"cause": SECRET}), SUPERVISOR)
    desk.run(SetSubjects(complaint, frozenset({desk.staff(HEAD)})), OFFICER)
    return line.id


def written(desk: Desk, run: int) -> dict[str, int]:
    """The observation and the photo of the run."""
    found = run_to(desk.store, run, desk.staff(SUPERVISOR))
    assert found is not None
    return {"observation": found.observations[0].id, "photo": found.photos[0].id}


def test_he_sees_that_it_is_and_what_to_do(desk: Desk, complaint: int, run: int) -> None:
    assert [line.id for line in open_incidents(desk.store)] == [run]
    found = run_to(desk.store, run, desk.staff(HEAD))
    assert found is not None
    assert found.line == run_line(desk.store, run)
    assert (found.source, found.ref) == ("", None)
    assert (found.observations, found.photos, found.actions, dict(found.report)) == (
        (), (), (), {},
    )  # fmt: skip
    assert [one.mark.note for one in found.steps if one.mark is not None] == [""]
    # The plan's steps he goes through with the others.
    desk.run(MarkStep(run, 2), HEAD)


def test_to_others_it_is_all_there(desk: Desk, complaint: int, run: int) -> None:
    found = run_to(desk.store, run, desk.staff(SUPERVISOR))
    assert found is not None
    assert (found.source, found.ref) == ("complaint", complaint)
    assert [one.text for one in found.observations] == [SECRET]
    assert (len(found.photos), found.report["cause"]) == (1, SECRET)
    assert [one.mark.note for one in found.steps if one.mark is not None] == [SECRET]


def test_its_report_is_not_for_him(desk: Desk, run: int) -> None:
    desk.run(EndRun(run), LOBBY_MANAGER)
    due = desk.today + timedelta(days=9)
    desk.run(AddDrillAction(run, SECRET, desk.staff(OFFICER), due), SUPERVISOR)
    kept = run_to(desk.store, run, desk.staff(HEAD))
    assert kept is not None
    assert kept.actions == ()
    (action,) = actions_to(desk.store, desk.staff(SUPERVISOR))
    assert (action.text, actions_to(desk.store, desk.staff(HEAD))) == (SECRET, ())
    with pytest.raises(NotFound, match="action_unknown"):
        desk.run(HandAction(action.id, desk.staff(SUPERVISOR)), HEAD)
    desk.run(HandAction(action.id, desk.staff(LOBBY_MANAGER)), SUPERVISOR)
    assert report_to(desk.store, run, desk.staff(SUPERVISOR)) is not None
    assert report_to(desk.store, run, desk.staff(HEAD)) is None


@pytest.mark.parametrize("name", sorted(kind.__name__ for kind in HANDLERS))
def test_he_neither_ends_nor_writes_it(desk: Desk, complaint: int, run: int, name: str) -> None:
    kind = next(one for one in HANDLERS if one.__name__ == name)
    assert Role.BRANCH_MANAGER in PERMISSIONS[name]
    if kind is OpenIncident:
        wish: object = OpenIncident("CON-01", "complaint", complaint)
    else:
        ids = {"run": run, **written(desk, run)}
        values = {
            field.name: ids.get(field.name) or _VALUES[field.name]
            for field in dataclasses.fields(kind)
            if field.default is dataclasses.MISSING
        }
        wish = kind(**values)
    with pytest.raises(NotFound, match=r"complaint_unknown|drill_unknown"):
        desk.run(wish, HEAD)
    assert [line.id for line in open_incidents(desk.store)] == [run]


def test_the_others_do(desk: Desk, complaint: int, run: int) -> None:
    assert desk.run(OpenIncident("CON-01", "complaint", complaint), SUPERVISOR) == run
    assert desk.run(OpenPhoto(written(desk, run)["photo"]), SUPERIOR) == PICTURE
    desk.run(EndRun(run), SUPERVISOR)
    found = run_to(desk.store, run, desk.staff(SUPERVISOR))
    assert found is not None
    desk.run(WriteHotWash(run, ("",) * len(found.scenario.questions)), SUPERVISOR)


def test_an_incident_of_nothing_is_everybodys(desk: Desk) -> None:
    run = desk.run(OpenIncident("CON-01"), HEAD)
    desk.run(FillReport(run, "III", {"cause": SECRET}), HEAD)
    found = run_to(desk.store, run, desk.staff(HEAD))
    assert found is not None
    assert found.report["cause"] == SECRET
    desk.run(EndRun(run), HEAD)

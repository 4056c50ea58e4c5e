"""Who took part in which drill, on each kind of store."""

from __future__ import annotations

from branch.drills.commands.preparing import AssignRole
from branch.drills.queries.attendance import attendances
from tests.drills.desk import GUARD, OFFICER, TELLER, Desk


def test_everybody_with_a_role_took_part_once(desk: Desk) -> None:
    planned = desk.prepared("ROB-01")
    run = desk.started("FIRE-01")
    found = {one.name: one for one in attendances(desk.store)}
    assert planned not in {one.run.id for one in found.values()}  # not begun: nobody was there
    assert found["王敏"].roles == ("TEL",)
    assert found["马强"].run.id == run
    assert found["马强"].run.number.startswith("YL-2026-")
    assert len(found) == 8
    assert desk.staff(TELLER) in {one.staff for one in found.values()}


def test_two_roles_of_one_person_are_one_attendance(desk: Desk) -> None:
    run = desk.started("FIRE-01", "tabletop")
    desk.run(AssignRole(run, "SEC", (desk.staff(GUARD), desk.staff(TELLER))))
    (teller,) = [one for one in attendances(desk.store) if one.staff == desk.staff(TELLER)]
    assert sorted(teller.roles) == ["SEC", "TEL"]
    (officer,) = [one for one in attendances(desk.store) if one.staff == desk.staff(OFFICER)]
    assert officer.roles == ("REC",)

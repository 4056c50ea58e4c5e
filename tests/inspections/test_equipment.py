"""The equipment register: what is broken is not offered, what expires is told; on each store."""

from __future__ import annotations

from datetime import timedelta

import pytest

from branch.bootstrap import Branch
from branch.catalogue.queries import services
from branch.inspections.commands import AddEquipment, ChangeEquipment, SetEquipmentState
from branch.inspections.queries import equipment, expiring
from branch.kernel.clock import SetClock
from branch.kernel.errors import BadInput, Stale
from tests.complaints.desk import GUARD, HEAD, Desk
from tests.complaints.desk import LOBBY_MANAGER as LOBBY


@pytest.fixture
def desk(branch: Branch, clock: SetClock) -> Desk:
    return Desk(branch, clock)


def test_while_every_machine_of_a_kind_is_broken_none_is_offered(desk: Desk) -> None:
    def machine() -> str | None:
        return next(one.machine for one in services(desk.store) if one.code == "P01")

    assert machine() == "cash_machine"
    first = desk.run(AddEquipment("cash_machine", "存取款机 1", "自助区"), LOBBY)
    second = desk.run(AddEquipment("cash_machine", "存取款机 2", "自助区"), LOBBY)
    desk.run(SetEquipmentState(first, "broken", "吞卡"), LOBBY)
    assert machine() == "cash_machine"
    desk.run(SetEquipmentState(second, "broken", "黑屏"), GUARD)
    assert machine() != "cash_machine"
    desk.run(SetEquipmentState(first, "working"), LOBBY)
    assert machine() == "cash_machine"


def test_a_break_says_what_is_wrong_and_a_retired_thing_stays_retired(desk: Desk) -> None:
    thing = desk.run(AddEquipment("printer", "打印机", "1 号柜台"), LOBBY)
    with pytest.raises(BadInput):
        desk.run(SetEquipmentState(thing, "broken", "  "), LOBBY)
    desk.run(SetEquipmentState(thing, "retired"), LOBBY)
    with pytest.raises(Stale):
        desk.run(SetEquipmentState(thing, "working"), LOBBY)
    with pytest.raises(Stale):
        desk.run(ChangeEquipment(thing, 0, "打印机", "2 号柜台"), LOBBY)
    assert equipment(desk.store, desk.today) == ()
    assert len(equipment(desk.store, desk.today, retired=True)) == 1


def test_what_expires_is_told_ahead(desk: Desk) -> None:
    soon = desk.today + timedelta(days=12)
    thing = desk.run(AddEquipment("extinguisher", "灭火器 3", "大厅", "A-77", soon), LOBBY)
    desk.run(AddEquipment("aed", "除颤仪", "大厅"), LOBBY)
    (line,) = expiring(desk.store, desk.today)
    assert (line.id, line.expiry, line.serial) == (thing, "soon", "A-77")
    later = desk.today + timedelta(days=400)
    desk.run(ChangeEquipment(thing, line.rev, "灭火器 3", "大厅", "A-77", later), LOBBY)
    assert expiring(desk.store, desk.today) == ()


def test_two_who_change_one_thing_do_not_overwrite_each_other(desk: Desk) -> None:
    thing = desk.run(AddEquipment("extinguisher", "灭火器 3", "大厅"), LOBBY)
    (seen,) = equipment(desk.store, desk.today)
    desk.run(ChangeEquipment(thing, seen.rev, "灭火器 3", "后门"), HEAD)
    with pytest.raises(Stale, match="equipment_changed"):
        desk.run(ChangeEquipment(thing, seen.rev, "灭火器 5", "大厅"), LOBBY)
    (now,) = equipment(desk.store, desk.today)
    assert (now.name, now.place) == ("灭火器 3", "后门")

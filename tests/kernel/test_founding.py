"""How a branch begins: once, with what can stand, and nothing half done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from branch.bootstrap import Branch, open_branch, station_actor
from branch.catalogue.queries import counters, services
from branch.founding import NewStaff, Plan, sample_plan
from branch.kernel import journal
from branch.kernel.clock import SetClock
from branch.kernel.errors import BadInput, NotFound, RuleBroken
from branch.kernel.runner import Actor
from branch.lobby.queries.screens import branch_name
from branch.people.commands import SignedIn, SignIn
from branch.people.queries import staff_members
from branch.people.rules import PERSON_ROLES, checked_pin
from tests.migrations.make_stored import PIN, plan

ADMINISTRATOR = frozenset({"administrator"})


@pytest.fixture
def empty(empty_url: str, clock: SetClock) -> Iterator[Branch]:
    opened = open_branch(empty_url, clock)
    yield opened
    opened.close()


def test_a_branch_begins_with_name_catalogue_and_staff(empty: Branch) -> None:
    assert not empty.founded
    empty.found(replace(plan(), name_zh=" 云川银行  䶮㛃𬭚支行 ", name_en=""))
    assert empty.founded
    named = branch_name(empty.store)
    assert (named.code, named.name.zh, named.name.en) == (
        "HB007",
        "云川银行 䶮㛃𬭚支行",
        "云川银行 䶮㛃𬭚支行",
    )
    assert [counter.number for counter in counters(empty.store)] == [1, 2]
    assert [service.code for service in services(empty.store)] == ["P01", "P02", "P05"]
    assert [member.staff_no for member in staff_members(empty.store)] == [
        "200001",
        "200301",
        "200482",
        "BOARD",
        "KIOSK",
    ]
    assert journal.verify(empty.store) == 1


def test_a_branch_begins_once(empty: Branch) -> None:
    empty.found(plan())
    with pytest.raises(RuleBroken, match="branch_exists"):
        empty.found(replace(plan(), code="HB008"))
    assert branch_name(empty.store).code == "HB007"
    assert journal.verify(empty.store) == 1


def test_a_staff_number_typed_with_blanks_signs_in(empty: Branch) -> None:
    administrator = NewStaff(" 200 001 ", "管 理员", ADMINISTRATOR, PIN)
    empty.found(replace(plan(), staff=(administrator,)))
    signed_in = empty.run(SignIn("200001", PIN), Actor(0, "admin")).value
    assert isinstance(signed_in, SignedIn)


def with_staff(*staff: NewStaff) -> Callable[[Plan], Plan]:
    return lambda usual: replace(usual, staff=(*usual.staff, *staff))


@pytest.mark.parametrize(
    ("spoil", "code", "field"),
    [
        (lambda usual: replace(usual, name_zh="  "), "field_empty", "name_zh"),
        (lambda usual: replace(usual, name_zh="长" * 10_000), "field_too_long", "name_zh"),
        (lambda usual: replace(usual, name_en="x" * 61), "field_too_long", "name_en"),
        (lambda usual: replace(usual, code="支行"), "staff_no_form", "staff_no"),
        (lambda usual: replace(usual, zone="Asia/Nowhere"), "code_unknown", "zone"),
        (with_staff(NewStaff("200482", "又一", ADMINISTRATOR, PIN)), "staff_no_taken", "staff_no"),
        (with_staff(NewStaff("KIOSK", "又一", ADMINISTRATOR, PIN)), "staff_no_taken", "staff_no"),
        (with_staff(NewStaff("1", "又一", ADMINISTRATOR, PIN)), "staff_no_form", "staff_no"),
        (with_staff(NewStaff("200900", "", ADMINISTRATOR, PIN)), "field_empty", "name"),
        (with_staff(NewStaff("200900", "又一", ADMINISTRATOR, "123456")), "pin_too_simple", "pin"),
        (with_staff(NewStaff("200900", "又一", ADMINISTRATOR, "12")), "pin_form", "pin"),
    ],
)
def test_what_cannot_stand_leaves_the_store_empty(
    empty: Branch, spoil: Callable[[Plan], Plan], code: str, field: str
) -> None:
    with pytest.raises(BadInput) as refused:
        empty.found(spoil(plan()))
    assert (refused.value.code, refused.value.field) == (code, field)
    assert not empty.founded
    assert staff_members(empty.store) == ()
    empty.found(plan())
    assert empty.founded


def test_the_sample_has_somebody_for_every_role_and_fresh_pins() -> None:
    one, other = sample_plan(), sample_plan()
    roles = frozenset().union(*(member.roles for member in one.staff))
    assert roles == {str(role) for role in PERSON_ROLES}
    assert [checked_pin(member.pin) for member in one.staff] == [m.pin for m in one.staff]
    assert [member.pin for member in one.staff] != [member.pin for member in other.staff]


def test_stations_without_a_person_have_their_accounts(empty: Branch) -> None:
    empty.found(plan())
    assert station_actor(empty, "KIOSK", "kiosk-2").station == "kiosk-2"
    with pytest.raises(NotFound, match="staff_unknown"):
        station_actor(empty, "TEAPOT", "x")

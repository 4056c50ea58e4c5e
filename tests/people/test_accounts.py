"""Accounts: made, changed, closed; numbers are unique and one administrator always stays."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from branch.bootstrap import Branch
from branch.founding import Plan
from branch.kernel import journal
from branch.kernel.errors import BadInput, NotFound, NotPermitted, RuleBroken, Stale
from branch.kernel.runner import Actor
from branch.people.commands import AddStaff, ChangeStaff, SignedIn, SignIn, Unlock
from branch.people.queries import account_id, seats, staff_members, stands

At = Callable[[str, str], Actor]
PIN = "482019"
TELLER = frozenset({"teller"})
ADMINISTRATOR = frozenset({"administrator"})


@pytest.fixture
def administrator(actor: At) -> Actor:
    return actor("100001", "admin")


def member(branch: Branch, staff_no: str):
    return next(item for item in staff_members(branch.store) if item.staff_no == staff_no)


def test_a_new_colleague_can_sign_in(branch: Branch, administrator: Actor) -> None:
    staff = branch.run(AddStaff(" 100 700", " 䶮  㛃𬭚 ", TELLER, PIN), administrator).value
    found = member(branch, "100700")
    assert (found.id, found.name, found.roles, found.active, found.locked, found.is_station) == (
        staff,
        "䶮 㛃𬭚",
        TELLER,
        True,
        False,
        False,
    )
    assert isinstance(branch.run(SignIn("100700", PIN), Actor(0, "counter-1")).value, SignedIn)
    added = [entry for entry in journal.entries(branch.store) if entry.what == "staff.added"]
    assert [(entry.subject, entry.data) for entry in added] == [(str(staff), {"roles": ["teller"]})]


@pytest.mark.parametrize(
    ("number", "name", "roles", "pin", "code", "field"),
    [
        ("100482", "王敏", TELLER, PIN, "staff_no_taken", "staff_no"),
        (" 1004 82", "王敏", TELLER, PIN, "staff_no_taken", "staff_no"),
        ("KIOSK", "王敏", TELLER, PIN, "staff_no_taken", "staff_no"),
        ("12", "王敏", TELLER, PIN, "staff_no_form", "staff_no"),
        ("100700", " ", TELLER, PIN, "field_empty", "name"),
        ("100700", "长" * 10_000, TELLER, PIN, "field_too_long", "name"),
        ("100700", "王敏", frozenset(), PIN, "roles_empty", "roles"),
        ("100700", "王敏", frozenset({"king"}), PIN, "roles_empty", "roles"),
        ("100700", "王敏", TELLER, "123456", "pin_too_simple", "pin"),
        ("100700", "王敏", TELLER, "", "pin_form", "pin"),
    ],
)
def test_what_cannot_stand_is_refused_with_its_field(
    branch: Branch, administrator: Actor, number, name, roles, pin, code: str, field: str
) -> None:
    before = staff_members(branch.store)
    with pytest.raises(BadInput) as refused:
        branch.run(AddStaff(number, name, roles, pin), administrator)
    assert (refused.value.code, refused.value.field) == (code, field)
    assert staff_members(branch.store) == before


def test_a_colleague_changes_name_and_roles(
    branch: Branch, administrator: Actor, actor: At
) -> None:
    staff = actor("100482", "x").staff
    roles = frozenset({"teller", "adviser"})
    branch.run(ChangeStaff(staff, "王 敏敏", roles, active=True), administrator)
    assert (member(branch, "100482").name, member(branch, "100482").roles) == ("王 敏敏", roles)


@pytest.mark.parametrize(
    ("name", "roles", "code"),
    [("", TELLER, "field_empty"), ("王敏", frozenset(), "roles_empty")],
)
def test_a_change_that_cannot_stand_is_refused(
    branch: Branch, administrator: Actor, actor: At, name: str, roles: frozenset[str], code: str
) -> None:
    with pytest.raises(BadInput, match=code):
        branch.run(ChangeStaff(actor("100482", "x").staff, name, roles, active=True), administrator)
    assert member(branch, "100482").name == "王敏"


def test_nobody_unknown_is_changed(branch: Branch, administrator: Actor) -> None:
    with pytest.raises(NotFound, match="staff_unknown"):
        branch.run(ChangeStaff(987_654, "某人", TELLER, active=True), administrator)


@pytest.mark.parametrize(("roles", "active"), [(TELLER, True), (ADMINISTRATOR, False)])
def test_the_last_administrator_stays(
    branch: Branch, administrator: Actor, roles: frozenset[str], active: bool
) -> None:
    with pytest.raises(RuleBroken, match="last_administrator"):
        branch.run(ChangeStaff(administrator.staff, "管理员", roles, active=active), administrator)
    assert member(branch, "100001").active
    assert member(branch, "100001").roles == ADMINISTRATOR


def test_with_a_second_administrator_the_first_may_go(branch: Branch, administrator: Actor) -> None:
    second = branch.run(AddStaff("100002", "二号", ADMINISTRATOR, PIN), administrator).value
    branch.run(ChangeStaff(second, "二号", ADMINISTRATOR, active=False), administrator)
    with pytest.raises(RuleBroken, match="last_administrator"):
        branch.run(ChangeStaff(administrator.staff, "管理员", TELLER, active=True), administrator)
    branch.run(ChangeStaff(second, "二号", ADMINISTRATOR, active=True), administrator)
    other = Actor(second, "admin")
    branch.run(ChangeStaff(administrator.staff, "管理员", TELLER, active=True), other)
    with pytest.raises(RuleBroken, match="last_administrator"):
        branch.run(ChangeStaff(second, "二号", TELLER, active=True), other)


@pytest.mark.parametrize(("roles", "active"), [(ADMINISTRATOR | TELLER, True), (TELLER, False)])
def test_nobody_changes_his_own_roles_or_closes_himself(
    branch: Branch, administrator: Actor, roles: frozenset[str], active: bool
) -> None:
    branch.run(AddStaff("100002", "二号", ADMINISTRATOR, PIN), administrator)
    with pytest.raises(NotPermitted, match="own_roles"):
        branch.run(ChangeStaff(administrator.staff, "管理员", roles, active=active), administrator)
    assert member(branch, "100001").roles == ADMINISTRATOR
    branch.run(ChangeStaff(administrator.staff, "新名字", ADMINISTRATOR, True), administrator)
    assert member(branch, "100001").name == "新名字"


def test_what_changed_is_told_one_by_one(
    branch: Branch, administrator: Actor, actor: At, sample: Plan
) -> None:
    staff = actor("100482", "x").staff
    pin = next(one.pin for one in sample.staff if one.staff_no == "100482")
    for station in ("counter-1", "lobby"):
        branch.run(SignIn("100482", pin), Actor(0, station))
    before = journal.head(branch.store)[0]
    branch.run(ChangeStaff(staff, "王小敏", frozenset({"guard"}), active=False), administrator)
    told = [(e.what, e.subject, e.data) for e in journal.entries(branch.store, before)]
    assert told == [
        ("staff.renamed", str(staff), {}),
        ("staff.roles_changed", str(staff), {"roles": ["guard"], "taken": ["teller"]}),
        ("staff.left", str(staff), {}),
        ("session.ended", "counter-1", {"account": staff}),
        ("session.ended", "lobby", {"account": staff}),
    ]
    assert seats(branch.store) == ()
    assert not stands(branch.store, staff, frozenset())
    before = journal.head(branch.store)[0]
    branch.run(ChangeStaff(staff, "王小敏", frozenset({"guard"}), active=True), administrator)
    assert [e.what for e in journal.entries(branch.store, before)] == ["staff.returned"]
    before = journal.head(branch.store)[0]
    branch.run(ChangeStaff(staff, "王小敏", frozenset({"guard"}), active=True), administrator)
    assert list(journal.entries(branch.store, before)) == []


def test_an_account_stands_while_it_is_open_and_keeps_its_roles(
    branch: Branch, administrator: Actor, actor: At
) -> None:
    staff = actor("100482", "x").staff
    assert stands(branch.store, staff, TELLER)
    branch.run(
        ChangeStaff(staff, "王敏", frozenset({"teller", "adviser"}), active=True), administrator
    )
    assert stands(branch.store, staff, TELLER)
    branch.run(ChangeStaff(staff, "王敏", frozenset({"adviser"}), active=True), administrator)
    assert not stands(branch.store, staff, TELLER)
    assert not stands(branch.store, 987_654, frozenset())


@pytest.mark.parametrize("code", ["KIOSK", "BOARD"])
def test_the_accounts_of_stations_are_not_changed(
    branch: Branch, administrator: Actor, actor: At, code: str
) -> None:
    staff = actor(code, "x").staff
    for command in (ChangeStaff(staff, "某人", TELLER, active=True), Unlock(staff)):
        with pytest.raises(Stale, match="station_account"):
            branch.run(command, administrator)


def test_nobody_is_given_the_role_of_a_station(branch: Branch, administrator: Actor) -> None:
    with pytest.raises(BadInput, match="roles_empty"):
        branch.run(AddStaff("100700", "某人", frozenset({"kiosk"}), PIN), administrator)


def test_every_account_of_the_sample_is_listed(branch: Branch, sample) -> None:
    listed = staff_members(branch.store)
    assert [item.staff_no for item in listed] == sorted(item.staff_no for item in listed)
    assert len(listed) == len(sample.staff) + 2
    assert {item.staff_no for item in listed if item.is_station} == {"KIOSK", "BOARD"}
    assert account_id(branch.store, "nobody") is None

"""The one permission table: complete, and kept to by every command for every role."""

from __future__ import annotations

import pytest

from branch.bootstrap import Branch
from branch.catalogue.commands import HANDLERS as CATALOGUE
from branch.catalogue.commands import ChangeClass, ChangeCounter, ChangeService, ChangeSetting
from branch.kernel import journal
from branch.kernel.errors import BranchError, NotPermitted
from branch.kernel.runner import Actor
from branch.lobby.commands import HANDLERS as LOBBY
from branch.lobby.commands import arrivals, bookings, calling, counters, day, floor, promises
from branch.lobby.waits.projection import Spread
from branch.people.commands import HANDLERS as PEOPLE
from branch.people.commands import (
    AddStaff,
    ChangePin,
    ChangeStaff,
    ResetPin,
    SignIn,
    SignOut,
    add_account,
)
from branch.people.rules import PERMISSIONS, WITHOUT_ACCOUNT, Role, may_read, permits

HANDLERS = {**PEOPLE, **CATALOGUE, **LOBBY}
NAMES = sorted(kind.__name__ for kind in HANDLERS)
ANYTHING = 999_999

# One command of each kind; what it asks for need not exist: permission comes first.
SAMPLES: tuple[object, ...] = (
    SignIn("100482", "000000"),
    SignOut(),
    ChangePin("000000", "204815"),
    AddStaff("", "", frozenset(), "204815"),
    ChangeStaff(ANYTHING, "", frozenset(), active=True),
    ResetPin(ANYTHING, "204815"),
    ChangeService("P01", "nowhere", "", "", 1, (), {}, active=True),
    ChangeClass("nobody", 1, 1),
    ChangeCounter(0, "", "", ""),
    ChangeSetting("nothing", 1),
    arrivals.Greet(),
    arrivals.Triage(ANYTHING),
    arrivals.Issue("nothing"),
    bookings.Book("nothing", 0),
    arrivals.SetClass(ANYTHING, frozenset()),
    arrivals.Return(ANYTHING),
    arrivals.Leave(ANYTHING),
    arrivals.RecordPrint(ANYTHING, printed=True),
    promises.KeepPromise(ANYTHING, Spread(1, 2, 3), Spread(1, 2, 3), 0),
    calling.CallNext(99),
    calling.CallTicket(ANYTHING, 99, "care"),
    calling.Recall(99),
    calling.NoShow(99),
    calling.Hold(99, "fill_form"),
    calling.Resume(ANYTHING),
    calling.Transfer(99),
    calling.Finish(99),
    calling.FinishAndCall(99),
    calling.Undo(ANYTHING),
    counters.OpenCounter(99),
    counters.PauseCounter(99, "break"),
    counters.CloseCounter(99),
    counters.SetCounterServices(99, frozenset()),
    floor.AskHelp("nothing"),
    floor.AnswerHelp(ANYTHING),
    floor.Rate(ANYTHING, 5),
    day.CloseDay(),
)


def test_every_command_stands_in_the_table_and_nothing_else() -> None:
    assert sorted(PERMISSIONS) == NAMES


def test_every_command_is_tried_below() -> None:
    assert sorted(type(command).__name__ for command in SAMPLES) == NAMES


def test_every_command_is_open_to_somebody() -> None:
    assert all(PERMISSIONS.values())


@pytest.mark.parametrize("role", Role)
def test_every_role_may_do_exactly_what_the_table_says(branch: Branch, role: Role) -> None:
    staff = add_account(branch.store, f"only{len(role)}", "某人", frozenset({role}), "")
    open_to_it, closed_to_it = set(), set()
    for command in SAMPLES:
        name = type(command).__name__
        try:
            branch.run(command, Actor(staff, f"only-{role}"))
        except NotPermitted as refused:
            (closed_to_it if refused.code == "not_permitted" else open_to_it).add(name)
        except BranchError:
            open_to_it.add(name)
        else:
            open_to_it.add(name)
    assert open_to_it == {name for name in NAMES if role in PERMISSIONS[name]}
    assert closed_to_it == {name for name in NAMES if role not in PERMISSIONS[name]}
    refusals = [
        entry.subject
        for entry in journal.entries(branch.store)
        if entry.what == "command.refused" and entry.data["code"] == "not_permitted"
    ]
    assert sorted(refusals) == sorted(closed_to_it)


@pytest.mark.parametrize("command", SAMPLES, ids=lambda command: type(command).__name__)
def test_without_an_account_one_can_only_sign_in(branch: Branch, command: object) -> None:
    nobody = Actor(0, "counter-1")
    if type(command).__name__ in WITHOUT_ACCOUNT:
        assert branch.run(command, nobody).value.code == "sign_in_wrong"
        return
    with pytest.raises(NotPermitted) as refused:
        branch.run(command, nobody)
    assert refused.value.code == "not_permitted"


def test_a_closed_account_may_nothing(branch: Branch) -> None:
    staff = add_account(branch.store, "gone1", "某人", frozenset(Role), "")
    branch.store.database.execute_sql(f"UPDATE staff SET active = NOT active WHERE id = {staff}")
    with pytest.raises(NotPermitted):
        branch.run(arrivals.Greet(), Actor(staff, "lobby"))


def test_several_roles_may_what_any_of_them_may() -> None:
    assert permits("CallNext", frozenset({"auditor", "teller"}))
    assert permits("AddStaff", frozenset({"teller", "administrator"}))
    assert not permits("CallNext", frozenset({"auditor", "guard"}))
    assert not permits("CallNext", frozenset())
    assert not permits("NoSuchCommand", frozenset(Role))


@pytest.mark.parametrize(
    ("name", "roles"),
    [
        ("CallTicket", {"lobby_manager", "supervisor", "branch_manager"}),
        ("CallNext", {"teller", "adviser", "supervisor"}),
        ("CloseDay", {"lobby_manager", "supervisor", "branch_manager"}),
        ("AddStaff", {"administrator"}),
        ("ChangeStaff", {"administrator"}),
        ("ResetPin", {"administrator", "branch_manager"}),
    ],
)
def test_the_steps_that_matter_most_are_open_to_few(name: str, roles: set[str]) -> None:
    assert set(PERMISSIONS[name]) == roles


def test_tellers_cannot_pick_their_customers() -> None:
    assert not permits("CallTicket", frozenset({"teller"}))
    assert not permits("SetClass", frozenset({"teller"}))


def test_stations_without_a_person_have_just_their_commands() -> None:
    assert {name for name in NAMES if permits(name, frozenset({"kiosk"}))} == {
        "SignIn", "SignOut", "Greet", "Triage", "Issue", "RecordPrint", "KeepPromise", "AskHelp",
        "Rate",
    }  # fmt: skip
    assert {name for name in NAMES if permits(name, frozenset({"board"}))} == {
        "SignIn", "SignOut", "AskHelp", "Rate",
    }  # fmt: skip


def test_an_auditor_changes_nothing_of_the_branch() -> None:
    assert {name for name in NAMES if permits(name, frozenset({"auditor"}))} == {
        "SignIn", "SignOut", "ChangePin", "AskHelp",
    }  # fmt: skip


@pytest.mark.parametrize("role", list(Role))
def test_who_may_read_the_dashboard(role: Role) -> None:
    allowed = {Role.BRANCH_MANAGER, Role.SUPERVISOR, Role.LOBBY_MANAGER, Role.AUDITOR}
    assert may_read("dashboard", frozenset({role})) == (role in allowed)
    assert not may_read("nothing known", frozenset({role}))

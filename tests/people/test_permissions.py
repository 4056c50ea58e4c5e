"""The one permission table: complete, and kept to by every command for every role."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest

from branch.bootstrap import HANDLERS, Branch
from branch.kernel import journal
from branch.kernel.errors import BranchError, NotPermitted
from branch.kernel.keys import SCRATCH_KEY, BranchKey
from branch.kernel.runner import Actor
from branch.lobby.commands import arrivals
from branch.people.commands import add_account
from branch.people.rules import (
    PERMISSIONS,
    PROGRAM,
    WITHOUT_ACCOUNT,
    Role,
    may_read,
    permits,
)

NAMES = sorted(kind.__name__ for kind in HANDLERS)
ANYTHING = 999_999


def anything(kind: Any) -> Any:
    """A value of a type that names nothing which exists: permission comes first."""
    origin = get_origin(kind) or kind
    if origin in (Union, UnionType):
        return anything(get_args(kind)[0])
    if origin in (frozenset, tuple, dict, list, Mapping, Sequence):
        return {Mapping: dict, Sequence: tuple}.get(origin, origin)()
    known = {
        int: ANYTHING,
        float: 1.0,
        str: "",
        bytes: b"",
        bool: True,
        date: date(2026, 1, 1),
        BranchKey: SCRATCH_KEY,
    }
    return known[origin] if origin in known else one_of(origin)


def one_of(kind: Any) -> object:
    """A command of this class."""
    hints = get_type_hints(kind)
    return kind(**{part.name: anything(hints[part.name]) for part in fields(kind)})


SAMPLES = tuple(one_of(kind) for kind in HANDLERS)


def test_every_command_stands_in_the_table_and_nothing_else() -> None:
    assert sorted(PERMISSIONS) == NAMES


def test_every_command_is_open_to_somebody() -> None:
    assert all(PERMISSIONS.values())


@pytest.mark.parametrize("role", Role)
def test_every_role_may_do_exactly_what_the_table_says(branch: Branch, role: Role) -> None:
    staff = PROGRAM
    if role != Role.PROGRAM:
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
    # Whoever is at the door has no account yet, and at night the program has none.
    expected = {name for name in NAMES if role in PERMISSIONS[name] or name in WITHOUT_ACCOUNT}
    assert open_to_it == expected
    assert closed_to_it == set(NAMES) - expected
    refusals = [
        entry.subject
        for entry in journal.entries(branch.store)
        if entry.what == "command.refused" and entry.data["code"] == "not_permitted"
    ]
    assert sorted(refusals) == sorted(closed_to_it)


@pytest.mark.parametrize("command", SAMPLES, ids=lambda command: type(command).__name__)
def test_without_an_account_one_can_only_sign_in(branch: Branch, command: object) -> None:
    nobody = Actor(987_654, "counter-1")
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


def test_the_program_by_itself_clears_what_is_past_its_time_and_records_emergency_prints() -> None:
    assert {name for name in NAMES if permits(name, frozenset({"program"}))} == {
        "SignIn", "RunRetention", "RunCaseRetention", "RunDrillRetention",
        "RunInspectionRetention", "RemoveBackups", "RecordRosterPrint",
    }  # fmt: skip


def test_an_auditor_changes_nothing_of_the_branch() -> None:
    assert {name for name in NAMES if permits(name, frozenset({"auditor"}))} == {
        "SignIn", "SignOut", "ChangePin", "AskHelp", "AnswerVisit", "Reveal", "BreakGlass",
        "ReviewBreakGlass", "RecordExport", "OpenFile", "OpenPaper", "OpenProof", "OpenPhoto",
        "OpenSheetPhoto", "TurnReal",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("what", "allowed"),
    [
        (
            "dashboard",
            {
                Role.BRANCH_MANAGER,
                Role.SUPERVISOR,
                Role.LOBBY_MANAGER,
                Role.AUDITOR,
                Role.COMPLAINT_OFFICER,
                Role.SUPERIOR,
            },
        ),
        (
            "complaint_figures",
            {
                Role.BRANCH_MANAGER,
                Role.SUPERVISOR,
                Role.AUDITOR,
                Role.COMPLAINT_OFFICER,
                Role.SUPERIOR,
            },
        ),
        ("complaint_staff_figures", {Role.BRANCH_MANAGER, Role.SUPERIOR, Role.AUDITOR}),
        ("audit", {Role.AUDITOR, Role.ADMINISTRATOR, Role.BRANCH_MANAGER, Role.SUPERIOR}),
        (
            "permissions",
            {Role.AUDITOR, Role.ADMINISTRATOR, Role.BRANCH_MANAGER, Role.SUPERVISOR},
        ),
        ("nothing known", set()),
    ],
)
def test_who_may_read_what(what: str, allowed: set[Role]) -> None:
    assert {role for role in Role if may_read(what, frozenset({role}))} == allowed

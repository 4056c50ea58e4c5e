"""Signing in: who, where, how it slows down, locks and opens again; PINs stay secret."""

from __future__ import annotations

import logging
from collections.abc import Callable

import pytest

from branch.bootstrap import Branch
from branch.founding import Plan
from branch.kernel import journal
from branch.kernel.clock import SetClock
from branch.kernel.errors import BadInput, NotFound, NotPermitted, Stale
from branch.kernel.runner import Actor
from branch.lobby.commands.counters import OpenCounter
from branch.people.commands import (
    AddStaff,
    ChangePin,
    ChangeStaff,
    ResetPin,
    SignedIn,
    SignIn,
    SignInRefused,
    SignOut,
    Unlock,
)
from branch.people.queries import account_id, seats, staff_members
from branch.people.rules import MOST_FAILURES, wait_after_failures
from tests.conftest import OPENING

At = Callable[[str, str], Actor]
FRESH = "482019"
WRONG = "719204"


@pytest.fixture
def pin(sample: Plan) -> Callable[[str], str]:
    """The PIN of a member of staff."""
    pins = {member.staff_no: member.pin for member in sample.staff}
    assert WRONG not in pins.values()
    return pins.__getitem__


@pytest.fixture
def sign_in(branch: Branch) -> Callable[..., SignedIn | SignInRefused]:
    def try_it(staff_no: str, pin: str, station: str = "counter-1") -> SignedIn | SignInRefused:
        value: SignedIn | SignInRefused = branch.run(SignIn(staff_no, pin), Actor(0, station)).value
        return value

    return try_it


def last(branch: Branch) -> journal.Entry:
    return list(journal.entries(branch.store))[-1]


def test_the_right_pin_opens_a_session(branch: Branch, sign_in, pin) -> None:
    accepted = sign_in("100482", pin("100482"))
    staff = account_id(branch.store, "100482")
    assert accepted == SignedIn(staff, "王敏", frozenset({"teller"}))
    assert [(seat.station, seat.name, seat.since) for seat in seats(branch.store)] == [
        ("counter-1", "王敏", OPENING)
    ]
    entry = last(branch)
    assert (entry.what, entry.subject, entry.station, entry.data) == (
        "session.opened",
        "counter-1",
        "counter-1",
        {"account": staff},
    )


def test_a_staff_number_may_be_typed_with_blanks(sign_in, pin) -> None:
    assert isinstance(sign_in(" 100 482 ", pin("100482")), SignedIn)


def test_a_colleague_takes_a_shared_desk_over_at_once(branch: Branch, sign_in, pin) -> None:
    sign_in("100482", pin("100482"))
    sign_in("100483", pin("100483"))
    sign_in("100482", pin("100482"), "counter-2")
    assert [(seat.station, seat.name) for seat in seats(branch.store)] == [
        ("counter-1", "刘洋"),
        ("counter-2", "王敏"),
    ]
    branch.run(SignOut(), Actor(account_id(branch.store, "100483") or 0, "counter-1"))
    assert [seat.station for seat in seats(branch.store)] == ["counter-2"]
    assert last(branch).what == "session.closed"


@pytest.mark.parametrize("number", ["100000", "", "x" * 10_000, "1\x00", "䶮㛃𬭚", "' OR 1=1 --"])
def test_an_unknown_number_is_told_no_more_than_a_wrong_pin(
    branch: Branch, sign_in, number: str
) -> None:
    assert sign_in(number, WRONG) == SignInRefused("sign_in_wrong")
    assert last(branch).data == {"code": "sign_in_wrong"}


@pytest.mark.parametrize("typed", ["", "1", "９" * 6, "x" * 10_000, "1\x00"])
def test_whatever_is_typed_as_a_pin_is_just_wrong(sign_in, typed: str) -> None:
    assert sign_in("100482", typed) == SignInRefused("sign_in_wrong", 0, 9)


@pytest.mark.parametrize("account", ["KIOSK", "BOARD"])
def test_nobody_signs_in_as_a_station(sign_in, account: str) -> None:
    for typed in ("", "000000"):
        assert sign_in(account, typed).code == "sign_in_wrong"


def test_tries_slow_down_then_lock_and_a_reset_opens(
    branch: Branch, clock: SetClock, actor: At, sign_in, pin
) -> None:
    staff = account_id(branch.store, "100482")
    for failure in range(1, MOST_FAILURES):
        refused = sign_in("100482", WRONG)
        wait = wait_after_failures(failure)
        assert refused == SignInRefused("sign_in_wrong", wait, MOST_FAILURES - failure)
        if wait:
            clock.advance(wait - 0.001)
            assert sign_in("100482", pin("100482")) == SignInRefused("sign_in_wait", 1)
            clock.advance(0.001)
    assert sign_in("100482", WRONG).code == "account_locked"
    clock.advance(24 * 3_600)
    assert sign_in("100482", pin("100482")) == SignInRefused("account_locked")
    assert [member.locked for member in staff_members(branch.store) if member.id == staff] == [True]
    branch.run(ResetPin(staff or 0, FRESH), actor("100101", "office"))
    assert last(branch).what == "staff.pin_reset"
    assert sign_in("100482", pin("100482")).code == "sign_in_wrong"
    assert isinstance(sign_in("100482", FRESH), SignedIn)


def test_the_waiting_does_not_count_as_a_try(clock: SetClock, sign_in, pin) -> None:
    for _ in range(3):
        sign_in("100482", WRONG)
    for _ in range(20):
        assert sign_in("100482", WRONG).code == "sign_in_wait"
    clock.advance(5)
    assert isinstance(sign_in("100482", pin("100482")), SignedIn)


def test_a_sign_in_that_succeeds_begins_the_count_anew(clock: SetClock, sign_in, pin) -> None:
    for _ in range(4):
        for _ in range(2):
            sign_in("100482", WRONG)
        assert isinstance(sign_in("100482", pin("100482")), SignedIn)
    assert sign_in("100482", WRONG) == SignInRefused("sign_in_wrong", 0, 9)


def test_each_account_counts_for_itself(sign_in, pin) -> None:
    for _ in range(3):
        sign_in("100482", WRONG)
    assert sign_in("100482", WRONG).code == "sign_in_wait"
    assert isinstance(sign_in("100483", pin("100483")), SignedIn)


def test_a_closed_account_is_told_so_and_can_do_nothing(
    branch: Branch, actor: At, sign_in, pin
) -> None:
    teller = actor("100482", "counter-1")
    sign_in("100482", pin("100482"))
    branch.run(OpenCounter(1), teller)
    branch.run(
        ChangeStaff(teller.staff, "王敏", frozenset({"teller"}), active=False),
        actor("100001", "admin"),
    )
    assert sign_in("100482", pin("100482")) == SignInRefused("account_closed")
    with pytest.raises(NotPermitted):
        branch.run(OpenCounter(2), teller)


def test_one_changes_ones_own_pin_with_the_old_one(branch: Branch, actor: At, sign_in, pin) -> None:
    me = actor("100482", "counter-1")
    branch.run(ChangePin(pin("100482"), FRESH), me)
    assert (last(branch).what, last(branch).subject) == ("staff.pin_changed", str(me.staff))
    assert isinstance(sign_in("100482", FRESH), SignedIn)
    assert sign_in("100482", pin("100482")).code == "sign_in_wrong"


@pytest.mark.parametrize(("new", "code"), [("111111", "pin_too_simple"), ("12", "pin_form")])
def test_a_new_pin_that_cannot_stand_is_refused(
    branch: Branch, actor: At, sign_in, pin, new: str, code: str
) -> None:
    with pytest.raises(BadInput) as refused:
        branch.run(ChangePin(pin("100482"), new), actor("100482", "counter-1"))
    assert (refused.value.code, refused.value.field) == (code, "pin")
    assert isinstance(sign_in("100482", pin("100482")), SignedIn)


def test_a_wrong_old_pin_counts_as_at_the_door(
    branch: Branch, clock: SetClock, actor: At, sign_in, pin
) -> None:
    sign_in("100482", pin("100482"))
    me = actor("100482", "counter-1")
    for failure in range(1, MOST_FAILURES):
        old = WRONG if failure % 2 else ""
        refused = branch.run(ChangePin(old, FRESH), me).value
        wait = wait_after_failures(failure)
        assert refused == SignInRefused("pin_wrong", wait, MOST_FAILURES - failure)
        assert (last(branch).what, last(branch).data) == (
            "staff.pin_refused",
            {"code": "pin_wrong"},
        )
        if wait:
            early = branch.run(ChangePin(pin("100482"), FRESH), me).value
            assert early == SignInRefused("sign_in_wait", wait)
            clock.advance(wait)
    assert [seat.station for seat in seats(branch.store)] == ["counter-1"]
    assert branch.run(ChangePin(WRONG, FRESH), me).value.code == "account_locked"
    assert (last(branch).what, last(branch).subject) == ("session.ended", "counter-1")
    assert seats(branch.store) == ()
    clock.advance(24 * 3_600)
    assert branch.run(ChangePin(pin("100482"), FRESH), me).value.code == "account_locked"
    assert sign_in("100482", pin("100482")) == SignInRefused("account_locked")


def test_tries_at_the_door_and_at_the_change_count_together(
    branch: Branch, actor: At, sign_in, pin
) -> None:
    for _ in range(2):
        sign_in("100482", WRONG)
    me = actor("100482", "counter-1")
    assert branch.run(ChangePin(WRONG, FRESH), me).value == SignInRefused("pin_wrong", 5, 7)
    assert sign_in("100482", pin("100482")) == SignInRefused("sign_in_wait", 5)


def test_a_changed_pin_begins_the_count_anew(branch: Branch, actor: At, sign_in, pin) -> None:
    me = actor("100482", "counter-1")
    for _ in range(2):
        branch.run(ChangePin(WRONG, FRESH), me)
    assert branch.run(ChangePin(pin("100482"), FRESH), me).value is None
    assert sign_in("100482", WRONG) == SignInRefused("sign_in_wrong", 0, 9)


def test_an_account_is_unlocked_and_its_pin_stays(
    branch: Branch, clock: SetClock, actor: At, sign_in, pin
) -> None:
    manager, staff = actor("100101", "office"), actor("100482", "x").staff
    with pytest.raises(Stale, match="account_not_locked"):
        branch.run(Unlock(staff), manager)
    for failure in range(1, MOST_FAILURES + 1):
        sign_in("100482", WRONG)
        clock.advance(wait_after_failures(failure))
    assert sign_in("100482", pin("100482")).code == "account_locked"
    with pytest.raises(NotPermitted, match="own_unlock"):
        branch.run(Unlock(manager.staff), manager)
    branch.run(Unlock(staff), manager)
    assert (last(branch).what, last(branch).subject) == ("staff.unlocked", str(staff))
    assert isinstance(sign_in("100482", pin("100482")), SignedIn)


def test_a_reset_is_for_others_and_for_people(branch: Branch, actor: At) -> None:
    administrator = actor("100001", "admin")
    with pytest.raises(NotPermitted, match="own_pin_by_change"):
        branch.run(ResetPin(administrator.staff, FRESH), administrator)
    with pytest.raises(Stale, match="station_account"):
        branch.run(ResetPin(actor("KIOSK", "x").staff, FRESH), administrator)
    with pytest.raises(NotFound, match="staff_unknown"):
        branch.run(ResetPin(987_654, FRESH), administrator)
    with pytest.raises(BadInput, match="pin_too_simple"):
        branch.run(ResetPin(actor("100482", "x").staff, "123456"), administrator)


def test_a_pin_is_nowhere_to_be_read(
    branch: Branch, clock: SetClock, actor: At, sample: Plan, pin, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    administrator = actor("100001", "admin")
    commands: list[tuple[object, Actor]] = [
        (SignIn("100482", pin("100482")), Actor(0, "counter-1")),
        (SignIn("100482", WRONG), Actor(0, "counter-1")),
        (AddStaff("100700", "新人", frozenset({"teller"}), FRESH), administrator),
        (AddStaff("100700", "新人", frozenset({"teller"}), FRESH), administrator),
        (ChangePin(WRONG, FRESH), actor("100482", "counter-1")),
        (ChangePin(pin("100482"), FRESH), actor("100482", "counter-1")),
        (ResetPin(actor("100483", "x").staff, FRESH), administrator),
    ]
    shown = [repr(sample), str(sample), *(repr(member) for member in sample.staff)]
    for command, at in commands:
        shown += [repr(command), str(command)]
        try:
            shown.append(repr(branch.run(command, at)))
        except BadInput as refused:
            shown += [repr(refused), str(refused)]
    shown.append(caplog.text)
    # Rows as they are stored, hashes of the journal and of PINs aside: hexadecimal may hold
    # any six digits.
    tables = {
        "journal": "at, station, staff, what, subject, data",
        "staff": "staff_no, name, roles, failures",
        "session": "*",
    }
    for table, columns in tables.items():
        found = branch.store.database.execute_sql(f"SELECT {columns} FROM {table}").fetchall()
        shown.append(repr(found))
    everything = "\n".join(shown)
    secrets = {FRESH, WRONG, *(member.pin for member in sample.staff)}
    assert [secret for secret in secrets if secret in everything] == []
    hashes = branch.store.database.execute_sql("SELECT pin_hash FROM staff").fetchall()
    assert all(text == "" or text.startswith("$argon2id$") for (text,) in hashes)

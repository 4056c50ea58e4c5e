"""Who is inside now, and the sealed copy of it that serves while the store is away."""

from __future__ import annotations

from dataclasses import replace

import pytest

from branch.founding import Plan
from branch.kernel.errors import StoreDamaged, StoreLocked
from branch.kernel.keys import new_key
from branch.kernel.runner import Actor
from branch.kernel.sealing import Sealer
from branch.lobby.commands.arrivals import Issue
from branch.lobby.commands.calling import CallNext
from branch.lobby.commands.counters import OpenCounter
from branch.lobby.queries.screens import branch_name
from branch.people.commands import SignIn, SignOut
from branch.visitors.commands.register import SignOutVisitor
from branch.visitors.queries.roster import (
    KeptRoster,
    Roster,
    opened_roster,
    roster,
    sealed_roster,
)
from tests.conftest import OPENING
from tests.visitors.gate import LOBBY_MANAGER, TELLER, Gate


def now_inside(gate: Gate) -> Roster:
    return roster(gate.store, gate.clock.now_ms())


def test_nobody_is_inside_at_the_beginning(gate: Gate) -> None:
    assert now_inside(gate) == Roster(OPENING, ())


def test_a_visitor_is_inside_from_sign_in_to_sign_out(gate: Gate) -> None:
    visitor = gate.come("周大军")
    (one,) = now_inside(gate).people
    assert (one.kind, one.ref, one.label, one.badge) == (
        "visitor",
        visitor.id,
        "周大军",
        visitor.badge,
    )
    assert (one.place, one.unit, one.host, one.since) == (
        "machine_area",
        "安达设备维保",
        "王敏",
        OPENING,
    )
    gate.run(SignOutVisitor(visitor.id, True))
    assert now_inside(gate).people == ()


def test_a_customer_is_inside_until_he_was_served(gate: Gate) -> None:
    gate.run(OpenCounter(1), by=TELLER)
    issued = gate.run(Issue("P01", care=frozenset({"slow_speech"})), by=LOBBY_MANAGER)
    (one,) = now_inside(gate).people
    # Slow speech is no help that somebody needs to leave a building.
    assert (one.kind, one.label, one.place, one.help) == ("customer", issued.number, "", ())
    gate.run(CallNext(1), by=TELLER)
    (one,) = now_inside(gate).people
    assert one.place == "counter-1"


def test_who_needs_help_out_is_told_apart(gate: Gate) -> None:
    gate.run(Issue("P01", care=frozenset({"guide_dog", "write_down"})), by=LOBBY_MANAGER)
    (one,) = now_inside(gate).of("assisted")
    assert one.help == ("guide_dog",)


def test_stations_without_a_person_are_nobody(gate: Gate, sample: Plan) -> None:
    pins = {member.staff_no: member.pin for member in sample.staff}
    gate.branch.run(SignIn(TELLER, pins[TELLER]), Actor(0, "counter-1"))
    assert [(one.label, one.place) for one in now_inside(gate).of("staff")] == [
        ("王敏", "counter-1")
    ]
    gate.branch.run(SignOut(), Actor(gate.staff(TELLER), "counter-1"))
    assert now_inside(gate).people == ()


def test_the_sealed_copy_tells_the_same_and_shows_nothing(gate: Gate) -> None:
    gate.come("周大军")
    gate.run(Issue("P01", care=frozenset({"step_free"})), by=LOBBY_MANAGER)
    kept = KeptRoster(branch_name(gate.store), now_inside(gate))
    sealed = sealed_roster(gate.store.sealer, kept)
    assert opened_roster(gate.store.sealer, sealed) == kept
    for secret in ("周", "安达", "step_free", "王敏"):
        assert secret not in sealed


def test_a_copy_of_another_key_or_a_changed_one_is_not_read(gate: Gate) -> None:
    kept = KeptRoster(branch_name(gate.store), replace(now_inside(gate), at=1))
    with pytest.raises(StoreLocked):
        opened_roster(gate.store.sealer, sealed_roster(Sealer(new_key()), kept))
    sealed = sealed_roster(gate.store.sealer, kept)
    changed = sealed[:-6] + ("AAAA" if sealed[-6:-2] != "AAAA" else "BBBB") + sealed[-2:]
    with pytest.raises(StoreDamaged):
        opened_roster(gate.store.sealer, changed)

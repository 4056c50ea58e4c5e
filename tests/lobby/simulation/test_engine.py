"""The engine by hand: small lobbies, and who must be called when and where."""

from __future__ import annotations

import pytest

from branch.lobby.rules import order_key
from branch.lobby.simulation.engine import NEVER, Probe, Simulation
from branch.lobby.simulation.lobby import Absence, Arrival, Counter, Lobby, ServicesSet, Ticket
from tests.lobby.simulation.paper import calls, engine

A, B, AB = frozenset({"a"}), frozenset({"b"}), frozenset({"a", "b"})


def idle(number: int, services: frozenset[str] = A, since: int = 0, *breaks: Absence) -> Counter:
    """A counter that waits for customers."""
    return Counter(number, services, 0, idle_since=since, absences=breaks)


def lobby(*counters: Counter, waiting: tuple[Ticket, ...] = ()) -> Lobby:
    return Lobby(0, counters, waiting)


def ticket(name: str, key: int, service: str = "a", busy: int = 10, **more: object) -> Ticket:
    """A ticket whose sequence is the number in its name."""
    return Ticket(name, key, int(name[1:]), service, "ordinary", busy, **more)  # type: ignore[arg-type]


def comes(at: int, name: str, service: str = "a", busy: int = 10, **more: object) -> Arrival:
    """Somebody without any credit."""
    return Arrival(at, ticket(name, at, service, busy, **more))


def test_two_counters_serve_in_order_of_coming() -> None:
    found = calls(
        lobby(idle(1), idle(2)), comes(0, "t1"), comes(1, "t2"), comes(2, "t3"), comes(3, "t4")
    )
    assert found == [(0, "t1", 1), (1, "t2", 2), (10, "t3", 1), (11, "t4", 2)]


@pytest.mark.parametrize(
    ("counters", "taken"),
    [
        ((idle(1, AB), idle(2, A)), 2),  # fewest services
        ((idle(1, A, 5), idle(2, A, 3)), 2),  # then longest idle
        ((idle(2, A, 5), idle(1, A, 5)), 1),  # then lowest number
        ((idle(1, AB, 1), idle(2, AB, 2), idle(3, A, 9)), 3),
        ((idle(1, B), idle(2, AB)), 2),  # only those that can
    ],
)
def test_which_idle_counter_takes_a_new_ticket(counters: tuple[Counter, ...], taken: int) -> None:
    assert calls(lobby(*counters), comes(20, "t1")) == [(20, "t1", taken)]


def test_idle_since_counts_from_the_last_service() -> None:
    found = calls(lobby(idle(1), idle(2)), comes(0, "t1", busy=50), comes(5, "t2"), comes(60, "t3"))
    assert found[-1] == (60, "t3", 2)  # free since 15; counter 1 since 50


def test_equal_keys_go_by_issue() -> None:
    waiting = (ticket("t3", 7), ticket("t1", 7), ticket("t2", 7))
    found = calls(lobby(Counter(1, A, 0), waiting=waiting))
    assert [name for _, name, _ in found] == ["t1", "t2", "t3"]


def test_the_smallest_key_of_all_lines_of_a_counter() -> None:
    waiting = (ticket("t1", 5, "b"), ticket("t2", 3, "a"), ticket("t3", 4, "b"))
    found = calls(lobby(Counter(1, AB, 0), idle(2, frozenset({"c"})), waiting=waiting))
    assert [name for _, name, _ in found] == ["t2", "t3", "t1"]


@pytest.mark.parametrize(
    ("credit", "order"),
    [(0, ["t1", "t2", "t3"]), (2, ["t2", "t3", "t1"]), (1_000_000, ["t2", "t3", "t1"])],
)
def test_a_credit_moves_ahead_as_far_as_it_reaches(credit: float, order: list[str]) -> None:
    minute = 60_000
    credits = {"first": credit, "ordinary": 0}
    arrivals = [Arrival(0, Ticket("t0", 0, 0, "a", "ordinary", 10 * minute))]
    for seq, (at, klass) in enumerate(
        [(1 * minute, "ordinary"), (2 * minute, "first"), (2 * minute + 30_000, "first")], start=1
    ):
        key = order_key(at, (klass,), credits)
        arrivals.append(Arrival(at, Ticket(f"t{seq}", key, seq, "a", klass, 1)))
    found = calls(lobby(idle(1)), *arrivals)
    assert [name for _, name, _ in found[1:]] == order


def test_at_one_instant_counters_become_free_before_customers_come() -> None:
    # At 10 the counter takes who waited, not the one with the smaller key who just comes.
    late = Arrival(10, ticket("t3", -100))
    assert calls(lobby(idle(1)), comes(0, "t1"), comes(5, "t2"), late)[1:] == [
        (10, "t2", 1),
        (20, "t3", 1),
    ]


# -- pins and patience ------------------------------------------------------------------------


def test_a_pinned_ticket_waits_for_its_counter() -> None:
    found = calls(
        lobby(idle(1), idle(2)),
        comes(0, "t1", busy=30),
        comes(1, "t2", pinned=1),
        comes(2, "t3"),
        comes(3, "t4"),
    )
    assert found == [(0, "t1", 1), (2, "t3", 2), (12, "t4", 2), (30, "t2", 1)]


def test_a_pin_to_a_counter_that_cannot_do_it_waits_for_ever() -> None:
    assert calls(lobby(idle(1), idle(2, B)), comes(0, "t1", pinned=2), comes(1, "t2")) == [
        (1, "t2", 1)
    ]


def test_a_service_that_nobody_does_waits_for_ever() -> None:
    assert calls(lobby(idle(1)), comes(0, "t1", "b"), comes(1, "t2")) == [(1, "t2", 1)]


@pytest.mark.parametrize(("leaves_at", "called"), [(9, False), (10, False), (11, True)])
def test_who_has_lost_patience_is_not_called(leaves_at: int, called: bool) -> None:
    found = calls(
        lobby(idle(1)), comes(0, "t1"), comes(1, "t2", leaves_at=leaves_at), comes(2, "t3")
    )
    assert found[1] == (10, "t2" if called else "t3", 1)


# -- breaks -----------------------------------------------------------------------------------


def test_a_break_due_while_busy_begins_when_the_service_ends() -> None:
    found, left = engine(
        lobby(idle(1, A, 0, Absence(5, 20))), [comes(0, "t1"), comes(1, "t2"), comes(2, "t3")]
    )
    assert left == [(10, 1)]
    assert found == [(0, "t1", 1), (30, "t2", 1), (40, "t3", 1)]


def test_an_idle_counter_whose_break_is_due_takes_no_new_ticket() -> None:
    found, left = engine(lobby(idle(1, A, 0, Absence(5, 20))), [comes(5, "t1")])
    assert (found, left) == ([(25, "t1", 1)], [(5, 1)])


def test_somebody_is_served_between_two_breaks_that_are_due() -> None:
    breaks = (Absence(5, 20), Absence(6, 7))
    found, left = engine(
        lobby(idle(1, A, 0, *breaks)), [comes(0, "t1"), comes(1, "t2"), comes(2, "t3")]
    )
    assert left == [(10, 1), (40, 1)]
    assert found == [(0, "t1", 1), (30, "t2", 1), (47, "t3", 1)]


def test_two_breaks_that_are_due_follow_each_other_when_nobody_waits() -> None:
    found, left = engine(lobby(idle(1, A, 0, Absence(5, 20), Absence(6, 7))), [comes(28, "t1")])
    assert left == [(5, 1), (25, 1)]
    assert found == [(32, "t1", 1)]


def test_a_counter_that_owes_serves_before_its_next_break() -> None:
    counter = Counter(1, A, 0, absences=(Absence(0, 20),), owes=True)
    waiting = (ticket("t1", 0), ticket("t2", 1))
    found, left = engine(lobby(counter, waiting=waiting))
    assert (found, left) == ([(0, "t1", 1), (30, "t2", 1)], [(10, 1)])


def test_a_counter_that_goes_for_good_and_one_that_never_opens() -> None:
    gone = Counter(1, A, 0, idle_since=0, absences=(Absence(5, NEVER),))
    found, left = engine(
        lobby(gone, Counter(2, A, None)), [comes(0, "t1"), comes(1, "t2"), comes(30, "t3")]
    )
    assert (found, left) == ([(0, "t1", 1)], [(10, 1)])


def test_an_idle_counter_called_before_its_break_takes_it_afterwards() -> None:
    found, left = engine(lobby(idle(1, A, 0, Absence(12, 5))), [comes(4, "t1"), comes(13, "t2")])
    assert found == [(4, "t1", 1), (19, "t2", 1)]
    assert left == [(14, 1)]


def test_a_counter_opens_later() -> None:
    assert calls(lobby(Counter(1, A, 100)), comes(0, "t1"), comes(1, "t2")) == [
        (100, "t1", 1),
        (110, "t2", 1),
    ]


# -- services in the middle of the day --------------------------------------------------------


def test_an_idle_counter_with_new_services_calls_at_once() -> None:
    found = calls(
        lobby(idle(1), idle(2, B)),
        comes(0, "t1", busy=100),
        comes(1, "t2"),
        ServicesSet(40, 2, AB),
    )
    assert found == [(0, "t1", 1), (40, "t2", 2)]


def test_a_busy_counter_uses_its_new_services_from_the_next_call_on() -> None:
    found = calls(
        lobby(idle(1), idle(2, B)),
        comes(0, "t1", busy=100),
        comes(0, "t2", "b", busy=50),
        comes(1, "t3"),
        comes(2, "t4", "b"),
        ServicesSet(40, 2, A),
    )
    assert found == [(0, "t1", 1), (0, "t2", 2), (50, "t3", 2)]  # nobody does b any more


def test_the_number_of_services_counts_as_it_is_now() -> None:
    everything = frozenset({"a", "b", "c"})
    found = calls(lobby(idle(1, AB), idle(2, B)), ServicesSet(5, 2, everything), comes(9, "t1"))
    assert found == [(9, "t1", 1)]
    found = calls(lobby(idle(1, AB), idle(2, B)), ServicesSet(5, 2, A), comes(9, "t1"))
    assert found == [(9, "t1", 2)]


def test_a_counter_on_a_break_keeps_its_break_when_services_change() -> None:
    found = calls(
        lobby(idle(1, B, 0, Absence(5, 50))), comes(6, "t1"), ServicesSet(20, 1, A), comes(21, "t2")
    )
    assert found == [(55, "t1", 1), (65, "t2", 1)]


# -- the same customer again ------------------------------------------------------------------


def test_a_transferred_ticket_keeps_its_place_at_the_next_counter() -> None:
    second = ticket("t1", 0, "b", 10, pinned=2)
    first = Arrival(0, ticket("t1", 0, "a", 10, again=second))
    found = calls(lobby(idle(1), idle(2, B)), first, comes(1, "t2", "b", 30), comes(2, "t3", "b"))
    assert found == [(0, "t1", 1), (1, "t2", 2), (31, "t1", 2), (41, "t3", 2)]


def test_who_was_away_comes_back_with_the_key_he_then_has() -> None:
    back = ticket("t1", 40)
    first = Arrival(0, ticket("t1", 0, again=back, away=5))
    found = calls(lobby(idle(1)), first, comes(3, "t2"), comes(4, "t3"), comes(12, "t4"))
    assert found == [(0, "t1", 1), (10, "t2", 1), (20, "t3", 1), (30, "t4", 1), (40, "t1", 1)]


# -- probes and runs --------------------------------------------------------------------------


def seen_at(room: Lobby, key: int, service: str = "a") -> list[int]:
    """When somebody with this key would be called."""
    seen: list[int] = []
    engine(room, [comes(2, "t7")], [Probe(key, 99, service, seen.append)])
    return seen


@pytest.mark.parametrize(("key", "instant"), [(-1, 10), (0, 20), (1, 30), (2, 40)])
def test_a_probe_is_told_when_it_would_be_called(key: int, instant: int) -> None:
    room = lobby(Counter(1, A, 10), waiting=(ticket("t1", 0), ticket("t2", 1)))
    assert seen_at(room, key) == [instant]


def test_a_probe_without_a_counter_is_never_told() -> None:
    assert seen_at(lobby(Counter(1, A, 0)), 0, "b") == []


def test_probes_keep_nobody_waiting() -> None:
    room = lobby(Counter(1, A, 10), waiting=(ticket("t1", 0), ticket("t2", 1)))
    probes = [Probe(-5, 90 + at, "a", lambda _now: None) for at in range(3)]
    assert engine(room, [comes(2, "t3")], probes) == engine(room, [comes(2, "t3")])


def test_a_probe_can_end_the_run() -> None:
    told: list[str] = []
    room = lobby(Counter(1, A, 0), waiting=(ticket("t1", 0), ticket("t2", 1), ticket("t3", 2)))
    Simulation(room).run(
        lambda one, _counter: one.busy,
        lambda _now, one, _counter: told.append(one.name),
        probes=[Probe(1, 99, "a", lambda _now: True)],
    )
    assert told == ["t1", "t2", "t3"]  # told before t3 would have been: at the same instant


def test_the_run_ends_when_told_to() -> None:
    told: list[str] = []

    def called(_now: int, one: Ticket, _counter: Counter) -> bool:
        told.append(one.name)
        return one.name == "t2"

    room = lobby(Counter(1, A, 0), waiting=(ticket("t1", 0), ticket("t2", 1), ticket("t3", 2)))
    Simulation(room).run(lambda one, _counter: one.busy, called)
    assert told == ["t1", "t2"]


def test_a_lobby_runs_again_as_the_first_time() -> None:
    simulation = Simulation(lobby(idle(1, A, 0, Absence(3, 9)), waiting=(ticket("t1", 0),)))
    runs: list[list[tuple[int, str]]] = []
    for _ in range(3):
        found: list[tuple[int, str]] = []
        simulation.run(
            lambda one, _counter: one.busy,
            lambda now, one, _counter, found=found: found.append((now, one.name)),  # type: ignore[misc]
            [comes(4, "t2"), ServicesSet(6, 1, AB), comes(7, "t3", "b")],
        )
        runs.append(found)
    assert runs[0] == [(0, "t1"), (19, "t2"), (29, "t3")]
    assert runs[1] == runs[0] == runs[2]


def test_free_instants_and_breaks_of_one_run_stand_for_those_of_the_picture() -> None:
    simulation = Simulation(lobby(Counter(1, A, 0), Counter(2, A, 0), waiting=(ticket("t1", 0),)))
    found: list[tuple[int, str, int]] = []
    simulation.run(
        lambda one, _counter: one.busy,
        lambda now, one, counter: found.append((now, one.name, counter.number)),
        [comes(1, "t2")],
        free_at=[7, None],
        absences=[(Absence(8, 100),), ()],
    )
    assert found == [(7, "t1", 1), (117, "t2", 1)]

"""What a ticket's paper and the board may say of the wait: at once, as promised, or nothing."""

from __future__ import annotations

from branch.lobby.commands.arrivals import Leave
from branch.lobby.commands.calling import Finish
from branch.lobby.commands.counters import PauseCounter
from branch.lobby.commands.promises import KeepPromise
from branch.lobby.queries.screens import board
from branch.lobby.queries.slip import at_once, slip
from branch.lobby.waits.projection import Spread
from tests.lobby.hall import Hall


def test_first_in_line_for_an_idle_counter_need_not_wait(hall: Hall) -> None:
    early = hall.issue("P01").id
    assert not at_once(hall.store, early)
    hall.open(1)
    late = hall.issue("P02").id
    assert at_once(hall.store, early)
    # The one idle counter takes the other first.
    assert not at_once(hall.store, late)
    hall.call(1)
    # Who is at the counter has no wait any more; the next one has.
    assert slip(hall.store, early).at_once
    assert not slip(hall.store, late).at_once
    hall.at(1, Finish(1))
    assert not at_once(hall.store, early)
    assert at_once(hall.store, late)
    hall.at(1, PauseCounter(1, "cash"))
    assert not at_once(hall.store, late)


def test_an_idle_counter_that_cannot_do_it_is_none(hall: Hall) -> None:
    hall.open(6)
    assert not slip(hall.store, hall.issue("P01").id).at_once


def test_who_stands_before_by_class_goes_first(hall: Hall) -> None:
    hall.open(1)
    ordinary = hall.issue("P01").id
    elderly = hall.issue("P01", "elderly").id
    assert not at_once(hall.store, ordinary)
    assert at_once(hall.store, elderly)
    hall.lobby(Leave(elderly, "gave_up"))
    assert at_once(hall.store, ordinary)


def test_the_slip_says_what_was_promised(hall: Hall) -> None:
    ticket = hall.issue("P01").id
    assert slip(hall.store, ticket).promised is None
    hall.lobby(KeepPromise(ticket, Spread(10, 14, 19), Spread(11.5, 15, 20.25), 3))
    assert slip(hall.store, ticket).promised == Spread(11.5, 15, 20.25)
    # The first promise stands, whatever is asked later.
    hall.lobby(KeepPromise(ticket, Spread(1, 2, 3), Spread(1, 2, 3), 3))
    assert slip(hall.store, ticket).promised == Spread(11.5, 15, 20.25)


def test_the_board_knows_the_services_of_a_queue_and_an_idle_counter(hall: Hall) -> None:
    queues = {queue.letter: queue for queue in board(hall.store).queues}
    assert "P01" in queues["A"].services
    assert "P05" in queues["C"].services
    assert not any(queue.free_now for queue in queues.values())
    hall.open(6)
    queues = {queue.letter: queue for queue in board(hall.store).queues}
    assert [letter for letter, queue in queues.items() if queue.free_now] == ["E"]
    hall.issue("C04")
    assert not any(queue.free_now for queue in board(hall.store).queues)

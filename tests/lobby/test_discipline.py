"""Anything that may happen in a lobby, in any order, beside the same on paper: no difference."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from branch.bootstrap import open_branch
from branch.catalogue.commands import ChangeClass
from branch.catalogue.queries import counters, credits
from branch.kernel import journal
from branch.kernel.clock import SetClock
from branch.kernel.errors import BranchError
from branch.lobby.commands.arrivals import Issue, Leave, Return, SetClass
from branch.lobby.commands.calling import (
    CallNext,
    CallTicket,
    Finish,
    FinishAndCall,
    Hold,
    NoShow,
    Recall,
    Resume,
    Transfer,
    Undo,
)
from branch.lobby.commands.counters import OpenCounter, PauseCounter, SetCounterServices
from branch.lobby.commands.day import CloseDay
from branch.lobby.queries.waiting import waiting
from tests.conftest import OPENING
from tests.lobby.discipline import DAY, MINUTE, Desk, Paper, Place
from tests.lobby.hall import Hall

OPEN = (1, 3, 4)
SERVICES = ("P01", "P03", "P05")
CLASSES = ("ordinary", "elderly", "assisted", "vip", "appointment", "military")
COUNTER = st.sampled_from(OPEN)
CLASS_SETS = st.frozensets(st.sampled_from(CLASSES), max_size=2)
PICK = st.integers(0, 999)


class Lobby(RuleBasedStateMachine):
    """Every rule does a step for real and on paper, and both must say the same."""

    sample: Path

    def __init__(self) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory()
        path = Path(self._folder.name) / "branch.db"
        shutil.copy(self.sample, path)
        self.clock = SetClock(OPENING)
        self.hall = Hall(open_branch(f"sqlite:///{path}", self.clock), self.clock)
        self.hall.open(*OPEN)
        sets = {counter.number: set(counter.services) for counter in counters(self.hall.store)}
        self.paper = Paper(
            credits(self.hall.store), {number: Desk(sets[number]) for number in OPEN}
        )

    @property
    def now(self) -> int:
        return self.clock.now_ms()

    def pick(self, number: int, fits: Callable[[Place], object]) -> Place:
        """A ticket, three times in four one that the step fits."""
        places = list(self.paper.places.values())
        if number % 4:
            places = [place for place in places if fits(place)] or places
        return places[number // 4 % len(places)]

    def refused(self, code: str, counter: int | None, command: object) -> None:
        """The step is refused with this code, and nothing changes."""
        with pytest.raises(BranchError) as refused:
            self.do(counter, command)
        assert refused.value.code == code

    def do(self, counter: int | None, command: object) -> Any:
        return self.hall.lobby(command) if counter is None else self.hall.at(counter, command)

    def served(self, counter: int, command: object) -> Place | None:
        """Whom a counter serves; without anybody the step must be refused."""
        place = self.paper.at(counter)
        if place is None:
            self.refused("counter_empty", counter, command)
        return place

    def in_state(self, place: Place, states: set[str], command: object) -> bool:
        """Whether a step fits a ticket; where it does not it must be refused."""
        if place.state not in states:
            self.refused(f"ticket_{place.state}", None, command)
        return place.state in states

    # -- what happens -------------------------------------------------------------------------

    @initialize(
        arrivals=st.lists(
            st.tuples(st.sampled_from(SERVICES), CLASS_SETS, st.sampled_from((0, 20, 700))),
            min_size=4,
            max_size=10,
        )
    )
    def some_wait_at_the_door(self, arrivals: list[tuple[str, frozenset[str], int]]) -> None:
        for service, classes, seconds in arrivals:
            self.somebody_comes(service, classes, None)
            self.time_passes(seconds)

    @rule(seconds=st.sampled_from((0, 1, 5, 8, 60, 600, 1_800, 3_600)))
    def time_passes(self, seconds: int) -> None:
        if self.now + seconds * 1_000 < OPENING + 18 * 60 * MINUTE:
            self.hall.wait(seconds)

    @rule(
        service=st.sampled_from(SERVICES),
        classes=CLASS_SETS,
        slot_min=st.none() | st.integers(-90, 90),
    )
    def somebody_comes(self, service: str, classes: frozenset[str], slot_min: int | None) -> None:
        slot = None
        if "appointment" in classes and slot_min is not None:
            slot = self.now + slot_min * MINUTE
        issued = self.hall.lobby(Issue(service, classes, slot=slot))
        place = self.paper.issue(issued.id, self.now, service, classes or {"ordinary"}, slot)
        assert issued.order_key == place.key

    @rule(counter=COUNTER)
    def call_next(self, counter: int) -> None:
        self._call(counter, CallNext(counter))

    @rule(counter=COUNTER)
    def finish_and_call(self, counter: int) -> None:
        if self.paper.desks[counter].state == "paused":
            self.refused("counter_paused", counter, FinishAndCall(counter))
        elif self.served(counter, FinishAndCall(counter)):
            self._call(counter, FinishAndCall(counter))

    def _call(self, counter: int, command: object) -> None:
        if self.paper.desks[counter].state == "paused":
            self.refused("counter_paused", counter, command)
            return
        called = self.hall.at(counter, command)
        done = self.paper.at(counter)
        if done is not None:
            done.state, done.before = "finished", None
        place = self.paper.next(counter)
        assert (called and called.id) == (place and place.id)
        if place is not None:
            assert self.paper.overtaken_too_far(place, counter) == []
            self.paper.call(place, counter, self.now)

    @precondition(lambda self: self.paper.places)
    @rule(number=PICK, counter=COUNTER)
    def call_by_hand(self, number: int, counter: int) -> None:
        place = self.pick(number, lambda place: place.state == "waiting")
        command = CallTicket(place.id, counter, "care")
        if self.paper.desks[counter].state == "paused":
            self.refused("counter_paused", None, command)
        elif self.paper.at(counter) is not None:
            self.refused("counter_busy", None, command)
        elif self.in_state(place, {"waiting"}, command):
            self.hall.lobby(command)
            place.unbroken = False
            self.paper.call(place, counter, self.now)

    @rule(counter=COUNTER)
    def recall(self, counter: int) -> None:
        place = self.served(counter, Recall(counter))
        if place is None:
            return
        if self.now - (place.recalled or 0) < 5_000:
            self.refused("recall_too_soon", counter, Recall(counter))
            return
        place.calls, place.recalled = place.calls + 1, self.now
        assert self.hall.at(counter, Recall(counter)) == place.calls

    @rule(counter=COUNTER)
    def no_show(self, counter: int) -> None:
        place = self.served(counter, NoShow(counter))
        if place is None:
            return
        if place.calls < 2:
            self.refused("no_show_too_soon", counter, NoShow(counter))
            return
        self.hall.at(counter, NoShow(counter))
        self.paper.remember(place, "no_show", self.now + 180_000)
        place.state = "missed"

    @rule(counter=COUNTER, away=st.sampled_from((0, 200, 2_000)))
    def nobody_comes_to_the_counter(self, counter: int, away: int) -> None:
        """Call, call again, miss: the only way to a return, and too long for chance."""
        if self.paper.at(counter) is None and self.paper.desks[counter].state == "open":
            self.call_next(counter)
        if self.paper.at(counter) is not None:
            self.time_passes(5)
            self.recall(counter)
            self.no_show(counter)
            self.time_passes(away)

    @rule(counter=COUNTER)
    def hold(self, counter: int) -> None:
        place = self.served(counter, Hold(counter, "fill_form"))
        if place is not None:
            self.hall.at(counter, Hold(counter, "fill_form"))
            self.paper.remember(place, "hold", self.now + 8_000)
            place.state = "held"

    @rule(counter=COUNTER)
    def finish(self, counter: int) -> None:
        place = self.served(counter, Finish(counter))
        if place is not None:
            self.hall.at(counter, Finish(counter))
            self.paper.remember(place, "finish", self.now + 8_000)
            place.state = "finished"

    @rule(counter=COUNTER, service=st.sampled_from(("", *SERVICES)), pin=st.none() | COUNTER)
    def transfer(self, counter: int, service: str, pin: int | None) -> None:
        command = Transfer(counter, service, pin)
        place = self.served(counter, command)
        if place is None:
            return
        target = service or place.service
        if pin is None and target == place.service:
            self.refused("transfer_nowhere", counter, command)
        elif pin == counter:
            self.refused("transfer_to_itself", counter, command)
        elif pin is not None and target not in self.paper.desks[pin].services:
            self.refused("counter_lacks_service", counter, command)
        else:
            self.hall.at(counter, command)
            self.paper.remember(place, "transfer", self.now + DAY)
            place.service, place.pin = target, pin
            self.paper.wait_again(place)

    @precondition(lambda self: self.paper.places)
    @rule(number=PICK)
    def come_back(self, number: int) -> None:
        place = self.pick(number, lambda place: place.state == "missed")
        if self.in_state(place, {"missed"}, Return(place.id)):
            place.key += self.now - (place.called or 0)
            assert self.hall.lobby(Return(place.id)) == place.key
            self.paper.wait_again(place)
            place.before = None

    @precondition(lambda self: self.paper.places)
    @rule(number=PICK)
    def resume(self, number: int) -> None:
        place = self.pick(number, lambda place: place.state == "held")
        if self.in_state(place, {"held"}, Resume(place.id)):
            self.hall.lobby(Resume(place.id))
            self.paper.wait_again(place)
            place.before = None

    @precondition(lambda self: self.paper.places)
    @rule(number=PICK)
    def leave(self, number: int) -> None:
        place = self.pick(number, lambda place: place.state in ("held", "missed"))
        if self.in_state(place, {"waiting", "held", "missed"}, Leave(place.id)):
            self.hall.lobby(Leave(place.id))
            place.state, place.before = "left", None

    @precondition(lambda self: self.paper.places)
    @rule(number=PICK, classes=CLASS_SETS)
    def set_class(self, number: int, classes: frozenset[str]) -> None:
        place = self.pick(number, lambda place: place.state == "waiting")
        command = SetClass(place.id, classes)
        if self.in_state(place, {"waiting", "called", "held", "missed"}, command):
            place.classes = classes or frozenset({"ordinary"})
            place.key = min(place.key, self.paper.key(place.issued, place.classes, place.slot))
            assert self.hall.lobby(command) == place.key
            place.before = None

    @precondition(lambda self: self.paper.places)
    @rule(number=PICK, counter=COUNTER)
    def undo(self, number: int, counter: int) -> None:
        place = self.pick(number, lambda place: place.before)
        before = place.before
        if before is not None and number % 3:
            counter = before.counter or 0
        if before is None:
            with pytest.raises(BranchError) as refused:
                self.hall.at(counter, Undo(place.id))
            assert refused.value.code in {
                "undo_nothing",
                "undo_other_station",
                "undo_changed_since",
            }
            return
        busy = self.paper.at(before.counter or 0) is not None
        if before.counter != counter:
            self.refused("undo_other_station", counter, Undo(place.id))
        elif self.now > place.until:
            self.refused("undo_too_late", counter, Undo(place.id))
        elif busy and place.step == "finish":
            self.refused("undo_counter_busy", counter, Undo(place.id))
        else:
            assert self.hall.at(counter, Undo(place.id)) == place.step
            self.paper.places[place.id] = before
            before.unbroken = False
            if busy:
                self.paper.wait_again(before)

    @rule(counter=COUNTER, chosen=st.sets(st.sampled_from(SERVICES), min_size=2))
    def set_services(self, counter: int, chosen: set[str]) -> None:
        self.hall.lobby(SetCounterServices(counter, frozenset(chosen)))
        self.paper.desks[counter].services = chosen

    @rule(counter=COUNTER, for_long=st.sampled_from((False, False, True)))
    def pause(self, counter: int, for_long: bool) -> None:
        desk = self.paper.desks[counter]
        if desk.state == "open":
            self.hall.at(counter, PauseCounter(counter, "break"))
            desk.state = "paused"
            self.call_next(counter)
        if not for_long:
            self.hall.at(counter, OpenCounter(counter))
            desk.state = "open"

    @rule(name=st.sampled_from(CLASSES), minutes=st.sampled_from((0, 10, 30, 60, 120)))
    def change_credit(self, name: str, minutes: int) -> None:
        self.hall.by("100201", "settings", ChangeClass(name, minutes, 10))
        self.paper.change_credit(name, minutes)

    # -- what always holds --------------------------------------------------------------------

    @invariant()
    def the_line_is_that_of_the_paper(self) -> None:
        real = [(ticket.id, ticket.order_key) for ticket in waiting(self.hall.store)]
        assert real == [(place.id, place.key) for place in self.paper.line()]

    def teardown(self) -> None:
        try:
            self._everybody_is_accounted_for()
        finally:
            self.hall.branch.close()
            self._folder.cleanup()

    def _everybody_is_accounted_for(self) -> None:
        rows = dict(self.hall.store.rows("SELECT id, state FROM ticket", ()))
        assert rows == {place.id: place.state for place in self.paper.places.values()}
        for counter in OPEN:
            if self.paper.at(counter) is not None:
                self.hall.at(counter, Finish(counter))
        closed = self.hall.lobby(CloseDay())
        still = [place.state for place in self.paper.places.values()]
        assert closed.left == still.count("waiting") + still.count("held")
        assert closed.missed == still.count("missed")
        assert isinstance(journal.verify(self.hall.store), int)


@pytest.fixture(autouse=True)
def sample_of_the_machine(sample_file: Path) -> None:
    Lobby.sample = sample_file


TestLobby = Lobby.TestCase
TestLobby.settings = settings(
    max_examples=40,
    stateful_step_count=50,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)

"""A counter at work as commands see it: whose it is, whether it is open."""

from __future__ import annotations

from dataclasses import dataclass

from branch.kernel.errors import NotPermitted, RuleBroken
from branch.kernel.prepared import Prepared
from branch.kernel.runner import Work
from branch.kernel.store import Store
from branch.lobby.records import CounterStateRow


@dataclass(frozen=True)
class CounterState:
    """State (closed, open, paused), reason of a pause, who works there, since when (ms)."""

    state: str
    reason: str
    staff: int | None
    since: int


_STATE = Prepared(
    lambda counter: CounterStateRow.select(
        CounterStateRow.state, CounterStateRow.reason, CounterStateRow.staff, CounterStateRow.since
    ).where(CounterStateRow.counter == counter)
)


def counter_state(store: Store, counter: int) -> CounterState:
    """The state of a counter; one never opened is closed."""
    row = _STATE.one(store, counter=counter)
    return CounterState(*row) if row else CounterState("closed", "", None, 0)


def require_own(work: Work, counter: int) -> CounterState:
    """Raise RuleBroken when the counter is closed, NotPermitted unless it is the actor's own."""
    state = counter_state(work.store, counter)
    if state.state == "closed":
        raise RuleBroken("counter_closed", counter=counter)
    if state.staff != work.actor.staff:
        raise NotPermitted("counter_of_another", counter=counter)
    return state


def require_calling(work: Work, counter: int) -> CounterState:
    """As ``require_own``, and raise RuleBroken while the counter is paused."""
    state = require_own(work, counter)
    if state.state != "open":
        raise RuleBroken("counter_paused", counter=counter)
    return state

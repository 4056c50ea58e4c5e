"""A counter opens, pauses, closes, or gets another set of services."""

from __future__ import annotations

from dataclasses import dataclass

from branch.catalogue.commands import replace_counter_services
from branch.catalogue.queries import counters, services
from branch.kernel.errors import BadInput, NotFound, NotPermitted, RuleBroken
from branch.kernel.prepared import Prepared
from branch.kernel.runner import Handler, Work
from branch.lobby.counter_state import counter_state
from branch.lobby.records import CounterStateRow
from branch.lobby.rules import PAUSE_REASONS, require_known
from branch.lobby.ticket import ticket_at


@dataclass(frozen=True)
class OpenCounter:
    """Open a counter in the actor's name, or go on after a pause."""

    counter: int


@dataclass(frozen=True)
class PauseCounter:
    """Stop calling for a while, with a reason; a service in progress may go on."""

    counter: int
    reason: str


@dataclass(frozen=True)
class CloseCounter:
    """Close a counter; nobody may be at it."""

    counter: int


@dataclass(frozen=True)
class SetCounterServices:
    """Give a counter another set of services; it counts from the next call."""

    counter: int
    services: frozenset[str]


_KEEP = Prepared(
    lambda counter, state, reason, staff, since: CounterStateRow.insert(
        {
            CounterStateRow.counter: counter,
            CounterStateRow.state: state,
            CounterStateRow.reason: reason,
            CounterStateRow.staff: staff,
            CounterStateRow.since: since,
        }
    ).on_conflict(
        conflict_target=[CounterStateRow.counter],
        update={
            CounterStateRow.state: state,
            CounterStateRow.reason: reason,
            CounterStateRow.staff: staff,
            CounterStateRow.since: since,
        },
    )
)


def _known(work: Work, counter: int) -> frozenset[str]:
    """What the counter can do; raises NotFound."""
    found = next((item for item in counters(work.store) if item.number == counter), None)
    if found is None:
        raise NotFound("counter_unknown", counter=counter)
    return found.services


def set_state(work: Work, counter: int, state: str, staff: int | None, reason: str = "") -> None:
    """Write a counter's state, within the caller's command."""
    _KEEP.run(work.store, counter=counter, state=state, reason=reason, staff=staff, since=work.now)


def open_counter(work: Work, command: OpenCounter) -> None:
    """Open; raises RuleBroken while a colleague works there.

    The journal keeps what the counter can do from here on, so that a day can be retold from it.
    """
    able = _known(work, command.counter)
    now = counter_state(work.store, command.counter)
    if now.state != "closed" and now.staff != work.actor.staff:
        raise RuleBroken("counter_taken", counter=command.counter)
    if now.state == "open":
        return
    set_state(work, command.counter, "open", work.actor.staff)
    work.record("counter.opened", command.counter, services=sorted(able))


def pause_counter(work: Work, command: PauseCounter) -> None:
    """Pause an open counter; the lobby manager may do it for a teller."""
    require_known(command.reason, PAUSE_REASONS, "reason")
    now = counter_state(work.store, command.counter)
    if now.state != "open":
        raise RuleBroken(f"counter_{now.state}", counter=command.counter)
    _own_or_floor(work, now.staff, command.counter)
    set_state(work, command.counter, "paused", now.staff, command.reason)
    work.record("counter.paused", command.counter, reason=command.reason)


def close_counter(work: Work, command: CloseCounter) -> None:
    """Close; raises RuleBroken while somebody is served."""
    now = counter_state(work.store, command.counter)
    if now.state == "closed":
        return
    _own_or_floor(work, now.staff, command.counter)
    ticket = ticket_at(work.store, command.counter)
    if ticket is not None:
        raise RuleBroken("counter_serving", counter=command.counter, number=ticket.number)
    set_state(work, command.counter, "closed", None)
    work.record("counter.closed", command.counter)


def _own_or_floor(work: Work, staff: int | None, counter: int) -> None:
    if staff != work.actor.staff and work.roles <= {"teller", "adviser"}:
        raise NotPermitted("counter_of_another", counter=counter)


def set_counter_services(work: Work, command: SetCounterServices) -> None:
    """Replace the set of services; raises BadInput for a code the catalogue does not have."""
    _known(work, command.counter)
    unknown = command.services - {item.code for item in services(work.store)}
    if unknown:
        raise BadInput("code_unknown", field="services", given=sorted(unknown)[0])
    replace_counter_services(work, command.counter, command.services)
    work.record("counter.services_set", command.counter, services=sorted(command.services))


HANDLERS: dict[type, Handler] = {
    OpenCounter: Handler(open_counter),
    PauseCounter: Handler(pause_counter),
    CloseCounter: Handler(close_counter),
    SetCounterServices: Handler(set_counter_services),
}

"""The command runner: permission, one transaction, revision first, journal entry.

A command is a frozen dataclass; the function that carries it out gets the ``Work`` in hand and
the command, reads, asks its room's rules, writes, and records facts. The runner makes all of it
one transaction whose first statement raises the branch's revision, which serialises the writers
of a branch on SQLite and PostgreSQL alike.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from zoneinfo import ZoneInfo

from peewee import fn

from branch.kernel import journal
from branch.kernel.branch_key import NEWEST_FINGERPRINT, require_key
from branch.kernel.clock import Clock
from branch.kernel.errors import BranchError, NotPermitted, StoreDamaged
from branch.kernel.notices import channel
from branch.kernel.prepared import Prepared
from branch.kernel.records import BranchRow
from branch.kernel.store import Store

Value = TypeVar("Value", covariant=True)


@dataclass(frozen=True)
class Actor:
    """Who acts and where: the account's id and the station's name."""

    staff: int
    station: str


@dataclass(frozen=True)
class Outcome(Generic[Value]):
    """What a command gave back, the revision it left and the topics it changed."""

    value: Value
    revision: int
    changes: frozenset[str]


class Work:
    """One transaction in hand: the store, the instant, the actor, and the facts recorded so far."""

    def __init__(
        self,
        store: Store,
        now: int,
        actor: Actor,
        roles: frozenset[str],
        zone: ZoneInfo,
        revision: int,
        head: str,
        day: str,
        prepared: object,
    ) -> None:
        self.store = store
        self.now = now
        self.actor = actor
        self.roles = roles
        self.zone = zone
        self.day = day
        self.prepared = prepared
        self.topics: set[str] = set()
        self._next = revision
        self._head = head

    @property
    def revision(self) -> int:
        """The revision that the next recorded fact will have."""
        return self._next

    @property
    def head(self) -> tuple[int, str]:
        """The newest recorded revision and its hash."""
        return self._next - 1, self._head

    def record(self, what: str, subject: str | int, **data: journal.Scalar | list[str]) -> int:
        """Record a fact in the journal; returns its revision."""
        revision = self._next
        self._head = journal.append(
            self.store,
            self._head,
            revision,
            self.now,
            self.actor.station,
            self.actor.staff,
            what,
            str(subject),
            data,
        )
        self._next += 1
        self.topics.add(what.partition(".")[0])
        return revision


@dataclass(frozen=True)
class Handler:
    """How a command is carried out.

    ``prepare`` runs before the transaction with the store, the command and the actor, for slow
    work that must not hold the branch's writers up (hashing a PIN); what it returns is
    ``work.prepared``.
    """

    carry_out: Callable[[Work, Any], Any]
    prepare: Callable[[Store, Any, Actor], object] | None = None


_RAISE = Prepared(
    lambda: BranchRow.update({BranchRow.revision: BranchRow.revision + 1}).returning(
        BranchRow.revision, BranchRow.head, BranchRow.day, BranchRow.zone, NEWEST_FINGERPRINT
    )
)
_SETTLE = Prepared(
    lambda revision, head: BranchRow.update({BranchRow.revision: revision, BranchRow.head: head})
)
# The same on a server, and the notice to the other stations with it: no round trip more, and
# the server delivers it on commit only.
_SETTLE_AND_TELL = Prepared(
    lambda revision, head, to, told: BranchRow.update(
        {BranchRow.revision: revision, BranchRow.head: head}
    ).returning(fn.pg_notify(to, told))
)


class Runner:
    """Carries commands out on one store.

    ``roles_of`` tells the roles of an active account (None for an unknown or closed one),
    ``permits`` whether a command's name is open to a set of roles, ``beforehand`` what is done
    first in every transaction (closing a business day left open).
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        handlers: Mapping[type, Handler],
        roles_of: Callable[[Store, int], frozenset[str] | None],
        permits: Callable[[str, frozenset[str]], bool],
        beforehand: Callable[[Work, object], None],
    ) -> None:
        self._store = store
        self._clock = clock
        self._handlers = handlers
        self._roles_of = roles_of
        self._permits = permits
        self._beforehand = beforehand

    def run(self, command: object, actor: Actor) -> Outcome[Any]:
        """Carry a command out.

        Raises BranchError when it is refused (the refusal is journalled), StoreUnavailable when
        the store cannot take it (nothing is written).
        """
        handler = self._handlers[type(command)]
        try:
            prepared = None
            if handler.prepare:
                # Asked twice: here nobody else pays for slow work, in there the answer counts.
                self._require_permission(command, self._roles_of(self._store, actor.staff))
                prepared = handler.prepare(self._store, command, actor)
            return self._carry_out(handler, command, actor, prepared)
        except BranchError as refusal:
            self._journal_refusal(command, actor, refusal)
            raise

    def _carry_out(
        self, handler: Handler, command: object, actor: Actor, prepared: object
    ) -> Outcome[Any]:
        with self._store.transaction():
            work = self._begin(actor, prepared)
            self._require_permission(command, work.roles)
            self._beforehand(work, command)
            value = handler.carry_out(work, command)
            self._settle(work)
        return Outcome(value, work.head[0], frozenset(work.topics))

    def _settle(self, work: Work) -> None:
        revision, head = work.head
        if self._store.on_server and work.topics:
            _SETTLE_AND_TELL.run(
                self._store,
                revision=revision,
                head=head,
                to=channel(self._store),
                told=str(revision),
            )
        else:
            _SETTLE.run(self._store, revision=revision, head=head)

    def _require_permission(self, command: object, roles: frozenset[str] | None) -> None:
        if not self._permits(type(command).__name__, roles or frozenset()):
            raise NotPermitted("not_permitted")

    def _begin(self, actor: Actor, prepared: object) -> Work:
        row = _RAISE.one(self._store)
        if row is None:
            raise StoreDamaged("store_damaged")
        revision, head, day, zone, fingerprint = row
        # Another station has changed the key: what this one sealed, nobody could read.
        require_key(self._store, fingerprint)
        roles = self._roles_of(self._store, actor.staff)
        return Work(
            store=self._store,
            now=self._clock.now_ms(),
            actor=actor,
            roles=roles or frozenset(),
            zone=_zone(zone),
            revision=revision,
            head=head,
            day=day,
            prepared=prepared,
        )

    def _journal_refusal(self, command: object, actor: Actor, refusal: BranchError) -> None:
        with self._store.transaction():
            work = self._begin(actor, None)
            work.record("command.refused", type(command).__name__, code=refusal.code)
            self._settle(work)


_ZONES: dict[str, ZoneInfo] = {}


def _zone(name: str) -> ZoneInfo:
    if name not in _ZONES:
        _ZONES[name] = ZoneInfo(name)
    return _ZONES[name]

"""Corrective actions as lists show them; writes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from branch.kernel.prepared import Prepared
from branch.kernel.store import Store
from branch.people.queries import staff_members
from branch.quality.records import ActionRow


@dataclass(frozen=True)
class Action:
    """A corrective action. ``due_on`` ISO; ``state`` open, done or closed; ``raised`` when it is
    before the branch manager.

    ``effect_due`` is the day (ISO) from which its effect is to be looked at, empty where no check
    waits; ``effect`` good, poor (it is open again, why says ``effect_note``) or empty.
    """

    id: int
    source: str
    ref: int
    text: str
    cause: str
    owner: int
    owner_name: str
    due_on: str
    state: str
    evidence: str
    made_at: int
    done_at: int | None
    checker: str
    reopened: int
    raised: bool
    effect_due: str
    effect: str
    effect_note: str
    effect_at: int | None
    effect_checker: str

    def wants_effect(self, today: str) -> bool:
        """Whether somebody should look on this day (ISO) whether it helped."""
        return bool(self.effect_due) and self.effect_due <= today

    def overdue(self, today: str) -> bool:
        """Whether it is late on this day (ISO)."""
        return self.state == "open" and self.due_on < today


_FIELDS = (
    ActionRow.id,
    ActionRow.source,
    ActionRow.ref,
    ActionRow.text,
    ActionRow.cause,
    ActionRow.owner,
    ActionRow.due_on,
    ActionRow.state,
    ActionRow.evidence,
    ActionRow.made_at,
    ActionRow.done_at,
    ActionRow.checked_by,
    ActionRow.reopened,
    ActionRow.raised,
    ActionRow.effect_due,
    ActionRow.effect,
    ActionRow.effect_note,
    ActionRow.effect_at,
    ActionRow.effect_by,
)
_OF = Prepared(
    lambda source, ref: (
        ActionRow.select(*_FIELDS)
        .where(ActionRow.source == source, ActionRow.ref == ref)
        .order_by(ActionRow.id)
    )
)
_REFS = Prepared(
    lambda source, least: (
        ActionRow.select(ActionRow.ref)
        .where(ActionRow.source == source, ActionRow.ref >= least)
        .distinct()
    )
)
_SOURCE = Prepared(
    lambda action: ActionRow.select(ActionRow.source, ActionRow.ref).where(ActionRow.id == action)
)
_OPEN = Prepared(
    lambda: (
        ActionRow.select(*_FIELDS)
        .where(ActionRow.state != "closed")
        .order_by(ActionRow.due_on, ActionRow.id)
    )
)

_CLOSED = Prepared(
    lambda most: (
        ActionRow.select(*_FIELDS)
        .where(ActionRow.state == "closed")
        .order_by(ActionRow.checked_at.desc(), ActionRow.id.desc())
        .limit(most)
    )
)
_EFFECTS = Prepared(
    lambda day: (
        ActionRow.select(*_FIELDS)
        .where(ActionRow.effect_due <= day)
        .order_by(ActionRow.effect_due, ActionRow.id)
    )
)


def source_of(store: Store, action: int) -> tuple[str, int] | None:
    """What an action came from, and which one of its kind; None for an unknown action."""
    row = _SOURCE.one(store, action=action)
    return None if row is None else (row[0], row[1])


def actions_of(store: Store, source: str, ref: int) -> tuple[Action, ...]:
    """The actions that a complaint, drill, inspection or evaluation led to."""
    return _actions(store, _OF.all(store, source=source, ref=ref))


def acted_on(store: Store, source: str, least: int) -> frozenset[int]:
    """The complaints, drills ... from the one with this id on that an action was made for."""
    return frozenset(row[0] for row in _REFS.all(store, source=source, least=least))


def open_actions(store: Store) -> tuple[Action, ...]:
    """Every action that is not closed, the earliest due first."""
    return _actions(store, _OPEN.all(store))


def closed_actions(store: Store, most: int = 200) -> tuple[Action, ...]:
    """The actions that were closed last, the newest first."""
    return _actions(store, _CLOSED.all(store, most=most))


def effects_due(store: Store, day: str) -> tuple[Action, ...]:
    """The closed actions whose effect is to be looked at on this day (ISO), the earliest first."""
    return _actions(store, _EFFECTS.all(store, day=day))


def _actions(store: Store, rows: list[tuple[Any, ...]]) -> tuple[Action, ...]:
    names = {member.id: member.name for member in staff_members(store)}
    return tuple(
        Action(
            row[0],
            row[1],
            row[2],
            row[3],
            row[4],
            row[5],
            names.get(row[5], ""),
            row[6],
            row[7],
            row[8],
            row[9],
            row[10],
            names.get(row[11], ""),
            row[12],
            bool(row[13]),
            row[14] or "",
            row[15],
            row[16],
            row[17],
            names.get(row[18], ""),
        )
        for row in rows
    )

"""Everything that can happen around drills, by subject; the handlers of all in one mapping."""

from __future__ import annotations

from branch.drills.commands import (
    evidence,
    frequency,
    incidents,
    marking,
    plans,
    preparing,
    retention,
    review,
    running,
    scenarios,
)
from branch.drills.records import SEALED
from branch.kernel.runner import Handler

__all__ = ["HANDLERS", "SEALED"]

HANDLERS: dict[type, Handler] = {
    **plans.HANDLERS,
    **scenarios.HANDLERS,
    **frequency.HANDLERS,
    **preparing.HANDLERS,
    **running.HANDLERS,
    **marking.HANDLERS,
    **evidence.HANDLERS,
    **review.HANDLERS,
    **incidents.HANDLERS,
    **retention.HANDLERS,
}

"""Everything that can happen to visitors and their records; the handlers of all in one mapping."""

from __future__ import annotations

from branch.kernel.runner import Handler
from branch.visitors.commands import (
    blocking,
    day_end,
    hand_in,
    holds,
    notices,
    reception,
    register,
    request_changes,
    requests,
    retention,
    reveal,
    rollcall,
)
from branch.visitors.records import SEALED

__all__ = ["HANDLERS", "SEALED"]

HANDLERS: dict[type, Handler] = {
    **register.HANDLERS,
    **day_end.HANDLERS,
    **blocking.HANDLERS,
    **notices.HANDLERS,
    **reception.HANDLERS,
    **reveal.HANDLERS,
    **rollcall.HANDLERS,
    **hand_in.HANDLERS,
    **retention.HANDLERS,
    **holds.HANDLERS,
    **requests.HANDLERS,
    **request_changes.HANDLERS,
}

"""Everything that can happen in and around a complaint room; the handlers of all in one mapping."""

from __future__ import annotations

from branch.kernel.runner import Handler
from branch.rooms.commands import (
    alarms,
    bookings,
    ending,
    linking,
    own_data,
    papers,
    retention,
    settings,
    starting,
    talk,
)
from branch.rooms.records import SEALED

__all__ = ["HANDLERS", "SEALED"]

HANDLERS: dict[type, Handler] = {
    **settings.HANDLERS,
    **bookings.HANDLERS,
    **starting.HANDLERS,
    **linking.HANDLERS,
    **talk.HANDLERS,
    **alarms.HANDLERS,
    **ending.HANDLERS,
    **own_data.HANDLERS,
    **papers.HANDLERS,
    **retention.HANDLERS,
}

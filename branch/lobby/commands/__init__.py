"""Everything that can happen in the lobby, by subject; the handlers of all of it in one mapping."""

from __future__ import annotations

from branch.kernel.runner import Handler
from branch.lobby.commands import (
    arrivals,
    bookings,
    calling,
    counters,
    day,
    floor,
    freezing,
    promises,
)

HANDLERS: dict[type, Handler] = {
    **arrivals.HANDLERS,
    **bookings.HANDLERS,
    **calling.HANDLERS,
    **counters.HANDLERS,
    **floor.HANDLERS,
    **freezing.HANDLERS,
    **promises.HANDLERS,
    **day.HANDLERS,
}

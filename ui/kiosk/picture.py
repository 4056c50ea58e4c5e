"""What the kiosk knows of the branch, asked in one go; writes nothing."""

from __future__ import annotations

from dataclasses import dataclass

from branch.catalogue.queries import Service, counters, credits
from branch.kernel.clock import MS_PER_MINUTE
from branch.kernel.setting import setting
from branch.kernel.store import Store
from branch.lobby.queries.screens import Kiosk, KioskGroup, kiosk
from branch.lobby.queries.slip import ahead_of_new

ELDERLY = "elderly"


@dataclass(frozen=True)
class Picture:
    """Groups and areas, who is ahead in each queue, the counters, and who counts as elderly.

    ``ahead`` is of an ordinary customer, ``ahead_of_elderly`` of one who counts as elderly.
    ``elderly_credit`` is in minutes; with none of it age makes no difference to the order.
    """

    kiosk: Kiosk
    ahead: dict[str, int]
    ahead_of_elderly: dict[str, int]
    counters: tuple[int, ...]
    elderly_age: int
    elderly_credit: int

    def group(self, code: str) -> KioskGroup | None:
        """A group by its code, or None when the branch offers it no more."""
        return next((item for item in self.kiosk.groups if item.group.code == code), None)

    def of_service(self, code: str) -> tuple[KioskGroup, Service] | None:
        """A service with its group, or None when it is not offered now."""
        for entry in self.kiosk.groups:
            for service in entry.services:
                if service.code == code:
                    return entry, service
        return None

    def ahead_of_new(self, entry: KioskGroup, *, elderly: bool = False) -> int:
        """How many would be called before somebody who takes a ticket of this group now."""
        return (self.ahead_of_elderly if elderly else self.ahead)[entry.group.letter]

    def at_once(self, entry: KioskGroup) -> bool:
        """Whether nobody is ahead and a counter is idle."""
        return entry.free_now and not self.ahead_of_new(entry)


def picture(store: Store, now: int) -> Picture:
    """The picture at an instant (milliseconds)."""
    shown = kiosk(store)
    letters = {entry.group.letter for entry in shown.groups}
    credit = credits(store).get(ELDERLY, 0)
    earlier = now - credit * MS_PER_MINUTE
    return Picture(
        kiosk=shown,
        ahead={letter: ahead_of_new(store, letter, now) for letter in letters},
        ahead_of_elderly={letter: ahead_of_new(store, letter, earlier) for letter in letters},
        counters=tuple(counter.number for counter in counters(store)),
        elderly_age=setting(store, "elderly_age"),
        elderly_credit=credit,
    )

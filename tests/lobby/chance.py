"""Any step that somebody in the lobby may try, drawn by chance; refused ones change nothing."""

from __future__ import annotations

import random
from collections.abc import Callable

from branch.kernel.errors import BranchError
from branch.lobby.commands.arrivals import Issue, Leave, Return, SetClass
from branch.lobby.commands.calling import (
    CallNext,
    CallTicket,
    Finish,
    Hold,
    NoShow,
    Recall,
    Resume,
    Transfer,
    Undo,
)
from branch.lobby.commands.counters import (
    CloseCounter,
    OpenCounter,
    PauseCounter,
    SetCounterServices,
)
from branch.lobby.commands.day import CloseDay
from tests.lobby.hall import Hall

COUNTERS = (1, 3, 4)
SERVICES = ("P01", "P03", "P05")
_CLASSES = ("ordinary", "elderly", "vip", "appointment")


class Steps:
    """A lobby where things happen; ``step`` does the next one and tells whether it was taken."""

    def __init__(self, hall: Hall, seed: int) -> None:
        self.hall = hall
        self._chance = random.Random(seed)

    def _ticket(self, state: str = "%") -> int:
        """One of the newest tickets, in this state where there is one."""
        rows = self.hall.store.rows(
            f"SELECT id FROM ticket WHERE state LIKE '{state}' ORDER BY id DESC LIMIT 8", ()
        )
        return int(self._chance.choice(rows)[0]) if rows else 1

    def _classes(self) -> frozenset[str]:
        return frozenset(self._chance.sample(_CLASSES, self._chance.randint(0, 2)))

    def _slot(self) -> int | None:
        minutes = self._chance.choice((None, -20, 15, 60))
        return None if minutes is None else self.hall.clock.now_ms() + minutes * 60_000

    def _at(self, step: Callable[[int], object]) -> Callable[[], object]:
        """A teller's step at his counter."""
        counter = self._chance.choice(COUNTERS)
        return lambda: self.hall.at(counter, step(counter))

    def _by_lobby(self, step: Callable[[int], object], state: str = "%") -> Callable[[], object]:
        """The lobby manager's step with a ticket."""
        return lambda: self.hall.lobby(step(self._ticket(state)))

    def _undo(self) -> object:
        rows = self.hall.store.rows(
            "SELECT ticket, counter FROM undo ORDER BY rev DESC LIMIT 2", ()
        )
        ticket, counter = self._chance.choice(rows) if rows else (1, 1)
        return self.hall.at(counter, Undo(ticket))

    def step(self) -> bool:
        """The next thing that somebody tries, a while after the last."""
        chance, counter = self._chance, self._chance.choice(COUNTERS)
        self.hall.wait(chance.choice((0, 0, 1, 5, 5, 30, 240)))
        pin = chance.choice((None, None, *COUNTERS))
        service = chance.choice(("", *SERVICES))
        some = frozenset(chance.sample(SERVICES, chance.randint(1, 3)))
        now: list[tuple[int, Callable[[], object]]] = [
            (
                12,
                lambda: self.hall.lobby(
                    Issue(service or "P01", self._classes(), slot=self._slot())
                ),
            ),
            (12, self._at(CallNext)),
            (3, self._by_lobby(lambda ticket: CallTicket(ticket, counter, "care"))),
            (7, self._at(Recall)),
            (7, self._at(NoShow)),
            (4, self._at(lambda number: Hold(number, "fill_form"))),
            (5, self._at(lambda number: Transfer(number, service, pin))),
            (5, self._at(Finish)),
            (9, self._undo),
            (5, self._by_lobby(Return, "missed")),
            (5, self._by_lobby(Resume, "held")),
            (2, self._by_lobby(Leave)),
            (3, self._by_lobby(lambda ticket: SetClass(ticket, self._classes(), self._slot()))),
            (5, self._at(OpenCounter)),
            (2, self._at(lambda number: PauseCounter(number, chance.choice(("break", "cash"))))),
            (1, self._at(CloseCounter)),
            (2, lambda: self.hall.lobby(SetCounterServices(counter, some))),
            (1, lambda: self.hall.lobby(CloseDay()) if chance.random() < 0.2 else None),
        ]
        (act,) = chance.choices([step for _, step in now], [weight for weight, _ in now])
        try:
            act()
        except BranchError:
            return False
        return True

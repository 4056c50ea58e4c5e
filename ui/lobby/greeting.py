"""Owns what has been chosen for the customer in front, and the commands that come of it.

Everything that touches the branch here runs on the store's thread; no widget is known.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from branch.bootstrap import Branch
from branch.kernel.runner import Actor
from branch.lobby.commands.arrivals import Greet, Issue, Issued, Triage
from branch.lobby.rules import FLAGS

BOOKED = "booked"
ELDERLY = "elderly"
LANGUAGE = "language"


@dataclass(frozen=True)
class Choices:
    """Flags, group and service, and for a booked customer the slot (ms) or the booking's code."""

    flags: frozenset[str] = frozenset()
    group: str = ""
    service: str = ""
    slot: int | None = None
    booking: str = ""

    def classes(self) -> frozenset[str]:
        """The priority classes that the flags stand for."""
        return frozenset(FLAGS[flag].klass for flag in self.flags if FLAGS[flag].klass)

    def care(self) -> frozenset[str]:
        """The help that the flags ask for."""
        return frozenset(FLAGS[flag].care for flag in self.flags if FLAGS[flag].care)

    def language(self) -> str:
        """In which language the ticket speaks: English for who asked for another language."""
        return "en" if LANGUAGE in self.flags else "zh"

    def leading_flag(self, credits: Mapping[str, int]) -> str:
        """The flag whose class has the largest credit, or nothing when none gives priority."""
        giving = [flag for flag in FLAGS if flag in self.flags and FLAGS[flag].klass]
        return max(giving, key=lambda flag: credits.get(FLAGS[flag].klass, 0), default="")

    def ready(self) -> bool:
        """Whether a ticket can be issued."""
        return bool(self.service or self.booking)

    def with_flag(self, flag: str, on: bool, slot: int) -> Choices:
        """A flag set or taken back; 预约 begins with the nearest quarter hour, ``slot``."""
        flags = self.flags | {flag} if on else self.flags - {flag}
        if flag != BOOKED:
            return replace(self, flags=flags)
        return replace(self, flags=flags, slot=slot if on else None, booking="")

    def with_service(self, group: str, service: str) -> Choices:
        """Another service; it takes the place of a booking's code, which brings its own."""
        return replace(self, group=group, service=service, booking="")

    def with_slot(self, slot: int) -> Choices:
        """Another slot, in milliseconds."""
        return replace(self, slot=slot, booking="")

    def with_booking(self, code: str) -> Choices:
        """A booking's code: service and slot are those of the booking."""
        return replace(self, group="", service="", slot=None, booking=code)


class Visit:
    """The visit of the customer in front; greeted once. Touched on the store's thread only."""

    def __init__(self, actor: Actor) -> None:
        self._actor = actor
        self._id: int | None = None

    def greet(self, branch: Branch, language: str) -> int:
        """The visit's id; the first call notes the contact."""
        if self._id is None:
            self._id = int(branch.run(Greet(language), self._actor).value)
        return self._id

    def issue(self, branch: Branch, chosen: Choices) -> Issued:
        """Note need and help wanted, then give out the ticket. Raises what the commands raise."""
        visit = self.greet(branch, chosen.language())
        branch.run(Triage(visit, chosen.classes(), chosen.care(), chosen.service), self._actor)
        issued = branch.run(
            Issue(
                chosen.service,
                chosen.classes(),
                chosen.care(),
                chosen.language(),
                chosen.slot,
                visit,
                chosen.booking,
            ),
            self._actor,
        ).value
        assert isinstance(issued, Issued)
        return issued

    def lead(self, branch: Branch, chosen: Choices, outcome: str, channel: str = "") -> None:
        """Note that the customer goes without a ticket: to a machine (``channel``) or a room."""
        branch.run(
            Triage(
                self.greet(branch, chosen.language()),
                chosen.classes(),
                chosen.care(),
                chosen.service,
                channel,
                True if channel else None,
                outcome,
            ),
            self._actor,
        )

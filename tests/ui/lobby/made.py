"""A lobby made by hand for the pure parts of the console: counters and tickets in a few words."""

from __future__ import annotations

from branch.catalogue.queries import Group, Name, PriorityClass, Queue, Service
from branch.lobby.queries.screens import Console, HelpAsked
from branch.lobby.queries.waiting import CounterNow, QueuedTicket, ServedTicket
from ui.lobby.picture import Picture

MINUTE = 60_000
NOW = 600 * MINUTE
# A service of each group has the group's name and a number.
LETTERS = {"cash": "A", "transfer": "A", "cards": "C", "corporate": "E"}


def ticket(
    number: int, service: str, waited: float, *, target: int = 20, pinned: int | None = None
) -> QueuedTicket:
    """A ticket that has waited so many minutes; ``service`` is like cash1."""
    group = service.rstrip("12")
    letter = LETTERS[group]
    since = NOW - round(waited * MINUTE)
    return QueuedTicket(
        id=number,
        number=f"{letter}{number:03d}",
        letter=letter,
        service=service,
        service_name=Name(service, service),
        group=group,
        classes=(),
        care=(),
        klass="ordinary",
        issued_at=since,
        began_at=since,
        ended_at=None,
        order_key=since,
        pinned=pinned,
        counter=None,
        target=target,
        reason="",
        print_state="printed",
    )


def counter(
    number: int,
    services: str,
    *,
    state: str = "open",
    serves: str = "",
    minutes: float = 0,
    reason: str = "",
    planned: str = "",
) -> CounterNow:
    """A counter; it ``serves`` a service, or has been in its state, for so many minutes."""
    able = frozenset(services.split())
    since = NOW - round(minutes * MINUTE)
    served = None
    if serves:
        name = Name(serves, serves)
        served = ServedTicket(900 + number, "A900", serves, name, (), (), "zh", since, since,
                              since, 1, 8)  # fmt: skip
    groups = tuple(sorted({service.rstrip("12") for service in able}))
    return CounterNow(
        number, Name("", ""), planned, able, groups, state, reason, 7, "王芳", since, served
    )


def lobby(
    counters: list[CounterNow], waiting: list[QueuedTicket], help: tuple[HelpAsked, ...] = ()
) -> Picture:
    """The picture of the console; the line stands in the order given."""
    queues = tuple(Queue(letter, Name(letter, letter)) for letter in "ACE")
    groups = tuple(
        Group(code, Name(code, code), Name(code, code), Name("", ""), "cash", letter, "A")
        for code, letter in LETTERS.items()
    )
    services = tuple(
        Service(f"{code}{n}", code, Name(code, code), 8, (), {}, "", "", Name("", ""), True, None)
        for code in LETTERS
        for n in (1, 2)
    )
    console = Console(
        "2026-11-20", queues, groups, services, tuple(waiting), (), (), tuple(counters), help, 0, 0
    )
    return Picture(console, (PriorityClass("ordinary", Name("普通", "Ordinary"), 0, 20),))

"""Makes a small stored database of the newest version, to be kept for the tests of upgrades.

Run once for every released version, and never again for an old one:

    .venv/bin/python -m tests.migrations.make_stored
"""

from __future__ import annotations

import tempfile
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from branch.bootstrap import Branch, open_branch
from branch.founding import Catalogue, NewCounter, NewStaff, Plan, default_catalogue
from branch.kernel.clock import SetClock, to_ms
from branch.kernel.migrations import _STEPS, version_of
from branch.kernel.runner import Actor
from branch.lobby.commands.arrivals import Greet, Issue, RecordPrint, Triage
from branch.lobby.commands.bookings import Book
from branch.lobby.commands.calling import CallNext, CallTicket, Finish, Hold, NoShow, Recall
from branch.lobby.commands.counters import OpenCounter
from branch.lobby.commands.day import CloseDay
from branch.lobby.commands.floor import AskHelp, Rate
from branch.people.queries import account_id

STORED = Path(__file__).parent / "stored"
PIN = "204815"
MORNING = to_ms(datetime(2026, 11, 19, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai")))


def plan() -> Plan:
    """A branch of two counters and three people whose PIN the tests know."""
    whole = default_catalogue()
    groups = tuple(group for group in whole.groups if group["code"] in {"cash", "cards"})
    services = tuple(row for row in whole.services if row["code"] in {"P01", "P02", "P05"})
    return Plan(
        code="HB007",
        name_zh="云川银行石桥支行",
        name_en="Yunchuan Bank, Stone Bridge Branch",
        catalogue=Catalogue(whole.areas, whole.queues, groups, services, whole.classes),
        staff=(
            NewStaff("200001", "管理员", frozenset({"administrator", "supervisor"}), PIN),
            NewStaff("200301", "李𬭚", frozenset({"lobby_manager"}), PIN),
            NewStaff("200482", "王敏", frozenset({"teller"}), PIN),
        ),
        counters=(
            NewCounter(1, frozenset({"P01", "P02"})),
            NewCounter(2, frozenset({"P05"}), zh="开卡", en="Cards", planned_break="11:30-12:10"),
        ),
    )


def work(branch: Branch, clock: SetClock) -> None:
    """A closed day and a morning after it, with something in every table."""

    def by(staff_no: str, station: str, command: object) -> object:
        clock.advance(30)
        return branch.run(command, Actor(account_id(branch.store, staff_no) or 0, station)).value

    def lobby(command: object) -> object:
        return by("200301", "lobby", command)

    def teller(command: object) -> object:
        return by("200482", "counter-1", command)

    teller(OpenCounter(1))
    first = lobby(Issue("P01"))
    teller(CallNext(1))
    teller(Finish(1))
    teller(Rate(first.id, 5))  # type: ignore[attr-defined]
    lobby(Issue("P02"))
    lobby(CloseDay())
    clock.set(MORNING + 24 * 3_600_000)
    teller(OpenCounter(1))
    lobby(Book("P05", clock.now_ms() + 3 * 3_600_000))
    visit = lobby(Greet())
    lobby(Triage(visit, frozenset({"elderly"}), frozenset({"slow_speech"}), "P01"))  # type: ignore[arg-type]
    lobby(Issue("P01", frozenset({"elderly"}), frozenset({"slow_speech"}), visit=visit))  # type: ignore[arg-type]
    printed = by("KIOSK", "kiosk-1", Issue("P01"))
    by("KIOSK", "kiosk-1", RecordPrint(printed.id, printed=True))  # type: ignore[attr-defined]
    by("KIOSK", "kiosk-1", AskHelp("printer"))
    held, missed = lobby(Issue("P02")), lobby(Issue("P02"))
    for ticket in (held, missed):
        lobby(CallTicket(ticket.id, 1, "other", "客户不适"))  # type: ignore[attr-defined]
        teller(Recall(1))
        teller(Hold(1, "fill_form") if ticket is held else NoShow(1))
    teller(CallNext(1))


def main() -> None:
    """Write ``stored/vNNNN.db`` for the newest step."""
    newest = max(version_of(path.stem) for path in _STEPS.glob("[0-9]*.py"))
    with tempfile.TemporaryDirectory() as folder:
        clock = SetClock(MORNING)
        branch = open_branch(f"sqlite:///{folder}/branch.db", clock)
        branch.found(plan())
        work(branch, clock)
        STORED.mkdir(exist_ok=True)
        target = STORED / f"v{newest:04d}.db"
        target.unlink(missing_ok=True)
        branch.store.database.execute_sql("VACUUM INTO ?", (str(target),))
        branch.close()


if __name__ == "__main__":
    main()

"""Lists, search and statistics of a branch with 50,000 complaints of five years, on both stores.

Run with ``bash .ci/postgres .venv/bin/python -m pytest tests/benchmarks/test_complaints.py``.
The budget is 100 ms for each; it is read by a person, since a timed assertion would fail on a busy
machine. What is asserted is that the made-up years say what they should.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from datetime import date
from statistics import median

import pytest

from branch.bootstrap import Branch
from branch.complaints.queries.desk import ended_cases, running_cases, search_cases
from branch.complaints.queries.detail import case_detail
from branch.complaints.queries.handlers import cases_by_handler
from branch.complaints.queries.late import action_proposals, late_cases
from branch.complaints.queries.months import months, weeks
from branch.complaints.queries.statistics import statistics
from branch.kernel.store import Store
from branch.people.queries import staff_members
from tests.benchmarks.many_complaints import LAST, fill

COUNT = 50_000
ROUNDS = 9


def test_fifty_thousand_complaints(branch: Branch, capsys: pytest.CaptureFixture[str]) -> None:
    store = branch.store
    officer = next(m for m in staff_members(store) if m.staff_no == "100303")
    teller = next(m for m in staff_members(store) if m.staff_no == "100482")
    fill(store, COUNT, [member.id for member in staff_members(store)][:12])
    asked: dict[str, Callable[[Store], object]] = {
        "running cases": lambda s: running_cases(s, officer.id),
        "ended cases, a page": lambda s: ended_cases(s, officer.id),
        "search, a number": lambda s: search_cases(s, "TS-HB001-20231120", officer.id),
        "search, a title": lambda s: search_cases(s, "信用卡第31", officer.id),
        "search, a name": lambda s: search_cases(s, "周小梅", officer.id),
        "search, a telephone": lambda s: search_cases(s, "13812345172", officer.id),
        "search, words of facts": lambda s: search_cases(s, "柜台", officer.id),
        "search, a member of staff": lambda s: search_cases(s, "郑岚", officer.id),
        "search, no names": lambda s: search_cases(s, "周小梅", teller.id),
        "search, nothing there": lambda s: search_cases(s, "没有这样的事", officer.id),
        "one case": lambda s: case_detail(s, COUNT - 600, officer.id, officer.roles, LAST),
        "statistics, a month": lambda s: statistics(s, officer.id, date(2026, 11, 1), LAST),
        "statistics, a quarter": lambda s: statistics(
            s, officer.id, date(2026, 7, 1), date(2026, 9, 30)
        ),
        "statistics, this year": lambda s: statistics(s, officer.id, date(2026, 1, 1), LAST),
        "statistics, a past year": lambda s: statistics(
            s, officer.id, date(2023, 1, 1), date(2023, 12, 31)
        ),
        "late cases, a quarter": lambda s: late_cases(s, officer.id, date(2026, 10, 1), LAST, LAST),
        "months, twelve": lambda s: months(s, officer.id, LAST),
        "weeks, four": lambda s: weeks(s, officer.id, LAST),
        "by handler, a past year": lambda s: cases_by_handler(
            s, officer.id, date(2023, 1, 1), date(2023, 12, 31), LAST
        ),
        "proposals": lambda s: action_proposals(s, officer.id, LAST),
    }
    # As the program does once it stands (``ui.shell.application``): what lives on is not searched.
    gc.collect()
    gc.freeze()
    told = []
    for name, ask in asked.items():
        spent = []
        for _ in range(ROUNDS):
            began = time.perf_counter()
            ask(store)
            spent.append((time.perf_counter() - began) * 1_000)
        told.append(f"{name:24} median {median(spent):6.1f} ms, most {max(spent):6.1f} ms")
    gc.unfreeze()
    with capsys.disabled():
        print(f"\n{store.kind}, {COUNT:,} complaints")
        print("\n".join(told))
    year = statistics(store, officer.id, date(2023, 1, 1), date(2023, 12, 31))
    lines = months(store, officer.id, LAST, 60)
    of_year = [one for one in lines if one.month.startswith("2023")]
    assert year.ledger.received == sum(one.received for one in of_year) > 9_000
    book = year.ledger
    assert book.open_before + book.received + book.taken_up == book.all_ended + book.open_after
    assert (
        book.open_after
        == statistics(store, officer.id, date(2024, 1, 1), date(2024, 1, 31)).ledger.open_before
    )
    assert len(search_cases(store, "信用卡第31", officer.id)) > 0

"""What reading a long journal costs: a page of 100,000 entries by every filter, check, exports.

Run with ``make bench``. The budget (a page below 50 ms) is read by a person: a timed assertion
would fail on a busy machine.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from branch.bootstrap import open_branch
from branch.kernel import journal
from branch.kernel.clock import SetClock
from branch.kernel.store import Store
from branch.people.queries.audit import ALL, PAGE, REFUSED, AuditFilter, audit_page
from reports.forms.audit import Extract, audit_csv, audit_pdf
from reports.letterhead import Origin
from tests.conftest import OPENING
from tests.fairness_samples import BRANCH
from tests.long_journal import lengthen
from ui.admin.audit_rows import Asked, audit_rows, names_for

ENTRIES = 100_000
HOUR = 3_600_000
FILTERS = {
    "all": ALL,
    "a day": AuditFilter(since=OPENING + 90 * HOUR, until=OPENING + 114 * HOUR),
    "long span": AuditFilter(since=OPENING + 1, until=OPENING + 249 * HOUR),
    "person": AuditFilter(staff=3),
    "kind": AuditFilter(topic="ticket"),
    "rare station": AuditFilter(station="admin"),
    "refused": AuditFilter(only=REFUSED),
    "person and rare kind": AuditFilter(staff=3, topic="staff"),
    "person in a day": AuditFilter(
        staff=3, since=OPENING + 90 * HOUR, until=OPENING + 114 * HOUR
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def store(sample_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path = tmp_path_factory.mktemp("audit") / "branch.db"
    shutil.copy(sample_file, path)
    branch = open_branch(f"sqlite:///{path}", SetClock(OPENING))
    lengthen(branch.store, ENTRIES)
    yield branch.store
    branch.close()


@pytest.mark.parametrize("name", FILTERS)
def test_a_page(benchmark: BenchmarkFixture, store: Store, name: str) -> None:
    wanted = FILTERS[name]
    first = audit_page(store, wanted)
    benchmark(audit_page, store, wanted, first[-1] if len(first) == PAGE else None)


@pytest.mark.parametrize("typed", ["A012", "3", "王敏"])
def test_a_page_of_a_subject(benchmark: BenchmarkFixture, store: Store, typed: str) -> None:
    benchmark(audit_rows, store, Asked(ALL, typed), 3)


def test_the_check_of_the_chain(benchmark: BenchmarkFixture, store: Store) -> None:
    assert benchmark.pedantic(journal.verify, (store,), rounds=3) == ENTRIES + 1


@pytest.mark.parametrize(("make", "rows"), [(audit_csv, 100_000), (audit_pdf, 10_000)])
def test_an_export(benchmark: BenchmarkFixture, store: Store, make: object, rows: int) -> None:
    entries = audit_page(store, ALL, None, rows)
    extract = Extract(entries, names_for(store, entries[:100]), ALL, "", journal.head(store), 1)
    benchmark.pedantic(make, (extract, Origin("zh", BRANCH, OPENING)), rounds=1)

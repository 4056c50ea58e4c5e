"""How long one ticket's PDF takes: the customer stands before the kiosk meanwhile."""

from __future__ import annotations

import subprocess
import sys

from pytest_benchmark.fixture import BenchmarkFixture

from reports.forms.ticket import ticket_pdf
from tests.reports.samples import CHINESE

FIRST = """
import time
start = time.perf_counter()
from reports.forms.ticket import ticket_pdf
from tests.reports.samples import CHINESE
imported = time.perf_counter()
ticket_pdf(CHINESE)
done = time.perf_counter()
print((imported - start) * 1000, (done - imported) * 1000)
"""


def test_a_ticket_after_the_first(benchmark: BenchmarkFixture) -> None:
    ticket_pdf(CHINESE)
    data = benchmark(ticket_pdf, CHINESE)
    assert data.startswith(b"%PDF-")
    if benchmark.stats is not None:  # --benchmark-disable
        # 8 to 17 ms were measured; a slower machine may take its time, a lost cache not.
        assert benchmark.stats.stats.median < 0.050


def test_the_first_ticket_of_a_process(benchmark: BenchmarkFixture) -> None:
    """Imports and loads the faces; the time inside the process is kept with the result."""

    def run() -> tuple[float, float]:
        done = subprocess.run(
            [sys.executable, "-c", FIRST], capture_output=True, check=True, text=True
        )
        imported, first = map(float, done.stdout.split())
        return imported, first

    imported, first = benchmark.pedantic(run, rounds=3)
    benchmark.extra_info["import_ms"] = round(imported, 1)
    benchmark.extra_info["first_ms"] = round(first, 1)
    assert first < 1000

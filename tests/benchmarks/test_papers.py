"""How long a printed form takes: the customer waits for it, and a batch makes hundreds."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from importlib.resources import files

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from branch.papers.forms import FORMS
from reports.digital_seal import sign_pdf
from reports.forms.papers.paper import paper_pdf
from tests.reports.papers.filled import filled, head

# Seconds of the processor, so that a busy machine says nothing of the form.
BOUND = 0.100
pytestmark = pytest.mark.benchmark(timer=time.process_time)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("form", FORMS)
def test_a_form_after_the_first(benchmark: BenchmarkFixture, form: str, language: str) -> None:
    shown, fields = head(form, language), filled(form, language)
    paper_pdf(shown, fields)
    data, _pages = benchmark.pedantic(paper_pdf, (shown, fields), rounds=7)
    assert data.startswith(b"%PDF-")
    if benchmark.stats is not None:  # --benchmark-disable
        assert benchmark.stats.stats.median < BOUND


def test_a_form_with_5000_characters(benchmark: BenchmarkFixture) -> None:
    shown = head("TS-08", "zh")
    fields = filled("TS-08", "zh", statement="那天的事情是这样的，我慢慢说。" * 334)
    paper_pdf(shown, fields)
    benchmark.pedantic(paper_pdf, (shown, fields), rounds=7)
    if benchmark.stats is not None:
        assert benchmark.stats.stats.median < BOUND


def test_a_seal(benchmark: BenchmarkFixture) -> None:
    data, _pages = paper_pdf(head("TS-06", "zh"), filled("TS-06", "zh"))
    kept = (files("resources") / "samples" / "test-seal.p12").read_bytes()
    at = datetime(2026, 11, 20, tzinfo=UTC)
    sign_pdf(data, kept, "test-seal", at)
    benchmark.pedantic(sign_pdf, (data, kept, "test-seal", at), rounds=7)
    if benchmark.stats is not None:
        assert benchmark.stats.stats.median < 0.5

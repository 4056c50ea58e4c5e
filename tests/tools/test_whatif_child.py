"""The what-if's child process: progress and answer, refusals, and an end that leaves nothing."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

import branch
from branch.founding import sample_plan
from branch.kernel.settings import settle
from branch.tools import whatif_child
from branch.tools.whatif_answer import Answer, Question, Refusal
from branch.tools.whatif_child import answer_line, as_line, from_line
from branch.tools.whatif_wanted import Ground, Wanted, ground_of_plan

ROOT = Path(branch.__file__).parents[1]
SAMPLES = ROOT / "resources" / "samples" / "days"


@pytest.fixture(scope="module")
def ground() -> Ground:
    """The sample branch without PINs."""
    plan = sample_plan()
    people = tuple(replace(member, pin="") for member in plan.staff)
    return ground_of_plan(replace(plan, staff=people))


@pytest.fixture
def question(ground: Ground, tmp_path: Path) -> Question:
    """The ordinary Friday with a teller more."""
    home = settle(str(tmp_path / "home"), None, environment={})
    wanted = Wanted(more=["10:00-12:00"])
    return Question(SAMPLES / "ordinary_friday.csv", wanted, ground, home, suggest=True)


def told(question: Question, wanted: bool = True) -> list[object]:
    """Every message of an answer."""
    out = io.BytesIO()
    answer_line(as_line(question), out, lambda: wanted)
    return [from_line(line) for line in out.getvalue().splitlines()]


def test_shares_and_then_the_answer(question: Question) -> None:
    *shares, answer = told(question)
    assert len(shares) > 20
    assert shares == sorted(shares)  # type: ignore[type-var]
    assert isinstance(answer, Answer)
    assert answer.comparison.changed.waits.mean < answer.comparison.real.waits.mean
    assert 1 <= len(answer.helps) <= 3
    # The day comes along, so that the next question need not play it again.
    (second,) = told(replace(question, day=answer.day, suggest=False))
    assert second == replace(answer, helps=())


def test_a_refusal_is_told_with_its_sentence(question: Question, tmp_path: Path) -> None:
    (refused,) = told(replace(question, day=tmp_path / "nothing.csv"))
    assert refused == Refusal("file_unreadable", {"file": "nothing.csv"})


def test_unwanted_it_tells_no_answer(question: Question) -> None:
    assert told(question, wanted=False) == [0.0]


def started(tmp_path: Path) -> subprocess.Popen[bytes]:
    """A child whose scratch folders are in ``tmp_path``."""
    return subprocess.Popen(
        [sys.executable, "-m", whatif_child.__name__],
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(tmp_path)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def test_in_a_process_of_its_own(question: Question, tmp_path: Path) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    child = started(scratch)
    assert child.stdin is not None
    assert child.stdout is not None
    child.stdin.write(as_line(question))
    child.stdin.flush()
    messages = [from_line(line) for line in child.stdout]
    assert isinstance(messages[-1], Answer)
    assert child.communicate(timeout=20)[1] == b""
    assert child.returncode == 0
    assert list(scratch.iterdir()) == []


def test_an_input_that_ends_stops_it_and_leaves_nothing(question: Question, tmp_path: Path) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    child = started(scratch)
    assert child.stdin is not None
    assert child.stdout is not None
    child.stdin.write(as_line(question))
    child.stdin.flush()
    assert isinstance(from_line(child.stdout.readline()), float)
    assert list(scratch.iterdir())
    out, complaint = child.communicate(timeout=20)
    assert not any(isinstance(from_line(line), Answer) for line in out.splitlines())
    assert (child.returncode, complaint) == (0, b"")
    assert list(scratch.iterdir()) == []

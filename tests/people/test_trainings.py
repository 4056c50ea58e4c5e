"""Training marks: noted with codes and days that can stand, withdrawn, kept in the journal."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from branch.bootstrap import Branch
from branch.kernel import journal
from branch.kernel.errors import BadInput, NotFound
from branch.kernel.runner import Actor
from branch.people.commands import NoteTraining, WithdrawTraining
from branch.people.queries import Training, trainings_of

At = Callable[[str, str], Actor]


@pytest.fixture
def manager(actor: At) -> Actor:
    return actor("100101", "admin")


@pytest.fixture
def teller(actor: At) -> int:
    return actor("100482", "x").staff


def test_a_mark_is_noted_and_read(branch: Branch, manager: Actor, teller: int) -> None:
    note = NoteTraining(teller, "fire", "2026-11-20", "passed", "2027-11-20")
    first = branch.run(note, manager).value
    older = NoteTraining(teller, "fire", "2025-01-08", "attended")
    second = branch.run(older, manager).value
    assert trainings_of(branch.store, teller) == (
        Training(first, "fire", "2026-11-20", "passed", "2027-11-20", "林婉", latest=True),
        Training(second, "fire", "2025-01-08", "attended", "", "林婉", latest=False),
    )
    assert trainings_of(branch.store, manager.staff) == ()
    entry = list(journal.entries(branch.store))[-2]
    assert (entry.what, entry.subject) == ("training.noted", str(teller))
    assert entry.data == {
        "training": first,
        "course": "fire",
        "held_on": "2026-11-20",
        "result": "passed",
        "due_on": "2027-11-20",
    }


@pytest.mark.parametrize(
    ("course", "held_on", "result", "due_on", "code", "field"),
    [
        ("dancing", "2026-11-20", "passed", "", "code_unknown", "course"),
        ("fire", "2026-11-20", "brilliant", "", "code_unknown", "result"),
        ("fire", "2026-11-21", "passed", "", "training_to_come", "held_on"),
        ("fire", "", "passed", "", "day_form", "held_on"),
        ("fire", "20261120", "passed", "", "day_form", "held_on"),
        ("fire", "2026-02-30", "passed", "", "day_form", "held_on"),
        ("fire", "2026-11-20", "passed", "next year", "day_form", "due_on"),
        ("fire", "2026-11-20", "passed", "2026-11-20", "due_before_training", "due_on"),
    ],
)
def test_what_cannot_stand_is_refused_with_its_field(
    branch: Branch,
    manager: Actor,
    teller: int,
    course: str,
    held_on: str,
    result: str,
    due_on: str,
    code: str,
    field: str,
) -> None:
    with pytest.raises(BadInput) as refused:
        branch.run(NoteTraining(teller, course, held_on, result, due_on), manager)
    assert (refused.value.code, refused.value.field) == (code, field)
    assert trainings_of(branch.store, teller) == ()


def test_only_people_have_trainings(branch: Branch, manager: Actor, actor: At) -> None:
    for staff in (actor("KIOSK", "x").staff, 987_654):
        with pytest.raises(NotFound, match="staff_unknown"):
            branch.run(NoteTraining(staff, "fire", "2026-11-20", "passed"), manager)


def test_a_mark_is_withdrawn_and_the_journal_keeps_both(
    branch: Branch, manager: Actor, teller: int
) -> None:
    training = branch.run(NoteTraining(teller, "fire", "2026-11-20", "failed"), manager).value
    branch.run(WithdrawTraining(training), manager)
    assert trainings_of(branch.store, teller) == ()
    told = [(e.what, e.subject) for e in journal.entries(branch.store) if e.topic == "training"]
    assert told == [("training.noted", str(teller)), ("training.withdrawn", str(teller))]
    with pytest.raises(NotFound, match="training_unknown"):
        branch.run(WithdrawTraining(training), manager)

"""Commendations: noted by another person, withdrawn, their words in no journal."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from branch.bootstrap import Branch
from branch.kernel import journal
from branch.kernel.errors import BadInput, NotFound, NotPermitted
from branch.kernel.runner import Actor
from branch.people.commands import AddCommendation, WithdrawCommendation
from branch.people.queries import commendations

At = Callable[[str, str], Actor]
WORDS = "演练中先搀扶老人"


@pytest.fixture
def manager(actor: At) -> Actor:
    return actor("100101", "admin")


@pytest.fixture
def teller(actor: At) -> int:
    return actor("100482", "x").staff


def test_a_commendation_is_noted_read_and_withdrawn(
    branch: Branch, manager: Actor, teller: int
) -> None:
    command = AddCommendation(teller, date(2026, 11, 19), f"  {WORDS} ")
    made = branch.run(command, manager).value
    (one,) = commendations(branch.store)
    assert (one.id, one.name, one.day, one.text, one.noted_by) == (
        made, "王敏", "2026-11-19", WORDS, "林婉",
    )  # fmt: skip
    assert commendations(branch.store, teller) == (one,)
    assert commendations(branch.store, manager.staff) == ()
    assert WORDS not in repr(command)
    branch.run(WithdrawCommendation(made), manager)
    assert commendations(branch.store) == ()
    written = list(journal.entries(branch.store))
    assert [entry.what for entry in written[-2:]] == [
        "commendation.added", "commendation.withdrawn",
    ]  # fmt: skip
    assert WORDS not in str([entry.data for entry in written])


def test_nobody_commends_himself_nor_for_a_day_to_come(
    branch: Branch, manager: Actor, teller: int
) -> None:
    with pytest.raises(NotPermitted):
        branch.run(AddCommendation(manager.staff, date(2026, 11, 19), WORDS), manager)
    with pytest.raises(BadInput) as early:
        branch.run(AddCommendation(teller, date(2026, 11, 21), WORDS), manager)
    assert early.value.field == "day"
    with pytest.raises(BadInput) as empty:
        branch.run(AddCommendation(teller, date(2026, 11, 19), " "), manager)
    assert empty.value.field == "text"
    with pytest.raises(NotFound):
        branch.run(AddCommendation(9999, date(2026, 11, 19), WORDS), manager)
    with pytest.raises(NotFound):
        branch.run(WithdrawCommendation(9999), manager)

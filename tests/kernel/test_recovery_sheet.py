"""What is known of the recovery sheet, and of a group of the key while it is typed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from branch.bootstrap import Branch
from branch.kernel import journal
from branch.kernel.clock import SetClock
from branch.kernel.errors import NotPermitted
from branch.kernel.keys import SCRATCH_KEY, group_is_right, new_key, plain_letters
from branch.kernel.protection import NoteRecoverySheet, recovery_sheet_kept
from branch.kernel.runner import Actor
from branch.kernel.sealing import Sealer

FindActor = Callable[[str, str], Actor]


def test_a_sheet_put_away_is_known_with_its_time_and_of_which_key(
    branch: Branch, actor: FindActor, clock: SetClock
) -> None:
    assert recovery_sheet_kept(branch.store) is None
    clock.advance(60)
    branch.run(NoteRecoverySheet(), actor("100101", "admin"))
    assert recovery_sheet_kept(branch.store) == clock.now_ms()
    *_earlier, entry = journal.entries(branch.store)
    assert (entry.what, entry.subject, entry.data) == (
        "key.sheet_kept",
        SCRATCH_KEY.fingerprint,
        {},
    )


def test_the_sheet_of_a_former_key_does_not_count(branch: Branch, actor: FindActor) -> None:
    branch.run(NoteRecoverySheet(), actor("100001", "admin"))
    branch.store.sealer = Sealer(new_key())
    assert recovery_sheet_kept(branch.store) is None


def test_a_teller_cannot_note_it(branch: Branch, actor: FindActor) -> None:
    with pytest.raises(NotPermitted):
        branch.run(NoteRecoverySheet(), actor("100482", "counter-1"))


def test_a_group_is_right_at_its_place_only() -> None:
    groups = new_key().recovery.split("-")
    assert all(group_is_right(group.lower(), place) for place, group in enumerate(groups))
    assert not any(group_is_right(group, place + 1) for place, group in enumerate(groups[:-1]))
    assert not group_is_right(groups[0][:4], 0)
    assert not group_is_right(groups[0][:4] + "?", 0)


def test_letters_are_read_as_the_paper_has_them() -> None:
    assert plain_letters(" o1-il 7q\t") == "01117Q"

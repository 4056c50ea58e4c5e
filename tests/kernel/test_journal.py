"""The journal's form: what an entry is hashed over, its first entry, reading it in chunks."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branch.bootstrap import Branch
from branch.kernel import journal
from branch.kernel.errors import StoreDamaged
from branch.kernel.journal import canonical, chained_hash
from branch.kernel.runner import Actor
from branch.lobby.commands.arrivals import Issue

DATA = st.dictionaries(
    st.text(max_size=8),
    st.none() | st.booleans() | st.integers() | st.text(max_size=12) | st.lists(st.text()),
    max_size=6,
)


def test_the_form_is_sorted_without_blanks_and_in_plain_characters() -> None:
    assert canonical({"b": [1, 2], "a": "䶮㛃𬭚", "c": None}) == '{"a":"䶮㛃𬭚","b":[1,2],"c":null}'


@given(DATA)
def test_the_form_does_not_depend_on_the_order_of_making(data: dict[str, object]) -> None:
    turned = dict(reversed(list(data.items())))
    assert canonical(turned) == canonical(data)  # type: ignore[arg-type]
    assert json.loads(canonical(data)) == data  # type: ignore[arg-type]


def test_the_hash_can_be_computed_by_anybody() -> None:
    body = (
        '{"at":1,"before":"00","data":"{\\"counter\\":3}","revision":2,"staff":4,'
        '"station":"counter-3","subject":"17","what":"ticket.called"}'
    )
    assert (
        chained_hash("00", 2, 1, "counter-3", 4, "ticket.called", "17", '{"counter":3}')
        == hashlib.sha256(body.encode()).hexdigest()
    )


FIELDS = ("before", "revision", "at", "station", "staff", "what", "subject", "data")
ENTRY = ("ab" * 32, 7, 1_000, "lobby", 3, "ticket.issued", "5", "{}")
OTHER = ("cd" * 32, 8, 1_001, "kiosk-1", 4, "ticket.left", "6", '{"a":1}')


@pytest.mark.parametrize("field", range(len(FIELDS)), ids=FIELDS)
def test_every_field_is_in_the_hash(field: int) -> None:
    changed = (*ENTRY[:field], OTHER[field], *ENTRY[field + 1 :])
    assert chained_hash(*changed) != chained_hash(*ENTRY)


def test_a_word_moved_to_the_next_field_is_another_entry() -> None:
    one = chained_hash("", 1, 1, "a", 1, "b.c", "d", "{}")
    two = chained_hash("", 1, 1, "ab", 1, ".c", "d", "{}")
    assert one != two


def test_the_first_entry_names_the_branch(branch: Branch) -> None:
    first = next(journal.entries(branch.store))
    assert (first.revision, first.what, first.subject) == (1, "branch.founded", "HB001")
    assert first.data == {"zone": "Asia/Shanghai"}
    assert first.hash == chained_hash(
        "", 1, first.at, first.station, first.staff, first.what, first.subject,
        canonical(first.data),
    )  # fmt: skip
    assert journal.head(branch.store) == (1, first.hash)
    assert journal.verify(branch.store) == 1


@pytest.fixture
def busy(branch: Branch, actor: Callable[[str, str], Actor]) -> Branch:
    kiosk = actor("KIOSK", "kiosk-1")
    for _ in range(12):
        branch.run(Issue("P01"), kiosk)
    return branch


def test_entries_come_in_order_from_where_one_left(busy: Branch) -> None:
    everything = list(journal.entries(busy.store))
    assert [entry.revision for entry in everything] == list(range(1, 15))
    assert list(journal.entries(busy.store, after=9)) == everything[9:]
    assert list(journal.entries(busy.store, after=14)) == []


@pytest.mark.parametrize("chunk", [1, 2, 7, 13, 14, 15])
def test_the_size_of_a_chunk_changes_nothing(busy: Branch, monkeypatch, chunk: int) -> None:
    everything = list(journal.entries(busy.store))
    monkeypatch.setattr(journal, "_CHUNK", chunk)
    assert list(journal.entries(busy.store)) == everything
    assert journal.verify(busy.store) == 14


def test_a_store_without_a_branch_row_is_damaged(busy: Branch) -> None:
    busy.store.database.execute_sql("DELETE FROM branch")
    with pytest.raises(StoreDamaged):
        journal.verify(busy.store)

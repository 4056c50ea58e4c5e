"""Sealed fields: opened only whole, only in their column, only with their key; marks find them."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branch.kernel.errors import StoreDamaged, StoreLocked
from branch.kernel.keys import new_key
from branch.kernel.sealing import Sealer

PHONE = "13800135172"
CONTEXT = "visitor.phone"
sealer = Sealer(new_key())


@given(st.text())
def test_what_is_sealed_is_opened(text: str) -> None:
    sealed = sealer.seal(text, CONTEXT)
    assert sealer.open(sealed, CONTEXT) == text
    assert sealed.isascii()
    assert (sealed == "") == (text == "")


def test_the_text_is_not_to_be_seen_and_no_two_seals_are_alike() -> None:
    sealed = sealer.seal(PHONE, CONTEXT)
    assert PHONE not in sealed
    assert PHONE.encode() not in base64.b64decode(sealed.partition(".")[2])
    assert sealer.seal(PHONE, CONTEXT) != sealed
    assert sealed.startswith(f"{sealer.key.fingerprint}.")
    assert len(sealed) == 61


def test_every_changed_letter_breaks_the_seal() -> None:
    sealed = sealer.seal(PHONE, CONTEXT)
    for place in range(9, len(sealed)):
        other = "B" if sealed[place] != "B" else "C"
        with pytest.raises(StoreDamaged) as failed:
            sealer.open(sealed[:place] + other + sealed[place + 1 :], CONTEXT)
        assert failed.value.code == "seal_broken"


@pytest.mark.parametrize(
    "spoilt",
    [PHONE, "no seal at all", ".", f"{sealer.key.fingerprint}.xyz"],
    ids=["clear", "words", "stop", "cut"],
)
def test_what_was_never_sealed_is_broken(spoilt: str) -> None:
    with pytest.raises((StoreDamaged, StoreLocked)):
        sealer.open(spoilt, CONTEXT)


def test_a_value_moved_to_another_column_is_broken() -> None:
    with pytest.raises(StoreDamaged) as failed:
        sealer.open(sealer.seal(PHONE, CONTEXT), "reception.phone")
    assert failed.value.code == "seal_broken"


def test_another_key_is_named() -> None:
    other = Sealer(new_key())
    with pytest.raises(StoreLocked) as failed:
        other.open(sealer.seal(PHONE, CONTEXT), CONTEXT)
    assert failed.value.code == "store_key_wrong"
    assert failed.value.values == {
        "wanted": sealer.key.fingerprint,
        "found": other.key.fingerprint,
    }


def test_marks_find_equal_texts_of_one_column_only() -> None:
    mark = sealer.mark(PHONE, CONTEXT)
    assert len(mark) == 64
    assert mark == Sealer(sealer.key).mark(PHONE, CONTEXT)
    assert sealer.mark("", CONTEXT) == ""
    others = {
        sealer.mark(PHONE, "reception.phone"),
        sealer.mark("13800135173", CONTEXT),
        Sealer(new_key()).mark(PHONE, CONTEXT),
    }
    assert mark not in others
    assert len(others) == 3


def test_marks_are_made_anew_without_their_texts() -> None:
    after = Sealer(new_key(), sealer.mark_keys)
    last = Sealer(new_key(), after.mark_keys)
    mark = after.mark_anew(sealer.mark(PHONE, CONTEXT))
    assert mark == after.mark(PHONE, CONTEXT)
    assert last.mark_anew(mark) == last.mark(PHONE, CONTEXT)
    assert len({sealer.mark(PHONE, CONTEXT), mark, last.mark_anew(mark)}) == 3

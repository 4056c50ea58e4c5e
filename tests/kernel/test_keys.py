"""The branch's key: what is derived from it, and that no slip of the pen gets past its paper."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branch.kernel.errors import BadInput
from branch.kernel.keys import SCRATCH_KEY, BranchKey, new_key, read_recovery

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
keys = st.binary(min_size=32, max_size=32).map(BranchKey)


def refusal(text: str) -> BadInput:
    with pytest.raises(BadInput) as refused:
        read_recovery(text)
    assert refused.value.field == "recovery"
    return refused.value


@given(keys)
def test_what_is_on_paper_is_the_key(key: BranchKey) -> None:
    assert [len(group) for group in key.recovery.split("-")] == [5] * 13
    assert read_recovery(key.recovery) == key
    assert set(key.recovery) <= {*LETTERS, "-"}


@given(keys)
def test_how_it_is_typed_does_not_matter(key: BranchKey) -> None:
    for typed in (
        key.recovery.lower(),
        key.recovery.replace("-", ""),
        f"  {key.recovery.replace('-', '  ')}\n",
        key.recovery.replace("0", "O").replace("1", "l"),
        key.recovery.replace("0", "o").replace("1", "I"),
    ):
        assert read_recovery(typed) == key


def test_every_wrong_letter_is_found_with_its_group() -> None:
    key = new_key()
    plain = key.recovery.replace("-", "")
    for place, right in enumerate(plain):
        for wrong in set(LETTERS) - {right}:
            error = refusal(plain[:place] + wrong + plain[place + 1 :])
            assert (error.code, error.values["group"]) == ("recovery_key_group", place // 5 + 1)


def test_neighbours_that_changed_places_are_found() -> None:
    plain = new_key().recovery.replace("-", "")
    for place in range(len(plain) - 1):
        if plain[place] != plain[place + 1] and place % 5 < 3:
            swapped = plain[:place] + plain[place + 1] + plain[place] + plain[place + 2 :]
            assert refusal(swapped).values["group"] == place // 5 + 1


def test_groups_that_changed_places_are_found() -> None:
    groups = new_key().recovery.split("-")
    groups[3], groups[7] = groups[7], groups[3]
    assert refusal("-".join(groups)).values["group"] == 4


@pytest.mark.parametrize(
    "text",
    ["", "ABC", "-" * 65, new_key().recovery + "7"],
    ids=["nothing", "short", "dashes", "long"],
)
def test_too_few_or_too_many_are_counted(text: str) -> None:
    error = refusal(text)
    assert error.code == "recovery_key_length"
    assert error.values == {"wanted": 65, "found": len(text.replace("-", ""))}


@pytest.mark.parametrize("wrong", ["U", "厅", "*"])
def test_a_letter_that_never_occurs_is_found(wrong: str) -> None:
    assert refusal(new_key().recovery[:-1] + wrong).values["group"] == 13


def test_keys_and_what_is_derived_are_all_different() -> None:
    one, other = new_key(), new_key()
    derived = {
        part for key in (one, other) for part in (key.for_file, key.for_sealing, key.for_marks)
    }
    assert len(derived) == 6
    assert all(len(part) == 32 for part in derived)
    assert one.fingerprint != other.fingerprint
    assert one != other


def test_the_same_key_is_derived_for_ever() -> None:
    """Stores and paper of today have to open in ten years."""
    key = BranchKey(bytes(range(32)))
    assert key.fingerprint == "3CVPN2X4"
    assert (
        key.recovery
        == "000G5-40R4X-0M30R-E209C-185G1-R38E2-1W813-24GKP-2GAHF-C5RRD-34D1J-P70X1-3RFN3"
    )
    assert key.for_file.hex() == (
        "03180a3c916416383393c8c1261eb5b64848fc515e5fee972cee4aa9bb224548"
    )
    assert (
        key.for_sealing.hex() == "bd3e3b9ad1aeb0d7e909d20bac8920e92dfecb1589f06d68637a5a86cc6a2ff7"
    )
    assert key.for_marks.hex() == (
        "c9c428162b181b0fefe0e98b1499eba8098132b144162db42f145ba7a84a9484"
    )


def test_a_key_does_not_show_itself() -> None:
    key = new_key()
    shown = f"{key!r} {key} {[key]}"
    assert key.fingerprint in shown
    for secret in (key.recovery, key.for_file.hex(), key.for_sealing.hex()):
        assert secret not in shown
    assert SCRATCH_KEY.fingerprint in repr(SCRATCH_KEY)

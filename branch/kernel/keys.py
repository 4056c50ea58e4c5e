"""The branch's key: 256 bits, what is derived from it, and how people read and type it.

It keeps nothing; where a key lives is ``key_ring``'s matter.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from branch.kernel.errors import BadInput

_BYTES = 32
# Crockford's base32: no I, L, O, U. What people write instead of 1 and 0 is read as such.
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS = str.maketrans({"I": "1", "L": "1", "O": "0"})
# The paper form: so many groups of so many letters, the last of which is a check.
GROUPS = 13
_GROUP = 4
GROUP_SIZE = _GROUP + 1
_SPARE_BITS = GROUPS * _GROUP * 5 - _BYTES * 8


class BranchKey:
    """The secret of one branch. It never shows itself in logs or errors."""

    def __init__(self, secret: bytes) -> None:
        if len(secret) != _BYTES:
            raise ValueError("a branch key has 32 bytes")
        self._secret = secret
        self.fingerprint = _lettered(int.from_bytes(self._derived("fingerprint")[:5], "big"), 8)

    def __repr__(self) -> str:
        return f"BranchKey({self.fingerprint})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, BranchKey) and hmac.compare_digest(self._secret, other._secret)

    def __hash__(self) -> int:
        return hash(self.fingerprint)

    @property
    def for_file(self) -> bytes:
        """The raw 256-bit key of the store file."""
        return self._derived("file")

    @property
    def for_sealing(self) -> bytes:
        """The AES-256 key of sealed fields."""
        return self._derived("sealing")

    @property
    def for_marks(self) -> bytes:
        """The key of the hashes by which sealed fields are found."""
        return self._derived("marks")

    @property
    def recovery(self) -> str:
        """The key for paper: 13 groups of four letters or figures and a check letter each."""
        number = int.from_bytes(self._secret, "big") << _SPARE_BITS
        text = _lettered(number | _spare(self._secret), GROUPS * _GROUP)
        groups = [text[at : at + _GROUP] for at in range(0, len(text), _GROUP)]
        return "-".join(g + _check_letter(g, place) for place, g in enumerate(groups))

    def _derived(self, purpose: str) -> bytes:
        info = f"tingtang/1/{purpose}".encode()
        return HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(self._secret)


def new_key() -> BranchKey:
    """A key nobody has seen."""
    return BranchKey(secrets.token_bytes(_BYTES))


def read_recovery(text: str) -> BranchKey:
    """The key from its paper form; blanks, dashes and small letters do not matter.

    Raises BadInput: too few or too many letters, or the first group that cannot be right.
    """
    read = plain_letters(text)
    if len(read) != GROUPS * GROUP_SIZE:
        raise BadInput(
            "recovery_key_length", field="recovery", wanted=GROUPS * GROUP_SIZE, found=len(read)
        )
    number = 0
    for place in range(GROUPS):
        group, check = read[place * GROUP_SIZE :][:_GROUP], read[place * GROUP_SIZE + _GROUP]
        if not all(letter in _LETTERS for letter in group) or check != _check_letter(group, place):
            raise BadInput("recovery_key_group", field="recovery", group=place + 1)
        for letter in group:
            number = number << 5 | _LETTERS.index(letter)
    secret = (number >> _SPARE_BITS).to_bytes(_BYTES, "big")
    if number & ((1 << _SPARE_BITS) - 1) != _spare(secret):
        raise BadInput("recovery_key_typo", field="recovery")
    return BranchKey(secret)


def group_is_right(text: str, place: int) -> bool:
    """Whether a group of the paper form, as it was typed, can be the one at ``place`` (from 0)."""
    read = plain_letters(text)
    if len(read) != GROUP_SIZE or not all(letter in _LETTERS for letter in read):
        return False
    return read[-1] == _check_letter(read[:-1], place)


def plain_letters(text: str) -> str:
    """What was typed of the paper form: without blanks and dashes, in the letters it has."""
    return "".join(text.split()).replace("-", "").upper().translate(_READ_AS)


def _lettered(number: int, length: int) -> str:
    letters = []
    for _ in range(length):
        number, low = divmod(number, 32)
        letters.append(_LETTERS[low])
    return "".join(reversed(letters))


def _check_letter(group: str, place: int) -> str:
    """Damm's method over 32 letters: one wrong letter and two swapped ones are always found.

    The place goes in first, so groups that changed places are found as well.
    """
    state = place
    for letter in group:
        state = (state ^ _LETTERS.index(letter)) << 1
        if state & 32:
            state ^= 0b100101
    return _LETTERS[state]


def _spare(secret: bytes) -> int:
    """The bits that 13 groups have left, as a check over the whole."""
    return hashlib.sha256(b"tingtang recovery" + secret).digest()[0] >> (8 - _SPARE_BITS)


# For stores of tests and of a day played to try things on: the same on every machine, so it
# hides nothing from anybody. The branch's own store is never opened with it.
SCRATCH_KEY = BranchKey(hashlib.sha256(b"tingtang: a store to try things on").digest())

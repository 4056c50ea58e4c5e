"""Sealing of single fields: identity numbers and the like, on top of the encrypted store.

It knows texts and contexts, no tables; which columns are sealed is said by the rooms that own
them, as ``SealedColumn`` and ``MarkedColumn``.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from branch.kernel.errors import StoreDamaged, StoreLocked
from branch.kernel.keys import BranchKey
from branch.kernel.records import Row

_NONCE_BYTES = 12


@dataclass(frozen=True)
class SealedColumn:
    """One sealed column: rotation of the key seals it anew.

    ``row`` has a primary key ``id``; ``column`` and ``mark`` (where equality is searched) are
    names of its fields.
    """

    row: type[Row]
    column: str
    context: str
    mark: str | None = None


@dataclass(frozen=True)
class MarkedColumn:
    """A column of marks whose texts are not kept at all: a new key marks the marks."""

    row: type[Row]
    mark: str


class Sealer:
    """Seals and opens fields with one branch key (AES-256-GCM), and makes their search marks.

    The context ("visitor.phone") is bound in: a value moved to another column cannot be opened.
    An empty text stays empty, so that a column can say that there is nothing.

    A mark goes through the mark keys of all keys the branch has had, oldest first: what has only
    a mark and no text can be marked anew all the same, and an old key alone finds nothing.
    """

    def __init__(self, key: BranchKey, past_marks: tuple[bytes, ...] = ()) -> None:
        self.key = key
        self.mark_keys = (*past_marks, key.for_marks)
        self._cipher = AESGCM(key.for_sealing)

    def seal(self, text: str, context: str) -> str:
        """The text as the store may keep it: key's fingerprint, full stop, base64."""
        if not text:
            return ""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        body = nonce + self._cipher.encrypt(nonce, text.encode(), self._bound(context))
        return f"{self.key.fingerprint}.{base64.b64encode(body).decode()}"

    def open(self, sealed: str, context: str) -> str:
        """The text that was sealed in this context.

        Raises StoreLocked when it was sealed with another key, StoreDamaged when it was changed
        or belongs to another column.
        """
        if not sealed:
            return ""
        fingerprint, stop, text = sealed.partition(".")
        if not stop:
            raise StoreDamaged("seal_broken")
        if fingerprint != self.key.fingerprint:
            raise StoreLocked("store_key_wrong", wanted=fingerprint, found=self.key.fingerprint)
        try:
            body = base64.b64decode(text, validate=True)
            nonce, hidden = body[:_NONCE_BYTES], body[_NONCE_BYTES:]
            return self._cipher.decrypt(nonce, hidden, self._bound(context)).decode()
        except (InvalidTag, binascii.Error, ValueError) as error:
            raise StoreDamaged("seal_broken") from error

    def mark(self, text: str, context: str) -> str:
        """A keyed hash (HMAC-SHA256, hexadecimal) by which equal texts of a column are found."""
        if not text:
            return ""
        said = f"{context}\0{text}"
        for key in self.mark_keys:
            said = _hashed(key, said)
        return said

    def mark_anew(self, mark: str) -> str:
        """The mark of the same text, from the mark that the key before this one made."""
        return _hashed(self.mark_keys[-1], mark)

    def _bound(self, context: str) -> bytes:
        return f"{self.key.fingerprint}|{context}".encode()


def _hashed(key: bytes, said: str) -> str:
    return hmac.new(key, said.encode(), hashlib.sha256).hexdigest()

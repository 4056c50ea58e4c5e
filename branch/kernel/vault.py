"""The place of files outside the database: sealed, found by their digest, checked when read.

It knows bytes and digests only; what a file is called, what it belongs to and who may see it is
said by the rooms. Beside a store file it is the folder ``attachments``; with a store on a server
the folder of the same name in the machine's data folder, where several machines see each other's
files only when it is a shared one.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import secrets
from collections.abc import Collection
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from branch.kernel.errors import NotFound, RuleBroken, StoreUnavailable
from branch.kernel.key_ring import sync_folder
from branch.kernel.records import BranchRow
from branch.kernel.sealing import Sealer
from branch.kernel.setting import keep_value, kept_value
from branch.kernel.store import Store, explained

_SETTING = "vault_keys"
_CONTEXT = f"setting.{_SETTING}"
_HEAD = b"TTFILE1\n"
_MARK_BYTES, _NONCE_BYTES, _KEY_BYTES = 8, 12, 32
_DIGEST = re.compile(r"[0-9a-f]{64}")


def digest_of(data: bytes) -> str:
    """The SHA-256 digest of a file's bytes, hexadecimal."""
    return hashlib.sha256(data).hexdigest()


class Box:
    """Seals bytes with the newest of the branch's keys for files, and opens what any of them has
    sealed. ``keys`` of 256 bits, oldest first."""

    def __init__(self, keys: tuple[bytes, ...]) -> None:
        self._keys = {_mark(key): key for key in keys}
        self._newest = keys[-1]

    def seal(self, data: bytes, bound: bytes) -> bytes:
        """The bytes as a folder may keep them; they open only with the same ``bound``."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return (
            _HEAD + _mark(self._newest) + nonce + AESGCM(self._newest).encrypt(nonce, data, bound)
        )

    def open(self, kept: bytes, bound: bytes) -> bytes | None:
        """What was sealed, None when it was changed, is bound to something else or is no seal."""
        body = kept.removeprefix(_HEAD)
        mark, nonce = body[:_MARK_BYTES], body[_MARK_BYTES:][:_NONCE_BYTES]
        key = self._keys.get(mark)
        if key is None or len(body) == len(kept):
            return None
        try:
            return AESGCM(key).decrypt(nonce, body[_MARK_BYTES + _NONCE_BYTES :], bound)
        except (InvalidTag, ValueError):
            return None


class Vault:
    """A folder of sealed files."""

    def __init__(self, folder: Path, box: Box) -> None:
        self._folder = folder
        self._box = box

    def put(self, data: bytes) -> str:
        """Keep a file; returns its digest. The same bytes are kept once.

        Raises StoreUnavailable where the folder cannot take it; then nothing of it is left.
        """
        digest = digest_of(data)
        path = self._place(digest)
        with explained():
            if self._is_whole(path, digest):
                # Written anew in the eyes of a sweep that has not heard of it yet.
                path.touch()
            else:
                write_whole(path, self._box.seal(data, digest.encode()))
        return digest

    def get(self, digest: str) -> bytes:
        """The bytes of a file, checked against its digest.

        Raises NotFound when this machine has it not, RuleBroken when it was changed.
        """
        path = self._place(digest)
        try:
            with explained():
                kept = path.read_bytes() if path.exists() else None
        except StoreUnavailable as error:
            # The store itself is well: only this one file is out of reach.
            raise NotFound("file_not_here") from error
        if kept is None:
            raise NotFound("file_not_here")
        data = self._opened(kept, digest)
        if data is None:
            raise RuleBroken("file_damaged")
        return data

    def sweep(self, kept: Collection[str], before: float) -> int:
        """Take away the files whose digest is not among ``kept`` and that were written before an
        instant (seconds since the epoch): one just put may not be noted yet. Returns how many."""
        with explained():
            found = [path for path in self._folder.glob("??/*") if path.is_file()]
            gone = [
                path for path in found if path.name not in kept and path.stat().st_mtime < before
            ]
            for path in gone:
                path.unlink(missing_ok=True)
        return len(gone)

    def _place(self, digest: str) -> Path:
        if not _DIGEST.fullmatch(digest):
            raise NotFound("file_not_here")
        return self._folder / digest[:2] / digest

    def _is_whole(self, path: Path, digest: str) -> bool:
        return path.exists() and self._opened(path.read_bytes(), digest) is not None

    def _opened(self, kept: bytes, digest: str) -> bytes | None:
        """What was sealed, None when it is not what the digest says."""
        data = self._box.open(kept, digest.encode())
        return data if data is not None and digest_of(data) == digest else None


def write_whole(path: Path, data: bytes) -> None:
    """Whole or not at all, on the disk when it returns, in folders and a file that only this user
    can read from their first moment on."""
    for folder in (path.parent.parent, path.parent):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}.new")
    try:
        opened = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(opened, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
    sync_folder(path.parent)


def vault_of(store: Store) -> Vault:
    """The branch's files. Not within a transaction: the first time it makes its key.

    Raises StoreUnavailable where no folder for them is known, StoreLocked as the sealer does.
    """
    if store.attachments is None:
        raise StoreUnavailable("store_no_folder")
    return Vault(store.attachments, box_of(store))


def box_of(store: Store) -> Box:
    """What seals the branch's files. Not within a transaction: the first time it makes its key.

    Raises StoreLocked as the sealer does.
    """
    return Box(_keys(store))


def renew_keys(store: Store, old: Sealer, new: Sealer) -> None:
    """With a new branch key: files are sealed with a new key from now on, and the keys of those
    that are there are sealed anew. Within the caller's transaction."""
    kept = kept_value(store, _SETTING)
    if kept is not None:
        _keep(store, new, (*_read(kept, old), secrets.token_bytes(_KEY_BYTES)))


def _keys(store: Store) -> tuple[bytes, ...]:
    kept = kept_value(store, _SETTING)
    if kept is None:
        with store.transaction():
            # The writers' lock of a server: two stations may keep their first file at once.
            BranchRow.update({BranchRow.revision: BranchRow.revision}).bind(
                store.database
            ).execute()
            kept = kept_value(store, _SETTING)
            if kept is None:
                _keep(store, store.sealer, (secrets.token_bytes(_KEY_BYTES),))
                kept = kept_value(store, _SETTING)
    assert kept is not None  # just kept
    return _read(kept, store.sealer)


def _keep(store: Store, sealer: Sealer, keys: tuple[bytes, ...]) -> None:
    text = " ".join(key.hex() for key in keys)
    keep_value(store, _SETTING, json.dumps(sealer.seal(text, _CONTEXT)))


def _read(kept: str, sealer: Sealer) -> tuple[bytes, ...]:
    return tuple(bytes.fromhex(text) for text in sealer.open(json.loads(kept), _CONTEXT).split())


def _mark(key: bytes) -> bytes:
    """By what a file tells which key sealed it; says nothing of the key."""
    return hashlib.sha256(b"tingtang vault" + key).digest()[:_MARK_BYTES]

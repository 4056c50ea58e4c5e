"""Where keys are kept: the system's key store when it hides them, else a file of the user only."""

from __future__ import annotations

import logging
import os
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.chainer import ChainerBackend
from keyring.errors import KeyringLocked

from branch.kernel.key_ring import KeyRing
from branch.kernel.keys import BranchKey, new_key


class Vault(KeyringBackend):
    """A key store of the system, in memory."""

    priority = 5

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


class LockedVault(Vault):
    """One whose owner does not unlock it."""

    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringLocked("not unlocked")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise KeyringLocked("not unlocked")


class PaperBag(Vault):
    """One that keeps what it is given in the clear."""


PaperBag.__module__ = "keyrings.alt.file"


@pytest.fixture
def key() -> BranchKey:
    return new_key()


def use(monkeypatch: pytest.MonkeyPatch, backend: KeyringBackend) -> None:
    monkeypatch.setattr(keyring, "get_keyring", lambda: backend)


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_without_a_key_store_a_file_keeps_it(tmp_path: Path, key: BranchKey) -> None:
    KeyRing(tmp_path / "config").keep(key)
    again = KeyRing(tmp_path / "config")
    assert again.find(key.fingerprint) == key
    assert again.where(key.fingerprint) == "file"
    assert files(tmp_path) == [f"{key.fingerprint}.key"]
    assert again.find(new_key().fingerprint) is None


@pytest.mark.skipif(os.name == "nt", reason="Windows has other rights")
def test_the_file_is_read_by_its_user_only(tmp_path: Path, key: BranchKey) -> None:
    before = os.umask(0)
    try:
        KeyRing(tmp_path / "config").keep(key)
    finally:
        os.umask(before)
    folder = tmp_path / "config" / "keys"
    assert folder.stat().st_mode & 0o777 == 0o700
    assert (folder / f"{key.fingerprint}.key").stat().st_mode & 0o777 == 0o600


def test_a_key_store_is_preferred(
    tmp_path: Path, key: BranchKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault = Vault()
    use(monkeypatch, vault)
    KeyRing(tmp_path).keep(key)
    assert vault.kept == {("tingtang", key.fingerprint): key.recovery}
    assert files(tmp_path) == []
    again = KeyRing(tmp_path)
    assert (again.find(key.fingerprint), again.where(key.fingerprint)) == (key, "system")
    again.drop(key.fingerprint)
    assert vault.kept == {}
    assert again.find(key.fingerprint) is None


def test_a_chain_of_key_stores_is_looked_through(
    tmp_path: Path, key: BranchKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault, chain = Vault(), ChainerBackend()
    monkeypatch.setattr(ChainerBackend, "backends", [PaperBag(), vault])
    use(monkeypatch, chain)
    KeyRing(tmp_path).keep(key)
    assert list(vault.kept) == [("tingtang", key.fingerprint)]


@pytest.mark.parametrize("backend", [PaperBag(), LockedVault()], ids=["in the clear", "locked"])
def test_a_key_store_that_will_not_do_is_passed_over(
    tmp_path: Path,
    key: BranchKey,
    monkeypatch: pytest.MonkeyPatch,
    backend: Vault,
    caplog: pytest.LogCaptureFixture,
) -> None:
    use(monkeypatch, backend)
    with caplog.at_level(logging.WARNING):
        KeyRing(tmp_path).keep(key)
        assert KeyRing(tmp_path).find(key.fingerprint) == key
        KeyRing(tmp_path).drop(new_key().fingerprint)
    assert backend.kept == {}
    assert files(tmp_path) == [f"{key.fingerprint}.key"]
    assert key.recovery not in caplog.text


@pytest.mark.parametrize("content", ["", "rubbish", "厅", None])
def test_a_spoilt_file_is_no_key(
    tmp_path: Path, key: BranchKey, content: str | None, caplog: pytest.LogCaptureFixture
) -> None:
    KeyRing(tmp_path).keep(key)
    file = tmp_path / "keys" / f"{key.fingerprint}.key"
    file.write_text(new_key().recovery if content is None else content, encoding="utf-8")
    assert KeyRing(tmp_path).find(key.fingerprint) is None
    KeyRing(tmp_path).keep(key)
    assert KeyRing(tmp_path).find(key.fingerprint) == key


def test_a_dropped_key_is_gone(tmp_path: Path, key: BranchKey) -> None:
    ring = KeyRing(tmp_path)
    ring.keep(key)
    ring.drop(key.fingerprint)
    ring.drop(key.fingerprint)
    assert ring.find(key.fingerprint) is None
    assert ring.where(key.fingerprint) == ""
    assert files(tmp_path) == []

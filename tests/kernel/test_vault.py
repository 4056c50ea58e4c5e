"""Files outside the database: sealed, found by digest, checked when read, gone when nobody's."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from branch.bootstrap import Branch
from branch.kernel.errors import NotFound, RuleBroken, StoreUnavailable
from branch.kernel.setting import kept_value
from branch.kernel.vault import digest_of, vault_of
from tests.keyed import Keyed, keyed, manager

LETTER = "来信：2025 年 11 月购买的产品。".encode()
DIGEST = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@pytest.fixture
def place(url: str, tmp_path: Path) -> Keyed:
    return keyed(url, tmp_path / "config")


@pytest.fixture
def branch(place: Keyed, tmp_path: Path) -> Iterator[Branch]:
    opened = place.open()
    opened.store.attachments = tmp_path / "attachments"
    yield opened
    opened.close()


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_a_file_comes_back_as_it_was(branch: Branch) -> None:
    vault = vault_of(branch.store)
    digest = vault.put(LETTER)
    assert digest == digest_of(LETTER)
    assert vault_of(branch.store).get(digest) == LETTER
    assert digest_of(b"") == DIGEST


def test_nothing_of_it_can_be_read_in_the_folder(branch: Branch, tmp_path: Path) -> None:
    digest = vault_of(branch.store).put(LETTER)
    (path,) = files(tmp_path / "attachments")
    assert path.name == digest
    assert LETTER not in path.read_bytes()
    assert "来信".encode() not in path.read_bytes()
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
        assert stat.S_IMODE((tmp_path / "attachments").stat().st_mode) == 0o700
    kept = kept_value(branch.store, "vault_keys")
    assert kept is not None
    assert branch.store.sealer.key.fingerprint in kept  # sealed, not in the clear


def test_the_same_bytes_are_kept_once(branch: Branch, tmp_path: Path) -> None:
    vault = vault_of(branch.store)
    assert vault.put(LETTER) == vault.put(LETTER)
    assert len(files(tmp_path / "attachments")) == 1


def test_two_stations_make_one_key(branch: Branch, place: Keyed, tmp_path: Path) -> None:
    digest = vault_of(branch.store).put(LETTER)
    other = place.open()
    try:
        other.store.attachments = tmp_path / "attachments"
        assert vault_of(other.store).get(digest) == LETTER
    finally:
        other.close()


@pytest.mark.parametrize("at", [0, 9, 20, 40, -1])
def test_a_changed_file_is_not_given_out(branch: Branch, tmp_path: Path, at: int) -> None:
    vault = vault_of(branch.store)
    digest = vault.put(LETTER)
    (path,) = files(tmp_path / "attachments")
    spoilt = bytearray(path.read_bytes())
    spoilt[at] ^= 1
    path.write_bytes(bytes(spoilt))
    with pytest.raises(RuleBroken, match="file_damaged"):
        vault.get(digest)
    vault.put(LETTER)  # added once more, it is whole again
    assert vault.get(digest) == LETTER


def test_another_files_bytes_under_its_name_are_noticed(branch: Branch, tmp_path: Path) -> None:
    vault = vault_of(branch.store)
    first, second = vault.put(LETTER), vault.put(b"another")
    folder = tmp_path / "attachments"
    (folder / first[:2] / first).write_bytes((folder / second[:2] / second).read_bytes())
    with pytest.raises(RuleBroken, match="file_damaged"):
        vault.get(first)


def test_what_is_not_here_is_said_so(branch: Branch, tmp_path: Path) -> None:
    vault = vault_of(branch.store)
    for digest in (DIGEST, "../../branch.db", ""):
        with pytest.raises(NotFound, match="file_not_here"):
            vault.get(digest)


def test_a_folder_that_takes_nothing_leaves_nothing(branch: Branch, tmp_path: Path) -> None:
    (tmp_path / "attachments").write_text("in the way")
    with pytest.raises(StoreUnavailable):
        vault_of(branch.store).put(LETTER)


def test_without_a_folder_nothing_is_kept(branch: Branch) -> None:
    branch.store.attachments = None
    with pytest.raises(StoreUnavailable, match="store_no_folder"):
        vault_of(branch.store)


def test_a_full_disk_leaves_nothing(
    branch: Branch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault = vault_of(branch.store)

    def full(_file: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StoreUnavailable, match="store_full"):
        vault.put(LETTER)
    assert files(tmp_path / "attachments") == []


def test_a_sweep_takes_what_belongs_to_nobody(branch: Branch, tmp_path: Path) -> None:
    vault = vault_of(branch.store)
    wanted, unwanted, fresh = vault.put(LETTER), vault.put(b"unwanted"), vault.put(b"just put")
    folder = tmp_path / "attachments"
    for digest in (wanted, unwanted):
        os.utime(folder / digest[:2] / digest, (1000, 1000))
    assert vault.sweep({wanted}, before=2000) == 1
    assert {path.name for path in files(folder)} == {wanted, fresh}
    os.utime(folder / fresh[:2] / fresh, (1000, 1000))
    vault.put(b"just put")  # wanted again: it counts as new
    assert vault.sweep({wanted}, before=2000) == 0


def test_files_outlive_a_new_branch_key(place: Keyed, branch: Branch, tmp_path: Path) -> None:
    before = vault_of(branch.store).put(LETTER)
    branch.rotate_key(manager(branch))
    branch.store.attachments = tmp_path / "attachments"
    after = vault_of(branch.store).put(b"after")
    assert vault_of(branch.store).get(before) == LETTER
    assert vault_of(branch.store).get(after) == b"after"
    marks = {path.read_bytes()[8:16] for path in files(tmp_path / "attachments")}
    assert len(marks) == 2  # what is new is under a key the old one never opened
    again = place.open()
    try:
        again.store.attachments = tmp_path / "attachments"
        assert vault_of(again.store).get(before) == LETTER
    finally:
        again.close()

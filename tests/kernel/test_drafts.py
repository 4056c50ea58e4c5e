"""What somebody is still typing: kept sealed, found after a kill and after a new key."""

from __future__ import annotations

import os
import random
import signal
import stat
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from branch.bootstrap import Branch
from branch.kernel.drafts import KEEP_DAYS, DraftName, Drafts, drafts_of
from branch.kernel.errors import BadInput, StoreUnavailable
from tests.conftest import OPENING
from tests.keyed import Keyed, keyed, manager

REPLY = DraftName("reply", "117.round:2", 5)
WORDS = {"decision": "向客户致歉，㛃字照写。", "no_interest": True, "rows": [{"no": "1"}]}
DAY_MS = 86_400_000
DEATHS = 30


@pytest.fixture
def place(url: str, tmp_path: Path) -> Keyed:
    return keyed(url, tmp_path / "config")


@pytest.fixture
def branch(place: Keyed, tmp_path: Path) -> Iterator[Branch]:
    opened = place.open()
    opened.store.attachments = tmp_path / "home" / "attachments"
    yield opened
    opened.close()


@pytest.fixture
def drafts(branch: Branch) -> Drafts:
    return drafts_of(branch.store)


def files(tmp_path: Path) -> list[Path]:
    return sorted((tmp_path / "home" / "drafts").glob("*"))


def test_it_comes_back_as_it_was_typed(branch: Branch, drafts: Drafts) -> None:
    assert drafts.find(REPLY) is None
    drafts.keep(REPLY, WORDS, OPENING)
    found = drafts_of(branch.store).find(REPLY)
    assert found is not None
    assert (found.name, found.at, dict(found.fields)) == (REPLY, OPENING, WORDS)
    assert "致歉" not in repr(found)
    drafts.keep(REPLY, {"decision": "改过"}, OPENING + 1)
    found = drafts.find(REPLY)
    assert found is not None
    assert found.fields == {"decision": "改过"}
    drafts.drop(REPLY)
    assert drafts.find(REPLY) is None
    drafts.drop(REPLY)


def test_nobody_reads_it_in_the_folder(drafts: Drafts, tmp_path: Path) -> None:
    drafts.keep(REPLY, WORDS, OPENING)
    (path,) = files(tmp_path)
    assert path.name == "reply~117.round+2~5.draft"
    kept = path.read_bytes()
    for word in ("致歉", "decision", "rows"):
        assert word.encode() not in kept
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_everybody_finds_his_own(drafts: Drafts) -> None:
    assert drafts.found(5) == ()
    mine = DraftName("intake", "new", 5)
    drafts.keep(REPLY, {"n": 1}, OPENING)
    drafts.keep(mine, {"n": 2}, OPENING + 9)
    drafts.keep(DraftName("reply", "117.round:2", 6), {"n": 3}, OPENING)
    assert [(one.name, one.fields["n"]) for one in drafts.found(5)] == [(mine, 2), (REPLY, 1)]


@pytest.mark.parametrize("at", [0, 9, 20, 40, -1])
def test_a_spoilt_one_is_as_good_as_none(drafts: Drafts, tmp_path: Path, at: int) -> None:
    drafts.keep(REPLY, WORDS, OPENING)
    (path,) = files(tmp_path)
    spoilt = bytearray(path.read_bytes())
    spoilt[at] ^= 1
    path.write_bytes(bytes(spoilt))
    assert drafts.find(REPLY) is None
    assert drafts.found(5) == ()


def test_another_ones_words_under_its_name_are_noticed(drafts: Drafts, tmp_path: Path) -> None:
    drafts.keep(REPLY, WORDS, OPENING)
    (path,) = files(tmp_path)
    path.rename(path.with_name("reply~118.round+2~5.draft"))
    assert drafts.find(DraftName("reply", "118.round:2", 5)) is None


@pytest.mark.parametrize(
    "name",
    [
        DraftName("../reply", "1", 5),
        DraftName("reply", "../1", 5),
        DraftName("", "1", 5),
        DraftName("reply", "陈小梅", 5),
        DraftName("reply", "1" * 61, 5),
    ],
)
def test_a_name_stays_in_its_folder(drafts: Drafts, name: DraftName) -> None:
    with pytest.raises(BadInput, match="draft_name"):
        drafts.keep(name, WORDS, OPENING)


def test_it_outlives_a_new_branch_key(
    branch: Branch, drafts: Drafts, place: Keyed, tmp_path: Path
) -> None:
    drafts.keep(REPLY, WORDS, OPENING)
    branch.rotate_key(manager(branch))
    branch.store.attachments = tmp_path / "home" / "attachments"
    found = drafts_of(branch.store).find(REPLY)
    assert found is not None
    assert dict(found.fields) == WORDS
    drafts_of(branch.store).keep(REPLY, {"after": True}, OPENING)
    again = place.open()
    try:
        again.store.attachments = tmp_path / "home" / "attachments"
        found = drafts_of(again.store).find(REPLY)
        assert found is not None
        assert found.fields == {"after": True}
    finally:
        again.close()


def test_old_ones_and_those_of_what_is_gone_go(drafts: Drafts, tmp_path: Path) -> None:
    names = [DraftName("reply", str(number), 5) for number in range(3)]
    for name in names:
        drafts.keep(name, WORDS, OPENING)
    assert drafts.sweep(OPENING + KEEP_DAYS * DAY_MS, lambda name: name == names[1]) == 1
    assert {one.name for one in drafts.found(5)} == {names[0], names[2]}
    assert drafts.sweep(OPENING + KEEP_DAYS * DAY_MS + 1, lambda _name: False) == 2
    assert files(tmp_path) == []


def test_a_spoilt_one_goes_by_its_age(drafts: Drafts, tmp_path: Path) -> None:
    drafts.keep(REPLY, WORDS, OPENING)
    (path,) = files(tmp_path)
    path.write_bytes(b"spoilt")
    os.utime(path, (OPENING / 1000, OPENING / 1000))
    assert drafts.sweep(OPENING + DAY_MS, lambda _name: False) == 0
    assert drafts.sweep(OPENING + (KEEP_DAYS + 1) * DAY_MS, lambda _name: False) == 1


def test_what_a_kill_left_half_written_goes(drafts: Drafts, tmp_path: Path) -> None:
    drafts.keep(REPLY, WORDS, OPENING)
    (path,) = files(tmp_path)
    half = path.with_name(f"{path.name}.1.abcd.new")
    half.write_bytes(b"half")
    os.utime(half, (OPENING / 1000, OPENING / 1000))
    drafts.sweep(OPENING, lambda _name: False)
    assert half.exists()
    drafts.sweep(OPENING + DAY_MS, lambda _name: False)
    assert files(tmp_path) == [path]


def test_a_full_disk_leaves_what_was_kept_before(
    drafts: Drafts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drafts.keep(REPLY, {"n": 1}, OPENING)

    def full(_file: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(StoreUnavailable, match="store_full"):
            drafts.keep(REPLY, {"n": 2}, OPENING)
    found = drafts.find(REPLY)
    assert found is not None
    assert found.fields == {"n": 1}
    assert len(files(tmp_path)) == 1


def test_without_a_folder_nothing_is_kept(branch: Branch) -> None:
    branch.store.attachments = None
    with pytest.raises(StoreUnavailable, match="store_no_folder"):
        drafts_of(branch.store)


@pytest.mark.skipif(os.name != "posix", reason="needs SIGKILL, which only POSIX has")
def test_a_kill_at_any_moment_loses_at_most_what_was_not_kept_yet(
    drafts: Drafts, tmp_path: Path
) -> None:
    chance = random.Random(20261122)
    for death in range(DEATHS):
        told, tells = os.pipe()
        typist = os.fork()
        if typist == 0:
            _type_for_ever(drafts, death, tells)
        os.close(tells)
        assert os.read(told, 1) == b"."
        time.sleep(chance.uniform(0, 0.02))
        os.kill(typist, signal.SIGKILL)
        assert os.waitpid(typist, 0)[1] == signal.SIGKILL
        kept = 1
        while said := os.read(told, 65_536):
            kept += len(said)
        os.close(told)
        found = drafts.find(REPLY)
        assert found is not None
        # The last one that came back as kept, or the next, whole.
        assert found.fields["death"] == death
        assert found.fields["n"] in (kept, kept + 1)
        assert len(str(found.fields["text"])) == found.fields["n"] * 10
        assert len([path for path in files(tmp_path) if path.suffix == ".draft"]) == 1


def _type_for_ever(drafts: Drafts, death: int, tells: int) -> None:
    try:
        number = 0
        while True:
            number += 1
            drafts.keep(REPLY, {"death": death, "n": number, "text": "字" * number * 10}, OPENING)
            os.write(tells, b".")
    finally:
        os._exit(1)

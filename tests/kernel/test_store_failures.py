"""Disk full, folder read-only, server gone: named, nothing lost, and work goes on afterwards."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from branch.bootstrap import Branch, open_branch
from branch.kernel import journal
from branch.kernel.clock import SetClock
from branch.kernel.errors import StoreError, StoreUnavailable
from branch.kernel.runner import Actor
from branch.lobby.commands.arrivals import Issue
from branch.lobby.queries.waiting import waiting
from branch.people.queries import account_id
from tests.conftest import OPENING

NOBODY = 65_534
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="needs root to set the stage")


def kiosk(branch: Branch) -> Actor:
    found = account_id(branch.store, "KIOSK")
    assert found is not None
    return Actor(found, "kiosk-1")


def numbers(branch: Branch) -> list[str]:
    return [ticket.number for ticket in waiting(branch.store)]


def fill(branch: Branch, at: Actor) -> tuple[list[str], str]:
    """Issue tickets until the store refuses; the acknowledged numbers and the error's code."""
    given = []
    for _ in range(5_000):
        try:
            given.append(branch.run(Issue("P01"), at).value.number)
        except StoreError as error:
            return given, error.code
    pytest.fail("the disk was never full")


def test_a_full_disk_loses_nothing(sqlite_url: str, clock: SetClock) -> None:
    branch = open_branch(sqlite_url, clock)
    at = kiosk(branch)
    pages = branch.store.database.execute_sql("PRAGMA page_count").fetchone()[0]
    branch.store.database.execute_sql(f"PRAGMA max_page_count = {pages + 2}")
    given, code = fill(branch, at)
    assert code == "store_full"
    assert numbers(branch) == given
    with pytest.raises(StoreUnavailable):
        branch.run(Issue("P01"), at)
    branch.store.database.execute_sql(f"PRAGMA max_page_count = {pages + 1_000}")
    given.append(branch.run(Issue("P01"), at).value.number)
    assert numbers(branch) == given == [f"A{n:03d}" for n in range(1, len(given) + 1)]
    assert isinstance(journal.verify(branch.store), int)
    branch.close()


@pytest.fixture
def tiny_disk() -> Iterator[Path]:
    """A file system of one megabyte."""
    folder = Path(tempfile.mkdtemp(prefix="tingtang-tiny-"))
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)],
        check=False,
        capture_output=True,
    )
    if mounted.returncode:
        folder.rmdir()
        pytest.skip("this machine lets nobody mount")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)
    folder.rmdir()


@as_root
def test_a_disk_that_is_really_full_loses_nothing(
    tiny_disk: Path, sample_file: Path, clock: SetClock
) -> None:
    shutil.copy(sample_file, tiny_disk / "branch.db")
    branch = open_branch(f"sqlite:///{tiny_disk / 'branch.db'}", clock)
    at = kiosk(branch)
    ballast = tiny_disk / "ballast"
    ballast.write_bytes(b"x" * 300_000)
    given, code = fill(branch, at)
    assert code == "store_full"
    assert numbers(branch) == given
    ballast.unlink()
    given.append(branch.run(Issue("P01"), at).value.number)
    assert numbers(branch) == given
    assert isinstance(journal.verify(branch.store), int)
    branch.close()


@as_root
def test_a_disk_too_full_to_begin_is_named(tiny_disk: Path) -> None:
    (tiny_disk / "ballast").write_bytes(b"x" * 2_048_000)
    with pytest.raises(StoreUnavailable) as failed:
        open_branch(f"sqlite:///{tiny_disk / 'branch.db'}", SetClock(OPENING))
    assert failed.value.code == "store_full"


def _as_nobody(open_and_write: Callable[[str], None], url: str, answer: str) -> None:
    os.setgroups([])
    os.setgid(NOBODY)
    os.setuid(NOBODY)
    try:
        open_and_write(url)
    except StoreError as error:
        Path(answer).write_text(error.code)
    else:
        Path(answer).write_text("nothing was refused")


def refused_to_nobody(open_and_write: Callable[[str], None], url: str) -> str:
    """What another user of the machine is told."""
    with tempfile.NamedTemporaryFile("r") as answer:
        Path(answer.name).chmod(0o666)
        process = multiprocessing.get_context("fork").Process(
            target=_as_nobody, args=(open_and_write, url, answer.name)
        )
        process.start()
        process.join(20)
        assert process.exitcode == 0
        return Path(answer.name).read_text()


def _issue(url: str) -> None:
    branch = open_branch(url, SetClock(OPENING))
    branch.run(Issue("P01"), kiosk(branch))


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user of the machine can look into."""
    with tempfile.TemporaryDirectory(prefix="tingtang-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@as_root
@pytest.mark.parametrize("place", ["branch.db", "new/branch.db"])
def test_a_read_only_folder_is_named(open_folder: Path, place: str) -> None:
    code = refused_to_nobody(_issue, f"sqlite:///{open_folder / place}")
    assert code in {"store_read_only", "store_no_folder"}
    assert list(open_folder.iterdir()) == []


@as_root
def test_a_read_only_file_is_named_and_stays_as_it_is(open_folder: Path, sample_file: Path) -> None:
    path = open_folder / "branch.db"
    shutil.copy(sample_file, path)
    path.chmod(0o644)
    before = path.read_bytes()
    code = refused_to_nobody(_issue, f"sqlite:///{path}")
    assert code in {"store_read_only", "store_no_folder"}
    assert path.read_bytes() == before

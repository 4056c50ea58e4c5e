"""Branches with a key for tests: founded from the sample, with personal detail planted."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from branch.bootstrap import Branch, open_branch
from branch.kernel.clock import SetClock
from branch.kernel.key_ring import KeyRing
from branch.kernel.runner import Actor
from branch.lobby.commands.arrivals import Issue
from branch.people.queries import account_id
from tests.conftest import OPENING

# Texts whose every half stands nowhere in the catalogue or the program.
PLANTED = tuple(f"planted-{n:02d}-甲乙丙丁-1380013{n:04d}" for n in range(50))


@dataclass
class Keyed:
    """A branch with a key: ``open()`` as often as wanted, the ring of this machine."""

    url: str
    config: Path
    clock: SetClock

    @property
    def path(self) -> Path:
        return Path(self.url.removeprefix("sqlite:///"))

    @property
    def ring(self) -> KeyRing:
        """The keys as a new process finds them."""
        return KeyRing(self.config)

    def open(self) -> Branch:
        return open_branch(self.url, self.clock, self.ring)


def keyed(url: str, config: Path, encrypted: bool = True) -> Keyed:
    """The sample branch at ``url`` with a key of its own, in ``config``."""
    found = Keyed(url, config, SetClock(OPENING))
    branch = found.open()
    if encrypted and not branch.store.on_server and branch.store.file_key is None:
        branch.set_encryption(True, manager(branch))
    branch.close()
    return found


def manager(branch: Branch) -> Actor:
    """The branch manager at the desk."""
    return actor(branch, "100101", "admin")


def actor(branch: Branch, staff_no: str, station: str) -> Actor:
    staff = account_id(branch.store, staff_no)
    assert staff is not None, staff_no
    return Actor(staff, station)


def plant(branch: Branch) -> None:
    """Put every planted text into a column in the clear, and every one sealed into another."""
    with branch.store.transaction():
        branch.store.database.execute_sql("CREATE TABLE planted (clear TEXT)")
        for text in PLANTED:
            branch.store.touch("INSERT INTO planted VALUES (?)", (text,))


def issue(branch: Branch, count: int = 3) -> list[str]:
    """Some tickets, by their numbers."""
    kiosk = actor(branch, "KIOSK", "kiosk-1")
    return [branch.run(Issue("P01"), kiosk).value.number for _ in range(count)]


def seen_in(folder: Path) -> list[str]:
    """Files of a folder in which planted texts, or as much as their halves, stand in the clear."""
    needles = {
        half.encode(code)
        for half in ("planted-", "甲乙丙丁", "-1380013")
        for code in ("utf-8", "utf-16-le", "utf-16-be", "gb18030")
    }
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return [
        path.name
        for path in files
        if any(needle in content for content in [path.read_bytes()] for needle in needles)
    ]


def copy_sample(sample_file: Path, folder: Path) -> str:
    """A plain copy of the sample branch; its URL."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(sample_file, folder / "branch.db")
    return f"sqlite:///{folder / 'branch.db'}"


def deaths(
    place: Keyed, count: int, change: Callable[[Branch, random.Random], None]
) -> Iterator[int]:
    """Kill ``count`` processes that do nothing but change, each at a random moment of its work.

    Moments are drawn from the time that two and a half changes take here. Afterwards some of
    them have been at work, or AssertionError is raised.
    """
    branch = place.open()
    began = time.monotonic()
    change(branch, random.Random(0))
    lasts = time.monotonic() - began
    branch.close()
    chance = random.Random(20261122)
    told, tells = os.pipe()
    done = 0
    for death in range(count):
        worker = os.fork()
        if worker == 0:
            _change_for_ever(place, change, death, tells)
        assert os.read(told, 1) == b"o", "it opened the store"
        time.sleep(chance.uniform(0, 2.5 * lasts))
        os.kill(worker, signal.SIGKILL)
        assert os.waitpid(worker, 0)[1] == signal.SIGKILL, f"it broke down before death {death}"
        os.set_blocking(told, False)
        with suppress(BlockingIOError):
            done += len(os.read(told, 65_536))
        os.set_blocking(told, True)
        yield death
    os.close(told)
    os.close(tells)
    assert done >= count // 10, "they were at work when they were killed"


def _change_for_ever(
    place: Keyed, change: Callable[[Branch, random.Random], None], seed: int, tells: int
) -> None:
    try:
        branch = place.open()
        chance = random.Random(seed)
        os.write(tells, b"o")
        while True:
            change(branch, chance)
            os.write(tells, b".")
    finally:
        sys.stderr.flush()
        os._exit(1)

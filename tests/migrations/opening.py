"""What several processes do when they start on one store at once; imports the branch only."""

from __future__ import annotations

from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any

from branch.bootstrap import open_branch
from branch.kernel import migrations
from branch.kernel.clock import SetClock
from branch.kernel.store import open_store


def migrate_at_once(url: str, steps: str, barrier: Barrier, answers: Any) -> None:
    """Connect when everybody is ready, migrate, and answer the steps done here or the error."""
    migrations._STEPS = Path(steps)
    barrier.wait(30)
    try:
        store = open_store(url)
        done = migrations.migrate(store, "1000")
        store.close()
    except Exception as error:  # noqa: BLE001 - whatever went wrong, the test has to see it
        answers.put(f"{type(error).__name__}: {error}")
        return
    answers.put(done)


def open_at_once(url: str, barrier: Barrier, answers: Any) -> None:
    """Open the branch when everybody is ready, and answer whether it went well."""
    barrier.wait(30)
    try:
        branch = open_branch(url, SetClock(1_000))
        founded = branch.founded
        branch.close()
    except Exception as error:  # noqa: BLE001 - whatever went wrong, the test has to see it
        answers.put(f"{type(error).__name__}: {error}")
        return
    answers.put(founded)

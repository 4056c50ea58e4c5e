"""The one thread that holds the store: carries out commands and queries, follows other stations.

The GUI thread hands jobs over and gets answers back as queued signals; it never waits on the
database. Between jobs the thread looks whether another window or process has committed and
tells which topics changed, so that every open screen can ask anew.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import isValid

from branch.bootstrap import Branch, open_branch
from branch.kernel.clock import Clock
from branch.kernel.errors import StoreError, TingtangError
from branch.kernel.following import Follower
from branch.kernel.runner import Actor, Outcome

T = TypeVar("T")

_LOOK_EVERY_S = 0.1
_RETRY_EVERY_S = 2.0
_log = logging.getLogger(__name__)


@dataclass
class _Job:
    owner: QObject
    work: Callable[[Branch], Any]
    then: Callable[[Any], None] | None
    failed: Callable[[TingtangError], None] | None


class Worker(QObject):
    """Runs jobs on the branch in their order, on a thread of its own."""

    opened = Signal(bool)
    changed = Signal(object)
    store_failed = Signal(object, int)
    store_back = Signal()
    defect = Signal(object)
    _answered = Signal(object)

    def __init__(self, url: str, clock: Clock | None = None) -> None:
        super().__init__()
        self._url = url
        self._clock = clock
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._hurry = threading.Event()
        self._thread = threading.Thread(target=self._work, name="store", daemon=True)
        self._answered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def start(self) -> None:
        """Open the store on the thread; ``opened`` tells whether it has a branch yet."""
        self._thread.start()

    def stop(self) -> None:
        """Finish the jobs in hand, close the store and end the thread."""
        self._hurry.set()
        self._jobs.put(None)
        self._thread.join()

    def retry_now(self) -> None:
        """Try to reach a lost store at once instead of at the next turn."""
        self._hurry.set()

    def ask(
        self,
        owner: QObject,
        query: Callable[[Branch], T],
        then: Callable[[T], None],
        failed: Callable[[TingtangError], None] | None = None,
    ) -> None:
        """Read: ``then`` gets the answer on the GUI thread, unless ``owner`` is gone by then.

        Without ``failed``, an unreachable store is only told by ``store_failed``.
        """
        self._jobs.put(_Job(owner, query, then, failed))

    def run(
        self,
        owner: QObject,
        command: object,
        actor: Actor,
        then: Callable[[Outcome[Any]], None] | None = None,
        failed: Callable[[TingtangError], None] | None = None,
    ) -> None:
        """Carry a command out; answers come on the GUI thread."""
        self._jobs.put(_Job(owner, lambda branch: branch.run(command, actor), then, failed))

    # -- the worker's thread ------------------------------------------------------------------

    def _work(self) -> None:
        branch = self._reach(0)
        if branch is None:
            return
        follower = Follower(branch.store)
        self.opened.emit(branch.founded)
        failures = 0
        while True:
            try:
                job = self._jobs.get(timeout=_LOOK_EVERY_S)
            except queue.Empty:
                job = None
            else:
                if job is None:
                    branch.close()
                    return
            try:
                if failures:
                    branch.store.revive()
                if job is not None:
                    self._carry_out(branch, job)
                topics = follower.look()
                if failures:
                    failures = 0
                    self.store_back.emit()
                if topics:
                    self.changed.emit(topics)
            except StoreError as error:
                failures += 1
                self.store_failed.emit(error, failures)
                self._nap()

    def _reach(self, failures: int) -> Branch | None:
        while True:
            try:
                branch = open_branch(self._url, self._clock)
            except TingtangError as error:
                failures += 1
                self.store_failed.emit(error, failures)
                if not self._wait_for_retry():
                    return None
                continue
            if failures:
                self.store_back.emit()
            return branch

    def _wait_for_retry(self) -> bool:
        """Nap before the next try; False when the program is ending."""
        self._nap()
        kept: list[_Job] = []
        ending = False
        while not self._jobs.empty():
            job = self._jobs.get()
            if job is None:
                ending = True
            else:
                kept.append(job)
        for job in kept:
            self._jobs.put(job)
        return not ending

    def _nap(self) -> None:
        self._hurry.wait(_RETRY_EVERY_S)
        self._hurry.clear()

    def _carry_out(self, branch: Branch, job: _Job) -> None:
        began = time.perf_counter()
        try:
            value = job.work(branch)
        except TingtangError as error:
            self._answered.emit((job.owner, job.failed, error))
            if isinstance(error, StoreError):
                raise
            return
        except Exception as defect:  # noqa: BLE001  told and logged, and the thread goes on
            self.defect.emit(defect)
            return
        finally:
            _log.debug("job took %.2f ms", (time.perf_counter() - began) * 1000)
        self._answered.emit((job.owner, job.then, value))

    # -- the GUI thread -----------------------------------------------------------------------

    def _deliver(self, answer: tuple[QObject, Callable[[Any], None] | None, Any]) -> None:
        owner, callback, value = answer
        if callback is not None and isValid(owner):
            callback(value)

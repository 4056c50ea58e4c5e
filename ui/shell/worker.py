"""The one thread that holds the store: carries out commands and queries, follows other stations.

The GUI thread hands jobs over and gets answers back as queued signals; it never waits on the
database. Between jobs the thread looks whether another window or process has committed and
tells which topics changed, so that every open screen can ask anew. It looks at a store file ten
times a second, which costs next to nothing; a server sends a notice of every commit, and a slow
look behind it heals one that was lost.

What is asked is held on to by the GUI thread until the store thread is done with it and says so.
Were the store thread the last to hold a job, it would free the window behind it, and Qt falls over
a window that is freed elsewhere than on its own thread.

A store whose key is not on this machine is not tried again and again: it waits for the recovery
key, or until somebody asks for another try.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import isValid

from branch.bootstrap import Branch, open_branch
from branch.kernel.clock import Clock
from branch.kernel.errors import StoreError, StoreLocked, TingtangError
from branch.kernel.following import Follower
from branch.kernel.key_ring import KeyRing
from branch.kernel.notices import Notices, listen
from branch.kernel.opening import enter_recovery_key
from branch.kernel.runner import Actor, Outcome
from ui.shell.notices import Ear

T = TypeVar("T")

_LOOK_EVERY_S = 0.1
_SLOW_LOOK_EVERY_S = 2.0
_RETRY_EVERY_S = 2.0
_log = logging.getLogger(__name__)


@dataclass
class _Job:
    owner: QObject
    work: Callable[[Branch], Any]
    then: Callable[[Any], None] | None
    failed: Callable[[TingtangError], None] | None


@dataclass
class _Recovery:
    """A recovery key somebody has typed."""

    owner: QObject
    text: str
    then: Callable[[], None]
    failed: Callable[[TingtangError], None]


class _Sign(Enum):
    """What may stand in the line of jobs besides a job."""

    LOOK = auto()
    END = auto()


class Worker(QObject):
    """Runs jobs on the branch in their order, on a thread of its own."""

    opened = Signal(bool)
    changed = Signal(object)
    store_failed = Signal(object, int)
    store_back = Signal()
    defect = Signal(object)
    _answered = Signal(object)
    _let_go = Signal(int)
    _listening = Signal(object)

    def __init__(
        self,
        url: str,
        clock: Clock | None = None,
        ring: KeyRing | None = None,
        attachments: Path | None = None,
    ) -> None:
        super().__init__()
        self._url = url
        self._clock = clock
        self._ring = ring
        self._attachments = attachments
        self._was_open = False
        self._jobs: queue.SimpleQueue[_Job | _Recovery | _Sign] = queue.SimpleQueue()
        self._held: deque[_Job | _Recovery] = deque()  # in the order of the jobs
        self._done = 0  # jobs taken and not told by _let_go yet
        self._notices: Notices | None = None
        self._ear = Ear(self)
        self._ear.heard.connect(self.look_now)
        self._hurry = threading.Event()
        self._thread = threading.Thread(target=self._work, name="store", daemon=True)
        self._answered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._let_go.connect(self._release, Qt.ConnectionType.QueuedConnection)
        self._listening.connect(self._ear.listen_to, Qt.ConnectionType.QueuedConnection)

    def start(self) -> None:
        """Open the store on the thread; ``opened`` tells whether it has a branch yet."""
        self._thread.start()

    def stop(self) -> None:
        """Finish the jobs in hand, close the store and end the thread."""
        self._hurry.set()
        self._jobs.put(_Sign.END)
        self._thread.join()
        self._ear.stop()
        if self._notices is not None:
            self._notices.close()

    def look_now(self) -> None:
        """Look at once whether anything has changed."""
        self._jobs.put(_Sign.LOOK)

    def retry_now(self) -> None:
        """Try to reach a lost or locked store at once instead of at the next turn."""
        self._hurry.set()
        self.look_now()

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
        self._give(_Job(owner, query, then, failed))

    def run(
        self,
        owner: QObject,
        command: object,
        actor: Actor,
        then: Callable[[Outcome[Any]], None] | None = None,
        failed: Callable[[TingtangError], None] | None = None,
    ) -> None:
        """Carry a command out; answers come on the GUI thread."""
        self._give(_Job(owner, lambda branch: branch.run(command, actor), then, failed))

    def enter_recovery_key(
        self,
        owner: QObject,
        text: str,
        then: Callable[[], None],
        failed: Callable[[TingtangError], None],
    ) -> None:
        """Keep the key of a locked store; ``then`` comes when it fits, and the store is opened.

        ``failed`` gets BadInput (field ``recovery``) for a mistyped key or another branch's,
        StoreUnavailable where the key cannot be kept.
        """
        self._give(_Recovery(owner, text, then, failed))

    def _give(self, job: _Job | _Recovery) -> None:
        self._held.append(job)
        self._jobs.put(job)

    # -- the worker's thread ------------------------------------------------------------------

    def _work(self) -> None:
        while (branch := self._reach()) is not None:
            try:
                ended = self._serve(branch)
            finally:
                branch.close()
            self._let_jobs_go()
            if ended:
                return

    def _serve(self, branch: Branch) -> bool:
        """Do the jobs in hand; True at the end, False when the store wants another key."""
        follower = Follower(branch.store)
        failures = 0
        self.look_now()
        while True:
            # Outside of everything that still has the last job in its variables.
            self._let_jobs_go()
            try:
                if failures:
                    branch.store.revive()
                topics = self._turn(branch, follower)
                if topics is None:
                    return True
                if failures:
                    failures = 0
                    self.store_back.emit()
                if topics:
                    if "key" in topics:
                        branch.follow_key()
                    self.changed.emit(topics)
            except StoreLocked as error:
                return self._refuse_waiting(error)
            except StoreError as error:
                failures += 1
                if self._notices is not None:
                    # It may hang on a dead line and never say so.
                    self._notices.lost = True
                if self._refuse_waiting(error):
                    return True
                self.store_failed.emit(error, failures)
                self._nap()
                self.look_now()

    def _turn(self, branch: Branch, follower: Follower) -> frozenset[str] | None:
        """Do the next job, or look; the topics that have changed, or None at the end."""
        try:
            job = self._take(_SLOW_LOOK_EVERY_S if branch.store.on_server else _LOOK_EVERY_S)
        except queue.Empty:
            self._listen(branch)
            return follower.glance()
        if job is _Sign.END:
            return None
        if isinstance(job, _Job):
            self._carry_out(branch, job)
        elif isinstance(job, _Recovery):
            # Typed twice; the first one has opened the store.
            self._answered.emit((job.owner, lambda _none: job.then(), None))
        else:
            # Before the look, so that nothing is missed between the two.
            self._listen(branch)
        return follower.look()

    def _take(self, patience: float | None = None) -> _Job | _Recovery | _Sign:
        """The next job, counted among those to be let go. Raises queue.Empty when none comes."""
        job = self._jobs.get(timeout=patience)
        self._done += not isinstance(job, _Sign)
        return job

    def _let_jobs_go(self) -> None:
        if self._done:
            self._let_go.emit(self._done)
            self._done = 0

    def _listen(self, branch: Branch) -> None:
        """See to it that a server's notices are heard; the slow look serves while they are not."""
        if not branch.store.on_server or (self._notices is not None and not self._notices.lost):
            return
        try:
            self._notices = listen(branch.store)
        except StoreError as error:
            _log.info("no notices are heard: %s", error)
            return
        self._listening.emit(self._notices)

    def _refuse_waiting(self, error: StoreError) -> bool:
        """Answer everybody in line, who would wait in vain; True when the program is ending."""
        ending = False
        while not self._jobs.empty():
            job = self._take()
            if isinstance(job, _Job | _Recovery):
                self._answered.emit((job.owner, job.failed, error))
            ending = ending or job is _Sign.END
        return ending

    def _reach(self) -> Branch | None:
        """Open the store, however long it takes; None when the program ends before."""
        failures = 0
        while True:
            try:
                branch, founded = self._open()
            except StoreLocked as error:
                failures += 1
                self.store_failed.emit(error, failures)
                if self._wait_for_key(error):
                    return None
                continue
            except TingtangError as error:
                failures += 1
                self.store_failed.emit(error, failures)
                self._nap()
                if self._is_ending():
                    return None
                continue
            if failures:
                self.store_back.emit()
            if not self._was_open:
                self._was_open = True
                self.opened.emit(founded)
            return branch

    def _wait_for_key(self, locked: StoreLocked) -> bool:
        """Wait for the recovery key or for another try; True when the program is ending."""
        while (ending := self._try_key(locked)) is None:
            self._let_jobs_go()
        return ending

    def _try_key(self, locked: StoreLocked) -> bool | None:
        """Take one job while the store is locked; None when it is as locked as before."""
        job = self._take()
        if isinstance(job, _Job):
            self._answered.emit((job.owner, job.failed, locked))
            return None
        if not isinstance(job, _Recovery):
            return job is _Sign.END
        try:
            if self._ring is None:
                raise locked
            enter_recovery_key(self._ring, job.text, str(locked.values["wanted"]))
        except TingtangError as error:
            self._answered.emit((job.owner, job.failed, error))
            return None
        self._answered.emit((job.owner, lambda _none: job.then(), None))
        return False

    def _open(self) -> tuple[Branch, bool]:
        branch = open_branch(self._url, self._clock, self._ring, self._attachments)
        try:
            return branch, branch.founded
        except StoreError:
            branch.close()
            raise

    def _is_ending(self) -> bool:
        kept: list[_Job | _Recovery | _Sign] = []
        while not self._jobs.empty():
            kept.append(self._jobs.get())
        for job in kept:
            self._jobs.put(job)
        return _Sign.END in kept

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

    def _release(self, count: int) -> None:
        for _ in range(count):
            self._held.popleft()

    def _deliver(self, answer: tuple[QObject, Callable[[Any], None] | None, Any]) -> None:
        owner, callback, value = answer
        if callback is not None and isValid(owner):
            callback(value)

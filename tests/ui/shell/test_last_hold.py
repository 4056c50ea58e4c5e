"""A window that lost its last holder while a thread worked for it is freed on the GUI thread.

Freed elsewhere, Qt stops its timers from the wrong thread, warns, and falls over soon after.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from branch.kernel.errors import StoreUnavailable, TingtangError
from ui.shell.beside import Beside
from ui.shell.worker import Worker


class Window(QObject):
    """Belongs to nobody in Qt, ticks, and lies in no cycle: its last reference frees it."""

    def __init__(self, freed: list[int]) -> None:
        super().__init__()
        self.freed = freed
        self.answers: list[str] = []
        self._timer = QTimer(self)
        self._timer.start(60_000)

    def take(self, answer: object) -> None:
        self.answers.append(str(answer))

    def __del__(self) -> None:
        self.freed.append(threading.get_ident())


class Gate:
    """Stands in the way of a thread's work until it is opened."""

    def __init__(self, answer: object) -> None:
        self.entered, self.open = threading.Event(), threading.Event()
        self._answer = answer

    def pass_through(self) -> object:
        self.entered.set()
        assert self.open.wait(5)
        if isinstance(self._answer, TingtangError):
            raise type(self._answer)(self._answer.code)
        return self._answer


@pytest.mark.parametrize(
    "answer", [1, TingtangError("no_printer"), StoreUnavailable("store_unreachable")], ids=repr
)
def test_the_store_thread_is_never_the_last_to_hold_a_window(
    worker: Worker, qtbot: QtBot, answer: object
) -> None:
    freed: list[int] = []
    window, gate = Window(freed), Gate(answer)

    def work(_branch: object, window: Window = window) -> object:
        assert window.freed == []
        return gate.pass_through()

    worker.ask(window, work, window.take, window.take)
    assert gate.entered.wait(5)
    del window, work
    gate.open.set()
    qtbot.waitUntil(lambda: bool(freed))
    assert freed == [threading.get_ident()]


def test_nor_at_the_end_of_the_program(worker: Worker, qtbot: QtBot) -> None:
    freed: list[int] = []
    window, gate = Window(freed), Gate(1)
    worker.ask(window, lambda _branch: gate.pass_through(), window.take)
    worker.ask(window, lambda _branch: 2, window.take)
    assert gate.entered.wait(5)
    del window
    gate.open.set()
    worker.stop()
    qtbot.waitUntil(lambda: bool(freed))
    assert freed == [threading.get_ident()]


@pytest.fixture
def restless() -> Iterator[None]:
    """Threads take turns as often as can be, so that either may come last."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(usual)


@pytest.mark.parametrize("answer", [1, TingtangError("no_printer")], ids=repr)
def test_nor_is_a_thread_that_makes_a_paper(restless: None, qtbot: QtBot, answer: object) -> None:
    freed: list[int] = []
    for _ in range(50):
        window, gate = Window(freed), Gate(answer)
        beside = Beside(window)

        def work(window: Window = window, gate: Gate = gate) -> object:
            assert window.answers == []
            return gate.pass_through()

        beside.run(work, window.take, window.take)
        assert gate.entered.wait(5)
        del window, work, beside
        before = len(freed)
        gate.open.set()
        qtbot.waitUntil(lambda before=before: len(freed) > before)
    assert set(freed) == {threading.get_ident()}

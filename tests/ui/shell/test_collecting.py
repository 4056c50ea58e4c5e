"""Forgotten windows are freed on the GUI thread and on no other."""

from __future__ import annotations

import gc
import threading

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from ui.shell.collecting import Collector


class Forgotten(QObject):
    """A QObject in a cycle with its own handler, as every dialog is."""

    freed: list[int]

    def __init__(self, freed: list[int]) -> None:
        super().__init__()
        self.freed = freed
        self.handler = lambda: self

    def __del__(self) -> None:
        self.freed.append(threading.get_ident())


class Litter:
    """What makes Python look for cycles."""

    def __init__(self) -> None:
        self.me = self


def litter() -> None:
    for _ in range(60_000):
        Litter()


def test_a_busy_thread_frees_no_window(collector: Collector, qtbot: QtBot) -> None:
    freed: list[int] = []
    Forgotten(freed)
    busy = threading.Thread(target=litter)
    busy.start()
    busy.join()
    assert freed == []
    qtbot.waitUntil(lambda: bool(freed), timeout=5000)
    assert freed == [threading.get_ident()]


def test_python_itself_never_looks(collector: Collector) -> None:
    assert not gc.isenabled()


def test_an_old_cycle_is_found_too(collector: Collector) -> None:
    freed: list[int] = []
    old = Forgotten(freed)
    gc.collect()
    del old
    for _ in range(400):
        litter_some = [Litter() for _ in range(800)]
        del litter_some
        collector.look()
    assert freed == [threading.get_ident()]


def test_nothing_is_done_while_nothing_is_due(collector: Collector) -> None:
    gc.collect()
    before = gc.get_stats()
    collector.look()
    assert gc.get_stats() == before

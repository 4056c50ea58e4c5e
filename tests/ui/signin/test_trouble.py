"""The page for a start that failed: a clear sentence, try again, leave; on real broken stores."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from branch.kernel.clock import SetClock
from branch.kernel.errors import StoreNewer
from tests.ui.signin.conftest import press, show
from ui.shell.language import language
from ui.shell.station import sentence
from ui.shell.worker import Worker
from ui.signin.trouble import TroubleWindow


def page(qtbot: QtBot, words: str) -> TroubleWindow:
    window = TroubleWindow(words)
    qtbot.addWidget(window)
    show(qtbot, window)
    return window


def test_it_says_what_is_wrong_and_tries_again(qtbot: QtBot) -> None:
    window = page(qtbot, sentence(StoreNewer("store_newer", found=7, known=1)))
    assert window.sentence() == "数据由更新的程序写成（版本 7，本程序认识到 1），请升级本程序"
    assert "版本 7" in window.accessibleName()
    with qtbot.waitSignal(window.retry_wanted):
        press(window.retry)
    with qtbot.waitSignal(window.retry_wanted):
        QTest.keyClick(window, Qt.Key.Key_Return)
    language().choose("en")
    qtbot.waitUntil(lambda: window.retry.text() == "Retry now")


def test_leaving(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    left: list[bool] = []
    monkeypatch.setattr(QApplication, "quit", lambda *_a: left.append(True))
    window = page(qtbot, "…")
    window.quit.setFocus()
    QTest.keyClick(window.quit, Qt.Key.Key_Return)
    assert left == [True]


def test_a_file_that_is_no_database_and_then_is(
    qtbot: QtBot, tmp_path: Path, sqlite_url: str, clock: SetClock
) -> None:
    good = Path(sqlite_url.removeprefix("sqlite:///")).read_bytes()
    path = tmp_path / "broken.db"
    path.write_bytes(b"this is no database at all " * 400)
    worker = Worker(f"sqlite:///{path}", clock)
    with qtbot.waitSignal(worker.store_failed, timeout=5000) as failed:
        worker.start()
    window = page(qtbot, sentence(failed.args[0]))
    assert window.sentence().startswith("数据文件已损坏或不是厅堂的数据")
    path.write_bytes(good)
    window.retry_wanted.connect(worker.retry_now)
    with qtbot.waitSignal(worker.opened, timeout=5000) as opened:
        press(window.retry)
    assert opened.args == [True]
    worker.stop()


def test_a_newer_database_names_both_versions(
    qtbot: QtBot, sqlite_url: str, clock: SetClock
) -> None:
    path = sqlite_url.removeprefix("sqlite:///")
    with sqlite3.connect(path) as store:
        table = store.execute(
            "SELECT name FROM sqlite_master WHERE name LIKE '%migration%'"
        ).fetchone()[0]
        columns = [row[1] for row in store.execute(f"PRAGMA table_info({table})")]
        name = next(column for column in columns if "name" in column)
        row = dict(zip(columns, store.execute(f"SELECT * FROM {table}").fetchone(), strict=True))
        row.pop("id", None)
        row[name] = "0099_later"
        places = ", ".join("?" * len(row))
        names = ", ".join(row)
        store.execute(f"INSERT INTO {table} ({names}) VALUES ({places})", list(row.values()))
    store.close()
    worker = Worker(sqlite_url, clock)
    with qtbot.waitSignal(worker.store_failed, timeout=5000) as failed:
        worker.start()
    window = page(qtbot, sentence(failed.args[0]))
    assert "版本 99" in window.sentence()
    worker.stop()

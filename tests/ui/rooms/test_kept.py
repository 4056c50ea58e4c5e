"""What is typed in a session outlives the program: kept while typing, found after a kill."""

from __future__ import annotations

import random
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from branch.kernel.drafts import DraftName, drafts_of
from tests.complaints.desk import OFFICER, Desk
from tests.ui.rooms.conftest import ROOM, Open, Talk
from tests.ui.rooms.hands import click, type_in
from ui.rooms.keeping import KEEP_MS

_ROOT = Path(__file__).parents[3]
_MOST_LOST_S = 2.0
_BEGINS_WITHIN_S = 60.0


def kept_text(talk: Talk) -> str:
    """What the sealed file of the officer's typing says."""
    name = DraftName("session", str(talk.id), talk.desk.staff(OFFICER))
    found = drafts_of(talk.desk.store).find(name)
    return str(found.fields["statement"]) if found is not None else ""


def test_typing_is_kept_and_told(qtbot: QtBot, open_rooms: Open, talk: Talk) -> None:
    window = open_rooms()
    type_in(window.page.work.statement.edit, "没人跟我讲")
    assert window.page.work.statement.mark.text() == ""
    qtbot.waitUntil(lambda: kept_text(talk) == "没人跟我讲", timeout=KEEP_MS + 4000)
    qtbot.waitUntil(lambda: window.page.work.statement.mark.text() == "09:00 自动保存")
    assert talk.view().statement == ""
    window._save()
    qtbot.waitUntil(lambda: talk.view().statement == "没人跟我讲")
    qtbot.waitUntil(lambda: kept_text(talk) == "")


def test_what_was_found_may_be_left_out(qtbot: QtBot, open_rooms: Open, talk: Talk) -> None:
    first = open_rooms()
    type_in(first.page.work.statement.edit, "没人跟我讲")
    qtbot.waitUntil(lambda: kept_text(talk) != "", timeout=KEEP_MS + 4000)
    window = open_rooms()
    qtbot.waitUntil(lambda: window.page.work.statement.text() == "没人跟我讲")
    assert window.notice.sentence.text() == "已找回上次没有保存的原话，请接着写"
    click(window.notice.button)
    assert window.page.work.statement.text() == ""
    assert not window.notice.isVisible()
    qtbot.waitUntil(lambda: kept_text(talk) == "")


@pytest.mark.parametrize("seed", [1, 2])
def test_a_kill_costs_two_seconds_of_typing(
    seed: int, desk: Desk, talk: Talk, tmp_path: Path, sqlite_url: str
) -> None:
    arguments = (sqlite_url, str(tmp_path), str(desk.clock.now_ms()), str(ROOM))
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.ui.rooms.typing_process", *arguments],
        cwd=_ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    typed: list[tuple[float, int]] = []

    def hear() -> None:
        assert process.stdout is not None
        for line in process.stdout:
            typed.append((time.monotonic(), int(line)))

    listener = threading.Thread(target=hear, daemon=True)
    listener.start()
    try:
        deadline = time.monotonic() + _BEGINS_WITHIN_S
        while not typed and time.monotonic() < deadline:
            listener.join(0.05)
        assert typed, "the window never began to type"
        listener.join(random.Random(seed).uniform(2.5, 6.0))
    finally:
        process.kill()
        process.wait()
    killed = time.monotonic()
    listener.join(5)
    assert process.stdout is not None
    process.stdout.close()
    due = max((count for at, count in typed if at <= killed - _MOST_LOST_S), default=0)
    found = kept_text(talk)
    assert due > 0
    assert len(found) >= due, f"{len(found)} kept, {due} typed two seconds before"
    assert found == "".join(str(at % 10) for at in range(len(found)))

"""What the GUI thread feels of a letter that is made anew beside it while somebody types.

Run with ``make bench``. The bound (never blocked over 16 ms) is read by a person: a timed
assertion would fail on a busy machine.
"""

from __future__ import annotations

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from branch.bootstrap import open_branch
from branch.kernel.clock import SetClock
from branch.papers.commands import DraftPaper
from branch.papers.head import Draft
from reports.forms.papers.paper import paper_pdf
from tests.benchmarks.gui_thread import Heart, live
from tests.complaints.desk import ADVISER, Desk
from ui.shell.application import favour_the_gui_thread, spare_the_collector
from ui.widgets.paper_preview import PaperPreview

_TYPED_MS, _SECONDS = 120, 8


def test_the_gui_thread_while_somebody_types(
    qapp: QApplication,
    qtbot: QtBot,
    sqlite_url: str,
    clock: SetClock,
    capsys: pytest.CaptureFixture[str],
) -> None:
    branch = open_branch(sqlite_url, clock)
    desk = Desk(branch, clock)
    case = desk.decided()
    draft: Draft = desk.run(DraftPaper("TS-06", f"complaint:{case}", "round:1"), ADVISER)
    branch.close()
    favour_the_gui_thread()
    preview = PaperPreview()
    qtbot.addWidget(preview)
    preview.resize(640, 800)
    preview.show()
    # Fonts are read once a process.
    paper_pdf(draft.head, draft.fields)
    spare_the_collector()
    shown: list[int] = []
    preview.shown.connect(lambda: shown.append(preview.pages()))
    letters = 0

    def type_on() -> None:
        nonlocal letters
        letters += 1
        fields = {**draft.fields, "verified": "经调阅录音录像和凭证，" + "查" * letters}
        preview.show_soon(lambda: paper_pdf(draft.head, fields)[0])

    typing = QTimer(preview)
    typing.timeout.connect(type_on)
    typing.start(_TYPED_MS)
    heart = Heart()
    live(_SECONDS)
    typing.stop()
    late = sorted(heart.late)
    heart.deleteLater()
    with capsys.disabled():
        print(
            f"\n{letters} letters typed, {len(shown)} previews: the GUI thread was away for "
            f"{late[-1]:.1f} ms at most, 99 of 100 times for {late[len(late) * 99 // 100]:.1f} ms"
        )
    assert len(shown) > 5

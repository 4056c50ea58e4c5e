"""Files of a case on a screen: added by dialog and by drop, refused in words, opened, removed."""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDropEvent
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from branch.bootstrap import Branch
from branch.complaints.commands.files import AddFile
from branch.complaints.commands.registration import Register
from branch.complaints.queries.detail import CaseDetail, case_detail
from branch.kernel.journal import entries
from branch.people.queries import staff_members
from tests.complaints import papers
from tests.complaints.desk import AUDITOR, LOBBY_MANAGER, OFFICER, WHAT, WHO
from tests.ui.complaints.intake import LEFT, Run
from ui.shell.language import language
from ui.shell.station import Station
from ui.shell.theme import reduce_motion
from ui.widgets.dialog import ConfirmDialog
from ui.widgets.intake.file_dialog import FileDialog, size_text
from ui.widgets.intake.files_panel import FilesPanel

Stations = Callable[[str, str], Station]


@pytest.fixture(autouse=True)
def still() -> Iterator[None]:
    reduce_motion(True)
    yield
    reduce_motion(False)


class Papers:
    """A panel for one case, which brings its files anew as a case view does."""

    def __init__(
        self, qtbot: QtBot, station: Station, other: Branch, run: Run, may_add: bool = True
    ) -> None:
        self.qtbot, self.station, self.other, self.run = qtbot, station, other, run
        command = Register("on_site", station.now_ms(), WHO, WHAT)
        self.complaint: int = run(LOBBY_MANAGER, "lobby", command).id
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.window.resize(640, 400)
        self.panel = FilesPanel(station, may_add)
        self.panel.setParent(self.window)
        self.panel.resize(600, 120)
        self.panel.changed.connect(self.show)
        self.show()
        self.window.show()
        self.panel.show()

    def detail(self) -> CaseDetail:
        member = next(m for m in staff_members(self.other.store) if m.staff_no == OFFICER)
        today = self.station.now().date()
        found = case_detail(self.other.store, self.complaint, member.id, member.roles, today)
        assert found is not None
        return found

    def show(self) -> None:
        self.panel.show_files(self.complaint, self.detail().files)

    def until(self, count: int) -> None:
        self.qtbot.waitUntil(lambda: len(self.panel.buttons) == count, timeout=5000)

    def add(self, name: str, data: bytes, by: str = OFFICER) -> int:
        file: int = self.run(by, "complaints", AddFile(self.complaint, name, data))
        self.show()
        return file

    def open(self, file: int) -> FileDialog:
        self.panel.buttons[file].click()
        dialog = self.panel.dialog()
        assert dialog is not None
        return dialog


@pytest.fixture
def case(qtbot: QtBot, station_for: Stations, other: Branch, run: Run) -> Papers:
    return Papers(qtbot, station_for("complaints", OFFICER), other, run)


@pytest.fixture
def shown_files(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """What other programs were asked to show."""
    seen: list[Path] = []

    def show(url: QUrl) -> bool:
        seen.append(Path(url.toLocalFile()))
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", show)
    return seen


def put(folder: Path, **files: bytes) -> list[Path]:
    paths = []
    for name, data in files.items():
        path = folder / name.replace("_", ".")
        path.write_bytes(data)
        paths.append(path)
    return paths


def drop(panel: FilesPanel, paths: list[Path]) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    event = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, mime, LEFT, Qt.KeyboardModifier.NoModifier
    )
    panel.dropEvent(event)


def test_an_empty_case_says_what_it_takes(case: Papers) -> None:
    assert case.panel.add_button.isVisible()
    assert case.panel.add_button.text() == "添加"
    assert case.panel.hint.text() == (
        "可以把文件拖到这里：PDF、图片、录音、录像、Word、Excel、文本，每个不超过 20 MB。"
    )


def test_files_are_added_by_dialog(case: Papers, tmp_path: Path) -> None:
    (paper,) = put(tmp_path, 协议书_pdf=papers.PDF)
    case.qtbot.mouseClick(case.panel.add_button, LEFT)
    dialog = case.panel.findChild(QFileDialog)
    assert dialog is not None
    dialog.filesSelected.emit([str(paper)])
    dialog.reject()
    case.until(1)
    (line,) = case.detail().files
    assert (line.name, line.kind, line.adder) == ("协议书.pdf", "pdf", "冯涛")
    assert case.panel.buttons[line.id].accessibleName() == "协议书.pdf，PDF 文件"
    assert not case.panel.hint.isVisible()


def test_several_are_dropped_and_the_wrong_one_is_named(case: Papers, tmp_path: Path) -> None:
    paths = put(
        tmp_path, 照片_jpg=papers.JPEG, 合同_pdf=papers.PROGRAM, 录音_mp3=papers.MP3, 空_txt=b""
    )
    drop(case.panel, [*paths, tmp_path])
    case.until(2)
    case.qtbot.waitUntil(case.panel.add_button.isEnabled, timeout=5000)
    assert [line.kind for line in case.detail().files] == ["jpeg", "mp3"]
    said = case.panel.error.sentence.text().split("\n")
    assert said[0].startswith("合同.pdf：只收 PDF、JPEG、PNG、MP3、MP4、Word")
    assert said[1] == "空.txt：文件是空的"


def test_a_film_is_refused_before_it_is_read(
    case: Papers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "录像.mp4"
    with path.open("wb") as file:
        file.write(papers.MP4)
        file.truncate(21 * 1024 * 1024)
    monkeypatch.setattr(Path, "read_bytes", lambda _self: pytest.fail("it was read"))
    case.panel.add([path])
    case.qtbot.waitUntil(case.panel.error.isVisible, timeout=5000)
    assert case.panel.error.sentence.text() == "录像.mp4：一个文件最大 20 MB"


def test_a_file_that_went_meanwhile_is_told(case: Papers, tmp_path: Path) -> None:
    case.panel.add([tmp_path / "不在.pdf"])
    case.qtbot.waitUntil(case.panel.error.isVisible, timeout=5000)
    assert case.panel.error.sentence.text() == "不在.pdf：文件读不出来，请检查后再试"


def test_its_panel_tells_all_about_a_file(case: Papers) -> None:
    file = case.add("陈小梅的来信.txt", papers.TXT)
    dialog = case.open(file)
    line = case.detail().files[0]
    texts = [label.text() for label in dialog.panel.findChildren(type(case.panel.hint))]
    assert "陈小梅的来信.txt" in texts
    assert "文本，1 KB" in texts
    assert "冯涛，11月20日 星期五 09:00" in texts
    assert any("".join(text.split()) == line.digest for text in texts)


def test_opening_shows_a_copy_that_goes_again(case: Papers, shown_files: list[Path]) -> None:
    file = case.add("照片.exe", papers.JPEG)
    dialog = case.open(file)
    case.qtbot.mouseClick(dialog.open_button, LEFT)
    case.qtbot.waitUntil(lambda: len(shown_files) == 1, timeout=5000)
    (copy,) = shown_files
    assert copy.name == "照片.jpg"  # under what it is, not under what it says
    assert copy.read_bytes() == papers.JPEG
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert stat.S_IMODE(copy.parent.stat().st_mode) == 0o700
    assert [entry.what for entry in entries(case.other.store)][-1] == "complaint.file_opened"
    case.panel.copies.clear()
    assert not copy.parent.exists()


def test_copies_go_with_the_case_with_time_and_with_the_panel(
    case: Papers, shown_files: list[Path], qtbot: QtBot
) -> None:
    file = case.add("照片.jpg", papers.JPEG)

    def look(count: int) -> Path:
        dialog = case.open(file)
        case.qtbot.mouseClick(dialog.open_button, LEFT)
        case.qtbot.waitUntil(lambda: len(shown_files) == count, timeout=5000)
        assert shown_files[-1].exists()
        return shown_files[-1]

    first = look(1)
    case.panel.show_files(case.complaint + 1, ())
    assert not first.exists()
    case.show()
    second = look(2)
    case.panel.copies._pause.timeout.emit()
    assert not second.exists()
    third = look(3)
    case.panel.deleteLater()
    qtbot.waitUntil(lambda: not third.exists(), timeout=5000)


def test_without_a_program_for_it_that_is_said(
    case: Papers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: False)
    dialog = case.open(case.add("照片.jpg", papers.JPEG))
    case.qtbot.mouseClick(dialog.open_button, LEFT)
    case.qtbot.waitUntil(dialog.error.isVisible, timeout=5000)
    assert dialog.error.sentence.text() == "这台电脑没有能打开它的程序"


def test_a_damaged_file_is_told(case: Papers, tmp_path: Path) -> None:
    file = case.add("照片.jpg", papers.JPEG)
    (kept,) = [path for path in (tmp_path / "attachments").rglob("*") if path.is_file()]
    kept.write_bytes(b"spoilt")
    dialog = case.open(file)
    case.qtbot.mouseClick(dialog.open_button, LEFT)
    case.qtbot.waitUntil(dialog.error.isVisible, timeout=5000)
    assert "与登记的摘要不符" in dialog.error.sentence.text()


def test_removing_asks_first_and_keeps_the_record(case: Papers) -> None:
    file = case.add("放错的.png", papers.PNG)
    dialog = case.open(file)
    case.qtbot.mouseClick(dialog.remove_button, LEFT)
    ask = dialog.findChild(ConfirmDialog)
    assert "谁在什么时候添加和移除的，仍留在记录里" in ask.accessibleDescription()
    case.qtbot.mouseClick(ask.confirm_button, LEFT)
    case.until(0)
    assert case.detail().files == ()
    assert [m.what for m in case.detail().moments][-1] == "file_removed"


def test_an_auditor_looks_only(
    qtbot: QtBot, station_for: Stations, other: Branch, run: Run, shown_files: list[Path]
) -> None:
    case = Papers(qtbot, station_for("complaints", AUDITOR), other, run)
    file = case.add("照片.jpg", papers.JPEG)
    assert not case.panel.add_button.isVisible()
    assert not case.panel.acceptDrops()
    dialog = case.open(file)
    assert not dialog.remove_button.isVisible()
    qtbot.mouseClick(dialog.open_button, LEFT)
    qtbot.waitUntil(lambda: len(shown_files) == 1, timeout=5000)


def test_words_follow_the_language(case: Papers) -> None:
    language().choose("en")
    case.qtbot.waitUntil(lambda: case.panel.add_button.text() == "Add")
    assert case.panel.hint.text().startswith("Drop files here: PDF, pictures")


@pytest.mark.parametrize(
    ("size", "said"), [(1, "1 KB"), (2_048, "2 KB"), (3 * 1024 * 1024, "3.0 MB")]
)
def test_sizes_as_people_read_them(size: int, said: str) -> None:
    assert size_text(size) == said


def test_a_long_row_goes_to_the_next_line(case: Papers) -> None:
    for at in range(8):
        case.add(f"购买协议书第{at}页.txt", f"{at}".encode())
    case.panel.resize(400, 300)
    case.qtbot.waitUntil(
        lambda: len({button.y() for button in case.panel.buttons.values()}) > 2, timeout=5000
    )
    buttons: list[Any] = [*case.panel.buttons.values(), case.panel.add_button]
    assert all(button.geometry().right() <= 400 for button in buttons)

"""Owns the files of a complaint on a screen: shown, added by dialog or drop, opened, removed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from branch.bootstrap import Branch
from branch.complaints.commands.files import (
    AddFile,
    FileContent,
    OpenFile,
    RemoveFile,
    sweep_files,
)
from branch.complaints.files import MOST_MB, SUFFIXES, require_size
from branch.complaints.queries.detail import FileLine
from branch.kernel.errors import BadInput, TingtangError
from branch.kernel.runner import Actor
from branch.people.rules import permits
from ui.shell.station import Station, sentence
from ui.widgets.button import COMPACT, LinkButton, PlainButton
from ui.widgets.dialog import ConfirmDialog
from ui.widgets.field import ErrorLine
from ui.widgets.flow import Flow
from ui.widgets.intake.file_dialog import FileDialog, kind_text
from ui.widgets.intake.opened_copies import OpenedCopies
from ui.widgets.label import CAPTION, Label
from ui.widgets.stage import VBox

_MOST_LETTERS = 14


class FilesPanel(QWidget):
    """The files of one case as buttons, and 添加. ``changed`` tells that one was added or
    removed; whoever shows the case then brings its files anew."""

    changed = Signal()

    def __init__(self, station: Station, may_add: bool = True) -> None:
        super().__init__()
        self._station = station
        self._may_add = may_add and permits("AddFile", station.person.roles)
        self._may_change = self._may_add
        self._complaint: int | None = None
        self._files: tuple[FileLine, ...] = ()
        self._coming: list[Path] = []
        self._refused_files: list[str] = []
        self._dialog: FileDialog | None = None
        self.copies = OpenedCopies(self)
        self.buttons: dict[int, PlainButton] = {}
        self._row = QWidget()
        self._flow = Flow(parent=self._row)
        self.add_button = LinkButton("", size=COMPACT, icon="plus")
        self.add_button.setAutoDefault(False)
        self.hint, self.error = Label("", CAPTION, wrap=True), ErrorLine()
        column = VBox(spacing=4, parent=self)
        column.addWidget(self._row)
        column.addWidget(self.hint)
        column.addWidget(self.error)
        self.add_button.clicked.connect(self._choose)
        self.setAcceptDrops(self._may_add)
        self.retranslate()

    def show_files(self, complaint: int, files: Sequence[FileLine], open_case: bool = True) -> None:
        """Show the files of a case; ``open_case`` says whether it may still change."""
        if complaint != self._complaint:
            self.copies.clear()
            self.error.show_error("")
        self._complaint, self._files = complaint, tuple(files)
        self._may_change = self._may_add and open_case
        self.setAcceptDrops(self._may_change)
        self._show()

    def _show(self) -> None:
        self._flow.removeWidget(self.add_button)
        for button in self.buttons.values():
            self._flow.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = {}
        for file in self._files:
            button = PlainButton(_shortened(file.name), size=COMPACT, icon="document")
            button.setAutoDefault(False)
            button.setToolTip(file.name)
            button.setAccessibleName(self.tr("，").join((file.name, kind_text(file.kind))))
            button.clicked.connect(partial(self._open_dialog, file))
            self.buttons[file.id] = button
            self._flow.addWidget(button)
        self._flow.addWidget(self.add_button)
        self.add_button.setVisible(self._may_change)
        self.hint.setVisible(self._may_change and not self._files)
        self._row.updateGeometry()

    # -- adding ---------------------------------------------------------------------------------

    def _choose(self) -> None:
        dialog = QFileDialog(self, self.tr("添加材料"))
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        known = " ".join(f"*{suffix}" for suffix in (*SUFFIXES.values(), ".jpeg"))
        dialog.setNameFilters([f"{self.tr('材料')} ({known})", f"{self.tr('全部文件')} (*)"])
        dialog.filesSelected.connect(lambda names: self.add([Path(name) for name in names]))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def add(self, paths: Sequence[Path]) -> None:
        """Add these files, one after the other; what is refused is said with its name."""
        waiting = bool(self._coming)
        self._coming.extend(paths)
        if not waiting:
            self._refused_files = []
            self.error.show_error("")
            self._add_next()

    def _add_next(self) -> None:
        if not self._coming or self._complaint is None:
            self.add_button.setEnabled(True)
            return
        self.add_button.setEnabled(False)
        path = self._coming[0]
        work = partial(_added, path=path, complaint=self._complaint, actor=self._station.actor)
        self._station.do(self, work, self._added, partial(self._not_added, path.name))

    def _added(self, _file: int) -> None:
        self._coming.pop(0)
        self.changed.emit()
        self._add_next()

    def _not_added(self, name: str, error: TingtangError) -> None:
        self._coming.pop(0)
        said = self.tr("{file}：{why}").format(file=_shortened(name), why=sentence(error))
        self._refused_files.append(said)
        self.error.show_error("\n".join(self._refused_files))
        self._add_next()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files of this machine may be dropped here."""
        if _paths(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Add what was dropped."""
        event.acceptProposedAction()
        self.add(_paths(event))

    # -- one file -------------------------------------------------------------------------------

    def _open_dialog(self, file: FileLine) -> None:
        dialog = FileDialog(self.window(), self._station, file, may_remove=self._may_change)
        dialog.open_wanted.connect(partial(self._open, dialog))
        dialog.remove_wanted.connect(partial(self._ask_remove, dialog))
        dialog.finished.connect(self._forget_dialog)
        self._dialog = dialog
        dialog.open()

    def _forget_dialog(self) -> None:
        self._dialog = None

    def dialog(self) -> FileDialog | None:
        """The panel of a file, while one is open."""
        return self._dialog

    def _open(self, dialog: FileDialog) -> None:
        dialog.open_button.setEnabled(False)
        self._station.run(
            dialog,
            OpenFile(dialog.file.id),
            partial(self._opened, dialog),
            partial(self._not_done, dialog),
        )

    def _opened(self, dialog: FileDialog, content: FileContent) -> None:
        dialog.open_button.setEnabled(True)
        try:
            shown = self.copies.open(content)
        except TingtangError as error:
            dialog.refuse(sentence(error))
            return
        if shown:
            dialog.accept()
        else:
            dialog.refuse(self.tr("这台电脑没有能打开它的程序"))

    def _ask_remove(self, dialog: FileDialog) -> None:
        ask = ConfirmDialog(
            dialog,
            title=self.tr("移除这份材料"),
            text=self.tr("内容会删除，不能恢复；谁在什么时候添加和移除的，仍留在记录里。"),
            confirm=self.tr("移除"),
            cancel=self.tr("返回"),
            width=480,
        )
        ask.accepted.connect(partial(self._remove, dialog))
        ask.open()

    def _remove(self, dialog: FileDialog) -> None:
        work = partial(_removed, file=dialog.file.id, actor=self._station.actor)

        def done(_none: Any) -> None:
            dialog.accept()
            self.changed.emit()

        self._station.do(dialog, work, done, partial(self._not_done, dialog))

    def _not_done(self, dialog: FileDialog, error: TingtangError) -> None:
        dialog.open_button.setEnabled(True)
        dialog.refuse(sentence(error))

    # -- words ----------------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Take all words anew."""
        self.add_button.setText(self.tr("添加"))
        self.add_button.setAccessibleName(self.tr("添加材料"))
        kinds = self.tr("PDF、图片、录音、录像、Word、Excel、文本")
        text = self.tr("可以把文件拖到这里：{kinds}，每个不超过 {most} MB。")
        self.hint.setText(text.format(kinds=kinds, most=MOST_MB))
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


def _added(branch: Branch, path: Path, complaint: int, actor: Actor) -> int:
    """Read and add a file, away from the GUI thread."""
    try:
        # Before it is read: somebody may have dropped a film.
        require_size(path.stat().st_size)
        data = path.read_bytes()
    except OSError as error:
        raise BadInput("file_not_read", field="file") from error
    file: int = branch.run(AddFile(complaint, path.name, data), actor).value
    return file


def _removed(branch: Branch, file: int, actor: Actor) -> None:
    branch.run(RemoveFile(file), actor)
    sweep_files(branch.store, branch.clock.now_ms())


def _paths(event: QDropEvent) -> list[Path]:
    urls = event.mimeData().urls()
    found = [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
    return [path for path in found if path.is_file()]


def _shortened(name: str) -> str:
    """A name that fits a button: its beginning and its suffix."""
    if len(name) <= _MOST_LETTERS + 6:
        return name
    return f"{name[:_MOST_LETTERS]}…{Path(name).suffix[:6]}"

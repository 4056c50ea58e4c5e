"""Owns the panel of one file of a complaint: what it is, its digest, opening and removing it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QWidget

from branch.complaints.queries.detail import FileLine
from ui.models.dates import day_text
from ui.shell.station import Station
from ui.widgets.button import LARGE, DangerButton, PlainButton, PrimaryButton
from ui.widgets.dialog import PanelDialog
from ui.widgets.field import ErrorLine
from ui.widgets.label import BODY, CAPTION, PAGE_TITLE, Label
from ui.widgets.stage import Grid

translate = QCoreApplication.translate

_GROUP = 8


def kind_text(kind: str) -> str:
    """What a file is: PDF 文件, 照片或图片."""
    return {
        "pdf": translate("FileDialog", "PDF 文件"),
        "jpeg": translate("FileDialog", "JPEG 图片"),
        "png": translate("FileDialog", "PNG 图片"),
        "mp3": translate("FileDialog", "MP3 录音"),
        "mp4": translate("FileDialog", "MP4 录像"),
        "docx": translate("FileDialog", "Word 文档"),
        "xlsx": translate("FileDialog", "Excel 表格"),
        "txt": translate("FileDialog", "文本"),
    }.get(kind, kind)


def size_text(size: int) -> str:
    """A size in bytes as people read it: 12 KB, 3.4 MB."""
    if size < 1024 * 1024:
        return f"{max(1, round(size / 1024))} KB"
    return f"{size / 1024 / 1024:.1f} MB"


class FileDialog(PanelDialog):
    """``open_wanted`` and ``remove_wanted`` tell what was pressed; it does neither itself."""

    open_wanted = Signal()
    remove_wanted = Signal()

    def __init__(
        self, parent: QWidget, station: Station, file: FileLine, *, may_remove: bool
    ) -> None:
        super().__init__(parent, translate("FileDialog", "材料"), width=560)
        self.file = file
        self.body.addWidget(Label(file.name, PAGE_TITLE, wrap=True))
        self.body.add_gap(14)
        grid = Grid(spacing=8)
        grid.setColumnStretch(1, 1)
        added = station.local(file.added_at)
        moment = f"{day_text(added)} {added:%H:%M}"
        groups = [file.digest[at : at + _GROUP] for at in range(0, len(file.digest), _GROUP)]
        half = len(groups) // 2
        digest = "\n".join((" ".join(groups[:half]), " ".join(groups[half:])))
        for at, (name, value) in enumerate(
            (
                (self.tr("类型"), self.tr("，").join((kind_text(file.kind), size_text(file.size)))),
                (self.tr("由谁添加"), self.tr("，").join((file.adder, moment))),
                (self.tr("摘要"), digest),
            )
        ):
            words = Label(value, BODY, wrap=True)
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(Label(name, CAPTION), at, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(words, at, 1)
        self.body.addLayout(grid)
        self.body.add_gap(10)
        hint = self.tr("摘要为 SHA-256，打开时核对，内容改动过就打不开。打开会记入流水。")
        self.body.addWidget(Label(hint, CAPTION, wrap=True))
        self.error = ErrorLine()
        self.body.addWidget(self.error)
        self.remove_button = DangerButton(self.tr("移除"), size=LARGE)
        self.remove_button.setVisible(may_remove)
        self.close_button = PlainButton(self.tr("返回"), size=LARGE)
        self.open_button = PrimaryButton(self.tr("打开"), size=LARGE)
        for button in (self.remove_button, self.close_button):
            button.setAutoDefault(False)
        self.buttons.insertWidget(0, self.remove_button)
        self.buttons.addWidget(self.close_button)
        self.buttons.addWidget(self.open_button)
        self.open_button.setDefault(True)
        self.open_button.setFocus()
        self.close_button.clicked.connect(self.reject)
        self.open_button.clicked.connect(self.open_wanted)
        self.remove_button.clicked.connect(self.remove_wanted)

    def refuse(self, text: str) -> None:
        """Say why it was not done."""
        self.error.show_error(text)
        self.adjustSize()

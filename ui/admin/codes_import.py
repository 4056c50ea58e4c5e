"""Owns the question before national codes are imported: what changes, what is doubtful; must not
read the file."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from branch.complaints.code_file import CodeChange, CodePreview
from branch.complaints.commands.codes import ImportCodes
from ui.admin.changes_dialog import ChangesDialog
from ui.models.complaint_words import class_label
from ui.shell.station import Station

translate = QCoreApplication.translate


class CodesDialog(ChangesDialog):
    """``imported`` carries how many codes are in force now."""

    imported = Signal(int)

    def __init__(self, parent: QWidget, station: Station, preview: CodePreview) -> None:
        self._command = ImportCodes(preview.codes)
        added = [one for one in preview.changes if not one.before]
        changed = [one for one in preview.changes if one.before and one.after]
        removed = [one for one in preview.changes if not one.after]
        summary = translate("CodesDialog", "与现有代码一致。")
        if preview.changes:
            summary = translate(
                "CodesDialog", "新增 {added} 个，改动 {changed} 个，去掉 {removed} 个。"
            ).format(added=len(added), changed=len(changed), removed=len(removed))
        super().__init__(
            parent,
            station,
            translate("CodesDialog", "导入国标代码？"),
            summary,
            doubts=_doubts(preview),
            lines=(
                (translate("CodesDialog", "新增的"), _words(added)),
                (translate("CodesDialog", "改动的"), _words(changed)),
                (translate("CodesDialog", "去掉的"), _words(removed)),
            ),
            what=translate("CodesDialog", "会改变的代码"),
            compared=translate("CodesDialog", "已对照标准原文核对"),
            confirm=translate("CodesDialog", "导入"),
        )
        self.confirm_button.setFocus()

    def send(self) -> None:
        """Import them."""
        self.station.run(self, self._command, self._done, self.refused)

    def _done(self, count: int) -> None:
        self.imported.emit(count)
        self.accept()


def _doubts(preview: CodePreview) -> list[str]:
    found = []
    if preview.missing:
        told = translate("CodesDialog", "{n} 个分类没有国标代码，请核对是否写全")
        found.append(told.format(n=preview.missing))
    if preview.twice:
        told = translate("CodesDialog", "同一代码用于几个分类：{codes}，请核对")
        found.append(told.format(codes=translate("CodesDialog", "、").join(preview.twice)))
    return found


def _words(changes: Iterable[CodeChange]) -> list[str]:
    found = []
    for one in changes:
        name, codes = class_label(one.dimension, one.code), one.after or one.before
        if one.before and one.after:
            told = translate("CodesDialog", "{before} 改为 {after}")
            codes = told.format(before=one.before, after=one.after)
        found.append(f"{name}  {codes}")
    return found

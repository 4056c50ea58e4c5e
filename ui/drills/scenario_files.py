"""Owns scenarios as files: what an import would change, shown before it is taken; writing them out;
reads no YAML itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from branch.drills.commands.scenarios import ImportScenarios
from branch.drills.import_file import read_scenarios, scenario_yaml
from branch.drills.queries.scenarios import Kept
from branch.drills.rules.scenario import Scenario
from branch.kernel.errors import BadInput
from ui.models.drill_words import in_words
from ui.shell.station import Station, sentence
from ui.widgets.button import LARGE, PlainButton
from ui.widgets.dialog import PanelDialog
from ui.widgets.label import BODY, SECOND, Label, TextRole
from ui.widgets.save_dialog import ask_where
from ui.widgets.scrolled_dialog import ScrolledDialog

translate = QCoreApplication.translate
Said = Callable[[str], None]


class ImportDialog(ScrolledDialog):
    """What a file would change, scenario by scenario; nothing is taken before the press."""

    def __init__(
        self,
        parent: QWidget,
        station: Station,
        file: str,
        text: str,
        found: Sequence[Scenario],
        kept: Sequence[Kept],
        said: Said,
    ) -> None:
        super().__init__(parent, station, translate("ScenarioFiles", "导入情景"), file, width=680)
        there = {one.scenario.code: one.scenario for one in kept}
        self.lines: list[str] = []
        for one in found:
            before = there.get(one.code)
            if before is None:
                words = translate("ScenarioFiles", "{code} {name}：新增，{n} 步")
            elif before == one:
                words = translate("ScenarioFiles", "{code} {name}：没有变化")
            else:
                words = translate(
                    "ScenarioFiles", "{code} {name}：更新，原来 {before} 步，现在 {n} 步"
                )
            told = words.format(
                code=one.code,
                name=in_words(one.name),
                n=len(one.steps),
                before=len(before.steps) if before else 0,
            )
            self.lines.append(told)
            self.target.add_gap(8)
            self.target.addWidget(Label(told, BODY, wrap=True))
        self.offer(
            translate("ScenarioFiles", "导入"),
            translate("ScenarioFiles", "返回"),
            lambda: ImportScenarios(file, text),
            lambda codes: said(_taken(codes)),
        )


class RefusedDialog(PanelDialog):
    """Why a file cannot be taken; it stays until it was read and the file can be put right."""

    def __init__(self, parent: QWidget, why: str) -> None:
        title = translate("ScenarioFiles", "没有导入")
        super().__init__(parent, title, width=600)
        self.why = Label(why, BODY, wrap=True)
        self.why.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.body.addWidget(Label(title, TextRole(20, 700)))
        self.body.add_gap(10)
        self.body.addWidget(self.why)
        self.body.add_gap(6)
        self.body.addWidget(
            Label(translate("ScenarioFiles", "原来的情景都没有变。"), SECOND, wrap=True)
        )
        self.close_button = PlainButton(translate("ScenarioFiles", "知道了"), size=LARGE)
        self.close_button.clicked.connect(self.accept)
        self.buttons.addWidget(self.close_button)
        self.close_button.setFocus()


def _taken(codes: object) -> str:
    assert isinstance(codes, tuple)  # what the command gives
    if not codes:
        return translate("ScenarioFiles", "没有变化，什么也没改")
    return translate("ScenarioFiles", "已更新 {n} 个情景").format(n=len(codes))


def ask_import(parent: QWidget, station: Station, kept: Sequence[Kept], said: Said) -> None:
    """Ask for a YAML file and show what it would change."""
    dialog = QFileDialog(parent, translate("ScenarioFiles", "导入情景"))
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilter("YAML (*.yaml *.yml)")
    dialog.fileSelected.connect(lambda file: offer_import(parent, station, kept, said, Path(file)))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def offer_import(
    parent: QWidget, station: Station, kept: Sequence[Kept], said: Said, file: Path
) -> None:
    """Show what a file would change; a file that cannot be taken is said with its line."""
    try:
        text = _text(file)
        found = read_scenarios(file.name, text)
    except BadInput as error:
        RefusedDialog(parent, sentence(error)).open()
        return
    ImportDialog(parent, station, file.name, text, found, kept, said).open()


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput("file_unreadable", field="file", file=file.name) from error


def ask_export(parent: QWidget, kept: Sequence[Kept], said: Said) -> None:
    """Ask where all scenarios are written to."""
    title = translate("ScenarioFiles", "导出情景")
    ask_where(parent, title, "scenarios", "yaml", lambda file: export_to(Path(file), kept, said))


def export_to(file: Path, kept: Sequence[Kept], said: Said) -> None:
    """Write all scenarios into a file that can be imported again."""
    try:
        file.write_text(scenario_yaml(tuple(one.scenario for one in kept)), encoding="utf-8")
    except OSError:
        said(translate("ScenarioFiles", "写不进 {file}，请换一个位置").format(file=file.name))
        return
    said(translate("ScenarioFiles", "已存为 {file}").format(file=file.name))

"""Owns the page of the national codes of complaint classes: the table, the file to fill in, the
import; must not decide what is a code."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QFileDialog

from branch.complaints.code_file import MOST_BYTES, code_preview, csv_text, read_codes
from branch.complaints.codes import CLASSES
from branch.complaints.queries.codes import standard_codes
from branch.kernel.errors import BadInput, TingtangError
from branch.people.rules import permits
from ui.admin.codes_import import CodesDialog
from ui.admin.page import AdminPage
from ui.models.complaint_words import class_label, dimension_label
from ui.shell.station import Station, sentence
from ui.widgets.button import PlainButton
from ui.widgets.card import Card
from ui.widgets.field import ErrorLine
from ui.widgets.label import CAPTION, CARD_TITLE, SECOND, Label
from ui.widgets.lines_table import Cell, Line, LinesTable
from ui.widgets.stage import HBox, VBox
from ui.widgets.table_button import TableButton

_SIDE: Final = 320
_PAD: Final = (16, 14, 16, 14)


class CodesPage(AdminPage):
    """Our classes with the national code of each at the left, the import at the right."""

    topics = frozenset({"codes"})

    def __init__(self, station: Station) -> None:
        super().__init__(station)
        self.codes: dict[tuple[str, str], str] = {}
        self.title = Label("", CARD_TITLE)
        self.table = LinesTable(stretch=1)
        self.import_title = Label("", CARD_TITLE)
        self.note = Label("", SECOND, wrap=True)
        self.count = Label("", CAPTION, wrap=True)
        self.import_button = PlainButton("", icon="document")
        if not permits("ImportCodes", station.person.roles):
            self.import_button.hide()
        self.trouble = ErrorLine()
        self.pattern = TableButton()
        self._build()
        self.import_button.clicked.connect(self._ask_file)
        self.retranslate()

    def _build(self) -> None:
        left, right = Card(), Card()
        column = VBox(spacing=10, margins=_PAD, parent=left)
        column.addWidget(self.title)
        column.addWidget(self.table, 1)
        form = VBox(spacing=10, margins=_PAD, parent=right)
        for part in (self.import_title, self.note, self.count, self.import_button, self.trouble):
            form.addWidget(part)
        form.addWidget(self.pattern)
        right.setFixedWidth(_SIDE)
        side = VBox()
        side.addWidget(right)
        side.addStretch(1)
        whole = HBox(spacing=16, parent=self)
        whole.addWidget(left, 1)
        whole.addLayout(side)

    def ask(self) -> None:
        """Read the codes anew."""
        self._station.ask(self, standard_codes, self._take)

    def _take(self, codes: dict[tuple[str, str], str]) -> None:
        self.codes = codes
        self._show()
        self.loaded.emit()

    def _show(self) -> None:
        lines = [
            Line(
                f"{dimension}.{code}",
                (
                    Cell(dimension_label(dimension)),
                    Cell(class_label(dimension, code)),
                    Cell(self.codes.get((dimension, code), "")),
                ),
            )
            for dimension, all_of in CLASSES.items()
            for code in all_of
        ]
        heads = (self.tr("维度"), self.tr("分类"), self.tr("国标代码"))
        self.table.set_lines(heads, lines)
        told = self.tr("{all} 个分类，{n} 个有国标代码")
        self.count.setText(told.format(all=len(lines), n=len(self.codes)))
        codes = dict(self.codes)
        self.pattern.offer(self.tr("投诉分类代码"), lambda: csv_text(codes, class_label))

    # -- doing ----------------------------------------------------------------------------------

    def _ask_file(self) -> None:
        dialog = QFileDialog(self, self.tr("导入国标代码"))
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter("CSV (*.csv)")
        dialog.fileSelected.connect(lambda file: self.offer_file(Path(file)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def offer_file(self, file: Path) -> None:
        """Show what a file would change; what is wrong with it is said under the button."""
        self.trouble.show_error("")
        try:
            preview = code_preview(read_codes(file.name, _bytes(file)), self.codes)
        except BadInput as error:
            self._refuse_file(error)
            return
        dialog = CodesDialog(self, self._station, preview)
        dialog.imported.connect(self._imported)
        dialog.open()

    def _refuse_file(self, error: TingtangError) -> None:
        self.forgive()
        self.mark(self.trouble, lambda: sentence(error))

    def _imported(self, count: int) -> None:
        self.told.emit(self.tr("已导入 {n} 个国标代码").format(n=count))
        self.ask()

    def retranslate(self) -> None:
        """Take the words anew."""
        self.title.setText(self.tr("投诉分类"))
        self.table.setAccessibleName(self.tr("投诉分类"))
        self.import_title.setText(self.tr("国标代码"))
        self.note.setText(
            self.tr(
                "JR/T 0169 的分类代码。先存为表格，填好最后一栏，再导入；先预览再生效，"
                "投诉台账和登记时会带上这些代码。"
            )
        )
        self.import_button.setText(self.tr("导入国标代码"))
        self._show()
        super().retranslate()


def _bytes(file: Path) -> bytes:
    try:
        with file.open("rb") as data:
            # One more than may be: the reader says that it is too long.
            return data.read(MOST_BYTES + 1)
    except OSError:
        raise BadInput("codes_file_unreadable", field="file", file=file.name) from None

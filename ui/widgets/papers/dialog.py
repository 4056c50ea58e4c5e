"""Owns the editor of a form beside its preview, from the first draft to the issue; must not know
what the form says nor what becomes of the paper afterwards."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import partial
from typing import Final

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QWidget

from branch.bootstrap import Branch
from branch.kernel.drafts import KeptDraft, drafts_of
from branch.kernel.errors import BadInput, TingtangError
from branch.papers.commands import DraftPaper
from branch.papers.form import Fields, Value, missing
from branch.papers.forms import FORMS
from branch.papers.head import Draft, Offer
from reports.forms.papers.words import field_label, form_title
from reports.typeface import without_glyph
from ui.shell.language import language
from ui.shell.station import Station, sentence
from ui.widgets.banner import Banner
from ui.widgets.button import LARGE, PlainButton, PrimaryButton
from ui.widgets.choice import SegmentedControl
from ui.widgets.dialog import ConfirmDialog
from ui.widgets.field import ErrorLine, FieldEdit
from ui.widgets.label import CAPTION, Label, TextRole
from ui.widgets.paper_preview import PaperPreview
from ui.widgets.papers.form_part import FormPart
from ui.widgets.papers.issuing import Issuing
from ui.widgets.papers.keeping import TypedKeeper, draft_name
from ui.widgets.papers.large_panel import LargePanel
from ui.widgets.papers.making import preview_pdf
from ui.widgets.papers.missing_bar import MissingBar
from ui.widgets.stage import HBox, VBox
from ui.widgets.state import State

translate = QCoreApplication.translate

_WIDEST, _FORM_WIDTH = 1360, 500
# Kept beside the typed fields: why a correction is made.
_REASON: Final = "correction_reason"


class PaperDialog(LargePanel):
    """``issued`` carries the paper's id; ``answers_wanted`` the key of the field that wants a
    model answer: ``insert`` puts it there.

    What is typed is kept sealed on this machine every two seconds and offered again the next
    time, until the paper is issued or somebody lets it go.
    """

    issued = Signal(int)
    answers_wanted = Signal(str)

    def __init__(self, parent: QWidget, station: Station, offer: Offer, tongue: str = "zh") -> None:
        title = form_title(offer.form, language().code, offer.part)
        super().__init__(parent, title, widest=_WIDEST)
        self._station, self._offer = station, offer
        self._form = FORMS[offer.form]
        self._draft: Draft | None = None
        self._begun: dict[str, Value] = {}
        self._issuing = Issuing(self, station)
        self._keeper = TypedKeeper(
            self, station, draft_name(offer, station.person.staff), self._typed
        )
        self.title = Label(title, TextRole(20, 700))
        self.second = Label("", CAPTION)
        self.second.setContentsMargins(0, 0, 0, 4)
        self.tongue = SegmentedControl(
            [("zh", "中文"), ("en", "English")],
            current=tongue,
            name=translate("PaperDialog", "文书语言"),
        )
        self.found = Banner(State.RUNNING, strip=False)
        self.reason = FieldEdit(translate("PaperDialog", "更正原因（必填）"))
        # As wide as the fields below, which leave room for their bar.
        self.reason.setContentsMargins(0, 0, 26, 0)
        self.form = FormPart(station)
        self.lacking = MissingBar()
        self.preview = PaperPreview()
        self.kept = Label("", CAPTION)
        self.error = ErrorLine()
        self.close_button = PlainButton(translate("PaperDialog", "先不签发"), size=LARGE)
        self.issue_button = PrimaryButton(translate("PaperDialog", "签发"), size=LARGE)
        self._build()
        self._wire()
        self._load()

    def _build(self) -> None:
        head = HBox(spacing=12)
        head.addWidget(self.title)
        head.addWidget(self.second, 0, Qt.AlignmentFlag.AlignBottom)
        head.addStretch(1)
        head.addWidget(self.tongue)
        left = QWidget()
        left.setFixedWidth(_FORM_WIDTH)
        column = VBox(parent=left)
        column.addWidget(self.found)
        column.addWidget(self.reason)
        column.add_gap(8)
        column.addWidget(self.form, 1)
        column.addWidget(self.error)
        row = HBox(spacing=20)
        row.addWidget(left)
        row.addWidget(self.preview, 1)
        self.body.addLayout(head)
        self.body.add_gap(14)
        self.body.addLayout(row, 1)
        self.reason.hide()
        self.buttons.insertWidget(0, self.lacking, 10)
        self.buttons.insertWidget(1, self.kept)
        for button in (self.close_button, self.issue_button):
            button.setAutoDefault(False)
            self.buttons.addWidget(button)
        self.issue_button.setEnabled(False)

    def _wire(self) -> None:
        self.close_button.clicked.connect(self.reject)
        self.issue_button.clicked.connect(self._ask_issue)
        self.tongue.chosen.connect(lambda _code: self._draft_anew())
        self.form.changed.connect(self._on_typed)
        self.form.answers_wanted.connect(self.answers_wanted)
        self.lacking.wanted.connect(self._jump)
        self.found.pressed.connect(self._let_go)
        self.reason.edit.textEdited.connect(lambda _text: self._on_typed())
        self._issuing.issued.connect(self._was_issued)
        self._issuing.moved.connect(self._moved)
        self._issuing.failed.connect(self._not_issued)
        self._keeper.kept.connect(self._was_kept)
        self._keeper.failed.connect(self._refuse)
        self.finished.connect(lambda _result: self._keeper.keep_now())

    def insert(self, key: str, text: str) -> None:
        """Put words where the cursor stands in a field."""
        self.form.insert(key, text)

    # -- the draft ------------------------------------------------------------------------------

    def _command(self, typed: Mapping[str, Value]) -> DraftPaper:
        offer = self._offer
        return DraftPaper(
            offer.form, offer.subject, offer.part, self.tongue.current(), json.dumps(typed)
        )

    def _load(self) -> None:
        """What the case says, and what was typed here and never issued."""
        command, actor, name = self._command({}), self._station.actor, self._keeper.name

        def work(branch: Branch) -> tuple[Draft, KeptDraft | None]:
            draft: Draft = branch.run(command, actor).value
            return draft, drafts_of(branch.store).find(name)

        self._station.do(self, work, self._take, self._refuse)

    def _take(self, answer: tuple[Draft, KeptDraft | None]) -> None:
        draft, kept = answer
        self._show(draft)
        if kept is not None:
            begun = self.form.values()
            self.form.put(kept.fields)
            self.reason.set_text(str(kept.fields.get(_REASON, "")))
            if self.form.values() != begun:
                self._tell_found(kept)
        self._follow()

    def _tell_found(self, kept: KeptDraft) -> None:
        when = self._station.local(kept.at)
        words = translate("PaperDialog", "已找回上次未写完的内容（{when}）")
        self.found.show_text(
            words.format(when=f"{when:%m-%d %H:%M}"),
            button=translate("PaperDialog", "不要，重新写"),
        )

    def _show(self, draft: Draft) -> None:
        self._draft = draft
        copy = draft.head.copy
        parts = [draft.head.form, draft.head.case_number, draft.head.number]
        if copy > 1:
            parts.append(translate("PaperDialog", "第 {n} 份，更正").format(n=copy))
        self.second.setText("  ".join(part for part in parts if part))
        self.reason.setVisible(copy > 1)
        self.form.show_form(self._form, draft.fields, draft.last)
        self._begun = self.form.values()
        self.issue_button.setEnabled(True)

    def _draft_anew(self) -> None:
        """Another language: what the case says changes with it, what was typed stays."""
        self._station.run(self, self._command(self._written()), self._take_anew, self._refuse)

    def _take_anew(self, draft: Draft) -> None:
        written = self._written()
        self._show(draft)
        self.form.put(written)
        self._follow()

    def _written(self) -> dict[str, Value]:
        """What stands otherwise than the draft began with."""
        return {k: v for k, v in self.form.values().items() if v != self._begun.get(k)}

    # -- what is typed --------------------------------------------------------------------------

    def fields(self) -> Fields:
        """The form's fields as they stand now."""
        assert self._draft is not None  # nothing is typed before
        return {**self._draft.fields, **self.form.values()}

    def lacks(self) -> tuple[str, ...]:
        """The keys of what is missing."""
        assert self._draft is not None  # nothing is typed before
        return missing(self._form, self.fields(), self._draft.spared)

    def _on_typed(self) -> None:
        self.error.show_error("")
        self._keeper.note_typed()
        self._follow()

    def _follow(self) -> None:
        """Preview and what is missing follow what is typed."""
        if self._draft is None:
            return
        lacking, code = self.lacks(), language().code
        labels = [(key, field_label(self._offer.form, key, code)) for key in lacking]
        if self._lacks_reason():
            labels.insert(0, (_REASON, translate("PaperDialog", "更正原因")))
        self.lacking.show_missing(labels)
        self.form.show_missing(lacking)
        typed = json.dumps(self.form.values(), ensure_ascii=False)
        self.lacking.show_unprintable(without_glyph(typed))
        self.preview.show_soon(partial(preview_pdf, self._draft.head, self.fields()))

    def _lacks_reason(self) -> bool:
        assert self._draft is not None  # nothing is typed before
        return self._draft.head.copy > 1 and not self.reason.text().strip()

    def _jump(self, key: str) -> None:
        if key == _REASON:
            self.reason.edit.setFocus()
        else:
            self.form.jump(key)

    def _typed(self) -> Mapping[str, Value]:
        return {**self.form.values(), _REASON: self.reason.text()}

    def _was_kept(self) -> None:
        words = translate("PaperDialog", "{time} 已自动保存在本机")
        self.kept.setText(words.format(time=f"{self._station.now():%H:%M}"))

    def _let_go(self) -> None:
        """Begin again with what the case says."""
        assert self._draft is not None  # the banner stands over a draft
        self.found.clear()
        self._keeper.drop()
        self._show(self._draft)
        self._follow()

    # -- the issue ------------------------------------------------------------------------------

    def _ask_issue(self) -> None:
        assert self._draft is not None  # the button waits for it
        doubtful = self.form.doubtful()
        if doubtful:
            # It would count as empty, and stand empty on the paper.
            self.form.jump(doubtful)
            return
        lacking = self.lacks()
        if lacking:
            self.form.jump(lacking[0])
            code = language().code
            names = translate("PaperDialog", "、").join(
                field_label(self._offer.form, key, code) for key in lacking
            )
            self.error.show_error(translate("PaperDialog", "还缺：{names}").format(names=names))
            return
        if self._lacks_reason():
            self.reason.set_error(translate("PaperDialog", "请写明为什么更正"))
            self.reason.edit.setFocus()
            return
        dialog = ConfirmDialog(
            self,
            title=translate("PaperDialog", "签发{title}").format(title=self.title.text()),
            text=translate("PaperDialog", "签发后内容不能再改，要改只能另出更正件"),
            confirm=translate("PaperDialog", "签发"),
            cancel=translate("PaperDialog", "再看看"),
            danger=False,
        )
        dialog.accepted.connect(self._issue)
        dialog.open()

    def _issue(self) -> None:
        assert self._draft is not None  # it was asked for
        self._wait(True)
        command = self._command(self.form.values())
        self._issuing.start(command, self._draft, self.reason.text().strip())

    def _moved(self, draft: Draft) -> None:
        self._take_anew(draft)
        self._wait(False)
        self.error.show_error(translate("PaperDialog", "投诉刚有变化，内容已更新，请核对后再签发"))

    def _was_issued(self, paper: int) -> None:
        self._keeper.drop()
        self.accept()
        self.issued.emit(paper)

    def _not_issued(self, error: TingtangError) -> None:
        self._wait(False)
        self._refuse(error)

    def _wait(self, on: bool) -> None:
        for part in (self.form, self.issue_button, self.tongue, self.reason):
            part.setEnabled(not on)

    def _refuse(self, error: TingtangError) -> None:
        """Say why not, at the field that the error names."""
        field = error.field if isinstance(error, BadInput) else ""
        if field in self.form.typed_fields:
            self.form.typed_fields[field].set_error(sentence(error))
            self.form.jump(field)
        elif field == "reason":
            self.reason.set_error(sentence(error))
            self.reason.edit.setFocus()
        else:
            self.error.show_error(sentence(error))

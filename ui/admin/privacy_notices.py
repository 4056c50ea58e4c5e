"""Owns the part of the page with the notices: what is told today, and saying it otherwise."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtWidgets import QPlainTextEdit

from branch.kernel.errors import BadInput, TingtangError
from branch.kernel.store import Store
from branch.people.rules import permits
from branch.visitors.commands.notices import ChangeNotice
from branch.visitors.queries.notices import Notice, current_notice
from branch.visitors.rules import NOTICE_KINDS
from ui.admin.page import Drafts, SaveBar
from ui.admin.privacy_section import PrivacySection
from ui.admin.privacy_words import notice_label
from ui.shell.language import language
from ui.shell.station import Station, sentence
from ui.widgets.card import Card, Well
from ui.widgets.choice import SegmentedControl
from ui.widgets.field import ErrorLine
from ui.widgets.label import BODY, CAPTION, CARD_TITLE, Label, TextRole
from ui.widgets.stage import HBox, VBox

_CAPTION: Final = TextRole(13, 500, "ink2")
_TEXT_HEIGHT: Final = 116
# Chinese and English as they are typed.
Texts = tuple[str, str]


class NoticesSection(PrivacySection):
    """One notice at a time, in both languages, and as a visitor reads it."""

    def __init__(self, station: Station) -> None:
        super().__init__(station)
        self.may_change = permits("ChangeNotice", station.person.roles)
        self._notices: dict[str, Notice] = {}
        self._busy = False
        self.title = Label("", CARD_TITLE)
        self.choice = SegmentedControl([(kind, "") for kind in NOTICE_KINDS])
        self.standing = Label("", CAPTION, wrap=True)
        self.captions = {code: Label("", _CAPTION) for code in ("zh", "en")}
        self.edits = {code: QPlainTextEdit() for code in ("zh", "en")}
        self.errors = {code: ErrorLine() for code in ("zh", "en")}
        self.read_as = Label("", CAPTION)
        self.preview = Label("", BODY, wrap=True)
        self.bar = SaveBar()
        if not self.may_change:
            self.bar.hide()
        self._drafts: Drafts[Texts] = Drafts(self._typed, self._put)
        self._build()
        for edit in self.edits.values():
            edit.setTabChangesFocus(True)
            edit.setFixedHeight(_TEXT_HEIGHT)
            edit.setReadOnly(not self.may_change)
            edit.textChanged.connect(self._on_typed)
        self.choice.chosen.connect(lambda _kind: self._show())
        self.bar.save.clicked.connect(self.save)
        self.bar.revert.clicked.connect(self._revert)
        self.retranslate()

    def _build(self) -> None:
        card = Card()
        column = VBox(spacing=8, margins=(16, 14, 6, 14), parent=card)
        head = HBox(spacing=16, margins=(0, 0, 10, 0))
        head.addWidget(self.title)
        head.addStretch(1)
        head.addWidget(self.choice)
        column.addLayout(head)
        column.addWidget(self.standing)
        fields = VBox(spacing=6, margins=(0, 0, 10, 0))
        for code, edit in self.edits.items():
            fields.addWidget(self.captions[code])
            fields.addWidget(edit)
            fields.addWidget(self.errors[code])
            fields.add_gap(4)
        fields.addWidget(self.read_as)
        well = Well()
        inside = VBox(margins=(12, 10, 12, 10), parent=well)
        inside.addWidget(self.preview)
        fields.addWidget(well)
        column.addLayout(fields)
        column.addStretch(1)
        column.addWidget(self.bar)
        whole = VBox(parent=self)
        whole.addWidget(card, 1)

    def ask(self) -> None:
        """Read the notices anew."""
        self.station.ask(self, _read, self._take)

    def _take(self, found: dict[str, Notice]) -> None:
        self._notices = found
        self._show()
        self.loaded.emit()

    def _show(self) -> None:
        kind = self.choice.current()
        notice = self._notices.get(kind)
        if notice is None:
            return
        self._drafts.show(kind, (notice.zh, notice.en))
        if notice.made_at:
            since = f"{self.station.local(notice.made_at):%Y-%m-%d}"
            standing = self.tr("第 {version} 版，{day} 起；告知保存 {days} 天")
        else:
            since = ""
            standing = self.tr("第 {version} 版，随程序提供；告知保存 {days} 天")
        self.standing.setText(standing.format(version=notice.version, day=since, days=notice.days))
        self._forgive()
        self._follow()

    # -- typing ---------------------------------------------------------------------------------

    def _typed(self) -> Texts:
        return self.edits["zh"].toPlainText(), self.edits["en"].toPlainText()

    def _put(self, texts: Texts) -> None:
        for edit, text in zip(self.edits.values(), texts, strict=True):
            if edit.toPlainText() != text:
                edit.setPlainText(text)

    def _on_typed(self) -> None:
        self._follow()

    def _follow(self) -> None:
        typed = self._drafts.dirty()
        self.bar.set_state(savable=typed and not self._busy, revertible=typed and not self._busy)
        notice = self._notices.get(self.choice.current())
        if notice is None:
            return
        words = self.edits[language().code].toPlainText()
        name = self.station.branch.name.text(language().code)
        shown = words.replace("{branch}", name).replace("{days}", str(notice.days))
        self.preview.setText(shown)

    def _revert(self) -> None:
        self._forgive()
        self._drafts.revert()
        self._follow()

    def unsaved(self) -> bool:
        """Whether another text stands in a field."""
        return self._drafts.any()

    # -- saving ---------------------------------------------------------------------------------

    def save(self) -> None:
        """Make it a new version."""
        if not self.bar.save.isEnabled():
            return
        self._forgive()
        kind, texts = self.choice.current(), self._typed()
        self._busy = True
        self._follow()
        self.station.run(
            self, ChangeNotice(kind, *texts), partial(self._saved, kind, texts), self._refuse
        )

    def _saved(self, kind: str, texts: Texts, version: int) -> None:
        self._busy = False
        self._drafts.saved(kind, texts)
        self.told.emit(self.tr("已保存为第 {version} 版").format(version=version))
        self.ask()

    def _refuse(self, error: TingtangError) -> None:
        self._busy = False
        self._follow()
        if isinstance(error, BadInput) and error.field in self.errors:
            self.errors[error.field].show_error(sentence(error))
            self.edits[error.field].setFocus()
        else:
            self.bar.trouble.show_error(sentence(error))

    def _forgive(self) -> None:
        self.bar.trouble.show_error("")
        for place in self.errors.values():
            place.show_error("")

    def retranslate(self) -> None:
        """Take the words anew."""
        self.title.setText(self.tr("告知内容"))
        self.choice.setAccessibleName(self.tr("哪一份告知"))
        self.choice.set_texts({kind: notice_label(kind) for kind in NOTICE_KINDS})
        names = {"zh": self.tr("中文告知"), "en": self.tr("英文告知")}
        for code, name in names.items():
            self.captions[code].setText(name)
            self.edits[code].setAccessibleName(name)
        self.read_as.setText(self.tr("客户看到的：网点名称和保存天数自动填入"))
        self._show()


def _read(store: Store) -> dict[str, Notice]:
    return {kind: current_notice(store, kind) for kind in NOTICE_KINDS}

"""Owns what a visitor is told before anything is asked, and his signature; must not send them."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from branch.catalogue.queries import Name
from branch.visitors.queries.notices import Notice
from ui.shell.language import language
from ui.widgets.button import COMPACT, LARGE, SMALL_TOUCH, LinkButton, PlainButton, PrimaryButton
from ui.widgets.card import CANVAS_WELL, Well
from ui.widgets.choice import CheckRow, SegmentedControl
from ui.widgets.dialog import PanelDialog
from ui.widgets.field import ErrorLine
from ui.widgets.label import CAPTION, PAGE_TITLE, Label, TextRole
from ui.widgets.read_aloud import ReadAloud
from ui.widgets.scroll_area import ScrollArea
from ui.widgets.signature import SignaturePad
from ui.widgets.stage import HBox, VBox

_LINK = replace(SMALL_TOUCH, padding=4)
_SMALL_LINK = replace(COMPACT, padding=6)
_READ = TextRole(26, 400)
_SPOKEN = TextRole(14, 500, "ok_text")
_SIDE = 14
_PAD, _LOW_PAD = 68, 52
# Three lines; the rest is scrolled to, or read in large letters.
_LOW_WORDS = 59
_NOTICE = TextRole(13, 400, "ink2")


class NoticeDialog(PanelDialog):
    """The notice in letters for two, in the visitor's language; 已告知 ticks it."""

    told = Signal()

    def __init__(self, parent: QWidget, notice: Notice, branch: Name) -> None:
        super().__init__(parent, "", width=760)
        self._notice, self._branch = notice, branch
        self.title = Label("", PAGE_TITLE)
        self.speech = SegmentedControl([("zh", "中文"), ("en", "English")], current=language().code)
        self.words = Label("", _READ, wrap=True)
        head = HBox(spacing=16)
        head.addWidget(self.title, 1)
        head.addWidget(self.speech)
        self.body.addLayout(head)
        self.body.add_gap(18)
        self.body.addWidget(self.words)
        self.body.add_gap(18)
        self.aloud = ReadAloud()
        self.body.addWidget(self.aloud)
        self.back = PlainButton("", size=LARGE)
        self.tell = PrimaryButton("", size=LARGE)
        self.buttons.addWidget(self.back)
        self.buttons.addWidget(self.tell)
        self.back.clicked.connect(self.reject)
        self.tell.clicked.connect(self._tell)
        self.tell.setDefault(True)
        self.speech.chosen.connect(lambda _code: self._say())
        self.retranslate()
        self.tell.setFocus()

    def _tell(self) -> None:
        self.told.emit()
        self.accept()

    def _say(self) -> None:
        speech = self.speech.current()
        words = self._notice.text(speech, self._branch.text(speech))
        self.words.setText(words)
        self.aloud.show_text(words, speech)

    def retranslate(self) -> None:
        """Take the words of the panel anew; the notice keeps the language chosen for it."""
        title = self.tr("请念给来访者听，或请他看")
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.title.setText(title)
        self.speech.setAccessibleName(self.tr("来访者的语言"))
        self.back.setText(self.tr("返回"))
        self.tell.setText(self.tr("已告知"))
        self._say()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


class SignatureBox(QWidget):
    """The pad with its caption; who does not sign agrees by word, which a key can note too."""

    def __init__(self) -> None:
        super().__init__()
        self._is_spoken = False
        self.pad = SignaturePad(height=_PAD)
        self.caption = Label("", CAPTION)
        self.spoken_words = Label("", _SPOKEN, align=Qt.AlignmentFlag.AlignHCenter)
        self.spoken_button = LinkButton("", size=_SMALL_LINK)
        self.again_button = LinkButton("", size=_SMALL_LINK)
        for words in (self.caption, self.spoken_words):
            words.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        over = HBox(spacing=0, margins=(12, 6, 6, 4))
        left = VBox()
        left.addWidget(self.caption)
        left.addStretch(1)
        right = VBox()
        right.addStretch(1)
        for button in (self.spoken_button, self.again_button):
            right.addWidget(button, 0, Qt.AlignmentFlag.AlignRight)
        over.addLayout(left)
        over.addWidget(self.spoken_words, 1)
        over.addLayout(right)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.addWidget(self.pad, 0, 0)
        grid.addLayout(over, 0, 0)
        self.pad.changed.connect(self._show)
        self.spoken_button.clicked.connect(self._speak)
        self.again_button.clicked.connect(self.clear)
        self.retranslate()

    def signature(self) -> str:
        """The ink as text; empty for who agreed by word or not at all."""
        return self.pad.text()

    def is_spoken(self) -> bool:
        """Whether the visitor agreed by word instead."""
        return self._is_spoken

    def clear(self) -> None:
        """Neither signed nor agreed."""
        self._is_spoken = False
        self.pad.set_open(True)
        self.pad.clear()
        if self.again_button.hasFocus():
            self.spoken_button.setFocus()

    def _speak(self) -> None:
        self.pad.clear()
        self._is_spoken = True
        self.pad.set_open(False)
        self._show()
        self.again_button.setFocus()

    def _show(self) -> None:
        empty = self.pad.is_empty() and not self._is_spoken
        # The one with the focus goes last, or the focus would leave the box.
        self.again_button.setVisible(not empty)
        self.spoken_button.setVisible(empty)
        self.spoken_words.setText(self.tr("来访者口头同意") if self._is_spoken else "")
        state = self.tr("还没有签名")
        if not empty:
            state = self.tr("来访者口头同意") if self._is_spoken else self.tr("已签名")
        self.pad.setAccessibleDescription(state)

    def retranslate(self) -> None:
        """Take the words anew."""
        self.caption.setText(self.tr("来访人签名"))
        self.pad.setAccessibleName(self.tr("来访人签名"))
        self.spoken_button.setText(self.tr("口头同意"))
        self.again_button.setText(self.tr("重签"))
        self._show()


class NoticeBox(Well):
    """The notice in force, the tick that it was told, the signature."""

    def __init__(self, branch: Name) -> None:
        super().__init__(CANVAS_WELL)
        self._branch = branch
        self.notice: Notice | None = None
        self.told = CheckRow("")
        self.read_button = LinkButton("", size=_LINK)
        self._is_low = False
        self.words = Label("", _NOTICE, wrap=True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.words_area = ScrollArea(self.words)
        # What does not fit is read by key in the large letters of the button above.
        self.error = ErrorLine()
        self.signature = SignatureBox()
        column = VBox(margins=(_SIDE, 2, _SIDE, 10), parent=self)
        head = HBox(spacing=8)
        head.addWidget(self.told, 1)
        head.addWidget(self.read_button)
        column.addLayout(head)
        column.addWidget(self.words_area)
        column.addWidget(self.error)
        column.add_gap(8)
        column.addWidget(self.signature)
        self.told.toggled.connect(lambda _on: self.set_error(""))
        self.read_button.clicked.connect(self.read_out)
        self.retranslate()

    def version(self) -> int:
        """Which notice was shown; 0 before any was known."""
        return self.notice.version if self.notice is not None else 0

    def show_notice(self, notice: Notice) -> None:
        """Show the notice in force; another text than the one told has to be told anew."""
        if self.notice is not None and notice.version != self.notice.version:
            self.told.setChecked(False)
        self.notice = notice
        self._say()

    def set_low(self, is_low: bool) -> None:
        """Give room away, or take it back."""
        self._is_low = is_low
        self.signature.pad.set_height(_LOW_PAD if is_low else _PAD)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The notice takes the lines it needs."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        needed = max(0, self.words.heightForWidth(self.width() - 2 * _SIDE))
        self.words_area.setFixedHeight(min(needed, _LOW_WORDS) if self._is_low else needed)

    def set_error(self, text: str) -> None:
        """Say what is missing here; an empty text takes the sentence away."""
        self.error.show_error(text)
        self.told.setAccessibleDescription(text)

    def clear(self) -> None:
        """The next visitor has been told nothing."""
        self.told.setChecked(False)
        self.signature.clear()
        self.set_error("")

    def read_out(self) -> None:
        """Show the notice in large letters."""
        if self.notice is not None:
            dialog = NoticeDialog(self, self.notice, self._branch)
            dialog.told.connect(lambda: self.told.setChecked(True))
            dialog.open()

    def _say(self) -> None:
        if self.notice is not None:
            speech = language().code
            self.words.setText(self.notice.text(speech, self._branch.text(speech)))
            self._fit()

    def retranslate(self) -> None:
        """Take the words anew."""
        self.told.set_text(self.tr("已告知"))
        self.read_button.setText(self.tr("读给来访者听"))
        self.signature.retranslate()
        self._say()

"""Owns the review of emergency access: what is known of each, what was found; reveals nothing."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from branch.kernel.errors import Stale, TingtangError
from branch.people.commands import ReviewBreakGlass
from branch.people.queries import OpenGlass, break_glass_text
from ui.models.people_words import glass_reason
from ui.models.words import place_label
from ui.shell.station import Station, sentence
from ui.widgets.button import LARGE, PlainButton, PrimaryButton
from ui.widgets.dialog import PanelDialog
from ui.widgets.field import ErrorLine
from ui.widgets.label import BODY, CAPTION, Label, TextRole
from ui.widgets.stage import Grid

translate = QCoreApplication.translate


class GlassReview(PanelDialog):
    """One access after the other, until none is left that this person may review."""

    def __init__(self, parent: QWidget, station: Station, waiting: tuple[OpenGlass, ...]) -> None:
        title = translate("GlassReview", "复核紧急查看")
        super().__init__(parent, title, width=620)
        self._station = station
        self._waiting = [one for one in waiting if one.staff != station.person.staff]
        self.title = Label(title, TextRole(20, 700), wrap=True)
        self.left = Label("", CAPTION)
        self._captions = [Label("", CAPTION) for _ in range(5)]
        self.values = [Label("", BODY, wrap=True) for _ in range(5)]
        grid = Grid(columns=2, spacing=10)
        grid.setColumnStretch(0, 0)
        grid.setColumnStretch(1, 1)
        for row, (caption, value) in enumerate(zip(self._captions, self.values, strict=True)):
            grid.addWidget(caption, row, 0)
            grid.addWidget(value, row, 1)
        self.finding = QPlainTextEdit()
        self.finding.setTabChangesFocus(True)
        self.finding.setFixedHeight(72)
        self.error = ErrorLine()
        self.body.addWidget(self.title)
        self.body.add_gap(4)
        self.body.addWidget(self.left)
        self.body.add_gap(14)
        self.body.addLayout(grid)
        self.body.add_gap(14)
        self.body.addWidget(self.finding)
        self.body.addWidget(self.error)
        self.cancel_button = PlainButton(self.tr("返回"), size=LARGE)
        self.review_button = PrimaryButton(self.tr("复核完毕"), size=LARGE)
        for button in (self.cancel_button, self.review_button):
            button.setAutoDefault(False)
            self.buttons.addWidget(button)
        self.cancel_button.clicked.connect(self.reject)
        self.review_button.clicked.connect(self._review)
        self.finding.textChanged.connect(self._enable)
        for caption, words in zip(
            self._captions,
            (
                self.tr("谁，在哪里"),
                self.tr("时间"),
                self.tr("原因"),
                self.tr("说明"),
                self.tr("看了多少"),
            ),
            strict=True,
        ):
            caption.setText(words)
        hint = self.tr("核对结果：是否有必要，做了什么")
        self.finding.setPlaceholderText(hint)
        self.finding.setAccessibleName(hint)
        self._show()

    def _show(self) -> None:
        one = self._waiting[0]
        local = self._station.local
        who, when, why, text, views = self.values
        who.setText(self.tr("，").join((one.name, place_label(one.station))))
        when.setText(
            self.tr("{day} {since} 到 {until}").format(
                day=f"{local(one.at):%Y-%m-%d}",
                since=f"{local(one.at):%H:%M}",
                until=f"{local(one.until):%H:%M}",
            )
        )
        why.setText(glass_reason(one.reason))
        views.setText(
            self.tr("{n} 处完整信息").format(n=one.views)
            if one.views
            else self.tr("没有查看完整信息")
        )
        more = len(self._waiting) - 1
        self.left.setText(self.tr("后面还有 {n} 次").format(n=more) if more else "")
        self.left.setVisible(bool(more))
        self.finding.clear()
        self.error.show_error("")
        text.setText("")
        self._enable()
        self.finding.setFocus()
        self._station.ask(self, partial(break_glass_text, glass=one.id), text.setText)

    def _enable(self) -> None:
        self.review_button.setEnabled(bool(self.finding.toPlainText().strip()))

    def _review(self) -> None:
        self.review_button.setEnabled(False)
        command = ReviewBreakGlass(self._waiting[0].id, self.finding.toPlainText())
        self._station.run(self, command, lambda _none: self._next(), self._refused)

    def _next(self) -> None:
        self._waiting.pop(0)
        if self._waiting:
            self._show()
            self.adjustSize()
        else:
            self.accept()

    def _refused(self, error: TingtangError) -> None:
        if isinstance(error, Stale):
            self._station.complain(error)
            self._next()
            return
        self.error.show_error(sentence(error))
        self._enable()
        self.adjustSize()

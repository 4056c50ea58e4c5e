"""Owns the injects of a run (picture k): what was released with its response, what is to come."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QWidget

from branch.drills.queries.detail import PLANNED, RELEASED, InjectState, RunDetail
from ui.models.drill_words import in_english, run_time
from ui.widgets.button import SMALL_TOUCH, LinkButton, PlainButton
from ui.widgets.card import Card, Separator
from ui.widgets.label import BODY, CARD_TITLE, SECOND, Label, TextRole
from ui.widgets.scroll_area import ScrollArea
from ui.widgets.stage import HBox, VBox, clear
from ui.widgets.state import State
from ui.widgets.status import StatusGlyph

translate = QCoreApplication.translate

_TIME = TextRole(15, 700)
_TIME_AHEAD = TextRole(15, 700, "ink3")
_TIME_WIDTH = 52


class InjectCard(Card):
    """``release_wanted`` and ``skip_wanted`` carry an inject's number."""

    release_wanted = Signal(int)
    skip_wanted = Signal(int)

    def __init__(self, *, may_release: bool) -> None:
        super().__init__()
        self._may_release = may_release
        self._detail: RunDetail | None = None
        self._shown: tuple[object, ...] = ()
        self._waiting: dict[int, Label] = {}
        self.releases: dict[int, PlainButton] = {}
        self.skips: dict[int, LinkButton] = {}
        self.title, self.count = Label("", CARD_TITLE), Label("", SECOND)
        head = HBox(spacing=8, margins=(20, 14, 18, 12))
        head.addWidget(self.title, 1)
        head.addWidget(self.count)
        body = QWidget()
        self._rows = VBox(parent=body)
        self.area = ScrollArea(body, bare=True)
        column = VBox(margins=(1, 1, 1, 8), parent=self)
        column.addLayout(head)
        column.addWidget(self.area, 1)
        self.retranslate()

    def show_run(self, detail: RunDetail) -> None:
        """Show the injects; rows are made anew only when one of them changed."""
        self._detail = detail
        key = (detail.injects, detail.line.state, detail.line.is_real, in_english())
        if key != self._shown:
            self._shown = key
            self._name()
            self._fill(detail)

    def show_time(self, net_ms: int) -> None:
        """Let the waits for a response run on."""
        if self._detail is None:
            return
        for state in self._detail.injects:
            label = self._waiting.get(state.inject.no)
            if label is not None and state.at_ms is not None:
                seconds = max(0, net_ms - state.at_ms) // 1_000
                label.setText(translate("InjectCard", "待响应 {n} 秒").format(n=seconds))

    def _fill(self, detail: RunDetail) -> None:
        clear(self._rows)
        self._waiting, self.releases, self.skips = {}, {}, {}
        done = sum(state.state == RELEASED for state in detail.injects)
        self.count.setText(
            translate("InjectCard", "已发 {n} / {all}").format(n=done, all=len(detail.injects))
        )
        running = detail.line.state == "running"
        for state in detail.injects:
            self._rows.addWidget(Separator())
            self._rows.addWidget(self._row(state, running))
        self._rows.addStretch(1)

    def _row(self, state: InjectState, running: bool) -> QWidget:
        row = QWidget()
        ahead = state.state == PLANNED
        at = state.inject.planned_at_s * 1_000 if state.at_ms is None else state.at_ms
        time = Label(run_time(at), _TIME_AHEAD if ahead else _TIME)
        time.setFixedWidth(_TIME_WIDTH)
        words = VBox(spacing=4)
        text = state.inject.words.text("en" if in_english() else "zh")
        words.addWidget(Label(text, SECOND if ahead else BODY, wrap=True))
        below = self._buttons(state, text) if ahead else self._answer(state)
        if not ahead or (running and self._may_release):
            words.addWidget(below)
        line = HBox(spacing=10, margins=(20, 11, 18, 11), parent=row)
        line.addWidget(time, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)
        return row

    def _buttons(self, state: InjectState, text: str) -> QWidget:
        no = state.inject.no
        box = QWidget()
        real = self._detail is not None and self._detail.line.is_real
        word = translate("InjectCard", "已发生") if real else translate("InjectCard", "现在发布")
        release = PlainButton(word, size=SMALL_TOUCH)
        skip = LinkButton(translate("InjectCard", "跳过"), size=SMALL_TOUCH)
        release.setAccessibleName(
            translate("InjectCard", "{deed}：{text}").format(deed=word, text=text)
        )
        skip.setAccessibleName(translate("InjectCard", "跳过：{text}").format(text=text))
        release.clicked.connect(lambda _on=False: self.release_wanted.emit(no))
        skip.clicked.connect(lambda _on=False: self.skip_wanted.emit(no))
        self.releases[no], self.skips[no] = release, skip
        line = HBox(spacing=8, parent=box)
        line.addWidget(release)
        line.addWidget(skip)
        line.addStretch(1)
        return box

    def _answer(self, state: InjectState) -> QWidget:
        box = QWidget()
        label = Label("", TextRole(14, 400, "ink2"))
        if state.state != RELEASED:
            glyph, words = State.IDLE, translate("InjectCard", "已跳过")
        elif state.response_ms is not None:
            glyph = State.OK
            seconds = state.response_ms // 1_000
            words = translate("InjectCard", "{n} 秒响应").format(n=seconds)
        else:
            glyph, words = State.RUNNING, translate("InjectCard", "待响应")
            self._waiting[state.inject.no] = label
        label.setText(words)
        line = HBox(spacing=6, parent=box)
        line.addWidget(StatusGlyph(glyph, 16))
        line.addWidget(label, 1)
        return box

    def _name(self) -> None:
        """Of a real incident the scenario's injects are what may come next."""
        real = self._detail is not None and self._detail.line.is_real
        words = (
            translate("InjectCard", "可能的变化") if real else translate("InjectCard", "情景注入")
        )
        self.title.setText(words)
        self.area.setAccessibleName(words)

    def retranslate(self) -> None:
        """Take all words anew."""
        self._name()
        if self._detail is not None:
            self._shown = ()
            self.show_run(self._detail)

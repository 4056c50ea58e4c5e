"""Owns what every page of the settings needs: drafts, sending, errors at their field; no page."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from functools import partial
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QWidget,
)

from branch.kernel.errors import BadInput, StoreError, TingtangError
from ui.shell.station import Station, sentence
from ui.widgets.button import PlainButton, PrimaryButton
from ui.widgets.field import ErrorLine, FieldEdit
from ui.widgets.scroll_area import ScrollArea
from ui.widgets.stage import HBox, VBox

V = TypeVar("V")
Place = FieldEdit | ErrorLine
_MOST_DIGITS = 9


def whole_number(text: str, field: str) -> int:
    """The number that was typed; -1, which no rule takes, for what is none.

    Raises BadInput when nothing was typed.
    """
    plain = text.strip()
    if not plain:
        raise BadInput("field_empty", field=field)
    return int(plain) if plain.isdecimal() and len(plain) <= _MOST_DIGITS else -1


def scrolled(content: QWidget) -> QScrollArea:
    """A form that may be longer than its window."""
    return ScrollArea(content, sideways=True)


def on_edit(form: QWidget, act: Callable[[], object]) -> None:
    """Call ``act`` whenever a field, a tick or a choice of ``form`` becomes another."""
    for edit in form.findChildren(QLineEdit):
        edit.textChanged.connect(lambda _text: act())
    for tick in form.findChildren(QCheckBox):
        tick.toggled.connect(lambda _on: act())
    for combo in form.findChildren(QComboBox):
        combo.currentIndexChanged.connect(lambda _at: act())


def _merged(typed: Any, base: Any, stored: Any) -> Any:
    """What was typed, and where nothing was typed, what somebody else has stored meanwhile."""
    if typed == base:
        return stored
    if isinstance(typed, frozenset):
        return (stored | (typed - base)) - (base - typed)
    if isinstance(typed, tuple) and len(typed) == len(base) == len(stored):
        return tuple(map(_merged, typed, base, stored))
    if is_dataclass(typed) and not isinstance(typed, type):
        parts = (part.name for part in fields(typed))
        return type(typed)(
            **{n: _merged(getattr(typed, n), getattr(base, n), getattr(stored, n)) for n in parts}
        )
    return typed


class Drafts(Generic[V]):
    """What was typed and not saved yet, by what it was typed for; a refresh never takes it away."""

    def __init__(self, read: Callable[[], V], put: Callable[[V], None]) -> None:
        self._read, self._put = read, put
        self._key: Hashable | None = None
        self._stored: V | None = None
        self._base: V | None = None
        self._kept: dict[Hashable, V] = {}

    @property
    def key(self) -> Hashable | None:
        """What the form shows."""
        return self._key

    @property
    def base(self) -> V | None:
        """What is stored of it, as far as is known here."""
        return self._base

    def any(self) -> bool:
        """Whether anything at all was typed that is not saved, here or for another key."""
        return self.dirty() or bool(self._kept)

    def dirty(self) -> bool:
        """Whether something was typed that is not saved."""
        return self._key is not None and self._read() != self._base

    def show(self, key: Hashable, stored: V) -> None:
        """Show what is stored, or what was typed for it before."""
        if key != self._key:
            if self.dirty():
                assert self._key is not None  # dirty() says so
                self._kept[self._key] = self._read()
            self._key = key
            self._load(stored)
            if key in self._kept:
                self._put(self._kept.pop(key))
        elif stored != self._stored:
            typed, base, dirty = self._read(), self._base, self.dirty()
            self._load(stored)
            if dirty:
                self._put(_merged(typed, base, self._base))

    def saved(self, key: Hashable, values: V) -> None:
        """These values have been stored: they are no draft any more, and the next show is true."""
        if key == self._key:
            self._base, self._stored = values, None
        elif self._kept.get(key) == values:
            del self._kept[key]

    def revert(self) -> None:
        """Show what is stored again."""
        if self._base is not None:
            self._put(self._base)

    def _load(self, stored: V) -> None:
        self._put(stored)
        # As the form gives it back, so that showing alone is never a change.
        self._stored, self._base = stored, self._read()


class SaveBar(QWidget):
    """What stands under a form: a sentence when it was refused, 还原 and 保存.

    保存 is off while there is nothing to save or the answer is due, 还原 comes with the typing.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.trouble = ErrorLine()
        self.revert = PlainButton("")
        self.save = PrimaryButton("")
        # The form above keeps its right 10 px for the bar it scrolls with.
        column = VBox(spacing=8, margins=(0, 0, 10, 0), parent=self)
        column.addWidget(self.trouble)
        row = HBox(spacing=12)
        row.addStretch(1)
        row.addWidget(self.revert)
        row.addWidget(self.save)
        column.addLayout(row)
        self.retranslate()
        self.set_state(savable=False, revertible=False)

    def set_state(self, *, savable: bool, revertible: bool) -> None:
        """What can be pressed now."""
        self.save.setEnabled(savable)
        self.revert.setVisible(revertible)

    def retranslate(self) -> None:
        """Take the words anew."""
        self.revert.setText(self.tr("还原"))
        self.save.setText(self.tr("保存"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


class AdminPage(QWidget):
    """A page of the settings. ``told`` carries what was done, in words.

    ``loaded`` comes when the page shows what it read.
    """

    told = Signal(str)
    loaded = Signal()
    topics: frozenset[str] = frozenset({"catalogue"})

    def __init__(self, station: Station) -> None:
        super().__init__()
        self._station = station
        self._refused: list[tuple[Place, Callable[[], str]]] = []
        self.busy = False

    def follow(self) -> None:
        """Something was typed, sent or answered: the buttons follow."""

    def ask(self) -> None:
        """Read anew what the page shows."""
        raise NotImplementedError

    def unsaved(self) -> bool:
        """Whether something was typed that is not saved."""
        return False

    def retranslate(self) -> None:
        """Take the words anew; the sentences of errors with them."""
        for place, words in self._refused:
            # What was typed again since is not marked any more.
            if _said(place):
                _say(place, words())

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the focus."""
        focus = self.focusWidget()
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and isinstance(focus, QPushButton) and not event.isAutoRepeat():
            focus.click()
            return
        super().keyPressEvent(event)

    def send(
        self,
        commands: Sequence[object],
        then: Callable[[object], None],
        places: Mapping[str, Place],
        trouble: ErrorLine,
        *buttons: QWidget,
    ) -> None:
        """Carry commands out one after the other; ``then`` gets the value of the last.

        ``buttons`` are off until the answer; a refusal stands at the field it names, any other
        in ``trouble``, and what was typed stays.
        """
        self.forgive()
        self.busy = True
        for button in buttons:
            button.setEnabled(False)
        self.follow()

        def ready() -> None:
            self.busy = False
            for button in buttons:
                button.setEnabled(True)
            self.follow()

        def failed(error: TingtangError) -> None:
            ready()
            self.refuse(error, places, trouble)

        def step(at: int) -> None:
            def done(value: object) -> None:
                if at + 1 < len(commands):
                    step(at + 1)
                    return
                ready()
                then(value)
                self.follow()

            self._station.run(self, commands[at], done, failed)

        step(0)

    def refuse(self, error: TingtangError, places: Mapping[str, Place], trouble: ErrorLine) -> None:
        """Say why not, at the field the error names or under the form."""
        if isinstance(error, StoreError):
            self._station.complain(error)
            return
        place: Place = trouble
        if isinstance(error, BadInput):
            place = places.get(error.field, trouble)
        self.mark(place, lambda: sentence(error))

    def mark(self, place: Place, words: Callable[[], str]) -> None:
        """Say at a field what would be right; the first field marked gets the focus."""
        if isinstance(place, FieldEdit) and not self._refused:
            place.edit.setFocus()
            # When the sentence has its room; a long form is scrolled to it.
            QTimer.singleShot(0, place, partial(_bring, place))
        self._refused.append((place, words))
        _say(place, words())

    def forgive(self) -> None:
        """Take the sentences of the last refusal away."""
        for place, _words in self._refused:
            _say(place, "")
        self._refused.clear()


class FormPage(AdminPage, Generic[V]):
    """A page with one form and a bar under it; what is typed is a draft until it is saved."""

    _bar: SaveBar
    _drafts: Drafts[V]

    def wire_form(self, bar: SaveBar, drafts: Drafts[V]) -> None:
        """Take the form's bar and its drafts, and follow what is typed."""
        self._bar, self._drafts = bar, drafts
        bar.save.clicked.connect(self.save)
        bar.revert.clicked.connect(self._revert)

    def save(self) -> None:
        """Send what is typed."""
        raise NotImplementedError

    def making(self) -> bool:
        """Whether the form makes something new, so that it may be sent as it stands."""
        return False

    def show_values(self, key: Hashable, stored: V) -> None:
        """Show what is stored, or what was typed for it before."""
        self._drafts.show(key, stored)
        self.follow()

    def unsaved(self) -> bool:
        """Whether something was typed that is not saved, for this key or another."""
        return self._drafts.any()

    def follow(self) -> None:
        """Save what differs, but not twice."""
        typed = self._drafts.dirty()
        savable = (typed or self.making()) and not self.busy
        self._bar.set_state(savable=savable, revertible=typed and not self.busy)

    def _revert(self) -> None:
        self.forgive()
        self._drafts.revert()
        self.follow()


def _bring(place: QWidget) -> None:
    above = place.parentWidget()
    while above is not None and not isinstance(above, QScrollArea):
        above = above.parentWidget()
    if above is not None:
        above.ensureWidgetVisible(place)


def _say(place: Place, text: str) -> None:
    if isinstance(place, FieldEdit):
        place.set_error(text)
    else:
        place.show_error(text)


def _said(place: Place) -> str:
    return place.error_text() if isinstance(place, FieldEdit) else place.sentence.text()

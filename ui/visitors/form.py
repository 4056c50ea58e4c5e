"""Owns the form a visitor is signed in with, from the notice to the badge; lists nobody."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from branch.kernel.errors import BadInput, RuleBroken, StoreError, TingtangError
from branch.kernel.masking import mask_name
from branch.kernel.store import Store
from branch.people.queries import staff_members
from branch.visitors.commands.register import SignedInVisitor
from branch.visitors.queries.notices import Notice, current_notice
from branch.visitors.queries.register import VisitorLine
from branch.visitors.queries.usual import UsualAreas, usual_areas
from branch.visitors.rules import State as VisitorState
from ui.models.visitor_words import area_label
from ui.shell.asking import Asking
from ui.shell.station import Station, sentence
from ui.visitors.badge_printing import BadgePrinting
from ui.visitors.details_part import DetailsPart
from ui.visitors.notice_box import NoticeBox
from ui.visitors.outcome_strip import OutcomeStrip
from ui.widgets.button import COMPACT, LARGE, LinkButton, PrimaryButton
from ui.widgets.card import Card
from ui.widgets.field import ErrorLine
from ui.widgets.label import CAPTION, CARD_TITLE, Label
from ui.widgets.scroll_area import ScrollArea
from ui.widgets.staff_field import Colleague, colleagues_among
from ui.widgets.stage import HBox, VBox
from ui.widgets.state import State

FORM_WIDTH = 404
_SIDE = 22
# Below this height (px; a window of 800) the notice and the pad give room to the fields.
_ROOMY_FROM = 780
_SUBMIT = replace(LARGE, height=52)
_HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
_TOPICS = frozenset({"staff", "notice", "visitor"})


@dataclass(frozen=True)
class _Facts:
    """What the form needs to know of the branch."""

    hosts: tuple[Colleague, ...]
    notice: Notice
    usual: UsualAreas


def _facts(store: Store) -> _Facts:
    return _Facts(
        colleagues_among(staff_members(store)),
        current_notice(store, "register"),
        usual_areas(store),
    )


class SignInForm(Card):
    """The card at the right of the register.

    ``done`` brings the SignedInVisitor, ``told`` a sentence and its State for the window's
    toasts. Until a visitor is noted, everything typed stays, whatever is refused; afterwards
    nothing of it is left.
    """

    done = Signal(object)
    told = Signal(str, object)

    def __init__(self, station: Station) -> None:
        super().__init__()
        self._station = station
        self._badge = ""
        self._noted: SignedInVisitor | None = None
        self._busy = self._away = False
        self.title = Label("", CARD_TITLE)
        self.next_badge = Label("", CAPTION, align=Qt.AlignmentFlag.AlignRight)
        self.clear_button = LinkButton("", size=COMPACT)
        self.outcome = OutcomeStrip()
        self.details = DetailsPart(lambda: station.now().date())
        self.notice = NoticeBox(station.branch.name)
        self.error = ErrorLine()
        self.submit_button = PrimaryButton("", size=_SUBMIT, icon="check")
        self.printing = BadgePrinting(station, self)
        self.setFixedWidth(FORM_WIDTH)
        self._lay_out()
        self._wire()
        self.retranslate()
        self._show()
        self._asking = Asking(station, self, lambda: _facts, self._take)
        self._asking.ask()

    def _lay_out(self) -> None:
        column = VBox(margins=(_SIDE, 14, 0, 18), parent=self)
        head = HBox(spacing=8)
        head.addWidget(self.title, 1)
        head.addWidget(self.clear_button)
        head.addWidget(self.next_badge)
        top = VBox(margins=(0, 0, _SIDE, 0))
        top.addLayout(head)
        top.add_gap(8)
        top.addWidget(self.outcome)
        top.addWidget(self.details.purpose)
        column.addLayout(top)
        column.add_gap(10)
        self.area = ScrollArea(self.details)
        self.details.set_side(_SIDE)
        self.area.verticalScrollBar().rangeChanged.connect(self._keep_width)
        column.addWidget(self.area, 1)
        column.add_gap(8)
        foot = VBox(margins=(0, 0, _SIDE, 0))
        foot.addWidget(self.notice)
        foot.addWidget(self.error)
        foot.add_gap(10)
        foot.addWidget(self.submit_button)
        column.addLayout(foot)
        self._order_keys()

    def _keep_width(self, _least: int, most: int) -> None:
        """The bar stands in the card's side, so that fields keep their width beside it."""
        bar = self.area.verticalScrollBar().sizeHint().width() if most else 0
        self.details.set_side(_SIDE - bar)

    def _order_keys(self) -> None:
        # Nothing is asked before the notice was told (PIPL Art. 17), so its tick comes first.
        self._chain: list[QWidget] = [
            self.notice.told,
            self.notice.read_button,
            *self.details.purpose.buttons(),
            *self.details.order(),
            self.notice.signature.spoken_button,
            self.notice.signature.again_button,
            self.submit_button,
            self.outcome.print_button,
            self.clear_button,
        ]
        for before, after in pairwise(self._chain):
            QWidget.setTabOrder(before, after)

    def _wire(self) -> None:
        station = self._station
        station.changed.connect(self._on_changed)
        station.offline.connect(lambda _text, _tries: self._set_away(True))
        station.online.connect(lambda: self._set_away(False))
        self.submit_button.clicked.connect(self.submit)
        self.clear_button.clicked.connect(self.start_over)
        self.outcome.print_wanted.connect(self._print)
        self.printing.told.connect(self.told)
        self.details.touched.connect(self._begin)
        self.details.host.entered.connect(self.go_on)
        self.notice.told.toggled.connect(self._begin)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            self._key(keys, self.submit)
        for at, segment in enumerate(self.details.purpose.buttons(), 1):
            segment.setToolTip(f"Ctrl+{at}")
            self._key(f"Ctrl+{at}", segment.click)
        # Enter presses what has the focus here, as it goes on everywhere else in the form.
        for button in (self.submit_button, self.outcome.print_button):
            button.setAutoDefault(True)

    def _key(self, keys: str, act: Callable[[], object]) -> None:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(act)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on to what is needed next; Tab goes through everything."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & _HELD:
            self.go_on()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take the room there is."""
        super().resizeEvent(event)
        self.notice.set_low(self.height() < _ROOMY_FROM)

    # -- what the window asks for ---------------------------------------------------------------

    def focus_first(self) -> None:
        """The keyboard begins here: at the notice, or at the name once it was told."""
        first = self.details.name.edit if self.notice.told.isChecked() else self.notice.told
        first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def go_on(self) -> None:
        """From where the keyboard is to the next thing needed and not there yet; at the end of
        all, to the button that notes the visitor."""
        at = QApplication.focusWidget()
        if at is self.notice.told and not self.notice.told.isChecked():
            self.notice.set_error(sentence(RuleBroken("notice_not_told")))
            return
        if at not in self._chain:
            return
        stops = (*self.details.stops(), self.submit_button)
        rest = self._chain[self._chain.index(at) + 1 :]
        following = next((widget for widget in rest if widget in stops), None)
        if following is not None:
            following.setFocus(Qt.FocusReason.TabFocusReason)
            self.area.ensureWidgetVisible(following)

    def fill_from(self, line: VisitorLine) -> None:
        """An announced visitor has come: take over what was announced."""
        self.start_over()
        self.details.fill_from(line)
        self._show()
        self.focus_first()

    def set_next_badge(self, badge: str) -> None:
        """Which badge comes next; an empty text when all are out."""
        self._badge = badge
        self._show_badge()

    def start_over(self) -> None:
        """Nothing is typed, nobody was told anything."""
        self.details.clear()
        self.notice.clear()
        self.outcome.clear()
        self._noted = None
        self.error.show_error("")
        self._show()

    # -- sending --------------------------------------------------------------------------------

    def submit(self) -> None:
        """Note the visitor, once what is needed stands there."""
        if self._busy or self._away:
            return
        self._clear_errors()
        self.details.settle()
        missing = self.details.missing()
        places = self.details.places()
        for field in missing:
            places[field](sentence(BadInput("field_empty", field=field)))
        told = self.notice.told.isChecked()
        if not told:
            self.notice.set_error(sentence(RuleBroken("notice_not_told")))
        if missing or not told:
            self._focus_error(missing)
            return
        signature = self.notice.signature
        command = self.details.command(
            told, self.notice.version(), signature.signature(), signature.is_spoken()
        )
        announced = self.details.expected()
        typed = mask_name(command.details.name)
        shown = typed or (announced.shown_name if announced else "")
        area = area_label(command.details.area)
        self._set_busy(True)
        self._station.run(
            self,
            command,
            lambda noted: self._has_noted(noted, shown, area),
            self._refused,
        )

    def _has_noted(self, noted: SignedInVisitor, shown: str, area: str) -> None:
        self._set_busy(False)
        self.start_over()
        self._noted = noted
        if noted.state == VisitorState.HELD:
            self.outcome.tell(self.tr("已登记，需主管确认后发牌"), State.PAUSED, may_print=False)
            self.focus_first()
        else:
            text = self.tr("{badge} 已发给 {name}，请带到{area}")
            words = text.format(badge=noted.badge, name=shown, area=area)
            self.outcome.tell(words, State.OK, may_print=True)
            self.outcome.print_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.done.emit(noted)

    def _refused(self, error: TingtangError) -> None:
        self._set_busy(False)
        text = sentence(error)
        if isinstance(error, StoreError):
            return  # the window says so, and what was typed stays
        places = self.details.places()
        if isinstance(error, BadInput) and error.field in places:
            places[error.field](text)
            self._focus_error((error.field,))
        elif error.code in ("notice_not_told", "notice_changed"):
            self.notice.set_error(text)
            self._asking.ask()
        elif error.code == "visitor_inside":
            places["number"](text)
            self._focus_error(("number",))
        else:
            self.error.show_error(text)

    def _focus_error(self, fields: Sequence[str]) -> None:
        """To the first thing that is missing; the notice comes before everything."""
        if not self.notice.told.isChecked():
            self.notice.told.setFocus()
            return
        widget = self.details.widget_of(fields[0])
        widget.setFocus()
        self.area.ensureWidgetVisible(widget)

    def _clear_errors(self) -> None:
        self.error.show_error("")
        self.notice.set_error("")
        for show in self.details.places().values():
            show("")

    def _print(self) -> None:
        if self._noted is not None:
            self.printing.print_visitor(self._noted.id)

    # -- showing --------------------------------------------------------------------------------

    def _on_changed(self, topics: frozenset[str]) -> None:
        if topics & _TOPICS:
            self._asking.ask()

    def _take(self, facts: _Facts) -> None:
        self.details.show_hosts(facts.hosts)
        self.details.show_usual(facts.usual)
        self.notice.show_notice(facts.notice)

    def _begin(self) -> None:
        self.outcome.clear()
        self.error.show_error("")

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self._show()

    def _set_away(self, away: bool) -> None:
        self._away = away
        self._show()
        if not away:
            self._asking.ask()

    def _show(self) -> None:
        self.submit_button.setEnabled(not self._busy and not self._away)
        self._show_badge()

    def _show_badge(self) -> None:
        text = self.tr("访客牌 {badge}").format(badge=self._badge)
        self.next_badge.setText(text if self._badge else self.tr("访客牌已发完"))

    def retranslate(self) -> None:
        """Take the words anew."""
        self.title.setText(self.tr("登记来访"))
        self.clear_button.setText(self.tr("清空"))
        self.submit_button.setText(self.tr("登记并发牌"))
        self.submit_button.setToolTip("Ctrl+Enter")
        self.details.retranslate()
        self.notice.retranslate()
        self.outcome.retranslate()
        self._show_badge()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

"""What tests of papers share: the complaint desk's window, and a hand that writes and issues."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from branch.complaints.queries.papers import papers_of
from branch.papers.head import PaperLine
from tests.complaints.desk import ADVISER, Desk
from ui.complaints.paper_choice import PaperChoice
from ui.complaints.window import ComplaintsWindow
from ui.widgets.dialog import ConfirmDialog
from ui.widgets.papers.dialog import PaperDialog
from ui.widgets.papers.fields import TypedField
from ui.widgets.papers.view import PaperView
from ui.widgets.pressing import PressGuard

LEFT = Qt.MouseButton.LeftButton
W = TypeVar("W", bound=QWidget)


class Hand:
    """Somebody at the complaint desk who works with papers."""

    def __init__(self, qtbot: QtBot, desk: Desk, window: ComplaintsWindow) -> None:
        self.qtbot, self.desk, self.window = qtbot, desk, window

    def until(self, true: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(true, timeout=10_000)

    def press(self, button: QAbstractButton) -> None:
        self.until(button.isVisible)
        assert button.isEnabled(), button.text() or button.accessibleName()
        if isinstance(button, PressGuard):
            # Sent again in one breath: a test reads faster than a person.
            button.repeat_guard = False
        self.qtbot.mouseClick(button, LEFT)

    def key(self, key: str) -> None:
        """A key in the desk's window, which is before all others."""
        self.window.activateWindow()
        self.until(self.window.isActiveWindow)
        self.qtbot.keyClick(self.window, key)

    def dialog(self, kind: type[W], parent: QWidget | None = None) -> W:
        """The newest open dialog of a kind."""
        place = parent or self.window
        self.until(lambda: any(one.isVisible() for one in place.findChildren(kind)))
        return [one for one in place.findChildren(kind) if one.isVisible()][-1]

    def choice(self) -> PaperChoice:
        self.key("p")
        return self.dialog(PaperChoice)

    def editor(self, form: str) -> PaperDialog:
        """The editor of a form, with its preview."""
        self.press(self.choice().tile(form))
        return self.ready(self.dialog(PaperDialog))

    def ready(self, dialog: PaperDialog) -> PaperDialog:
        self.until(lambda: bool(dialog.preview.data) and not dialog.preview.making.busy)
        return dialog

    def field(self, dialog: PaperDialog, key: str) -> TypedField:
        return dialog.form.typed_fields[key]

    def write(self, dialog: PaperDialog, key: str, text: str) -> None:
        """Write over what stands in a field, as an input method does."""
        control = self.field(dialog, key).control
        edit = getattr(control, "edit", control)
        edit.setFocus()
        edit.selectAll()
        if not text:
            self.qtbot.keyClick(edit, Qt.Key.Key_Delete)
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(edit, event)
        if isinstance(edit, QPlainTextEdit):
            assert edit.toPlainText() == text

    def issue(self, dialog: PaperDialog) -> PaperView:
        """Issue it, and see what was issued."""
        self.press(dialog.issue_button)
        self.press(self.dialog(ConfirmDialog, dialog).confirm_button)
        view = self.dialog(PaperView)
        self.until(lambda: bool(view.preview.data))
        return view

    def deed(self, what: str) -> QAbstractButton:
        """The button of the only paper in the section, once nothing is asked any more."""
        section = self.window.view.paper_section
        self.until(
            lambda: (
                len(section.deeds) > 0
                and not section.asking.under_way
                and not self.window.case_asking.under_way
            )
        )
        return next(button for (_paper, key), button in section.deeds.items() if key == what)

    def papers(self, case: int, by: str = ADVISER) -> tuple[PaperLine, ...]:
        return papers_of(self.desk.store, self.desk.staff(by), case)

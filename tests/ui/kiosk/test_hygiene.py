"""Nothing of a customer outlives his session at the kiosk, and nobody's name ever gets there.

The three leaks of peers' kiosks, host lists, remembered visitors and names that complete
themselves, are looked for on every page.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QCompleter,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from branch.people.queries import staff_members
from branch.visitors.commands.reception import RecordReception
from branch.visitors.commands.register import SignInVisitor
from branch.visitors.details import Details
from tests.conftest import OPENING
from tests.ui.kiosk.conftest import Customer
from ui.kiosk.booking import BookingPage
from ui.kiosk.elder import ElderHome, ElderList
from ui.kiosk.home import HomePage
from ui.kiosk.notice import HelpPage
from ui.kiosk.offers import ServicesPage
from ui.kiosk.ticket import TicketPage
from ui.shell.language import language

EDITS = (QLineEdit, QPlainTextEdit, QTextEdit)
HINTS = Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
VISITOR, UNIT, SURNAME, PHONE = "周建军", "安达设备维保", "欧阳", "13812345172"


@pytest.fixture
def peopled(customer: Customer) -> Customer:
    """A branch with a visitor inside, a reception record, and a customer at the kiosk."""
    host = next(m.id for m in staff_members(customer.other.store) if m.staff_no == "100301")
    customer._run(
        "100401",
        "register",
        SignInVisitor(
            Details(VISITOR, UNIT, host, "maintenance", "machine_room", phone=PHONE), True, 1
        ),
    )
    customer.manager(
        RecordReception(
            None, "P01", follow_up="answer", follow_by="2026-11-23", surname=SURNAME,
            title="mr", phone=PHONE, notice=1, told_at=OPENING,
        )
    )  # fmt: skip
    return customer


def settle() -> None:
    """Let everything that was given up be freed."""
    for _ in range(3):
        QCoreApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def readable(window: QWidget) -> Iterator[str]:
    """Every text that an eye, a pointer or a screen reader could find, hidden widgets too."""
    for widget in (window, *window.findChildren(QWidget)):
        yield from (
            widget.accessibleName(),
            widget.accessibleDescription(),
            widget.toolTip(),
            widget.whatsThis(),
            widget.statusTip(),
            widget.windowTitle(),
        )
        if isinstance(widget, QLabel | QAbstractButton | QLineEdit):
            yield widget.text()


def remembered(window: QWidget) -> set[str]:
    """Every text that the kiosk's own objects hold on to, wherever they hang."""
    found: set[str] = set()
    seen: set[int] = set()
    waiting: list[Any] = [window, *window.findChildren(QObject)]
    while waiting:
        thing = waiting.pop()
        if id(thing) in seen:
            continue
        seen.add(id(thing))
        if isinstance(thing, str):
            found.add(thing)
        elif isinstance(thing, dict):
            waiting += [*thing.keys(), *thing.values()]
        elif isinstance(thing, list | tuple | set | frozenset):
            waiting += thing
        elif type(thing).__module__.startswith(("ui.kiosk", "ui.widgets", "branch.lobby")):
            waiting += vars(thing).values() if hasattr(thing, "__dict__") else ()
    return found


def people(customer: Customer) -> list[str]:
    """Whoever could be named: staff, the visitor, the customer who left his number."""
    staff = [m.name for m in staff_members(customer.other.store) if not m.is_station]
    assert len(staff) > 5
    return [*staff, VISITOR, UNIT, SURNAME, PHONE, "周*军", "138****5172"]


def look(customer: Customer) -> None:
    """No page names anybody, completes anything or keeps a field to type words into."""
    window = customer.window
    texts = "\n".join(readable(window))
    assert [name for name in people(customer) if name in texts] == []
    assert window.findChildren(QCompleter) == []
    assert window.findChildren(QComboBox) == []
    for kind in EDITS:
        for edit in window.findChildren(kind):
            assert isinstance(edit, QWidget)
            hints = edit.inputMethodHints()
            assert hints & HINTS == HINTS, f"{type(edit).__name__} proposes words"
            if isinstance(edit, QLineEdit):
                assert edit.completer() is None
    assert window.inputMethodHints() & HINTS == HINTS
    assert not window.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)


def test_no_page_names_anybody_or_completes_anything(peopled: Customer) -> None:
    customer = peopled
    home = customer.on(HomePage)
    look(customer)
    customer.press(home.booking)
    customer.on(BookingPage)
    look(customer)
    customer.window.page().go_back()
    customer.group("cash")
    services = customer.on(ServicesPage)
    look(customer)
    customer.press(services.rows["P01"])
    look(customer)
    services.go_back()
    customer.on(HomePage)
    customer.window.course.ask_help()
    customer.on(HelpPage)
    look(customer)
    customer.window.page().go_back()
    customer.press(customer.on(HomePage).care)
    customer.on(ElderHome)
    look(customer)
    customer.window.course._open_group("cards")
    customer.on(ElderList)
    look(customer)


def test_what_was_typed_and_taken_is_gone_with_its_customer(peopled: Customer) -> None:
    """A code typed in English and big contrast, a wrong one, a ticket: then the next customer."""
    customer = peopled
    customer.press(customer.on(HomePage).tools["language"])
    customer.press(customer.on(HomePage).booking)
    page = customer.on(BookingPage)
    for digit in "481516":
        customer.press(page.keys[digit])
    customer.press(page.take)
    customer.qtbot.waitUntil(lambda: bool(page.error_text()))
    page.go_back()
    customer.group("cash")
    customer.window.course._take("P01", old=True)
    number = customer.on(TicketPage).card.number.text()
    look(customer)
    assert number in remembered(customer.window)
    customer.press(customer.on(TicketPage).finish)
    customer.on(HomePage)
    settle()
    told = remembered(customer.window)
    shown = "\n".join(readable(customer.window))
    for trace in (number, "481516", "4 8 1 5 1 6"):
        assert trace not in told
        assert trace not in shown
    assert language().code == "zh"
    assert customer.window.course.at_rest()
    assert not customer.window.findChildren(BookingPage)
    assert not customer.window.findChildren(TicketPage)
    look(customer)


def test_left_alone_half_typed_digits_go_too(peopled: Customer) -> None:
    customer = peopled
    customer.activate()
    for key in "4815":
        QTest.keyClick(customer.window, Qt.Key(ord(key)))
    assert "4815" in remembered(customer.window)
    customer.group("cash")
    customer.later(61)
    customer.on(HomePage)
    settle()
    assert "4815" not in remembered(customer.window)


def test_nothing_lies_in_the_clipboard(peopled: Customer) -> None:
    customer = peopled
    clipboard = QGuiApplication.clipboard()
    clipboard.clear()
    customer.activate()
    customer.press(customer.on(HomePage).booking)
    page = customer.on(BookingPage)
    for digit in "481516":
        customer.press(page.keys[digit])
    for keys in (Qt.Key.Key_A, Qt.Key.Key_C, Qt.Key.Key_X, Qt.Key.Key_Z):
        QTest.keyClick(customer.window, keys, Qt.KeyboardModifier.ControlModifier)
    assert clipboard.text() == ""
    page.go_back()
    customer.on(HomePage)
    customer.press(customer.on(HomePage).booking)
    again = customer.on(BookingPage)
    QTest.keyClick(customer.window, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(customer.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert again.cells.digits == ""

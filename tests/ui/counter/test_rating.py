"""The customer's rating screen: asked after a finish, kept, declined, left alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from branch.kernel.errors import StoreUnavailable
from branch.lobby.commands.calling import CallNext, Finish, Undo
from branch.lobby.commands.counters import OpenCounter
from tests.ui.counter.conftest import LEFT, Beside
from ui.counter.rating import RatingWindow
from ui.shell.language import language

RATINGS = "SELECT ticket, score, counter FROM rating"


@pytest.fixture
def served(beside: Beside) -> Beside:
    """A001 is at counter 1, A002 waits."""
    beside.at(1, OpenCounter(1))
    beside.issue()
    beside.issue()
    beside.at(1, CallNext(1))
    return beside


def texts(window: RatingWindow) -> list[str]:
    return [label.text() for label in window.findChildren(QLabel) if label.isVisible()]


def asks(window: RatingWindow, number: str) -> bool:
    return f"{number} 号，请点一下" in texts(window)


def seconds(window: RatingWindow, count: int) -> None:
    """So many seconds of its clock."""
    for _ in range(count):
        window._clock.timeout.emit()


def finish(qtbot: QtBot, window: RatingWindow, beside: Beside, number: str = "A001") -> None:
    beside.at(1, Finish(1))
    qtbot.waitUntil(lambda: asks(window, number))


def test_it_welcomes_while_nobody_is_done(
    qtbot: QtBot, customer: RatingWindow, served: Beside
) -> None:
    assert "您好，欢迎光临" in texts(customer)
    assert any("1 号柜台" in text for text in texts(customer))


def test_it_asks_after_a_finish_and_keeps_the_score(
    qtbot: QtBot, customer: RatingWindow, served: Beside
) -> None:
    finish(qtbot, customer, served)
    assert "您对这次服务满意吗？" in texts(customer)
    titles = [tile.content().title for tile in customer.tiles.values()]
    assert titles == ["很满意", "满意", "一般", "不满意", "很不满意"]
    QTest.mouseClick(customer.tiles[4], LEFT)
    assert "谢谢您的评价" in texts(customer)
    qtbot.waitUntil(lambda: served.rows(RATINGS) == [(1, 4, 1)])
    seconds(customer, 4)
    assert "您好，欢迎光临" in texts(customer)


def test_a_score_can_be_given_by_key(qtbot: QtBot, customer: RatingWindow, served: Beside) -> None:
    finish(qtbot, customer, served)
    customer.tiles[1].setFocus()
    QTest.keyClick(customer.tiles[1], Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: served.rows(RATINGS) == [(1, 1, 1)])


def test_declining_is_kept_as_such(qtbot: QtBot, customer: RatingWindow, served: Beside) -> None:
    finish(qtbot, customer, served)
    assert customer.decline.text() == "这次不评价"
    QTest.mouseClick(customer.decline, LEFT)
    qtbot.waitUntil(lambda: served.rows(RATINGS) == [(1, None, 1)])
    assert "谢谢您" in texts(customer)
    assert "请带好您的物品，再见" in texts(customer)


def test_letting_the_time_pass_keeps_nothing(
    qtbot: QtBot, customer: RatingWindow, served: Beside
) -> None:
    finish(qtbot, customer, served)
    seconds(customer, 19)
    assert asks(customer, "A001")
    seconds(customer, 1)
    assert "您好，欢迎光临" in texts(customer)
    served.clock.advance(1)
    served.at(1, CallNext(1))
    finish(qtbot, customer, served, "A002")
    assert served.rows(RATINGS) == []


def test_the_next_customer_is_asked_for_himself(
    qtbot: QtBot, customer: RatingWindow, served: Beside
) -> None:
    finish(qtbot, customer, served)
    served.clock.advance(1)
    served.at(1, CallNext(1))
    served.at(1, Finish(1))
    qtbot.waitUntil(lambda: asks(customer, "A002"))
    QTest.mouseClick(customer.tiles[5], LEFT)
    qtbot.waitUntil(lambda: served.rows(RATINGS) == [(2, 5, 1)])


def test_a_finish_taken_back_is_not_asked_about(
    qtbot: QtBot, customer: RatingWindow, served: Beside
) -> None:
    finish(qtbot, customer, served)
    served.at(1, Undo(1))
    qtbot.waitUntil(lambda: "您好，欢迎光临" in texts(customer))
    finish(qtbot, customer, served)
    QTest.mouseClick(customer.tiles[5], LEFT)
    qtbot.waitUntil(lambda: served.rows(RATINGS) == [(1, 5, 1)])


def test_another_counter_is_another_screens_matter(
    qtbot: QtBot, customer: RatingWindow, served: Beside
) -> None:
    served.at(2, OpenCounter(2))
    called = served.at(2, CallNext(2))
    served.at(2, Finish(2))
    finish(qtbot, customer, served)
    assert not asks(customer, called.number)


def test_a_rating_waits_for_a_lost_store(
    qtbot: QtBot, customer: RatingWindow, served: Beside, monkeypatch: pytest.MonkeyPatch
) -> None:
    finish(qtbot, customer, served)
    station = customer._station
    with monkeypatch.context() as lost:
        lost.setattr(
            station,
            "run",
            lambda owner, command, then=None, failed=None: failed(StoreUnavailable("store_lost")),
        )
        QTest.mouseClick(customer.tiles[2], LEFT)
    assert "谢谢您的评价" in texts(customer)
    assert served.rows(RATINGS) == []
    station.online.emit()
    qtbot.waitUntil(lambda: served.rows(RATINGS) == [(1, 2, 1)])


def test_it_shows_no_name_and_speaks_english(
    qtbot: QtBot, customer: RatingWindow, served: Beside
) -> None:
    finish(qtbot, customer, served)
    language().choose("en")
    qtbot.waitUntil(lambda: "A001, please touch one" in texts(customer))
    assert "How was our service?" in texts(customer)
    assert [tile.content().title for tile in customer.tiles.values()] == [
        "Very good",
        "Good",
        "Fair",
        "Poor",
        "Very poor",
    ]
    assert not any("王敏" in text for text in texts(customer))


@pytest.mark.parametrize("size", [(1280, 800), (1024, 600)])
@pytest.mark.parametrize("code", ["zh", "en"])
def test_nothing_is_cut(
    qtbot: QtBot, customer: RatingWindow, served: Beside, code: str, size: tuple[int, int]
) -> None:
    language().choose(code)
    customer.resize(*size)
    served.at(1, Finish(1))
    qtbot.waitUntil(customer.question.isVisible)
    customer.grab()
    for tile in customer.tiles.values():
        assert tile.cut_texts() == ()
        assert min(tile.width(), tile.height()) >= 80
    for label in customer.findChildren(QLabel):
        if label.isVisible():
            assert label.sizeHint().width() <= label.width() + 1, label.text()

"""One customer from opening the counter to the next, by keys alone, as a teller's hand does it."""

from __future__ import annotations

from collections.abc import Callable

from branch.lobby.rules import State
from tests.ui.counter.conftest import Beside, Key, Teller


def test_a_whole_service_by_keys(sit: Callable[..., Teller], beside: Beside) -> None:
    first = beside.issue("P03")
    second = beside.issue("P01")
    teller = sit(3)
    window = teller.window
    teller.reads("本柜台还没有开始服务")
    window.serving.start.setFocus()
    teller.key(Key.Key_Return)
    teller.reads("有 2 位客户在等，按 F2 叫下一位")
    teller.key(Key.Key_F2)
    teller.sees(beside.ticket(first).number)
    sentences = [window.steps.say.text()]
    for _step in range(4):
        teller.key(Key.Key_Space)
        sentences.append(window.steps.say.text())
    assert sentences[0] == "“您好，请坐。”"
    assert sentences[-1] == "“请带好您的物品，谢谢，再见。”"
    assert len(set(sentences)) == 5
    teller.key(Key.Key_1)
    teller.key(Key.Key_2)
    assert window.documents.count.text() == "已齐 2 / 3"
    teller.later(120)
    assert window.serving.timer.text() > "02:00"
    teller.key(Key.Key_F5)
    teller.reads("有 1 位客户在等，按 F2 叫下一位")
    assert beside.ticket(first).state == State.FINISHED
    assert window.steps.say.text() == ""
    assert not window.documents.isVisible()
    teller.key(Key.Key_F2)
    teller.sees(beside.ticket(second).number)
    assert window.documents.count.text() == "已齐 0 / 1"
    told = [entry.what for entry in beside.facts("ticket.called") + beside.facts("ticket.finished")]
    assert told == ["ticket.called", "ticket.called", "ticket.finished"]

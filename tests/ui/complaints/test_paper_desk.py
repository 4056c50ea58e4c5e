"""Papers at the complaint desk: which may be made, the list, print, file, delivery, the reply."""

from __future__ import annotations

import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from pytestqt.qtbot import QtBot

from tests.complaints.desk import ADVISER, AUDITOR, OFFICER, Desk
from tests.ui.complaints.papers import Hand
from ui.complaints.paper_delivery import DeliveryDialog
from ui.complaints.reply_choice import ReplyChoice
from ui.complaints.step_dialog import StepDialog
from ui.complaints.window import ComplaintsWindow
from ui.shell import printing
from ui.shell.language import language
from ui.shell.printing import PrinterChoice, PrintFailed
from ui.widgets import print_dialog
from ui.widgets.papers.dialog import PaperDialog
from ui.widgets.papers.view import PaperView
from ui.widgets.print_dialog import BOTH_SIDES, PrintDialog

Open = Callable[..., ComplaintsWindow]


@pytest.fixture
def hand(qtbot: QtBot, desk: Desk, open_desk: Open) -> Hand:
    """The handler of a decided complaint at his desk."""
    desk.decided()
    return Hand(qtbot, desk, open_desk(ADVISER))


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str | None, int, bool]]:
    """An office printer, and what was sent to it: name, copies, both sides."""
    jobs: list[tuple[str | None, int, bool]] = []

    def take(data: bytes, name: str | None, copies: int = 1, *, duplex: bool = False) -> None:
        assert data.startswith(b"%PDF-")
        jobs.append((name, copies, duplex))

    monkeypatch.setattr(printing, "print_pdf", take)
    office = PrinterChoice("office", "二楼打印机", True)
    monkeypatch.setattr(print_dialog, "printers", lambda: (office,))
    return jobs


def test_the_choice_says_what_can_be_issued(hand: Hand) -> None:
    choice = hand.choice()
    said = {offer.form: tile.content().second for offer, tile in choice.rows}
    assert said["TS-04"] == "现在可以签发"
    assert said["TS-06"] == "11月27日前发出"
    # The first row has the key 1.
    assert choice.rows[0][1].content().right == "1"
    hand.qtbot.keyClick(choice, Qt.Key.Key_Escape)
    hand.until(lambda: not any(one.isVisible() for one in hand.window.findChildren(PaperDialog)))


def test_what_cannot_be_issued_yet_says_why(qtbot: QtBot, desk: Desk, open_desk: Open) -> None:
    desk.register()
    hand = Hand(qtbot, desk, open_desk())
    choice = hand.choice()
    tile = choice.tile("TS-02A")
    assert not tile.isEnabled()
    assert tile.content().second == "受理后才能签发受理告知书"
    assert tile.accessibleName() == "投诉受理告知书  TS-02A，受理后才能签发受理告知书"


def test_a_key_chooses_the_form(hand: Hand) -> None:
    choice = hand.choice()
    forms = [offer.form for offer, _tile in choice.rows if not offer.blocked]
    hand.qtbot.keyClick(choice, str(forms.index("TS-06") + 1))
    assert hand.dialog(PaperDialog).title.text() == "投诉处理答复书"


def test_the_section_lists_what_was_issued(hand: Hand) -> None:
    section = hand.window.view.paper_section
    assert section.told.text() == "还没有签发过文书"
    hand.issue(hand.editor("TS-06")).reject()
    hand.until(lambda: len(section.shown) == 1)
    (line,) = section.shown
    assert line.when == "11-20 09:00"
    assert line.what == "投诉处理答复书  湖滨投复〔2026〕1 号"
    assert line.who == "郑岚"
    assert line.text == "还没有打印"
    assert line.chip is not None
    assert line.chip.text == "未送达"
    # The story of the case tells it too.
    told = " ".join(hand.window.view.timeline.texts())
    assert "签发投诉处理答复书" in told


def test_printing_is_asked_done_and_counted(
    hand: Hand, printed: list[tuple[str | None, int, bool]]
) -> None:
    view = hand.issue(hand.editor("TS-06"))
    hand.qtbot.keyClick(view, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    question = hand.dialog(PrintDialog, view)
    assert question.printer.combo.currentText() == "二楼打印机"
    question.copies.setValue(2)
    question.sides.segment(BOTH_SIDES).click()
    hand.press(question.print_button)
    hand.until(lambda: view.outcome.whole_text() == "已送去打印")
    assert printed == [("office", 2, True)]
    hand.until(lambda: hand.papers(1)[0].printed == 2)
    view.reject()
    section = hand.window.view.paper_section
    hand.until(lambda: [one.text for one in section.shown] == ["打印 2 份，最近 11-20 09:00"])


def test_a_printer_that_fails_leads_to_a_file(
    hand: Hand, monkeypatch: pytest.MonkeyPatch, printed: list[tuple[str | None, int, bool]]
) -> None:
    def fail(*_args: object, **_how: object) -> None:
        raise PrintFailed("printer_stopped", printer="office")

    monkeypatch.setattr(printing, "print_pdf", fail)
    view = hand.issue(hand.editor("TS-06"))
    hand.press(view.print_button)
    hand.press(hand.dialog(PrintDialog, view).print_button)
    hand.until(lambda: view.outcome.whole_text().endswith("可以先存为 PDF"))
    assert hand.papers(1)[0].printed == 0


def test_without_a_printer_a_file_is_offered(hand: Hand, tmp_path: Path) -> None:
    view = hand.issue(hand.editor("TS-06"))
    hand.press(view.print_button)
    question = hand.dialog(PrintDialog, view)
    assert question.trouble.text() == "这台电脑没有连接打印机，可以存为 PDF"
    assert not question.print_button.isEnabled()
    question.reject()
    file = tmp_path / "letter.pdf"
    view._keep(str(file))
    hand.until(lambda: view.outcome.whole_text() == "已存为 letter.pdf")
    assert file.read_bytes() == view.preview.data
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_damaged_file_is_told(hand: Hand) -> None:
    view = hand.issue(hand.editor("TS-06"))
    view.reject()
    folder = hand.desk.store.attachments
    assert folder is not None
    for file in folder.glob("??/*"):
        data = bytearray(file.read_bytes())
        data[-1] ^= 1
        file.write_bytes(bytes(data))
    hand.press(hand.deed("open"))
    again = hand.dialog(PaperView)
    hand.until(lambda: bool(again.error.sentence.text()))
    assert not again.print_button.isEnabled()
    assert not again.preview.isVisible()


def test_the_reply_leads_to_its_letter_first(hand: Hand) -> None:
    hand.press(hand.window.side.steps.buttons["Reply"])
    choice = hand.dialog(ReplyChoice)
    assert choice.letter_button.text() == "先签发答复书"
    hand.press(choice.letter_button)
    view = hand.issue(hand.ready(hand.dialog(PaperDialog)))
    hand.press(view.deliver_button)
    dialog = hand.dialog(DeliveryDialog)
    dialog.mode.tile("post").click()
    hand.press(dialog.confirm_button)
    hand.until(lambda: dialog.tracking.error_text() != "")
    dialog.tracking.set_text("EMS 1234 5678 9")
    hand.press(dialog.confirm_button)
    hand.until(lambda: hand.desk.state(1) == "replied")
    (delivered,) = hand.papers(1)[0].deliveries
    assert (delivered.mode, delivered.tracking) == ("post", "EMS 1234 5678 9")
    section = hand.window.view.paper_section
    hand.until(
        lambda: (
            bool(section.shown)
            and section.shown[0].chip is not None
            and section.shown[0].chip.text == "已送达"
        )
    )
    told = " ".join(map(str, hand.desk.entries))
    assert "1234 5678" not in told
    assert "12345678" not in told


def test_an_issued_letter_is_delivered_by_the_same_button(hand: Hand) -> None:
    hand.issue(hand.editor("TS-06")).reject()
    hand.press(hand.window.side.steps.buttons["Reply"])
    dialog = hand.dialog(DeliveryDialog)
    assert dialog.received_on.text() == "2026-11-20"
    dialog.receiver.set_text("陈小梅")
    hand.press(dialog.confirm_button)
    hand.until(lambda: hand.desk.state(1) == "replied")


def test_a_refusal_wants_two_witnesses(hand: Hand) -> None:
    view = hand.issue(hand.editor("TS-06"))
    hand.press(view.deliver_button)
    dialog = hand.dialog(DeliveryDialog)
    dialog.mode.tile("refused").click()
    assert dialog.told.text() == "拒收要有两位见证人，文书留在客户处或邮寄"
    assert not dialog.receiver.isVisible()
    dialog.witnesses[0].set_text("李静")
    hand.press(dialog.confirm_button)
    hand.until(lambda: dialog.witnesses[1].error_text() != "")
    dialog.witnesses[1].set_text("马强")
    hand.press(dialog.confirm_button)
    hand.until(lambda: hand.desk.state(1) == "replied")


def test_a_proof_goes_with_it(hand: Hand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    view = hand.issue(hand.editor("TS-06"))
    hand.press(view.deliver_button)
    dialog = hand.dialog(DeliveryDialog)
    dialog.receiver.set_text("陈小梅")
    wrong = tmp_path / "receipt.txt"
    wrong.write_bytes(b"\x00\x01 no receipt")
    dialog.proof.take(wrong)
    assert dialog.proof.name.whole_text() == "receipt.txt"
    hand.press(dialog.confirm_button)
    hand.until(lambda: dialog.proof.error.sentence.text() != "")
    right = tmp_path / "receipt.png"
    right.write_bytes(PNG)
    dialog.proof.take(right)
    hand.press(dialog.confirm_button)
    hand.until(lambda: bool(hand.papers(1)[0].deliveries))
    assert len(hand.papers(1)[0].deliveries[0].proof) == 64
    shown: list[str] = []

    def open_url(url: QUrl) -> bool:
        shown.append(url.toLocalFile())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    section = hand.window.view.paper_section
    hand.until(lambda: bool(section.papers and section.papers[0].deliveries))
    hand.press(hand.deed("open"))
    again = hand.dialog(PaperView)
    hand.press(next(iter(again.proofs.values())))
    hand.until(lambda: len(shown) == 1)
    assert Path(shown[0]).read_bytes() == PNG


def test_a_call_is_noted_without_a_letter(hand: Hand) -> None:
    hand.press(hand.window.side.steps.buttons["Reply"])
    hand.press(hand.dialog(ReplyChoice).call_button)
    dialog = hand.dialog(StepDialog)
    assert dialog.windowTitle() == "答复客户"


def test_who_only_reads_makes_none(qtbot: QtBot, desk: Desk, open_desk: Open) -> None:
    desk.decided()
    window = open_desk(AUDITOR)
    section = window.view.paper_section
    qtbot.waitUntil(lambda: not section.asking.under_way)
    assert section.isHidden()
    window.papers.choose()
    qtbot.wait(50)


def test_english_follows(hand: Hand) -> None:
    hand.issue(hand.editor("TS-06")).reject()
    section = hand.window.view.paper_section
    hand.until(lambda: len(section.shown) == 1)
    language().choose("en")
    hand.until(lambda: section.caption.text() == "Papers")
    assert section.shown[0].text == "Not printed yet"
    assert hand.window.top.verify_button.text() == "Verify"


def test_the_officer_may_look_at_it_too(hand: Hand, open_desk: Open) -> None:
    hand.issue(hand.editor("TS-06")).reject()
    other = Hand(hand.qtbot, hand.desk, open_desk(OFFICER))
    other.press(other.deed("open"))
    view = other.dialog(PaperView)
    other.until(lambda: bool(view.preview.data))


PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000a49444154789c6300010000050001"
    "0d0a2db40000000049454e44ae426082"
)

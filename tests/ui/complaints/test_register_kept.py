"""Registering a complaint: who it is about, earlier ones, and that nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from branch.complaints.commands.answering import Reply
from branch.complaints.commands.registration import Register
from branch.complaints.commands.reviews import RecordVisit
from branch.kernel.drafts import DraftName, KeptDraft, drafts_of
from branch.kernel.errors import StoreUnavailable
from tests.complaints.desk import ADVISER, LOBBY_MANAGER, OFFICER, TELLER, WHAT, WHO, Desk
from tests.ui.complaints.intake import LEFT, Intake, Run
from ui.complaints.window import ComplaintsWindow
from ui.shell.station import Station
from ui.widgets.intake import draft
from ui.widgets.intake.dialog import MATTER, SOURCE, RegisterDialog
from ui.widgets.intake.keeping import as_fields, from_kept

Stations = Callable[[str, str], Station]


# -- who it is about ----------------------------------------------------------------------------


def test_recusal_is_told_in_words(intake: Intake) -> None:
    intake.press(intake.source.channels.tile("on_site"))
    intake.write(intake.person.name, "陈小梅")
    intake.next()
    intake.write(intake.matter.facts, "柜员态度生硬。")
    intake.write(intake.matter.subjects.field, "100482")
    intake.key(Qt.Key.Key_Return)
    assert intake.matter.subjects.names() == ("王敏",)
    assert intake.matter.subjects.news.text() == (
        "王敏应当回避：看不到这件投诉，也不能承办、审批或打印。"
    )
    intake.next()
    registered = intake.register()
    assert intake.detail(registered.id).subjects == ("王敏",)
    assert intake.cases(TELLER) == ()
    assert [line.id for line in intake.cases()] == [registered.id]


def test_a_colleague_is_taken_out_again(intake: Intake) -> None:
    intake.dialog._go(MATTER)
    intake.write(intake.matter.subjects.field, "100482")
    intake.key(Qt.Key.Key_Return)
    intake.press(intake.matter.subjects.button(intake.staff(TELLER)))
    assert intake.matter.subjects.staff() == frozenset()
    assert not intake.matter.subjects.news.isVisible()


def test_about_oneself_only_the_number_is_shown(intake: Intake) -> None:
    intake.press(intake.source.channels.tile("on_site"))
    intake.write(intake.person.name, "陈小梅")
    intake.next()
    intake.write(intake.matter.facts, "大堂经理没有引导。")
    intake.write(intake.matter.subjects.field, LOBBY_MANAGER)
    intake.key(Qt.Key.Key_Return)
    assert intake.matter.subjects.news.text().startswith("涉及您本人")
    intake.next()
    registered = intake.register()
    page = intake.dialog.done_page
    assert page.number.text() == registered.number
    assert "由其他同事办理" in page.tell.text()
    assert not page.open_button.isVisible()
    assert not page.files.isVisible()


# -- earlier ones -------------------------------------------------------------------------------


def test_the_same_matter_is_proposed_whoever_complained(intake: Intake, run: Run) -> None:
    earlier = run(OFFICER, "complaints", register_command(intake))
    same, alike = intake.dialog.matter.same, intake.dialog.source.alike
    intake.press(intake.source.channels.tile("on_site"))
    intake.write(intake.person.name, "王五")
    intake.next()
    intake.write(intake.matter.facts, WHAT.facts)
    intake.press(intake.classes.reason.tiles.tile(WHAT.reason))
    assert not same.isVisible()
    listed = intake.classes.biz_class.all
    listed.choose(WHAT.biz_class)
    listed.activated.emit(listed.currentIndex())
    intake.qtbot.waitUntil(same.isVisible, timeout=5000)
    assert same.title.text() == "可能是同一件事，近期还有 1 件"
    # It stands where it is seen.
    intake.qtbot.waitUntil(lambda: same.visibleRegion().boundingRect() == same.rect())
    assert not alike.isVisible()
    assert intake.dialog.draft().earlier is None
    link = same.links[earlier.id]
    # A second press in one breath is taken for a tremor; nobody waits for it here.
    link.repeat_guard = False
    intake.press(link)
    assert intake.dialog.draft().earlier == earlier.id
    intake.press(link)
    assert intake.dialog.draft().earlier is None
    # Other words are another matter.
    intake.matter.facts.set_text("排队时间太长。")
    intake.qtbot.waitUntil(lambda: not same.isVisible(), timeout=5000)


def test_earlier_ones_are_proposed_and_linked_by_a_person_only(intake: Intake, run: Run) -> None:
    earlier = run(OFFICER, "complaints", register_command(intake))
    alike = intake.dialog.source.alike
    assert not alike.isVisible()
    intake.press(intake.source.channels.tile("on_site"))
    intake.write(intake.person.phone, "138 1234 5172")
    intake.qtbot.waitUntil(alike.isVisible, timeout=5000)
    assert alike.title.text() == "可能是同一人，一年内还有 1 件"
    assert alike.linked() is None
    intake.press(alike.links[earlier.id])
    assert alike.linked() == earlier.id
    intake.write(intake.person.name, "陈小梅")
    intake.next()
    intake.write(intake.matter.facts, "又来一次。")
    intake.next()
    registered = intake.register()
    intake.qtbot.waitUntil(
        lambda: intake.detail(registered.id).values["repeat_of"] == earlier.id, timeout=5000
    )


def test_the_new_complaint_of_a_visit_is_linked_by_itself(
    qtbot: QtBot, desk: Desk, open_desk: Callable[..., ComplaintsWindow]
) -> None:
    case = desk.decided()
    desk.run(Reply(case, "phone", desk.clock.now_ms(), True))
    desk.run(RecordVisit(case, "phone", True, "dissatisfied", next_step="new_complaint"))
    window = open_desk()
    window.go_to_case(case)
    section = window.view.visit_section
    button = section.way_buttons["RegisterAgain"]
    qtbot.waitUntil(button.isVisible)
    qtbot.mouseClick(button, LEFT)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), RegisterDialog))
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, RegisterDialog)
    found = desk.detail(case)
    assert found is not None
    assert dialog.place.text().startswith(f"关联 {found.line.number}，第 1 步")
    dialog.source.source.channels.choose(frozenset({"book"}))
    dialog.source.person.name.set_text("陈小梅")
    for wanted in (1, 2):
        if wanted == 2:
            dialog.matter.matter.facts.set_text("还是没有补偿。")
        dialog.next_button.repeat_guard = False
        qtbot.mouseClick(dialog.next_button, LEFT)
        assert dialog.page() == wanted
    if dialog.read_back.said.isVisible():
        qtbot.mouseClick(dialog.read_back.said, LEFT)
    dialog.next_button.repeat_guard = False
    qtbot.mouseClick(dialog.next_button, LEFT)
    qtbot.waitUntil(lambda: dialog.page() == 3, timeout=5000)
    dialog.accept()
    qtbot.waitUntil(lambda: "已登记新投诉 TS-" in section.way.sentence.text(), timeout=5000)
    assert not button.isVisible()


def test_without_a_press_nothing_is_linked(intake: Intake, run: Run) -> None:
    run(OFFICER, "complaints", register_command(intake))
    intake.fill()
    assert intake.detail(intake.register().id).values["repeat_of"] is None


def test_one_about_oneself_is_not_proposed(intake: Intake, run: Run) -> None:
    about = frozenset({intake.staff(LOBBY_MANAGER)})
    run(ADVISER, "complaints", register_command(intake, about))
    alike = intake.dialog.source.alike
    intake.write(intake.person.name, WHO.name)
    intake.qtbot.waitUntil(lambda: not alike._pause.isActive(), timeout=5000)
    intake.qtbot.waitUntil(lambda: not alike._asking.under_way, timeout=5000)
    assert not alike.isVisible()


def register_command(intake: Intake, subjects: frozenset[int] = frozenset()) -> object:
    return Register("phone", intake.station.now_ms(), WHO, WHAT, subjects=subjects)


# -- nothing is lost ----------------------------------------------------------------------------


def test_a_draft_outlives_the_panel(intake: Intake, station_for: Stations, qtbot: QtBot) -> None:
    intake.press(intake.source.channels.tile("phone"))
    intake.write(intake.person.name, "陈小梅")
    intake.next()
    intake.write(intake.matter.facts, "写到一半")
    intake.press(intake.classes.reason.tiles.tile("service"))
    intake.press(intake.dialog.close_button)
    intake.open()
    assert intake.dialog.kept.text() == "接着填 09:00 没登记完的内容"
    assert intake.source.channels.code() == "phone"
    assert intake.person.name.text() == "陈小梅"
    assert intake.matter.facts.text() == "写到一半"
    assert intake.classes.reason.code() == "service"
    colleague = Intake(qtbot, station_for("lobby", ADVISER), intake.other)
    assert colleague.person.name.text() == ""
    colleague.dialog.reject()
    intake.press(intake.dialog.clear_button)
    assert intake.person.name.text() == ""
    assert not intake.dialog.kept.isVisible()
    intake.press(intake.dialog.close_button)
    assert draft._KEPT == {}


def test_nothing_typed_leaves_no_draft(intake: Intake) -> None:
    intake.dialog.reject()
    assert draft._KEPT == {}


def test_a_lost_store_loses_nothing(intake: Intake) -> None:
    intake.fill()
    intake.press(intake.dialog.read_back.said)
    intake.station.offline.emit("暂时连不上数据库，已填内容保留", 1)
    assert not intake.dialog.next_button.isEnabled()
    assert intake.dialog.error.sentence.text() == "暂时连不上数据库，已填内容保留"
    intake.station.online.emit()
    assert intake.dialog.next_button.isEnabled()
    assert intake.dialog.read_back.said.isChecked()
    intake.dialog._set_busy(True)
    intake.dialog._refused(StoreUnavailable("store_unreachable"))
    assert intake.dialog.error.sentence.text() == "暂时连不上数据库，已填内容保留"
    intake.next()
    intake.until_registered()
    assert len(intake.cases()) == 1


def test_pressing_twice_registers_once(intake: Intake) -> None:
    intake.fill()
    intake.press(intake.dialog.read_back.said)
    intake.dialog.next_button.setFocus()
    intake.dialog._register()
    intake.dialog._register()
    intake.until_registered()
    assert len(intake.cases()) == 1


def test_another_one_begins_blank(intake: Intake) -> None:
    intake.fill()
    intake.register()
    intake.press(intake.dialog.done_page.again_button)
    assert intake.dialog.page() == SOURCE
    assert intake.person.name.text() == ""
    intake.fill("周建军", "另一件事。")
    assert intake.register().number.endswith("-0002")
    assert draft._KEPT == {}


def test_opening_asks_for_the_case(intake: Intake) -> None:
    intake.fill()
    registered = intake.register()
    with intake.qtbot.waitSignal(intake.dialog.open_wanted, timeout=5000) as asked:
        intake.press(intake.dialog.done_page.open_button)
    assert asked.args == [registered.id]


def test_what_was_typed_outlives_a_killed_program(intake: Intake) -> None:
    intake.press(intake.source.channels.tile("phone"))
    intake.write(intake.person.name, "陈小梅")
    intake.next()
    intake.write(intake.matter.facts, "写到一半")
    intake.press(intake.classes.reason.tiles.tile("service"))
    folder = intake.station.settings.attachments.parent / "drafts"
    # Within two seconds it stands on the disk, sealed.
    intake.qtbot.waitUntil(lambda: holds(folder, intake), timeout=5000)
    (file,) = folder.glob("*.draft")
    assert "写到一半".encode() not in file.read_bytes()
    # Killed: the panel is never closed, the memory is gone.
    intake.dialog.keeper.deleteLater()
    intake.dialog.hide()
    draft._KEPT.clear()
    dialog = intake.open()
    intake.qtbot.waitUntil(dialog.kept.isVisible, timeout=5000)
    assert dialog.kept.text() == "接着填 09:00 没登记完的内容"
    assert dialog.draft().who.name == "陈小梅"
    assert dialog.draft().matter.facts == "写到一半"
    assert dialog.draft().matter.reason == "service"
    intake.next()
    intake.next()
    intake.register()
    intake.qtbot.waitUntil(lambda: not list(folder.glob("*.draft")), timeout=5000)


def holds(folder: Path, intake: Intake) -> bool:
    """Whether all that stands in the form is on the disk."""
    found = drafts_of(intake.other.store).found(intake.station.person.staff)
    return bool(found) and from_kept(found[0]) == replace(
        intake.dialog.draft(), kept_at=found[0].at
    )


def test_the_number_of_a_document_is_not_kept(intake: Intake) -> None:
    who = replace(WHO, document="id_card", document_number="110101199003078515")
    fields = as_fields(draft.Draft(who=who))
    assert "110101199003078515" not in str(fields)
    kept = KeptDraft(DraftName("intake", "new", 1), 5, fields)
    found = from_kept(kept)
    assert found is not None
    assert found.who == replace(who, document_number="")
    assert from_kept(KeptDraft(kept.name, 5, {"who": {"shoe": 43}})) is None


def test_a_form_left_blank_leaves_no_file(intake: Intake) -> None:
    intake.write(intake.person.name, "陈")
    folder = intake.station.settings.attachments.parent / "drafts"
    intake.qtbot.waitUntil(lambda: bool(list(folder.glob("*.draft"))), timeout=5000)
    intake.press(intake.dialog.clear_button)
    intake.qtbot.waitUntil(lambda: not list(folder.glob("*.draft")), timeout=5000)

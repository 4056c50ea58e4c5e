"""The catalogue: find a service, edit it, documents and channels; nothing typed is lost."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListWidgetItem
from pytestqt.qtbot import QtBot

from branch.bootstrap import Branch
from branch.catalogue.queries import Service, services
from branch.catalogue.rules import Document
from branch.lobby.queries.screens import kiosk
from tests.ui.admin.conftest import OpenAdmin, press, toasts, write
from ui.admin.services_page import ServicesPage
from ui.admin.window import AdminWindow
from ui.shell.language import language
from ui.widgets.rows import ASIDE


def page_of(window: AdminWindow) -> ServicesPage:
    page = window.pages["services"]
    assert isinstance(page, ServicesPage)
    return page


def stored(other: Branch, code: str) -> Service:
    return next(service for service in services(other.store) if service.code == code)


def shown(page: ServicesPage) -> list[str]:
    return [row.text() for row in rows(page, heads=False)]


def rows(page: ServicesPage, *, heads: bool) -> list[QListWidgetItem]:
    """The rows to be seen: the heads of the groups, or the services."""
    every = [page.list.item(at) for at in range(page.list.count())]
    return [row for row in every if not row.isHidden() and bool(row.flags()) != heads]


def test_a_service_is_found_by_key_and_edited(
    qtbot: QtBot, admin: OpenAdmin, other: Branch
) -> None:
    window = admin("services")
    page = page_of(window)
    assert len(shown(page)) == 41
    QTest.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(page.search.edit.hasFocus)
    write(page.search, "withdrawal")
    assert shown(page) == ["个人取款"]
    QTest.keyClick(page.search.edit, Qt.Key.Key_Return)
    assert page.form.title.text() == "个人取款"
    before = stored(other, page.list.current())
    form = page.form
    write(form.zh, "取款")
    write(form.en, "Withdraw cash")
    write(form.minutes, "7")
    form.group.setFocus()
    QTest.keyClick(form.group, Qt.Key.Key_Down)
    QTest.keyClick(form.channels["smart_teller"], Qt.Key.Key_Up)
    press(form.documents.add)
    row = form.documents.rows[-1]
    write(row.zh, "预约号")
    press(form.active)
    press(form.bar.save)
    assert not form.bar.save.isEnabled()
    qtbot.waitUntil(lambda: toasts(window) == ["已保存"])
    after = stored(other, before.code)
    assert (after.name.zh, after.name.en, after.minutes) == ("取款", "Withdraw cash", 7)
    assert after.group != before.group
    assert after.documents == (*before.documents, Document("预约号", "", "always"))
    assert after.channels != before.channels
    assert not after.active
    qtbot.waitUntil(lambda: form.title.text() == "取款")
    write(page.search, "")
    qtbot.waitUntil(lambda: "取款" in shown(page))
    row = next(row for row in rows(page, heads=False) if row.text() == "取款")
    assert row.data(ASIDE) == "停办"


def test_what_cannot_stand_is_said_at_its_field(
    qtbot: QtBot, admin: OpenAdmin, other: Branch
) -> None:
    page = page_of(admin("services"))
    form, before = page.form, stored(other, page.list.current())
    for typed in ("241", "-1", "七", "9" * 5000):
        write(form.minutes, typed)
        press(form.bar.save)
        qtbot.waitUntil(lambda: form.minutes.error_text() == "请填 0 到 240 之间的分钟数")
        assert form.minutes.text() == typed
    write(form.minutes, "")
    press(form.bar.save)
    assert form.minutes.error_text() == "请填写这一项"
    write(form.minutes, "5")
    write(form.zh, "")
    press(form.bar.save)
    qtbot.waitUntil(lambda: form.zh.error_text() == "请填写这一项")
    write(form.zh, "名" * 10_000)
    press(form.bar.save)
    qtbot.waitUntil(lambda: form.zh.error_text() == "最多 60 个字，现在有 10000 个")
    press(form.bar.revert)
    assert form.zh.text() == before.name.zh
    press(form.documents.add)
    press(form.bar.save)
    assert form.documents.rows[-1].zh.error_text() == "请填写这一项"
    language().choose("en")
    qtbot.waitUntil(lambda: form.documents.rows[-1].zh.error_text() == "Please fill this in")
    assert stored(other, before.code) == before


def test_a_document_is_taken_away(qtbot: QtBot, admin: OpenAdmin, other: Branch) -> None:
    window = admin("services")
    page = page_of(window)
    before = stored(other, page.list.current())
    press(page.form.documents.rows[0].remove)
    assert page.form.documents.rows[0].zh.text() == before.documents[1].zh
    assert page.form.documents.rows[0].zh.edit.accessibleName() == "材料 1 中文名称"
    press(page.form.bar.save)
    qtbot.waitUntil(lambda: toasts(window) == ["已保存"])
    assert stored(other, before.code).documents == before.documents[1:]


def test_typing_is_kept_for_every_service(admin: OpenAdmin) -> None:
    page = page_of(admin("services"))
    write(page.form.en, "Half a na")
    QTest.keyClick(page.list, Qt.Key.Key_Down)
    assert page.form.en.text() != "Half a na"
    QTest.keyClick(page.list, Qt.Key.Key_Up)
    assert page.form.en.text() == "Half a na"


def test_nothing_found_is_said(admin: OpenAdmin) -> None:
    page = page_of(admin("services"))
    write(page.search, "没有这样的业务")
    assert shown(page) == []
    assert page.nothing.isVisible()
    assert page.nothing.text() == "没有找到这项业务，请换个词"


def test_services_stand_under_their_groups(admin: OpenAdmin) -> None:
    page = page_of(admin("services"))
    names = [row.text() for row in rows(page, heads=True)]
    assert names == [
        "现金存取", "银行卡与账户", "转账汇款", "社保与养老金", "理财与存单", "贷款", "对公业务",
        "外汇与其他",
    ]  # fmt: skip
    first = rows(page, heads=False)[0]
    assert (first.text(), first.data(ASIDE)) == ("个人存款", "4 分钟")
    write(page.search, "零钞")
    assert [row.text() for row in rows(page, heads=True)] == ["现金存取"]
    write(page.search, "没有这样的业务")
    assert rows(page, heads=True) == []


def test_keys_go_past_the_heads(admin: OpenAdmin) -> None:
    page = page_of(admin("services"))
    seen = []
    for _ in range(8):
        seen.append(page.form.title.text())
        QTest.keyClick(page.list, Qt.Key.Key_Down)
    assert len(set(seen)) == 8
    assert "银行卡与账户" not in seen


def test_the_kiosk_offers_what_was_saved(qtbot: QtBot, admin: OpenAdmin, other: Branch) -> None:
    window = admin("services")
    page = page_of(window)
    code = page.list.current()
    write(page.form.zh, "存钱㛃")
    press(page.form.bar.save)
    qtbot.waitUntil(lambda: toasts(window) == ["已保存"])
    assert on_kiosk(other)[code] == "存钱㛃"
    press(page.form.active)
    page.form.bar.save.setFocus()
    QTest.keyClick(page.form.bar.save, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: code not in on_kiosk(other))


def on_kiosk(other: Branch) -> dict[str, str]:
    """The services that customers can choose, by code."""
    return {s.code: s.name.zh for tile in kiosk(other.store).groups for s in tile.services}

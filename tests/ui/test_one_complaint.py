"""One complaint from the lobby to the archive, by the hands of four people at their windows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from branch.bootstrap import Branch
from branch.complaints.commands.acceptance import Accept
from branch.kernel.clock import SetClock
from tests.complaints.desk import ADVISER, HEAD, LOBBY_MANAGER, OFFICER, Desk
from tests.ui.journey import Somebody
from ui.complaints.window import ComplaintsWindow
from ui.lobby.window import LobbyWindow
from ui.shell.station import Station
from ui.shell.theme import reduce_motion
from ui.widgets.intake import draft

DAY_S = 86_400


@pytest.fixture(autouse=True)
def still() -> Iterator[None]:
    """Nothing moves, and nobody has left anything half done."""
    reduce_motion(True)
    yield
    reduce_motion(False)
    draft._KEPT.clear()


class Branchful:
    """The windows of those who have to do with it."""

    def __init__(
        self, qtbot: QtBot, desk: Desk, station_for: Callable[[str, str], Station]
    ) -> None:
        self.qtbot, self.desk, self._station_for = qtbot, desk, station_for
        self.lobby = self._before(LobbyWindow, "lobby", LOBBY_MANAGER)
        self.officer = self._before(ComplaintsWindow, "complaints", OFFICER)
        self.adviser = self._before(ComplaintsWindow, "complaints", ADVISER)
        self.head = self._before(ComplaintsWindow, "complaints", HEAD)

    def _before(self, kind: Callable[[Station], QWidget], place: str, staff_no: str) -> Somebody:
        window = kind(self._station_for(place, staff_no))
        self.qtbot.addWidget(window)
        window.resize(1440, 900)
        window.show()
        self.qtbot.waitExposed(window)
        return Somebody(self.qtbot, window)

    def registered(self) -> None:
        """The lobby manager hears of it first, and registers it."""
        one = self.lobby
        one.sit_down()
        one.press("转投诉")
        one.press("上门")
        one.write("姓名", "陈小梅")
        one.write("电话", "13812345172")
        one.press("下一步")
        one.write("发生了什么", "到期收益只有百分之二，宣传页上写的是百分之三点八。")
        one.write("客户要求什么", "说明原因并补偿差额")
        one.write("一句话标题", "理财到期收益与宣传页不一致")
        one.press("产品收益")
        one.press("营业现场")
        one.choose("什么业务", "自营理财")
        one.press("下一步")
        one.press("已复述，客户确认")
        one.press("确认登记")
        one.reads("TS-HB001-20261120-0001")
        one.press("完成")
        one.answered()

    def accepted(self) -> None:
        """The officer accepts it, tells the customer in writing, assigns it."""
        one = self.officer
        one.sit_down()
        one.reads("受理前请核对")
        one.press("受理")
        one.press("身份已核实")
        one.press("受理")
        one.answered()
        one.reads("TS-HB001-20261120-0001 已受理")
        self.paper("TS-02A", one)
        one.press("登记送达")
        one.write("签收人", "陈小梅")
        one.press("登记")
        one.answered()
        one.reads("已登记送达")
        one.press("转办投诉")
        one.choose("承办人", "郑岚")
        one.press("转办投诉")
        one.answered()
        one.reads("TS-HB001-20261120-0001 已转办")

    def paper(
        self, form: str, one: Somebody, fill: Callable[[Somebody], None] | None = None
    ) -> None:
        """Issue a paper that has everything it needs, or is filled first."""
        one.press("出具文书")
        one.until(one.is_asked)
        one.press(next(text for text in one.texts() if form in text))
        if fill is not None:
            one.reads("签发")
            fill(one)
        one.reads("内容齐全，可以签发")
        one.press("签发")
        one.reads("签发后内容不能再改，要改只能另出更正件")
        one.press("签发")
        one.press("返回")
        one.answered()

    def investigated(self) -> None:
        """The adviser investigates and reports; the branch manager agrees."""
        one = self.adviser
        one.sit_down()
        one.press("签收，开始调查")
        one.reads("提交报告前请核对")
        one.press("提交调查报告")
        one.press("提交调查报告")
        # All that is missing is named at once.
        one.until(lambda: one.texts().count("请填写这一项") == 3)
        one.until(lambda: one.texts().count("请选一项") == 3)
        one.write("核实情况", "宣传页与合同的风险提示不在同一位置。")
        one.write("处理依据和理由", "银行保险机构消费者权益保护管理办法")
        one.write("处理意见", "向客户致歉并说明收益的计算。")
        for words in ("部分属实", "信息披露与营销", "个别", "道歉", "我与本投诉没有直接利害关系"):
            one.press(words)
        one.press("提交调查报告")
        one.answered()
        one.reads("等负责人审批调查报告")
        head = self.head
        head.sit_down()
        head.press("同意，作出决定")
        head.reads("向客户致歉并说明收益的计算。")
        head.press("同意，作出决定")
        head.answered()
        head.reads("已决定")

    def replied(self) -> None:
        """The letter is signed, handed over, and asked about by somebody else."""
        one = self.adviser
        one.sit_down()
        one.press("答复客户")
        one.press("先签发答复书")
        one.reads("湖滨投复〔2026〕1 号")
        one.reads("内容齐全，可以签发")
        one.press("签发")
        one.reads("签发后内容不能再改，要改只能另出更正件")
        one.press("签发")
        one.press("登记送达")
        one.write("签收人", "陈小梅")
        one.press("登记")
        one.answered()
        one.reads("已登记送达")
        officer = self.officer
        officer.sit_down()
        officer.press("记录回访")
        officer.press("没有承诺")
        officer.press("表示满意")
        officer.press("记录回访")
        officer.answered()
        officer.reads("已记录回访，客户表示满意")

    def closed(self) -> None:
        """What has to change is written down, done, looked at; then the case ends."""
        officer, owner = self.officer, self.adviser
        officer.press("登记整改")
        officer.write("责任人", ADVISER)
        officer.write("要改什么", "更换宣传页")
        officer.press("登记整改")
        officer.answered()
        officer.press("办结投诉")
        officer.reads("办结后还可以在核查申请期内重新办理")
        officer.press("办结投诉")
        officer.answered()
        officer.reads("TS-HB001-20261120-0001 已结案")
        owner.sit_down()
        owner.press("填写完成情况")
        owner.write("做了什么", "已更换，照片在档。")
        owner.press("报告完成")
        owner.answered()
        officer.sit_down()
        officer.press("复核")
        officer.press("确认")
        officer.answered()
        officer.reads("完成情况：已更换，照片在档。\n冯涛复核通过")

    def filed(self) -> None:
        """What the file lacks is said; the branch manager signs the report, the desk the visit."""
        one = self.officer
        one.sit_down()
        one.press("归档")
        one.reads("还没有做到：调查报告已签发；回访记录已签发")
        one.press("归档")
        one.reads("请先签发调查报告（TS-04），再归档")
        one.press("返回")
        one.answered()
        head = self.head
        head.sit_down()
        self.paper("TS-04", head, self.reported)
        one.sit_down()
        self.paper("TS-07", one)
        # The desk reads it again by itself.
        one.until(lambda: "回访记录已签发" in one.texts())

    def reported(self, head: Somebody) -> None:
        """What the report asks for beside what the handler has written."""
        head.write("对照制度", "理财产品销售管理办法")
        head.write("具体原因", "宣传页没有随产品更新")
        head.press("添一行")
        self.qtbot.keyClicks(QApplication.focusWidget(), "video")
        self.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)

    def printed(self, folder: Path) -> None:
        """Two cases are chosen in the list, their notices kept in a folder."""
        one = self.officer
        one.sit_down()
        window = one.window
        assert isinstance(window, ComplaintsWindow)
        one.until(lambda: window.list.list.rows.rowCount() == 2)
        window.list.list.setFocus()
        self.qtbot.keyClick(window.list.list, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        one.reads("已选 2 件")
        one.press("批量打印")
        one.choose("哪一种文书", "TS-02A")
        one.press("还没签发的，内容齐全就先签发")
        one.press("存到文件夹")
        one.until(lambda: isinstance(one.place(), QFileDialog))
        chooser = one.place()
        name = chooser.findChild(QLineEdit, "fileNameEdit")
        assert name is not None
        name.setText(str(folder))
        self.qtbot.keyClick(name, Qt.Key.Key_Return)
        one.reads("做好 2 份，没有做 0 份")
        one.press("完成")
        one.answered()
        window.list.list.selectionModel().clearSelection()

    def archived(self) -> None:
        """Once nobody can ask for a review any more."""
        one = self.officer
        one.sit_down()
        one.press("归档")
        one.reads("归档后保存 5 年，只供查阅，重新启用需上级行指令")
        assert not any("还缺" in text for text in one.texts())
        one.press("归档")
        one.answered()
        one.reads("TS-HB001-20261120-0001 已归档")


def test_from_the_lobby_to_the_archive(
    qtbot: QtBot,
    other: Branch,
    clock: SetClock,
    station_for: Callable[[str, str], Station],
    tmp_path: Path,
) -> None:
    desk = Desk(other, clock)
    house = Branchful(qtbot, desk, station_for)
    house.registered()
    house.accepted()
    house.investigated()
    house.replied()
    second = desk.register(by=LOBBY_MANAGER, read_back=True)
    desk.run(Accept(second, "verified"))
    house.printed(tmp_path)
    notices = sorted(tmp_path.glob("TS-02A*.pdf"))
    assert [file.name[7:29] for file in notices] == [
        "TS-HB001-20261120-0001",
        "TS-HB001-20261120-0002",
    ]
    for file in notices:
        words = "".join(page.extract_text() for page in PdfReader(file).pages)
        assert "陈小梅" in words
        assert file.name[7:29] in words
    house.closed()
    clock.advance(40 * DAY_S)
    house.filed()
    house.archived()
    assert desk.state(1) == "archived"

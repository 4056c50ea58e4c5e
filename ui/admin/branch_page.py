"""Owns the page of the branch's settings, numbers and what its letters say; their limits are the
branch's, not the page's."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from branch.catalogue.commands import ChangeSetting
from branch.complaints.house import PREFIX as COMPLAINTS
from branch.kernel.errors import BadInput
from branch.kernel.setting import (
    SETTINGS,
    TEXTS,
    checked_setting,
    checked_text_setting,
    setting,
    text_setting,
)
from branch.kernel.store import Store
from ui.admin.page import Drafts, FormPage, Place, SaveBar, on_edit, scrolled, whole_number
from ui.admin.seal_part import SealPart
from ui.shell.station import Station, sentence
from ui.widgets.card import Card
from ui.widgets.field import FieldEdit
from ui.widgets.label import CAPTION, CARD_TITLE, Label
from ui.widgets.stage import Grid, VBox

_WIDEST: Final = 860
# Key and value of every setting, the value as it was typed.
Values = tuple[tuple[str, str], ...]


def _read(store: Store) -> Values:
    numbers = ((key, str(setting(store, key))) for key in SETTINGS)
    return (*numbers, *((key, text_setting(store, key)) for key in TEXTS))


def _checked(key: str, text: str) -> int | str:
    return checked_text_setting(key, text) if key in TEXTS else _number(key, text)


def _number(key: str, text: str) -> int:
    return checked_setting(key, whole_number(text, key))


class BranchPage(FormPage[Values]):
    """A field for every number with its limits under it, and for what stands on letters."""

    def __init__(self, station: Station) -> None:
        super().__init__(station)
        self.title = Label("", CARD_TITLE)
        self.complaints = Label("", CARD_TITLE)
        self.told_of_complaints = Label("", CAPTION, wrap=True)
        self.letters, self.told_of_letters = Label("", CARD_TITLE), Label("", CAPTION, wrap=True)
        self.fields = {key: FieldEdit("") for key in (*SETTINGS, *TEXTS)}
        self._limits = {key: Label("", CAPTION, wrap=True) for key in SETTINGS}
        self.seal = SealPart(station)
        self.seal.told.connect(self.told)
        self.bar = SaveBar()
        self.wire_form(self.bar, Drafts(self._values, self._put))
        card = Card()
        card.setMaximumWidth(_WIDEST)
        whole = VBox(spacing=16, margins=(20, 18, 10, 18), parent=card)
        whole.addWidget(self.title)
        inner = QWidget()
        house = [key for key in SETTINGS if key.startswith(COMPLAINTS)]
        texts = Grid(columns=2, spacing=20)
        for at, key in enumerate(TEXTS):
            texts.addWidget(self.fields[key], at // 2, at % 2)
        for field in self.fields.values():
            field.edit.returnPressed.connect(self.save)
        column = VBox(margins=(0, 0, 14, 0), parent=inner)
        column.addLayout(self._numbers([key for key in SETTINGS if key not in house]))
        column.add_gap(28)
        column.addWidget(self.complaints)
        column.add_gap(4)
        column.addWidget(self.told_of_complaints)
        column.add_gap(16)
        column.addLayout(self._numbers(house))
        column.add_gap(28)
        column.addWidget(self.letters)
        column.add_gap(4)
        column.addWidget(self.told_of_letters)
        column.add_gap(16)
        column.addLayout(texts)
        column.add_gap(28)
        column.addWidget(self.seal)
        column.addStretch(1)
        whole.addWidget(scrolled(inner), 1)
        whole.addWidget(self.bar)
        page = VBox(parent=self)
        page.addWidget(card, 1, Qt.AlignmentFlag(0))
        on_edit(self, self.follow)
        self.retranslate()

    def _numbers(self, keys: list[str]) -> Grid:
        grid = Grid(columns=2, spacing=20)
        for at, key in enumerate(keys):
            cell = VBox(spacing=4)
            cell.addWidget(self.fields[key])
            cell.addWidget(self._limits[key])
            cell.addStretch(1)
            grid.addLayout(cell, at // 2, at % 2)
        return grid

    def ask(self) -> None:
        """Read the settings anew."""
        self._station.ask(self, _read, self._take)
        self.seal.ask()

    def _take(self, values: Values) -> None:
        self.show_values("branch", values)
        self.loaded.emit()

    def _values(self) -> Values:
        return tuple((key, field.text()) for key, field in self.fields.items())

    def _put(self, values: Values) -> None:
        for key, text in values:
            self.fields[key].set_text(text)

    def save(self) -> None:
        """Store what was changed, when every number is within its limits."""
        if not self.bar.save.isEnabled():
            return
        self.forgive()
        values, commands, stands = self._values(), [], True
        kept = self._drafts.base or ()
        for key, text in values:
            try:
                value = _checked(key, text)
            except BadInput as error:
                self.mark(self.fields[key], partial(sentence, error))
                stands = False
                continue
            if (key, text) not in kept:
                commands.append(ChangeSetting(key, value))
        if not stands:
            return
        places: dict[str, Place] = dict(self.fields)
        self.send(commands, lambda _none: self._saved(values), places, self.bar.trouble)

    def _saved(self, values: Values) -> None:
        self._drafts.saved("branch", values)
        self.told.emit(self.tr("已保存"))
        self.ask()

    def retranslate(self) -> None:
        """Take the words anew."""
        self.title.setText(self.tr("本网点的规则"))
        words = {
            "calls_before_no_show": self.tr("叫几次后可以记过号（次）"),
            "recall_gap_s": self.tr("两次叫号至少间隔（秒）"),
            "lock_after_min": self.tr("没有操作多久后锁屏（分钟）"),
            "elderly_age": self.tr("老年客户的年龄（岁起）"),
            "undo_no_show_s": self.tr("过号可以撤销多久（秒）"),
            "undo_step_s": self.tr("其他操作可以撤销多久（秒）"),
            "visitor_badges": self.tr("访客牌有几张"),
            "patrol_every_h": self.tr("防火巡查间隔（小时，0 为每天一次）"),
            "complaint_days_on_site": self.tr("上门投诉的内部期限（工作日）"),
            "complaint_days_phone": self.tr("电话投诉的内部期限（工作日）"),
            "complaint_days_book": self.tr("意见簿（箱）投诉的内部期限（工作日）"),
            "complaint_days_web": self.tr("网络投诉的内部期限（工作日）"),
            "complaint_days_letter": self.tr("信件投诉的内部期限（自然日）"),
            "complaint_days_media": self.tr("媒体投诉的内部期限（自然日）"),
            "complaint_days_superior": self.tr("上级转来投诉的内部期限（自然日）"),
            "complaint_days_other": self.tr("咨询、建议、举报的内部期限（工作日）"),
            "complaint_ack_on_site": self.tr("上门投诉告知已收到（工作日，0 为当天）"),
            "complaint_ack_phone": self.tr("电话投诉告知已收到（工作日，0 为当天）"),
            "complaint_ack_book": self.tr("意见簿（箱）投诉告知已收到（工作日，0 为当天）"),
            "complaint_ack_web": self.tr("网络投诉告知已收到（工作日，0 为当天）"),
            "complaint_ack_letter": self.tr("信件投诉告知已收到（工作日，0 为当天）"),
            "complaint_ack_superior": self.tr("上级转来投诉的受理（工作日，0 为当天）"),
            "complaint_slip_out_on_site": self.tr("上门投诉的转办（工作日，0 为当天）"),
            "complaint_slip_out_phone": self.tr("电话投诉的转办（工作日，0 为当天）"),
            "complaint_slip_out_book": self.tr("意见簿（箱）投诉的转办（工作日，0 为当天）"),
            "complaint_slip_out_web": self.tr("网络投诉的转办（工作日，0 为当天）"),
            "complaint_slip_out_letter": self.tr("信件投诉的转办（工作日，0 为当天）"),
            "complaint_slip_out_media": self.tr("媒体投诉的转办（工作日，0 为当天）"),
            "complaint_slip_out_superior": self.tr("上级转来投诉的转办（工作日，0 为当天）"),
            "complaint_sign_workdays": self.tr("转办后签收（工作日）"),
            "complaint_progress_workdays": self.tr("多久告知一次进展（工作日）"),
            "complaint_major_minutes": self.tr("重大投诉多久内报告上级行（分钟）"),
            "complaint_slip_workdays": self.tr("转办后提交调查报告（工作日）"),
            "complaint_urgent_slip_workdays": self.tr("加急转办后提交调查报告（工作日）"),
            "complaint_visit_workdays": self.tr("答复后回访（工作日）"),
            "complaint_on_the_spot_workdays": self.tr("收到后可以当场解决（工作日）"),
            "complaint_hand_back_workdays": self.tr("转办后可以退回（工作日）"),
            "complaint_alike_count": self.tr("同类投诉几件以上建议整改（件）"),
            "complaint_alike_days": self.tr("统计同类投诉的时间（自然日）"),
            "complaint_keep_years": self.tr("归档后保存（年）"),
            "complaint_effect_days": self.tr("整改办结后复核效果（自然日）"),
            "complaint_redress_yuan": self.tr("赔偿超过多少由上级行审批（元）"),
            "complaint_group_from": self.tr("几人以上为群体投诉（人）"),
            "complaint_urgent_from": self.tr("几人以上按紧急办理（人，0 为不看人数）"),
        }
        for key, limit in SETTINGS.items():
            self.fields[key].set_label(words[key])
            self._limits[key].setText(
                self.tr("{least} 到 {most}，默认 {default}").format(
                    least=limit.least, most=limit.most, default=limit.default
                )
            )
        self.complaints.setText(self.tr("投诉办理的内部规定"))
        self.told_of_complaints.setText(
            self.tr("法定期限更早时，以法定期限为准。改动后，办理中的投诉重新计算期限")
            + "\n"
            + self.tr(
                "投诉资料的保存年限不少于法定三年（人民银行令〔2020〕5号第四十四条），"
                "只用于改动后归档的投诉；已归档的，仍保存到归档时定下的那一天"
            )
        )
        self.letters.setText(self.tr("文书上的内容"))
        self.told_of_letters.setText(
            self.tr("上级行、调解组织、仲裁或法院没有填齐前，答复书不能签发（办法第十九条）")
        )
        texts = {
            "branch_address": self.tr("网点地址"),
            "branch_phone": self.tr("投诉电话"),
            "letter_short": self.tr("文号的字头，如“湖滨”"),
            "upper_body": self.tr("受理核查的上级行"),
            "upper_address": self.tr("上级行地址"),
            "upper_phone": self.tr("上级行电话"),
            "mediator": self.tr("调解组织"),
            "arb_or_court": self.tr("仲裁机构或法院"),
        }
        for key, label in texts.items():
            self.fields[key].set_label(label)
        super().retranslate()

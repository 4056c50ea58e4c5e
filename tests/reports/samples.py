"""Tickets that the tests print."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from reports.forms.ticket import TicketForm

CHINESE = TicketForm(
    language="zh",
    branch_name="云川银行 湖滨路支行",
    branch_code="HB001",
    number="C018",
    service_name="银行卡与账户",
    area="B",
    kiosk_name="取号机 1",
    issued_at=datetime(2026, 11, 20, 9, 43, tzinfo=ZoneInfo("Asia/Shanghai")),
    business_day=date(2026, 11, 20),
    documents=("本人身份证原件", "本行银行卡"),
    largest_credit=45,
    elderly_credit=30,
    ahead=4,
    wait_low=12,
    wait_high=20,
)

ENGLISH = replace(
    CHINESE,
    language="en",
    branch_name="Yunchuan Bank, Lakeside Road Branch",
    service_name="Cards and accounts",
    kiosk_name="Kiosk 1",
    documents=("Original ID card", "Card of this bank"),
)

# As much as a branch may write, with the letters that fonts lack.
LONG = replace(
    CHINESE,
    branch_name="云川银行䶮㛃𬭚龑喆𠮷支行",
    service_name="个人人民币储蓄账户与外币储蓄账户的开立变更销户、电子银行渠道签约解约以及账户信息综合维护更新（含代理他人办理）",
    kiosk_name="大堂经理移动取号机 12 号",
    number="C1000",
    documents=tuple(f"第{n}种证明材料原件和复印件" for n in range(1, 13)),
)

"""The complaint desk as tests work it: people of the sample branch, a complaint in one call."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from branch.bootstrap import Branch
from branch.complaints.commands.acceptance import Accept, Withdraw
from branch.complaints.commands.answering import Archive
from branch.complaints.commands.handling import Assign, Decide, Report, TakeOver
from branch.complaints.commands.registration import Register
from branch.complaints.description import Complainant, Matter
from branch.complaints.queries.detail import CaseDetail, case_detail
from branch.kernel import journal
from branch.kernel.clock import SetClock, from_ms, to_ms
from branch.kernel.runner import Actor
from branch.papers.commands import DraftPaper, IssuePaper
from branch.papers.drafting import typed_of
from branch.papers.head import Draft
from branch.people.queries import account_id, staff_members
from branch.quality.commands import CheckAction, FinishAction
from tests.conftest import SHANGHAI

LOBBY_MANAGER, ADVISER, OFFICER, SUPERVISOR = "100301", "100302", "100303", "100201"
HEAD, SUPERIOR, AUDITOR, TELLER, GUARD = "100101", "100102", "100402", "100482", "100401"

WHO = Complainant("陈小梅", "13812345172")
WHAT = Matter(
    "理财到期收益与宣传不一致",
    "到期年化收益与宣传页所写相差较大。",
    "说明原因并补偿差额",
    biz_channel="counter",
    biz_class="own_wealth",
    reason="returns",
)
# What a report (TS-04) asks for beside what the handler has reported.
REPORT: dict[str, Any] = {
    "evidence_list": [{"no": "1", "type": "录像", "source": "大堂", "hash": ""}],
    "rules_checked": "宣传管理办法",
    "root_cause_l2": "宣传页未更新",
    "corrective_action": "更换宣传页",
    "action_owner": "郑岚",
    "action_due": "2026-12-20",
}


def issue_of(draft: Draft, reason: str = "", pdf: bytes = b"") -> IssuePaper:
    """The command that issues a draft as it stands."""
    head = draft.head
    return IssuePaper(
        head.form,
        head.subject,
        head.part,
        head.language,
        json.dumps(typed_of(draft)),
        head.copy,
        head.issued_at,
        head.code,
        pdf or f"%PDF-1.7 {head.code}".encode(),
        reason=reason,
    )


class Desk:
    """A branch with its complaint desk; every call runs as a member of staff at the desk."""

    def __init__(self, branch: Branch, clock: SetClock) -> None:
        self.branch, self.clock, self.store = branch, clock, branch.store

    def staff(self, staff_no: str) -> int:
        found = account_id(self.store, staff_no)
        assert found is not None
        return found

    def run(self, command: object, by: str = OFFICER) -> Any:
        return self.branch.run(command, Actor(self.staff(by), "complaints")).value

    def at(self, text: str) -> None:
        """Put the clock to a local moment, "2026-07-16 21:00"."""
        moment = datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)
        self.clock.set(to_ms(moment))

    @property
    def today(self) -> date:
        return from_ms(self.clock.now_ms(), SHANGHAI).date()

    def register(
        self,
        channel: str = "on_site",
        by: str = LOBBY_MANAGER,
        who: dict[str, Any] | None = None,
        what: dict[str, Any] | None = None,
        **other: Any,
    ) -> int:
        """A complaint received now; returns its id."""
        values: dict[str, Any] = {"received_at": self.clock.now_ms(), **other}
        command = Register(
            channel,
            complainant=replace(WHO, **(who or {})),
            matter=replace(WHAT, **(what or {})),
            **values,
        )
        return int(self.run(command, by).id)

    def investigated(self, handler: str = ADVISER, **other: Any) -> int:
        """A complaint that its handler investigates."""
        complaint = self.register(**other)
        self.run(Accept(complaint, "verified"))
        self.run(Assign(complaint, self.staff(handler)))
        self.run(TakeOver(complaint), handler)
        return complaint

    def report(self, complaint: int, by: str = ADVISER, **other: Any) -> None:
        values: dict[str, Any] = {
            "finding": "partly_true",
            "verified": "录像完整。",
            "statement": "已当面说明。",
            "grounds": "宣传管理办法",
            "cause": "marketing",
            "systemic": "single",
            "remedies": frozenset({"apology"}),
            "decision": "向客户致歉。",
            "measures": "月底前更换宣传页。",
            "no_interest": True,
            **other,
        }
        self.run(Report(complaint, **values), by)

    def decided(self, **other: Any) -> int:
        complaint = self.investigated(**other)
        self.report(complaint)
        self.run(Decide(complaint), HEAD)
        return complaint

    def paper(
        self, complaint: int, form: str, part: str = "", by: str = OFFICER, **typed: Any
    ) -> int:
        """Issue a paper of the case, on a PDF of one line; returns its id."""
        subject = f"complaint:{complaint}"
        draft: Draft = self.run(DraftPaper(form, subject, part, typed=json.dumps(typed)), by)
        reason = "更正" if draft.head.copy > 1 else ""
        return int(self.run(issue_of(draft, reason), by))

    def letter(self, complaint: int, by: str = ADVISER) -> int:
        """Issue the answer (TS-06) of the case's round; returns its id."""
        found = self.detail(complaint)
        assert found is not None
        return self.paper(complaint, "TS-06", f"round:{found.values['round']}", by)

    def filed(self, complaint: int) -> None:
        """What a closed complaint needs before it is archived: report and visit on paper, every
        corrective action done and looked at."""
        found = self.detail(complaint)
        assert found is not None
        self.paper(complaint, "TS-04", f"round:{found.values['round']}", HEAD, **REPORT)
        self.paper(complaint, "TS-07", f"visit:{found.visits[-1].id}")
        for action in found.actions:
            if action.state == "open":
                self.run(FinishAction(action.id, "已更换"), ADVISER)
                self.run(CheckAction(action.id, True), HEAD)

    def put_away(self, complaint: int) -> None:
        """Withdrawn by the complainant, on paper, and archived."""
        self.run(Withdraw(complaint, own=True, called_back=True))
        self.paper(complaint, "TS-10")
        self.run(Archive(complaint))

    def detail(self, complaint: int, by: str = OFFICER) -> CaseDetail | None:
        member = next(m for m in staff_members(self.store) if m.staff_no == by)
        return case_detail(self.store, complaint, member.id, member.roles, self.today)

    def number(self, complaint: int) -> str:
        """The number that stands on its papers."""
        found = self.detail(complaint)
        assert found is not None
        return found.line.number

    def due(self, complaint: int) -> tuple[str, str, str, str]:
        """Legal, house, effective due day and act-by day, as kept."""
        found = self.detail(complaint)
        assert found is not None
        line = found.line
        return line.legal_due, line.house_due, line.due, line.act_by

    def state(self, complaint: int) -> str:
        found = self.detail(complaint)
        assert found is not None
        return found.line.state

    @property
    def entries(self) -> list[journal.Entry]:
        return list(journal.entries(self.store))

    @property
    def last(self) -> journal.Entry:
        return self.entries[-1]

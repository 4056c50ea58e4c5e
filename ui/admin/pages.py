"""Owns which pages the settings have, in their order, and whom each opens to; shows none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from branch.people.rules import may_read, permits
from ui.admin.audit_page import AuditPage
from ui.admin.branch_page import BranchPage
from ui.admin.calendar_page import CalendarPage
from ui.admin.classes_page import ClassesPage
from ui.admin.codes_page import CodesPage
from ui.admin.counters_page import CountersPage
from ui.admin.inspection_templates_page import InspectionTemplatesPage
from ui.admin.key_page import KeyPage
from ui.admin.machine_page import MachinePage
from ui.admin.matrix_page import MatrixPage
from ui.admin.page import AdminPage
from ui.admin.privacy_page import PrivacyPage
from ui.admin.rooms_page import RoomsPage
from ui.admin.services_page import ServicesPage
from ui.admin.staff_page import StaffPage
from ui.shell.station import Station

translate = QCoreApplication.translate


@dataclass(frozen=True)
class Page:
    """A page: its key, its name in the language of the moment, how it is made, whom it opens to.

    It opens to whoever may run one of ``commands`` or read one of ``reads``.
    """

    key: str
    name: Callable[[], str]
    make: Callable[[Station], AdminPage]
    commands: tuple[str, ...] = ()
    reads: tuple[str, ...] = ()

    def opens(self, roles: frozenset[str]) -> bool:
        """Whether somebody with these roles sees it."""
        return any(permits(command, roles) for command in self.commands) or any(
            may_read(what, roles) for what in self.reads
        )


PAGES = (
    Page(
        "staff",
        lambda: translate("AdminWindow", "员工"),
        StaffPage,
        ("AddStaff", "ResetPin", "NoteTraining"),
    ),
    Page(
        "services",
        lambda: translate("AdminWindow", "业务目录"),
        ServicesPage,
        ("ChangeService",),
    ),
    Page(
        "counters",
        lambda: translate("AdminWindow", "柜台"),
        CountersPage,
        ("ChangeCounter", "SetCounterServices"),
    ),
    Page("classes", lambda: translate("AdminWindow", "优先类别"), ClassesPage, ("ChangeClass",)),
    Page("branch", lambda: translate("AdminWindow", "本网点"), BranchPage, ("ChangeSetting",)),
    Page("calendar", lambda: translate("AdminWindow", "工作日历"), CalendarPage, ("ImportYear",)),
    Page("codes", lambda: translate("AdminWindow", "投诉分类"), CodesPage, ("ImportCodes",)),
    Page("privacy", lambda: translate("AdminWindow", "个人信息"), PrivacyPage, reads=("privacy",)),
    Page(
        "permissions",
        lambda: translate("AdminWindow", "权限"),
        MatrixPage,
        reads=("permissions",),
    ),
    Page("audit", lambda: translate("AdminWindow", "流水"), AuditPage, reads=("audit",)),
    Page("key", lambda: translate("AdminWindow", "数据保护"), KeyPage, ("RotateKey",)),
    Page(
        "rooms",
        lambda: translate("AdminWindow", "投诉接待室"),
        RoomsPage,
        ("ChangeRoom", "SetRoomOutOfService"),
    ),
    Page(
        "checklists",
        lambda: translate("AdminWindow", "检查表"),
        InspectionTemplatesPage,
        ("ChangeTemplate",),
    ),
    Page("machine", lambda: translate("AdminWindow", "本机"), MachinePage, ("ChangePin",)),
)

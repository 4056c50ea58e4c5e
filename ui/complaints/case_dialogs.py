"""Owns the questions of what belongs to a case: notes, receipt, subjects, corrections, its end."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from branch.complaints.codes import AGENCY_CLASSES
from branch.complaints.commands.answering import (
    AddNote,
    Archive,
    Close,
    CloseOther,
    NoteReceipt,
    Reopen,
    Unarchive,
)
from branch.complaints.commands.correcting import CorrectComplainant, EditCase, GiveIdentity
from branch.complaints.commands.emergency import OpenPlan
from branch.complaints.commands.registration import SetSubjects, TurnIntoComplaint
from branch.complaints.description import Matter
from branch.complaints.rules import OPEN, State
from branch.kernel.errors import BadInput
from branch.people.queries import StaffMember, staff_members
from ui.complaints.checks import Checks
from ui.complaints.record import CaseRecord
from ui.complaints.step_dialog import StepDialog
from ui.complaints.step_words import deed_label
from ui.models.complaint_words import step_label
from ui.models.money import fen_of
from ui.shell.asking import Need
from ui.shell.station import Station
from ui.widgets.intake.before import known_of, registered_of
from ui.widgets.intake.classify import Classify
from ui.widgets.intake.matter_part import MatterPart
from ui.widgets.intake.person_part import PersonPart
from ui.widgets.intake.subjects_field import SubjectsField
from ui.widgets.staff_field import colleagues_among

_WIDE = 1100


def _tr(text: str) -> str:
    return QCoreApplication.translate("CaseDialogs", text)


def ask_note(parent: QWidget, station: Station, record: CaseRecord, said: str) -> StepDialog:
    """A note for those who handle it."""
    line = record.detail.line
    dialog = StepDialog(parent, station, _tr("写备注"), _tr("只有办理投诉的人看得到"))
    words = dialog.add_long("text", _tr("备注内容"), 4)
    dialog.offer_step(_tr("记下"), lambda: AddNote(line.id, words.text()), said)
    return dialog


def ask_receipt(parent: QWidget, station: Station, record: CaseRecord, said: str) -> StepDialog:
    """The day on which he received the decision."""
    line = record.detail.line
    text = _tr("客户从收到决定之日起 30 日内可以向上级行书面申请核查")
    dialog = StepDialog(parent, station, _tr("记录送达"), text)
    day = dialog.add_day("received_on", _tr("客户收到答复的日期"), station.now().date())
    dialog.offer_step(_tr("记下"), lambda: NoteReceipt(line.id, day.day()), said)
    return dialog


def ask_answer(parent: QWidget, station: Station, record: CaseRecord, said: str) -> StepDialog:
    """What an enquiry, suggestion or report was answered."""
    line = record.detail.line
    dialog = StepDialog(parent, station, deed_label("CloseOther"), "")
    words = dialog.add_long("text", _tr("答复内容"), 4)
    dialog.add_answers(words, record.detail.values["reason"])
    dialog.offer_step(deed_label("CloseOther"), lambda: CloseOther(line.id, words.text()), said)
    return dialog


def ask_reopening(parent: QWidget, station: Station, record: CaseRecord, said: str) -> StepDialog:
    """Take it up again, with the reason."""
    line = record.detail.line
    text = _tr("有新的事实，或客户不满意且负责人同意时重新办理。期限重新起算，原决定留在卷内")
    dialog = StepDialog(parent, station, _tr("重新办理"), text)
    words = dialog.add_long("text", _tr("理由"), 3)
    dialog.offer_step(step_label("Reopen"), lambda: Reopen(line.id, words.text()), said)
    return dialog


def ask_unarchive(parent: QWidget, station: Station, record: CaseRecord, said: str) -> StepDialog:
    """By order of the superior body."""
    line = record.detail.line
    dialog = StepDialog(parent, station, _tr("重新启用档案"), _tr("凭上级行的指令"))
    order = dialog.add_line("order", _tr("指令编号"))
    dialog.offer_step(step_label("Unarchive"), lambda: Unarchive(line.id, order.text()), said)
    return dialog


def ask_closing(
    parent: QWidget, station: Station, record: CaseRecord, said: str, checks: Checks
) -> StepDialog:
    """Close or archive: what is still missing is said before."""
    line = record.detail.line
    archive = line.state != "replied"
    if archive:
        title, text = _tr("归档"), _tr("归档后保存 {n} 年，只供查阅")
        if line.kind == "complaint":
            text = _tr("归档后保存 {n} 年，只供查阅，重新启用需上级行指令")
    else:
        title, text = _tr("办结投诉"), _tr("办结后还可以在核查申请期内重新办理")
    dialog = StepDialog(parent, station, title, text.format(n=record.detail.house.keep_years))
    missing = [check.text for check in checks.items if not check.done]
    if missing:
        text = _tr("还没有做到：{items}").format(items=_tr("；").join(missing))
        dialog.add_words(text, "warn_text")
    step = "Archive" if archive else "Close"
    command = Archive if archive else Close
    dialog.offer_step(step_label(step), lambda: command(line.id), said)
    return dialog


def ask_turning(parent: QWidget, station: Station, record: CaseRecord, said: str) -> StepDialog:
    """An enquiry turns out to be a complaint."""
    line = record.detail.line
    text = _tr("客户与本行有争议并提出请求的，是投诉。法定期限从收到之日起算")
    dialog = StepDialog(parent, station, deed_label("TurnIntoComplaint"), text)
    dialog.offer_step(deed_label("TurnIntoComplaint"), lambda: TurnIntoComplaint(line.id), said)
    return dialog


def ask_plan(parent: QWidget, station: Station, record: CaseRecord, said: str) -> StepDialog:
    """Nobody had come, and now they do: the plan of a group is opened once more."""
    line = record.detail.line
    text = _tr("{n} 人共同反映。启动后各岗位按预案到位，叫号照常；过程记在应急演练里")
    dialog = StepDialog(parent, station, deed_label("OpenPlan"), text.format(n=line.parties))
    dialog.offer_step(deed_label("OpenPlan"), lambda: OpenPlan(line.id), said)
    return dialog


def ask_subjects(parent: QWidget, station: Station, record: CaseRecord, said: str) -> StepDialog:
    """Whom it is about and who has an interest: they are kept from it."""
    detail = record.detail
    text = _tr("登记后，这些人看不到、也不能办理、审批、合并或打印这件投诉")
    dialog = StepDialog(parent, station, _tr("被投诉人员"), text, width=620)
    about, interested = SubjectsField(station), SubjectsField(station)
    interested.field.set_label(_tr("有利害关系、需要回避的人"))
    for part in (about, interested):
        dialog.add_part(part)
    places = {"subjects": about.field, "interested": interested.field}
    dialog.places.update({name: field.set_error for name, field in places.items()})
    dialog.parts.update(
        subjects=(about.staff, about.choose), interested=(interested.staff, interested.choose)
    )
    about.choose(detail.subject_ids)
    # Who keeps away for a complaint merged with this one does so by himself.
    interested.choose(detail.interested_ids - detail.merged_ids)

    def command() -> SetSubjects:
        return SetSubjects(detail.line.id, about.staff(), interested.staff())

    def look() -> list[BadInput]:
        # Whoever was typed and is nobody here would not be kept from it.
        return [
            BadInput("staff_unknown_here", field=name)
            for name, field in places.items()
            if field.text().strip() and field.staff() is None
        ]

    def take(members: list[StaffMember]) -> None:
        # Who has left stays what he is in this case.
        known = detail.subject_ids | detail.interested_ids
        offered = [replace(m, active=True) if m.id in known else m for m in members]
        for part in (about, interested):
            part.offer(colleagues_among(offered))
        dialog.confirm_button.setEnabled(True)

    dialog.look_first(look)
    dialog.offer_step(_tr("记下"), command, said)
    about.setFocus()
    # Until it is known who works here nobody can be meant.
    dialog.confirm_button.setEnabled(False)
    Need(station, dialog, lambda store: list(staff_members(store)), take)
    return dialog


def ask_edit(parent: QWidget, station: Station, record: CaseRecord, said: str) -> StepDialog:
    """Put right what happened and its classes; who complains has a question of his own."""
    detail = record.detail
    dialog = StepDialog(parent, station, _tr("更正登记"), "", width=_WIDE)
    part, classes = MatterPart(station), Classify()
    part.subjects.hide()
    before = matter_of(record)
    part.fill(before, frozenset())
    classes.fill(before)
    left, right = dialog.split()
    dialog.into(left)
    dialog.add_part(part)
    dialog.into(right)
    dialog.add_part(classes)
    left.addStretch(1)
    right.addStretch(1)
    dialog.places.update(part.places())
    began = classes.classified(part.matter())

    def fill(matter: Matter) -> None:
        part.fill(matter, frozenset())
        classes.fill(matter)

    dialog.parts["matter"] = (lambda: classes.classified(part.matter()), fill)

    def look() -> list[BadInput]:
        # An amount that is none is left out of the matter: it would go without a word.
        try:
            fen_of(part.amount.text())
        except ValueError:
            return [BadInput("amount_range", field="amount")]
        same = classes.classified(part.matter()) == began
        return [BadInput("nothing_changed", field="")] if same else []

    dialog.look_first(look)

    def command() -> EditCase:
        # Whether it is business sold for others follows the class, unless it was said apart.
        agency = before.agency and before.biz_class not in AGENCY_CLASSES
        now = replace(part.matter(), agency=agency)
        return EditCase(detail.line.id, matter=classes.classified(now))

    dialog.offer_step(_tr("更正"), command, said)
    part.facts.setFocus()
    return dialog


def matter_of(record: CaseRecord) -> Matter:
    """What was registered, as a form shows it."""
    values, line = record.detail.values, record.detail.line
    return Matter(
        title=line.title,
        facts=values["facts"],
        claims=values["claims"],
        basis=values["basis"],
        amount=values["amount"],
        incident_on=values["incident_on"],
        incident_place=values["incident_place"],
        biz_channel=values["biz_channel"],
        biz_class=values["biz_class"],
        reason=values["reason"],
        agency=values["agency"],
        severity=line.severity,
        urgency=line.urgency,
        sensitivity=frozenset(line.sensitivity),
    )


def ask_person(parent: QWidget, station: Station, record: CaseRecord, said: str) -> StepDialog:
    """Who complains is put right: what names him is shown masked, and stays where nothing is
    typed."""
    detail = record.detail
    line = detail.line
    text = _tr("已登记的只显示一部分，空着的不改；改动记入经过")
    dialog = StepDialog(parent, station, deed_label("CorrectComplainant"), text, width=680)
    person = PersonPart(lambda: station.now().date())
    person.set_numbers(detail.house.group_from, detail.house.urgent_from)
    person.set_on_site(line.channel == "on_site", complaint=line.kind == "complaint")
    person.correct(registered_of(detail), known_of(detail))
    dialog.parts["person"] = (person.complainant, person.fill)
    dialog.add_part(person)
    dialog.places.update(person.places())
    began = person.complainant()

    def look() -> list[BadInput]:
        # What was never changed does not go into the timeline as corrected.
        return [BadInput("nothing_changed", field="")] if person.complainant() == began else []

    dialog.look_first(look)

    def command() -> CorrectComplainant:
        return CorrectComplainant(line.id, person.complainant())

    dialog.offer_step(_tr("更正"), command, said)
    (person.group if line.anonymous else person.name).setFocus()
    return dialog


def ask_identity(parent: QWidget, station: Station, record: CaseRecord, said: str) -> StepDialog:
    """An anonymous complainant gives his name."""
    line = record.detail.line
    if line.kind == "complaint" and line.state in (State.REPLIED, State.CLOSED):
        text = _tr("补充身份后重新办理并答复本人，期限从今天起算；以前的记录保留")
    elif line.state in OPEN:
        text = _tr("补充身份后需要答复，期限从今天起算；以前的记录保留")
    else:
        text = _tr("以前的记录保留")
    dialog = StepDialog(parent, station, deed_label("GiveIdentity"), text, width=620)
    person = PersonPart(lambda: station.now().date())
    person.anonymous.hide()
    house = record.detail.house
    person.set_numbers(house.group_from, house.urgent_from)
    dialog.parts["person"] = (person.complainant, person.fill)
    dialog.add_part(person)
    dialog.places.update(person.places())

    def look() -> list[BadInput]:
        # To stay anonymous is no choice here.
        return [] if person.complainant().name else [BadInput("field_empty", field="name")]

    dialog.look_first(look)
    dialog.offer_step(_tr("补充"), lambda: GiveIdentity(line.id, person.complainant()), said)
    person.name.setFocus()
    return dialog

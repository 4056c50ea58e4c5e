"""Owns the fields of who complains, in what capacity, how he hears the answer; sends nothing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from branch.complaints.codes import CAPACITIES, FOR_ANOTHER, MAJOR_FROM, REPLY_WISHES
from branch.complaints.description import Complainant, require_heads
from branch.kernel.errors import BadInput
from branch.kernel.identity import credit_code_doubt, mobile_doubt, resident_id_doubt
from branch.kernel.masking import document_tail, mask_name, mask_phone
from branch.kernel.setting import SETTINGS
from branch.visitors.rules import DOCUMENTS
from ui.models.complaint_words import capacity_label, reply_wish_label
from ui.models.visitor_words import document_label
from ui.shell.station import sentence
from ui.widgets.choice import CheckRow
from ui.widgets.choice_field import ChoiceField
from ui.widgets.doubt_line import DoubtLine
from ui.widgets.field import FieldEdit
from ui.widgets.label import CAPTION, STRONG, Label, TextRole
from ui.widgets.masked_field import PRIVATE, MaskedField
from ui.widgets.stage import HBox, VBox

RESIDENT_ID = "resident_id"
_ORGANISATION = "legal_representative"
_SEPARATORS = re.compile(r"[、,;]+")
_NEWS = TextRole(13, 500, "warn_text")


def _tail_of(number: str) -> str:
    tail = document_tail(number)
    return f"**** {tail}" if tail else "****" if number else ""


class PersonPart(QWidget):
    """The complainant, in as many fields as his capacity and his wish ask for."""

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self._today = today
        self._on_site, self._complaint = False, True
        # What is registered already, masked, by field; empty while somebody is registered.
        self._known: Mapping[str, str] = {}
        self._group_from = SETTINGS["complaint_group_from"].default
        self._urgent_from = SETTINGS["complaint_urgent_from"].default
        self.title, self.anonymous_hint = Label("", STRONG), Label("", CAPTION, wrap=True)
        self.anonymous, self.confidential = CheckRow(""), CheckRow("")
        self.capacity, self.wish, self.document = ChoiceField(), ChoiceField(), ChoiceField()
        self.name = MaskedField(mask_name, lambda _text: None)
        self.phone = MaskedField(mask_phone, mobile_doubt)
        self.number = MaskedField(_tail_of, self._number_doubt)
        self.number_hint = Label("", CAPTION)
        self.address, self.email = FieldEdit(""), FieldEdit("")
        self.agent = FieldEdit("")
        self.agent_phone = MaskedField(mask_phone, mobile_doubt)
        self.authority = CheckRow("")
        self.legal_person, self.credit_code = FieldEdit(""), FieldEdit("")
        self.code_doubt = DoubtLine()
        self.group = CheckRow("")
        self.parties, self.representatives = FieldEdit(""), FieldEdit("")
        self.group_news = Label("", _NEWS, wrap=True)
        self._named, self._reach, self._agent = QWidget(), QWidget(), QWidget()
        self._company, self._group = QWidget(), QWidget()
        for field in self._edits():
            field.edit.setInputMethodHints(PRIVATE)
        self._lay_out()
        self._wire()
        self.retranslate()
        self.fill(Complainant())

    # -- building -------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        column = VBox(parent=self)
        column.addWidget(self.title)
        ticks = HBox(spacing=12)
        ticks.addWidget(self.anonymous, 1)
        ticks.addWidget(self.confidential, 1)
        column.addLayout(ticks)
        column.addWidget(self.anonymous_hint)
        named = VBox(spacing=8, parent=self._named)
        _pair(named, self.capacity, self.name)
        company = VBox(parent=self._company)
        _pair(company, self.legal_person, self.credit_code)
        company.addWidget(self.code_doubt)
        named.addWidget(self._company)
        agent = VBox(parent=self._agent)
        _pair(agent, self.agent, self.agent_phone)
        named.addWidget(self._agent)
        named.addWidget(self.authority)
        _pair(named, self.phone, self.wish)
        reach = HBox(spacing=12, parent=self._reach)
        reach.addWidget(self.address, 3)
        reach.addWidget(self.email, 2)
        named.addWidget(self._reach)
        _pair(named, self.document, self.number)
        named.addWidget(self.number_hint)
        column.addWidget(self._named)
        column.addWidget(self.group)
        group = VBox(spacing=6, parent=self._group)
        row = HBox(spacing=12)
        self.parties.setFixedWidth(120)
        # What is wrong with the one moves not the other.
        row.addWidget(self.parties, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.representatives, 1, Qt.AlignmentFlag.AlignTop)
        group.addLayout(row)
        group.addWidget(self.group_news)
        column.addWidget(self._group)
        column.addStretch(1)

    def _wire(self) -> None:
        self.anonymous.toggled.connect(self._show)
        self.group.toggled.connect(self._show)
        self.capacity.combo.currentIndexChanged.connect(self._show)
        self.wish.combo.currentIndexChanged.connect(self._show)
        self.document.combo.currentIndexChanged.connect(lambda _at: self.number.look())
        self.parties.edit.textEdited.connect(self._show)
        self.credit_code.left.connect(self._look_at_code)

    def _edits(self) -> tuple[FieldEdit, ...]:
        return (
            self.name, self.phone, self.number, self.address, self.email, self.agent,
            self.agent_phone, self.legal_person, self.credit_code, self.parties,
            self.representatives,
        )  # fmt: skip

    # -- what stands there ----------------------------------------------------------------------

    def complainant(self) -> Complainant:
        """What stands there; what is not asked for now is left out."""
        together = self.group.isChecked()
        parties = self._parties() if together else 1
        heads = self.heads() if together else ()
        if self.anonymous.isChecked():
            return Complainant(
                anonymous=True,
                reply_wish="none",
                parties=parties or 0,
                representatives=heads,
                confidential=self.confidential.isChecked(),
            )
        capacity = self.capacity.combo.code()
        company, agent = capacity == _ORGANISATION, capacity == "agent"
        number = self.number.text().strip()
        return Complainant(
            name=self.name.text().strip(),
            phone=self.phone.text().strip(),
            address=self.address.text().strip(),
            email=self.email.text().strip(),
            document=self.document.combo.code() if number else "",
            document_number=number,
            credit_code=self.credit_code.text().strip() if company else "",
            legal_person=self.legal_person.text().strip() if company else "",
            capacity=capacity,
            agent=self.agent.text().strip() if agent else "",
            agent_phone=self.agent_phone.text().strip() if agent else "",
            authority=capacity in FOR_ANOTHER and self.authority.isChecked(),
            parties=parties or 0,
            representatives=heads,
            confidential=self.confidential.isChecked(),
            reply_wish=self.wish.combo.code(),
        )

    def fill(self, who: Complainant) -> None:
        """Show a draft, or a blank form."""
        self.anonymous.setChecked(who.anonymous)
        self.confidential.setChecked(who.confidential)
        self.capacity.combo.choose(who.capacity)
        self.wish.combo.choose(Complainant().reply_wish if who.anonymous else who.reply_wish)
        self.document.combo.choose(who.document or RESIDENT_ID)
        for field, text in (
            (self.name, who.name),
            (self.phone, who.phone),
            (self.number, who.document_number),
            (self.address, who.address),
            (self.email, who.email),
            (self.agent, who.agent),
            (self.agent_phone, who.agent_phone),
            (self.legal_person, who.legal_person),
            (self.credit_code, who.credit_code),
            (self.representatives, "、".join(who.representatives)),
        ):
            field.set_text(text)
        self.authority.setChecked(who.authority)
        self.group.setChecked(who.parties != 1)
        self.parties.set_text(str(who.parties) if who.parties != 1 else "")
        self.code_doubt.show_doubt(None)
        self._show()

    def correct(self, who: Complainant, known: Mapping[str, str]) -> None:
        """Show what is registered, to be put right: codes as they are, and what names him as
        ``known``, masked, in the empty field. Whether he is anonymous is no question here."""
        self.know(known)
        self.anonymous.hide()
        self.fill(who)

    def know(self, known: Mapping[str, str]) -> None:
        """What is ``known`` of him, masked, stands in the empty fields and is not asked for again;
        an empty one forgets it. Who is known is not anonymous."""
        self._known = known
        self.anonymous.setVisible(not known)
        self._say_known()
        self._show()

    def lacks_name(self) -> bool:
        """Whether he gives a name, and it is not there yet."""
        there = self.name.text().strip() or self._known.get("name")
        return not self.anonymous.isChecked() and not there

    def heads(self) -> tuple[str, ...]:
        """The representatives, as they were typed."""
        parts = _SEPARATORS.split(unicodedata.normalize("NFKC", self.representatives.text()))
        return tuple(part.strip() for part in parts if part.strip())

    def complete(self) -> bool:
        """Whether a name stands there or anonymous is chosen; what is missing is said."""
        who = self.complainant()
        if self.lacks_name():
            self.name.set_error(sentence(BadInput("complainant_needed", field="name")))
        if who.capacity == "agent" and not who.agent and not self._known.get("agent"):
            self.agent.set_error(sentence(BadInput("field_empty", field="agent")))
        try:
            require_heads(who.parties, len(who.representatives))
        except BadInput as error:
            self.places()[error.field](sentence(error))
        fields = (self.name, self.agent, self.parties, self.representatives)
        return not any(field.isVisibleTo(self) and field.error_text() for field in fields)

    def first_wrong(self) -> QWidget | None:
        """The first field with a sentence under it."""
        return next(
            (edit for edit in self._edits() if edit.isVisibleTo(self) and edit.error_text()), None
        )

    def places(self) -> dict[str, Callable[[str], None]]:
        """Where the error of a field is shown."""
        return {
            "name": self.name.set_error,
            "phone": self.phone.set_error,
            "document_number": self.number.set_error,
            "address": self.address.set_error,
            "email": self.email.set_error,
            "capacity": self.capacity.set_error,
            "agent": self.agent.set_error,
            "agent_phone": self.agent_phone.set_error,
            "legal_person": self.legal_person.set_error,
            "credit_code": self.credit_code.set_error,
            "parties": self.parties.set_error,
            "representatives": self.representatives.set_error,
            "reply_wish": self.wish.set_error,
        }

    def set_on_site(self, on_site: bool, *, complaint: bool = True) -> None:
        """Whether they stand in the branch: from twenty on that is a major complaint. For
        those who ask or suggest together no plan opens."""
        self._on_site, self._complaint = on_site, complaint
        self._show()

    def set_numbers(self, group_from: int, urgent_from: int) -> None:
        """From how many on the house speaks of a group, and sees to them urgently (0: never)."""
        self._group_from, self._urgent_from = group_from, urgent_from
        self._show()

    def is_urgent(self) -> bool:
        """Whether so many complain together that the house sees to them urgently."""
        together = self._complaint and self.group.isChecked()
        return together and 0 < self._urgent_from <= (self._parties() or 0)

    # -- looking --------------------------------------------------------------------------------

    def _parties(self) -> int | None:
        text = unicodedata.normalize("NFKC", self.parties.text()).strip()
        return int(text) if re.fullmatch(r"[0-9]{1,5}", text) else None

    def _number_doubt(self, number: str) -> str | None:
        if self.document.combo.code() != RESIDENT_ID:
            return None
        return resident_id_doubt(number, self._today())

    def _look_at_code(self) -> None:
        self.code_doubt.show_doubt(credit_code_doubt(self.credit_code.text()))

    def _show(self) -> None:
        capacity, wish = self.capacity.combo.code(), self.wish.combo.code()
        self._named.setVisible(not self.anonymous.isChecked())
        self.anonymous_hint.setVisible(self.anonymous.isChecked())
        self._company.setVisible(capacity == _ORGANISATION)
        self._agent.setVisible(capacity == "agent")
        self.authority.setVisible(capacity in FOR_ANOTHER)
        self.authority.set_text(self._authority_text(capacity))
        registered = any(self._known.get(key) for key in ("address", "email"))
        self._reach.setVisible(wish in ("letter", "message") or registered)
        company = capacity == _ORGANISATION
        self.name.set_label(self.tr("单位名称") if company else self.tr("姓名"))
        self._group.setVisible(self.group.isChecked())
        parties = (self._parties() or 0) if self.group.isChecked() else 0
        news = ""
        if parties >= MAJOR_FROM and self._on_site:
            news = self.tr("当面共同投诉满 {n} 人为重大投诉，登记后应急预案随即启动。")
            news = news.format(n=MAJOR_FROM)
        elif self._complaint and self._group_from <= parties:
            news = self.tr("{n} 人以上为群体投诉，请推选代表，应急预案同时启动。").format(
                n=self._group_from
            )
        if self.is_urgent():
            urgent = self.tr("{n} 人以上共同投诉，按紧急办理。").format(n=self._urgent_from)
            news = f"{news}\n{urgent}".strip()
        self.group_news.setText(news)
        self.group_news.setVisible(bool(news))

    # -- words ----------------------------------------------------------------------------------

    def _authority_text(self, capacity: str) -> str:
        return {
            "guardian": self.tr("已看监护关系证明"),
            "heir": self.tr("已看继承关系证明"),
        }.get(capacity, self.tr("已看授权委托书原件和受托人证件"))

    def _say_known(self) -> None:
        fields = {
            "name": self.name, "phone": self.phone, "document_tail": self.number,
            "address": self.address, "email": self.email, "agent": self.agent,
            "agent_phone": self.agent_phone, "legal_person": self.legal_person,
            "credit_code": self.credit_code, "representatives": self.representatives,
        }  # fmt: skip
        for key, field in fields.items():
            known = self._known.get(key, "")
            text = self.tr("{known}，不改不填").format(known=known) if known else ""
            field.edit.setPlaceholderText(text)

    def retranslate(self) -> None:
        """Take all words anew."""
        self._say_known()
        self.title.setText(self.tr("谁来反映？"))
        self.anonymous.set_text(self.tr("不愿留姓名"))
        self.anonymous_hint.setText(self.tr("匿名也会照样调查；没有联系方式，就不能答复本人。"))
        self.confidential.set_text(self.tr("要求保密"))
        self.capacity.set_label(self.tr("身份"))
        self.capacity.combo.set_choices([(code, capacity_label(code)) for code in CAPACITIES])
        self.name.set_eye_name(self.tr("按住显示姓名"))
        self.phone.set_label(self.tr("电话"))
        self.phone.set_eye_name(self.tr("按住显示电话"))
        self.wish.set_label(self.tr("希望怎样答复"))
        self.wish.combo.set_choices([(code, reply_wish_label(code)) for code in REPLY_WISHES])
        self.address.set_label(self.tr("地址"))
        self.email.set_label(self.tr("邮箱"))
        self.document.set_label(self.tr("证件类型，可不填"))
        self.document.combo.set_choices([(code, document_label(code)) for code in DOCUMENTS])
        self.number.set_label(self.tr("证件号"))
        self.number.set_eye_name(self.tr("按住显示证件号"))
        self.number_hint.setText(self.tr("只保存证件号末四位；行内已有的材料不再要。"))
        self.agent.set_label(self.tr("受托人姓名"))
        self.agent_phone.set_label(self.tr("受托人电话"))
        self.agent_phone.set_eye_name(self.tr("按住显示电话"))
        self.legal_person.set_label(self.tr("法定代表人"))
        self.credit_code.set_label(self.tr("统一社会信用代码"))
        self.group.set_text(self.tr("多人共同反映"))
        self.parties.set_label(self.tr("人数"))
        self.representatives.set_label(self.tr("代表姓名，用顿号隔开，最多 5 名"))
        self._show()


def _pair(column: VBox, left: QWidget, right: QWidget) -> None:
    """Two fields side by side, level at their tops."""
    row = HBox(spacing=12)
    row.addWidget(left, 1, Qt.AlignmentFlag.AlignTop)
    row.addWidget(right, 1, Qt.AlignmentFlag.AlignTop)
    column.addLayout(row)

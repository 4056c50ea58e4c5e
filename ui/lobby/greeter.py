"""Owns the course of a greeting: first press, choices, ticket or another way; draws nothing."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from branch.bootstrap import Branch
from branch.catalogue.queries import credits
from branch.kernel.errors import TingtangError
from branch.kernel.setting import setting
from branch.kernel.store import Store
from branch.lobby.commands.arrivals import Issued
from branch.lobby.queries.slip import ahead_of_new
from branch.lobby.rules import ORDINARY, order_key
from ui.lobby.choice_dialog import ChoiceDialog, SlotDialog
from ui.lobby.greet_form import GreetForm
from ui.lobby.greeting import ELDERLY, Choices, Visit
from ui.lobby.id_age import IdAgeDialog
from ui.lobby.picture import MS_PER_MINUTE, Picture
from ui.lobby.sayings import usually
from ui.lobby.slots import nearest_quarter, quarters_around
from ui.models.wait_words import wait_text
from ui.models.words import flag_label
from ui.shell.language import language
from ui.shell.station import Station, sentence

# More services than these would not fit one under the other on a screen of 800 px.
_ONE_COLUMN = 10


class Greeter(QObject):
    """Follows the presses on the form. The visit begins with the first of them.

    ``issued`` gives the new ticket, ``led_away`` the outcome of a visit without one.
    """

    issued = Signal(object)
    led_away = Signal(str)

    def __init__(self, station: Station, form: GreetForm) -> None:
        super().__init__(form)
        self._station = station
        self._form = form
        self._picture: Picture | None = None
        self._chosen = Choices()
        self._visit = Visit(station.actor)
        self._begun = self._busy = False
        form.flag_pressed.connect(self.set_flag)
        form.group_pressed.connect(self.choose_group)
        form.clear_button.clicked.connect(self.start_over)
        form.id_button.clicked.connect(self._ask_age_limit)
        form.issue_button.clicked.connect(self.issue)
        form.machine_button.clicked.connect(self.lead_to_machine)
        form.room_button.clicked.connect(self.lead_to_room)
        form.well.service_wanted.connect(self._ask_service)
        form.well.slot_wanted.connect(self._ask_slot)
        self.retranslate()

    @property
    def chosen(self) -> Choices:
        """What is chosen for the customer in front."""
        return self._chosen

    # -- presses --------------------------------------------------------------------------------

    def set_flag(self, code: str, on: bool) -> None:
        """A flag was set or taken back."""
        slot = round(nearest_quarter(self._station.now()).timestamp() * 1000)
        self._choose(self._chosen.with_flag(code, on, slot))

    def press_flag(self, at: int) -> None:
        """The key of a flag was pressed."""
        code = self._form.flag_codes()[at]
        self.set_flag(code, code not in self._chosen.flags)

    def press_group(self, at: int) -> None:
        """The key of a group was pressed."""
        codes = self._form.group_codes()
        if at < len(codes):
            self.choose_group(codes[at])

    def choose_group(self, code: str) -> None:
        """A group was chosen: its first service stands until another one is."""
        if self._picture is None:
            return
        offered = self._picture.services_in(code)
        if offered:
            self._choose(self._chosen.with_service(code, offered[0].code))
        else:
            self._show()

    def start_over(self) -> None:
        """The next customer: nothing is chosen and nobody greeted yet."""
        self._chosen = Choices()
        self._visit = Visit(self._station.actor)
        self._begun = False
        self._show()

    def issue(self) -> None:
        """Give out the ticket, if one press is all that is missing."""
        if self._busy or not self._chosen.ready():
            return
        self._set_busy(True)
        visit, chosen = self._visit, self._chosen
        self._station.do(
            self, lambda branch: visit.issue(branch, chosen), self._has_issued, self._refused
        )

    def lead_to_machine(self) -> None:
        """The customer takes the offer of a machine that can do his service."""
        channel = self._machine()
        if channel is not None:
            self._lead("self_service", channel)

    def lead_to_room(self) -> None:
        """The customer is asked into a room."""
        self._lead("room")

    def _lead(self, outcome: str, channel: str = "") -> None:
        if self._busy:
            return
        self._set_busy(True)
        visit, chosen = self._visit, self._chosen

        def work(branch: Branch) -> None:
            visit.lead(branch, chosen, outcome, channel)

        self._station.do(self, work, lambda _none: self._has_led(outcome), self._refused)

    def _choose(self, chosen: Choices) -> None:
        self._chosen = chosen
        if not self._begun:
            self._begun = True
            visit, spoken = self._visit, chosen.language()
            # Should the contact not be noted now, the ticket's own job notes it first.
            self._station.do(self, lambda branch: visit.greet(branch, spoken), lambda _id: None)
        self._show()

    def _has_issued(self, issued: Issued) -> None:
        self._set_busy(False)
        self.start_over()
        self.issued.emit(issued)

    def _has_led(self, outcome: str) -> None:
        self._set_busy(False)
        self.start_over()
        self.led_away.emit(outcome)

    def _refused(self, error: TingtangError) -> None:
        self._set_busy(False)
        self._form.well.show_error(sentence(error))

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self._enable()

    def _ask_age_limit(self) -> None:
        self._station.ask(self, lambda store: setting(store, "elderly_age"), self._look_at_id)

    def _look_at_id(self, elderly_from: int) -> None:
        dialog = IdAgeDialog(self._form, elderly_from, lambda: self._station.now().date())
        dialog.elderly.connect(lambda: self.set_flag(ELDERLY, True))
        dialog.open()

    # -- choices within the confirmation --------------------------------------------------------

    def _ask_service(self) -> None:
        if self._picture is None or not self._chosen.group:
            return
        group = self._chosen.group
        speech = language().code
        offered = self._picture.services_in(group)
        dialog = ChoiceDialog(
            self._form,
            title=self.tr("办理哪一项？"),
            choices=[(service.code, service.name.text(speech)) for service in offered],
            current=self._chosen.service,
            columns=1 if len(offered) <= _ONE_COLUMN else 2,
        )
        dialog.chosen.connect(lambda code: self._choose(self._chosen.with_service(group, code)))
        dialog.open()

    def _ask_slot(self) -> None:
        slot = self._chosen.slot
        slots = quarters_around(self._station.now())
        dialog = SlotDialog(
            self._form, slots, self._station.local(slot) if slot is not None else None
        )
        dialog.chosen.connect(lambda ms: self._choose(self._chosen.with_slot(int(ms))))
        dialog.code_given.connect(lambda code: self._choose(self._chosen.with_booking(code)))
        dialog.open()

    # -- showing --------------------------------------------------------------------------------

    def show_picture(self, shown: Picture) -> None:
        """Take groups, services and numbers of people from the lobby as it stands."""
        self._picture = shown
        group = self._chosen.group
        if group and self._chosen.service not in {s.code for s in shown.services_in(group)}:
            # The catalogue has changed under the hand of whoever chose.
            self._chosen = self._chosen.with_service("", "")
        self._form.show_groups(
            [(group, shown.console.in_group(group.code)) for group in shown.console.groups]
        )
        self._show(keep_error=True)

    def retranslate(self) -> None:
        """Say everything anew."""
        self._show()

    def tick(self) -> None:
        """Time goes on: who stands before a new ticket may change with it."""
        if self._chosen.service:
            self._ask_ahead()

    def _show(self, *, keep_error: bool = False) -> None:
        chosen, well = self._chosen, self._form.well
        self._form.show_choice(chosen.flags, chosen.group)
        well.show_service(self._service_name())
        well.show_slot(self._slot_text())
        self._enable()
        if keep_error and well.shown_error():
            return
        if chosen.booking:
            well.show_facts(
                self.tr("凭预约码取号"), "", self.tr("业务和时间按预约"), wait_text(None)
            )
        elif chosen.service:
            self._ask_ahead()
        else:
            well.show_hint(self.tr("选好业务后，这里显示号票"))

    def _ask_ahead(self) -> None:
        """How many stand before a new ticket: only the store can say it."""
        if self._picture is None:
            return
        chosen, now = self._chosen, self._station.now_ms()
        letter = self._picture.group(chosen.group).letter
        classes = chosen.classes() or {ORDINARY}

        def count(store: Store) -> tuple[int, int]:
            key = order_key(now, classes, credits(store), chosen.slot)
            return ahead_of_new(store, letter, key), (now - key) // MS_PER_MINUTE

        self._station.ask(self, count, lambda found: self._show_ahead(chosen, *found))

    def _show_ahead(self, asked: Choices, ahead: int, credit: int) -> None:
        # An answer to an older question, or one that a refusal has overtaken, is not shown.
        if asked != self._chosen or self._picture is None or self._form.well.shown_error():
            return
        group = self._picture.group(asked.group)
        self._form.well.show_facts(
            self._title(),
            self.tr("{area} 区就座").format(area=group.area),
            self.tr("前面 {n} 人").format(n=ahead),
            self._wait_words(ahead, credit),
        )

    def _title(self) -> str:
        assert self._picture is not None  # only asked once the groups are known
        name = self._picture.group(self._chosen.group).short.text(language().code)
        flag = self._chosen.leading_flag(self._picture.credits())
        if not flag:
            return name
        return self.tr("{group} {flag}优先").format(group=name, flag=flag_label(flag).lower())

    def _wait_words(self, ahead: int, credit: int) -> str:
        """The wait of the ticket to be issued; ``credit`` minutes is its head start by now."""
        assert self._picture is not None  # only asked once the groups are known
        service = self._chosen.service
        letter = self._picture.group(self._chosen.group).letter
        if not ahead and self._picture.free_now(letter, service):
            return wait_text(None, at_once=True)
        found = self._station.waits.shown
        spread = found.fresh(service, credit) if found else None
        text = wait_text(spread)
        return usually(text) if found is not None and found.usual and spread else text

    def _service_name(self) -> str:
        if self._picture is None or not self._chosen.service:
            return ""
        return self._picture.service(self._chosen.service).name.text(language().code)

    def _slot_text(self) -> str:
        if self._chosen.booking:
            return self._chosen.booking
        if self._chosen.slot is None:
            return ""
        return f"{self._station.local(self._chosen.slot):%H:%M}"

    def _machine(self) -> str | None:
        """The machine in the lobby that can do the chosen service."""
        if self._picture is None or not self._chosen.service:
            return None
        return self._picture.service(self._chosen.service).machine

    def _enable(self) -> None:
        form = self._form
        form.issue_button.setEnabled(not self._busy and self._chosen.ready())
        form.machine_button.setEnabled(not self._busy and self._machine() is not None)
        form.room_button.setEnabled(not self._busy)

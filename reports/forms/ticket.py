"""Owns the 80 mm ticket: what stands on it and where; decides no place in the queue and prints
neither who the customer is nor why anybody comes earlier."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from reportlab.graphics.barcode.code128 import Code128

from branch.kernel.phrases import LANGUAGES, phrases
from reports.codes import Qr
from reports.page import DOT, ROLL_MARGIN, ROLL_WIDTH, About, Page, pdf
from reports.typeface import Face, Style

# All measures are dots of a 203 dpi head.
LEFT = ROLL_MARGIN
WIDTH = ROLL_WIDTH - 2 * ROLL_MARGIN
TOP = 40
FOOT = 38

BODY = Style(Face.SANS, 28, 39.2)
HEADING = Style(Face.SANS_BOLD, 28, 39.2)
TITLE = Style(Face.SANS_BOLD, 34, 47.6)
AREA = Style(Face.SANS_BOLD, 30, 42)
FIGURE = Style(Face.SANS_BOLD, 40, 56)

NUMBER_SIZE = 196
NUMBER_LEADING = 1.12  # ems
NUMBER_TRACKING = 2
NUMBER_SHIFT = -6  # its first letter's own margin, so that its stem stands on the left edge

CODE_SIZE = 176  # at most; a module is a whole number of dots, or a thermal head blurs it
BAR_HEIGHT = 52
BAR_MODULE = 3
GAP = 28


@dataclass(frozen=True, slots=True)
class TicketForm:
    """What the ticket says. Names and documents are in `language` ("zh" or "en").

    `issued_at` is a time in the branch's zone; `business_day` may be the day before it.
    `area` is the letter of the waiting area. `ahead` None leaves the count out. Waits are
    minutes as they are shown, both None while they cannot be estimated; `wait_more` tells that the
    upper end is beyond an hour, `at_once` that a counter is free. Credits are minutes in force at
    issue, the largest of all classes and that of the elderly (0: none).
    """

    language: str
    branch_name: str
    branch_code: str
    number: str
    service_name: str
    area: str
    kiosk_name: str
    issued_at: datetime
    business_day: date
    documents: tuple[str, ...]
    largest_credit: int
    elderly_credit: int
    ahead: int | None = None
    wait_low: int | None = None
    wait_high: int | None = None
    wait_more: bool = False
    at_once: bool = False

    def __post_init__(self) -> None:
        if self.language not in LANGUAGES:
            raise ValueError(f"language {self.language!r}")
        if self.issued_at.tzinfo is None:
            raise ValueError("issued_at without a zone")
        if (self.wait_low is None) != (self.wait_high is None):
            raise ValueError("a wait has two ends or none")

    @property
    def qr_text(self) -> str:
        """Form, branch, business day and number: enough to find the ticket, nothing about the
        customer. Capitals, digits and colons only make the smallest code."""
        return f"TICKET:{self.branch_code}:{self.business_day.isoformat()}:{self.number}"

    @property
    def bar_text(self) -> str:
        """Day of the year and number, for readers that know only bars."""
        return f"{self.business_day:%m%d}{self.number}"


class _Roll:
    """The ticket growing downwards; `y` is where the next part begins."""

    def __init__(self, form: TicketForm) -> None:
        self.form = form
        self.page = Page()
        self.y: float = TOP

    def say(self, key: str, **values: object) -> str:
        return phrases("ticket").say(key, self.form.language, **values)

    def rule(self) -> None:
        self.page.dashes(LEFT, self.y + 24, WIDTH, 3)
        self.y += 24 + 3 + 22

    def head(self) -> None:
        form, page = self.form, self.page
        self.y = page.paragraph(LEFT, self.y, WIDTH, form.branch_name, TITLE) + 4
        issued = f"{form.issued_at:%Y-%m-%d %H:%M}"
        page.line(LEFT, self.y, issued, BODY)
        taken = BODY.width(issued) + GAP
        self.y = page.paragraph(
            LEFT + taken, self.y, WIDTH - taken, form.kiosk_name, BODY, align="right"
        )

    def place_in_queue(self) -> None:
        form, page = self.form, self.page
        area = self.say("area", area=form.area)
        frame_width = AREA.width(area) + 2 * (14 + 3)
        frame_height = AREA.leading + 2 * (2 + 3)
        frame_x = LEFT + WIDTH - frame_width

        # Name and frame stand beside each other, the lower one in the middle of the taller.
        name_top = self.y + max(0.0, (frame_height - TITLE.leading) / 2)
        name_end = page.paragraph(
            LEFT, name_top, WIDTH - frame_width - GAP, form.service_name, TITLE
        )
        row_height = max(frame_height, name_end - self.y)
        frame_y = self.y + (row_height - frame_height) / 2
        page.frame(frame_x, frame_y, frame_width, frame_height, thickness=3, radius=8)
        page.line(frame_x + 17, frame_y + 5, area, AREA)
        self.y += row_height

        self.number()
        self.wait()

    def number(self) -> None:
        style = _number_style(NUMBER_SIZE)
        # Past 999 a letter goes on with four digits, which fill the width.
        if style.width(self.form.number) > WIDTH:
            style = _number_style(NUMBER_SIZE * WIDTH / style.width(self.form.number))
        self.page.line(LEFT + NUMBER_SHIFT, self.y, self.form.number, style)
        self.y += style.leading

    def wait(self) -> None:
        form, page = self.form, self.page
        x: float = LEFT
        if form.ahead is not None:
            label = self.say("ahead")
            count = self.say("ahead_one" if form.ahead == 1 else "ahead_many", n=form.ahead)
            page.line(x, self.y, label, BODY)
            page.line(x, self.y + BODY.leading, count, FIGURE)
            x += max(BODY.width(label), FIGURE.width(count)) + 2 * GAP
        page.line(x, self.y, self.say("wait"), BODY)
        self.y = page.paragraph(
            x, self.y + BODY.leading, LEFT + WIDTH - x, self.expected_wait(), FIGURE
        )

    def expected_wait(self) -> str:
        form = self.form
        low, high = form.wait_low, form.wait_high
        if form.at_once:
            return self.say("wait_none")
        if low is None:
            return self.say("wait_unknown")
        if form.wait_more:
            return self.say("wait_hour" if low == high else "wait_more", low=low, high=high)
        if low == high:
            return self.say("wait_minutes", n=low)
        return self.say("wait_range" if low else "wait_within", low=low, high=high)

    def advice(self) -> None:
        form, page = self.form, self.page
        if form.documents:
            page.line(LEFT, self.y, self.say("prepare"), HEADING)
            documents = self.say("between_documents").join(form.documents)
            self.y = page.paragraph(LEFT, self.y + HEADING.leading, WIDTH, documents, BODY) + 16
        page.line(LEFT, self.y, self.say("order"), HEADING)
        advice = self.say("order_advice", order=self.order(), missed=self.say("missed"))
        self.y = page.paragraph(LEFT, self.y + HEADING.leading, WIDTH, advice, BODY)

    def order(self) -> str:
        """The promise about overtaking that the branch's credits keep."""
        form = self.form
        if form.largest_credit == 0:
            return self.say("order_arrival")
        key = "order_elderly" if form.elderly_credit else "order_credit"
        return self.say(key, elderly=form.elderly_credit, largest=form.largest_credit)

    def codes(self) -> None:
        page = self.page
        qr = Qr(self.form.qr_text, CODE_SIZE)
        page.place(LEFT, self.y, qr.height, qr)

        x = LEFT + qr.width + GAP
        beside = LEFT + WIDTH - x
        text_y = self.y + (qr.height - 2 * BODY.leading - 14 - BAR_HEIGHT) / 2
        page.line(x, text_y, self.say("code"), HEADING)
        end = page.paragraph(x, text_y + HEADING.leading, beside, self.say("code_holds"), BODY)
        bars = _bars(self.form.bar_text, beside)
        page.place(x, end + 14, BAR_HEIGHT, bars)
        self.y = max(self.y + qr.height, end + 14 + BAR_HEIGHT) + 30

    def thanks(self) -> None:
        self.y = self.page.paragraph(LEFT, self.y, WIDTH, self.say("thanks"), BODY, align="centre")


def _number_style(size: float) -> Style:
    return Style(Face.SANS_BOLD, size, NUMBER_LEADING * size, NUMBER_TRACKING)


def _bars(text: str, width: float) -> Code128:
    """Code 128 with the widest whole-dot bars that leave it inside `width`."""
    bars = Code128(text, barWidth=BAR_MODULE, barHeight=BAR_HEIGHT, quiet=False)
    if bars.width > width:
        bars = Code128(text, barWidth=BAR_MODULE - 1, barHeight=BAR_HEIGHT, quiet=False)
    return bars


def ticket_pdf(form: TicketForm) -> bytes:
    """The ticket as a PDF of one page, 80 mm wide and as long as its words, black only
    (look.md 17). The same form gives the same bytes."""
    roll = _Roll(form)
    roll.head()
    roll.rule()
    roll.place_in_queue()
    roll.rule()
    roll.advice()
    roll.rule()
    roll.codes()
    roll.thanks()
    title = roll.say("title", number=form.number, day=form.business_day.isoformat())
    about = About(title, form.language, form.issued_at)
    return pdf(roll.page, ROLL_WIDTH, round(roll.y + FOOT), DOT, about)

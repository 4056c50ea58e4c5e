"""The 80 mm ticket as its reader has it: words, dots, codes, and what it keeps to itself."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from reports.forms.ticket import TicketForm, ticket_pdf
from reports.page import ROLL_MARGIN, ROLL_WIDTH
from tests.reports.paper import READERS, dots, fonts, ink, packed
from tests.reports.samples import CHINESE, ENGLISH, LONG

CHINESE_FIELDS = (
    "云川银行 湖滨路支行",
    "2026-11-20 09:43",
    "取号机 1",
    "银行卡与账户",
    "B 区等候",
    "C018",
    "前面还有",
    "4 人",
    "预计等候",
    "12–20 分钟",
    "请准备",
    "本人身份证原件、本行银行卡",
    "叫号次序可能变化",
    "老年客户按提前30分钟到达排序；比您晚到45分钟以上的客户，不会先于您办理同一业务。"
    "错过叫号，请找大堂经理，不用重新取号。",
    "号票二维码",
    "记有网点、日期和号码",
    "谢谢您的等候",
)
ENGLISH_FIELDS = (
    "Yunchuan Bank, Lakeside Road Branch",
    "2026-11-20 09:43",
    "Kiosk 1",
    "Cards and accounts",
    "Wait in area B",
    "C018",
    "Ahead of you",
    "4 people",
    "Expected wait",
    "12–20 min",
    "Please bring",
    "Original ID card, Card of this bank",
    "The calling order may change",
    "Elderly customers are placed as if they had come 30 minutes earlier; nobody who comes more "
    "than 45 minutes after you can be called before you for your service. If you miss your call, "
    "please see the lobby manager; no new ticket is needed.",
    "Ticket code",
    "Branch, date, number",
    "Thank you for waiting",
)


def said(form: TicketForm) -> str:
    return packed(READERS["pypdf"](ticket_pdf(form)))


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize(
    ("form", "fields"), [(CHINESE, CHINESE_FIELDS), (ENGLISH, ENGLISH_FIELDS)], ids=["zh", "en"]
)
def test_the_ticket_says_its_fields_in_order_and_nothing_else(
    form: TicketForm, fields: tuple[str, ...], reader: str
) -> None:
    assert packed(READERS[reader](ticket_pdf(form))) == packed("".join(fields))


def test_an_english_ticket_has_no_chinese_word() -> None:
    assert re.findall(r"[\u3400-\u9fff]", said(ENGLISH)) == []


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        (replace(CHINESE, wait_low=None, wait_high=None), "预计等候暂时无法估计"),
        (replace(ENGLISH, wait_low=None, wait_high=None), "ExpectedwaitCannotbeestimatedyet"),
        (replace(CHINESE, wait_low=5, wait_high=5), "预计等候5分钟"),
        (replace(CHINESE, wait_low=0, wait_high=5), "预计等候5分钟以内"),
        (replace(ENGLISH, wait_low=0, wait_high=5), "Expectedwait5minorless"),
        (replace(CHINESE, wait_low=50, wait_high=60, wait_more=True), "预计等候50–60分钟以上"),
        (replace(ENGLISH, wait_low=50, wait_high=60, wait_more=True), "Expectedwait50–60+min"),
        (replace(CHINESE, wait_low=60, wait_high=60, wait_more=True), "预计等候1小时以上"),
        (replace(ENGLISH, wait_low=60, wait_high=60, wait_more=True), "Expectedwait1hourormore"),
        (replace(CHINESE, wait_low=60, wait_high=60), "预计等候60分钟"),
        (replace(CHINESE, wait_low=None, wait_high=None, at_once=True), "预计等候现在可办"),
        (replace(ENGLISH, wait_low=None, wait_high=None, at_once=True), "ExpectedwaitGonow"),
        (replace(ENGLISH, ahead=1), "Aheadofyou1person"),
        (replace(CHINESE, ahead=0), "前面还有0人"),
        (
            replace(CHINESE, elderly_credit=0),
            "变化比您晚到45分钟以上的客户，不会先于您办理同一业务。",
        ),
        (replace(CHINESE, largest_credit=120, elderly_credit=120), "比您晚到120分钟以上的客户"),
        (
            replace(CHINESE, largest_credit=0, elderly_credit=0),
            "同一业务按取号先后叫号。各柜台能办的业务不同。错过叫号",
        ),
        (
            replace(ENGLISH, largest_credit=0, elderly_credit=0),
            packed("Tickets for the same service are called as they were taken."),
        ),
    ],
)
def test_sentences_follow_the_values(form: TicketForm, sentence: str) -> None:
    assert sentence in said(form)


def test_what_is_not_known_is_left_out() -> None:
    assert "前面还有" not in said(replace(CHINESE, ahead=None))
    assert "请准备" not in said(replace(CHINESE, documents=()))


def test_no_message_is_promised() -> None:
    assert "提醒" not in said(CHINESE)


@pytest.mark.parametrize("form", [CHINESE, ENGLISH, LONG], ids=["zh", "en", "long"])
def test_one_page_of_640_dots_printed_inside_552(form: TicketForm, tmp_path: Path) -> None:
    data = ticket_pdf(form)
    assert len(PdfReader(BytesIO(data)).pages) == 1
    image = dots(data, tmp_path)
    assert image.width == ROLL_WIDTH == 640
    left, top, right, bottom = ink(image)
    assert left >= ROLL_MARGIN - 1
    assert right <= ROLL_WIDTH - ROLL_MARGIN + 1
    assert top >= 40
    # What stands below the last line is the tear-off, not more.
    assert 38 <= image.height - bottom <= 55


def test_black_only(tmp_path: Path) -> None:
    data = ticket_pdf(LONG)
    content = PdfReader(BytesIO(data)).pages[0].get_contents()
    assert content is not None
    operators = re.findall(
        rb"(?<=\s)(rg|RG|g|G|k|K|cs|CS|sc|SC|scn|SCN|gs|sh)(?=\s)", content.get_data()
    )
    assert operators == []
    # Grey stands at the soft edges of letters only: beside it there is black or white.
    image = dots(data, tmp_path)
    red, green, blue = image.split()
    assert red.tobytes() == green.tobytes() == blue.tobytes()
    levels = dots(data, tmp_path, dpi=1218).convert("L").histogram()
    assert sum(levels[32:224]) < 0.1 * levels[0]


def test_the_number_is_the_only_large_thing(tmp_path: Path) -> None:
    image = dots(ticket_pdf(CHINESE), tmp_path).convert("L")
    rows = [
        image.crop((0, y, image.width, y + 1)).point(lambda v: 255 if v < 128 else 0).getbbox()
        for y in range(image.height)
    ]
    heights, height = [], 0
    for row in rows:
        if row is None and height:
            heights.append(height)
        height = height + 1 if row else 0
    # 196 dots of em: digits of 0.733 em and what their curves overshoot.
    digits, code, *others = sorted(heights, reverse=True)[1:2] + sorted(heights, reverse=True)[:1]
    assert 144 <= digits <= 156
    assert code == 175
    assert not others


def test_a_number_of_four_digits_fits() -> None:
    assert "C1000" in said(LONG)


def test_long_words_wrap_and_nothing_is_lost() -> None:
    text = said(LONG)
    assert packed(LONG.branch_name) in text
    assert packed(LONG.service_name) in text
    assert packed(LONG.kiosk_name) in text
    assert packed("、".join(LONG.documents)) in text


def test_ten_thousand_characters_still_print() -> None:
    data = ticket_pdf(replace(CHINESE, service_name="长" * 10_000))
    assert packed(READERS["pypdf"](data)).count("长") == 10_000


def test_all_fonts_are_embedded_subsets() -> None:
    names = {str(font["/BaseFont"]) for font in fonts(ticket_pdf(LONG))}
    assert names == {
        "/AAAAAA+NotoSansSC-Bold",
        "/AAAAAA+NotoSansSC-Regular",
        "/AAAAAA+NotoSansSCRest",
        "/AAAAAA+TingtangRareMing",
    }
    assert all("/FontFile2" in font["/FontDescriptor"] for font in fonts(ticket_pdf(LONG)))


def test_both_codes_can_be_read_from_paper(tmp_path: Path) -> None:
    zxingcpp = pytest.importorskip("zxingcpp", reason="zxing-cpp reads the printed codes")
    for form, bars in ((CHINESE, "1120C018"), (LONG, "1120C1000")):
        found = {
            packed(str(code.format)).removeprefix("BarcodeFormat."): code.text
            for code in zxingcpp.read_barcodes(dots(ticket_pdf(form), tmp_path))
        }
        assert found == {"QRCode": f"TICKET:HB001:2026-11-20:{form.number}", "Code128": bars}


def test_the_codes_follow_the_business_day_not_the_clock() -> None:
    late = replace(CHINESE, business_day=date(2026, 11, 19))
    assert late.qr_text == "TICKET:HB001:2026-11-19:C018"
    assert late.bar_text == "1119C018"
    assert "2026-11-2009:43" in said(late)


def test_codes_stand_on_whole_dots(tmp_path: Path) -> None:
    image = dots(ticket_pdf(CHINESE), tmp_path).convert("L")
    # The first finder pattern: seven modules of seven dots, its upper row all black.
    row = next(
        y
        for y in range(image.height // 2, image.height)
        if all(image.getpixel((x, y)) < 64 for x in range(44, 44 + 49))
        and all(image.getpixel((44, y + down)) < 64 for down in range(49))
    )
    assert [image.getpixel((44 + x, row + 10)) < 64 for x in range(49)] == (
        [True] * 7 + [False] * 35 + [True] * 7
    )


def test_the_file_says_what_it_is_and_no_name() -> None:
    reader = PdfReader(BytesIO(ticket_pdf(CHINESE)))
    assert reader.metadata is not None
    assert reader.metadata.title == "号票 C018 2026-11-20"
    assert not reader.metadata.author
    assert not reader.metadata.subject
    assert reader.metadata.creator == "Tingtang"
    assert reader.metadata["/CreationDate"] == "D:20261120094300+08'00'"
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "zh-CN"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712 (a PDF object)
    english = PdfReader(BytesIO(ticket_pdf(ENGLISH)))
    assert english.trailer["/Root"]["/Lang"] == "en"
    assert english.metadata is not None
    assert english.metadata.title == "Ticket C018 2026-11-20"


def test_the_same_form_gives_the_same_bytes_from_any_thread() -> None:
    forms = [CHINESE, ENGLISH, LONG] * 8
    expected = [ticket_pdf(form) for form in forms]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(ticket_pdf, forms)) == expected


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"language": "fr"}, "language 'fr'"),
        ({"issued_at": datetime(2026, 11, 20, 9, 43)}, "without a zone"),  # noqa: DTZ001
        ({"wait_low": None}, "two ends or none"),
    ],
)
def test_a_form_that_makes_no_sense_is_refused(change: dict[str, object], complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        replace(CHINESE, **change)

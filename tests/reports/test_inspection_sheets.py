"""The day sheet and the month sheet of inspections on paper: what was due, found, signed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from branch.bootstrap import open_branch
from branch.inspections.commands import (
    AddEquipment,
    AddSheetPhoto,
    AnswerItem,
    FinishSheet,
    OpenSheetPhoto,
    SignSheet,
    StartSheet,
)
from branch.inspections.equipment import KINDS
from branch.inspections.queries import day_lines, sheet_view
from branch.inspections.queries.papers import DaySheet, MonthSheet, day_sheet, month_sheet
from branch.inspections.rules import SIGNERS
from branch.kernel.clock import SetClock, from_ms
from branch.lobby.queries.screens import branch_name
from reports.forms.inspection_day import inspection_day_name, inspection_day_pdf
from reports.forms.inspection_month import inspection_month_name, inspection_month_pdf
from reports.forms.inspection_words import coded
from reports.letterhead import Origin
from tests.complaints.desk import GUARD, Desk
from tests.complaints.desk import LOBBY_MANAGER as LOBBY
from tests.conftest import OPENING, SHANGHAI
from tests.reports.drill_samples import picture
from tests.reports.paper import READERS, packed

FAILS = {"OPEN-05": "求助按钮无应答，𠮷师傅已报修", "OPEN-07": "宣传架挡住盲道"}


@pytest.fixture(scope="module")
def desk(sample_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A Friday: the opening check failed twice over and was signed by two, the cleaning began."""
    folder = tmp_path_factory.mktemp("inspections")
    path = folder / "branch.db"
    path.write_bytes(sample_file.read_bytes())
    clock = SetClock(OPENING)
    branch = open_branch(f"sqlite:///{path}", clock)
    branch.store.attachments = folder / "attachments"
    found = Desk(branch, clock)
    for day in ("2026-11-19", "2026-11-20"):
        found.at(f"{day} 08:35")
        sheet = begin(found, "OPEN")
        answer(found, sheet)
        found.run(AddSheetPhoto(sheet, "OPEN-05", picture(1)), LOBBY)
        found.run(FinishSheet(sheet), LOBBY)
    found.run(SignSheet(sheet), GUARD)
    found.at("2026-11-20 09:20")
    begin(found, "CLEAN")
    gone, soon = date(2026, 11, 1), date(2026, 11, 20) + timedelta(days=9)
    found.run(AddEquipment("extinguisher", "灭火器 3", "大厅", "A-77", gone), LOBBY)
    found.run(AddEquipment("aed", "除颤仪", "大堂", "", soon), LOBBY)
    yield found
    branch.close()


def begin(desk: Desk, code: str) -> int:
    lines = day_lines(desk.store, today(desk), desk.clock.now_ms(), SHANGHAI)
    slot = next(line.slot for line in lines if line.slot.template == code and line.state == "due")
    return int(desk.run(StartSheet(code, slot.period, slot.turn, slot.about), LOBBY))


def answer(desk: Desk, sheet: int) -> None:
    values = {"date": "2027-06-30", "text": "无", "sign": "signed"}
    for item in sheet_view(desk.store, sheet).template.items:
        values["number"] = str(item.least or 0)
        if item.id in FAILS:
            command = AnswerItem(sheet, item.id, "fail", FAILS[item.id], mended=True)
        else:
            command = AnswerItem(sheet, item.id, values.get(item.response, "pass"))
        desk.run(command, LOBBY)


def today(desk: Desk) -> date:
    return from_ms(desk.clock.now_ms(), SHANGHAI).date()


def origin(desk: Desk, language: str = "zh") -> Origin:
    return Origin(language, branch_name(desk.store), desk.clock.now_ms())


def the_day(desk: Desk) -> DaySheet:
    return day_sheet(desk.store, date(2026, 11, 20), desk.clock.now_ms(), SHANGHAI)


def the_month(desk: Desk) -> MonthSheet:
    return month_sheet(desk.store, 2026, 11, today(desk))


def photos(desk: Desk, sheet: DaySheet) -> dict[tuple[int, str], bytes]:
    return {
        (view.line.id, item): desk.run(OpenSheetPhoto(view.line.id, item), LOBBY)
        for view in sheet.sheets
        for item, given in view.answers.items()
        if given.photo
    }


@pytest.mark.parametrize("reader", READERS)
def test_the_day_tells_what_was_due_and_what_became_of_it(desk: Desk, reader: str) -> None:
    sheet = the_day(desk)
    said = packed(READERS[reader](inspection_day_pdf(sheet, origin(desk), photos(desk, sheet))))
    assert "巡检日表2026年11月20日" in said
    assert f"应查{len(sheet.lines)}次" in said
    assert "已完成1次" in said
    assert "不通过2" in said
    assert "营业前检查08:30–08:50已完成59分（封顶）2李静" in said
    assert re.search(r"营业后检查\d\d:\d\d–\d\d:\d\d未到时间–––", said)


def test_a_sheet_shows_items_findings_actions_and_who_signed(desk: Desk) -> None:
    sheet = the_day(desk)
    said = packed(
        READERS["pdftotext"](inspection_day_pdf(sheet, origin(desk), photos(desk, sheet)))
    )
    (opening, cleaning) = sheet.sheets
    assert "时间08:35–08:35得分59分（封顶）检查表OPEN第1版" in said
    assert "安全与入口" in said
    assert "OPEN-01★门锁、卷帘、夜间布防记录无异常通过" in said
    assert "求助按钮无应答，𠮷师傅已报修；已当场改正；整改李静，2026-11-21前，整改中" in said
    assert "宣传架挡住盲道；已当场改正" in said
    assert "第1签（大堂经理）李静，08:35第2签（保安）马强，08:35" in said
    assert opening.line.failed == 2
    assert "09:20开始，未结束" in said
    assert said.count("未查") == len(cleaning.template.items)
    assert "照片打不开" not in said
    assert "运营主管签字网点负责人签字日期" in said


def test_photos_are_small_three_in_a_row(desk: Desk) -> None:
    sheet = the_day(desk)
    data = inspection_day_pdf(sheet, origin(desk), photos(desk, sheet))
    images = [image for page in PdfReader(BytesIO(data)).pages for image in page.images]
    assert [one.image.size for one in images if one.image is not None] == [(1_000, 750)]
    assert "照片打不开" in READERS["pypdf"](inspection_day_pdf(sheet, origin(desk)))


def test_the_day_in_english(desk: Desk) -> None:
    sheet = the_day(desk)
    said = " ".join(READERS["pdftotext"](inspection_day_pdf(sheet, origin(desk, "en"))).split())
    for told in (
        "Inspections of the day",
        "Opening check 08:30–08:50 Done 59 (capped) 2 李静",
        "OPEN-01★ Locks, shutters and night alarm log normal Pass",
        "put right on the spot",
        "Signature 2 (Guard)",
    ):
        assert told in said, told


def test_a_day_without_inspections_says_so(desk: Desk) -> None:
    empty = DaySheet("2026-11-22", (), ())
    said = packed(READERS["pypdf"](inspection_day_pdf(empty, origin(desk))))
    assert "当日没有巡检安排。" in said
    assert "运营主管签字" in said


def test_the_month_counts_and_names_what_fails_again(desk: Desk) -> None:
    said = packed(READERS["pdftotext"](inspection_month_pdf(the_month(desk), origin(desk))))
    line = next(one for one in the_month(desk).lines if one.template == "OPEN")
    assert "巡检月表2026年11月，计至2026年11月20日" in said
    assert f"营业前检查{line.due}20{line.missed}459分" in said
    assert "OPEN-05★" in said
    assert re.search(r"OPEN-07★?\S+?211-19，11-20", said)
    assert "2026-11-20，已逾期" not in said
    assert "整改中，已报负责人" in said
    assert "灭火器3灭火器大厅A-772026-11-01已过期" in said
    assert "除颤仪除颤仪大堂–2026-11-2930天内到期" in said


def test_an_action_past_its_day_is_told(desk: Desk) -> None:
    later = month_sheet(desk.store, 2026, 11, date(2026, 11, 30))
    said = packed(READERS["pypdf"](inspection_month_pdf(later, origin(desk))))
    assert "已逾期" in said
    assert (later.first, later.last) == ("2026-11-01", "2026-11-30")


def test_an_empty_month_has_its_sentences(desk: Desk) -> None:
    empty = MonthSheet("2026-10-01", "2026-10-31", "2026-11-20", (), (), (), ())
    said = packed(READERS["pypdf"](inspection_month_pdf(empty, origin(desk))))
    for told in ("没有重复不通过的项目。", "没有未完成的整改。", "没有过期或即将到期的设备。"):
        assert told in said
    english = READERS["pypdf"](inspection_month_pdf(empty, origin(desk, "en")))
    assert "October 2026, up to 31 October 2026" in english


def test_both_sheets_have_the_same_bytes_again_and_a_name(desk: Desk) -> None:
    day, month = the_day(desk), the_month(desk)
    for language in ("zh", "en"):
        at = origin(desk, language)
        assert inspection_day_pdf(day, at) == inspection_day_pdf(day, at)
        assert inspection_month_pdf(month, at) == inspection_month_pdf(month, at)
    assert inspection_day_name(day, "zh") == "巡检日表 2026-11-20"
    assert inspection_month_name(month, "en") == "Inspections 2026-11"


def test_every_kind_and_every_role_has_words() -> None:
    for kind, codes in (("kind", KINDS), ("role", sorted(SIGNERS))):
        for code in codes:
            assert coded(kind, code, "zh") != code
            assert coded(kind, code, "en") != code


def test_no_heading_stands_alone_at_a_foot(desk: Desk) -> None:
    sheet = the_day(desk)
    for language in ("zh", "en"):
        data = inspection_day_pdf(sheet, origin(desk, language), photos(desk, sheet))
        for page in PdfReader(BytesIO(data)).pages:
            lines = [line for line in page.extract_text().splitlines() if line.strip()]
            assert lines[-1] not in ("照片", "Photos", "当日安排", "Plan of the day")

"""The after-action report on paper: what it tells of a run, of an incident, and on which page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader

from branch.bootstrap import Branch, open_branch
from branch.drills.commands.evidence import AddPhoto
from branch.drills.commands.incidents import FillReport, OpenIncident
from branch.drills.commands.marking import MarkStep
from branch.drills.commands.running import EndRun, TurnReal
from branch.drills.queries.report import AfterAction, HeadCount
from branch.drills.rules.run import REAL_FIELDS
from branch.drills.rules.scenario import Words
from branch.drills.shipped import shipped_scenarios
from branch.kernel.clock import SetClock
from reports.forms.drill_report import drill_report_name, drill_report_pdf
from reports.forms.drill_times import chart_end
from reports.forms.drill_words import run_time, whole_seconds
from reports.letterhead import Origin
from tests.conftest import OPENING
from tests.drills.desk import OFFICER, PICTURE, Desk
from tests.reports.drill_samples import full_run, origin, picture, pictures
from tests.reports.paper import READERS, dots, packed


@pytest.fixture(scope="module")
def desk(sample_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """One branch for the whole file: paper changes nothing in it."""
    folder = tmp_path_factory.mktemp("drill")
    path = folder / "branch.db"
    path.write_bytes(sample_file.read_bytes())
    clock = SetClock(OPENING)
    branch: Branch = open_branch(f"sqlite:///{path}", clock)
    branch.store.attachments = folder / "attachments"
    yield Desk(branch, clock)
    branch.close()


@pytest.fixture(scope="module")
def made(desk: Desk) -> tuple[AfterAction, dict[int, bytes]]:
    run = full_run(desk)
    return desk.report(run), pictures(desk, run)


Made = tuple[AfterAction, dict[int, bytes]]


def read(report: AfterAction, at: Origin, reader: str = "pdftotext") -> str:
    return packed(READERS[reader](drill_report_pdf(report, at)))


def pages(data: bytes) -> list[str]:
    return [packed(page.extract_text()) for page in PdfReader(BytesIO(data)).pages]


@pytest.mark.parametrize("reader", READERS)
def test_the_head_tells_what_was_drilled(desk: Desk, made: Made, reader: str) -> None:
    said = read(made[0], origin(desk), reader)
    for told in (
        "应急演练总结报告",
        "演练科目营业厅初起火灾与人员疏散演练编号YL-2026-01",
        "时间2026年11月20日09:00–09:25地点云川银行湖滨路支行",
        "总指挥林婉观察员冯涛",
        "形式实战演练天气–",
        "暂停1次，共00:10预案版本第1版（草稿），脚本第1版",
        "评估林婉，2026年11月20日",
    ):
        assert told in said, told


def test_the_figures_are_those_of_the_run(desk: Desk, made: Made) -> None:
    said = read(made[0], origin(desk))
    assert "处置用时24:58全程24:58，计划25分" in said
    assert "到达集合点40/40应到全部到齐" in said
    assert "按时完成11/15迟2项，错1项，漏1项" in said
    assert "情景响应18秒中位数，共3次" in said


def test_steps_stand_by_role_with_target_actual_and_result(desk: Desk, made: Made) -> None:
    said = read(made[0], origin(desk))
    assert "4两人持灭火器扑救，背向出口60秒67秒迟7秒" in said
    assert "3★按下手动报警并拨打11960秒–未做" in said
    assert "7锁尾箱印章、退出系统、离柜120秒118秒做错" in said
    assert "2★宣布启动火灾预案并点名分工40秒38秒达标" in said
    # The guard's steps first: he acts first.
    assert said.index("13警戒、清空消防车道") < said.index("2★宣布启动")


def test_injects_head_count_findings_actions_and_plan(desk: Desk, made: Made) -> None:
    said = read(made[0], origin(desk))
    for told in (
        "00:001自助区插线板冒烟起火，有焦味。发现火情，大声喊出地点8秒",
        "未放出4清点时少一名来访维修工。––",
        "名册之外40400合计40400",
        "其中需要协助的000",
        "坐轮椅的客户有专人陪同先走，口令清楚来访名册与现场一致",
        "灭火器压力不足（第7步）设备––––",
        "培训重讲分工陈刚11月27日整改中",
        "第2版卫生间分两区搜查增配手电，指定两人分区搜查林婉，11月20日",
        "哪个出口用得最少，为什么？西侧门口需助客户是谁发现的？–",
        "其他轮椅通道要清空",
    ):
        assert told in said, told


def test_the_grade_is_ticked_and_the_cap_explained(desk: Desk, made: Made) -> None:
    said = read(made[0], origin(desk))
    assert "优良合格✓不合格得分59.0" in said
    assert "关键步骤没有做（第3步），得分以59分为限；按各步骤计为82.1分。" in said
    score = replace(made[0].score, points=95.26, grade="excellent", capped_by=())
    said = read(replace(made[0], score=score), origin(desk))
    assert "✓优良合格不合格得分95.3关键步骤都做了" in said
    none = replace(made[0].score, points=None, grade="", capped_by=())
    assert "没有可评分的步骤。" in read(replace(made[0], score=none), origin(desk))


def test_six_photos_fill_one_page_with_their_captions(desk: Desk, made: Made) -> None:
    found = pages(drill_report_pdf(made[0], origin(desk), made[1]))
    assert "附件三、现场照片（面部已遮挡）" in found[-1]
    captions = re.findall(r"图(\d)，第(\d)步，(\d\d:\d\d)，冯涛", found[-1])
    assert [(int(at), int(step)) for at, step, _time in captions] == [(n, n) for n in range(1, 7)]
    last = PdfReader(BytesIO(drill_report_pdf(made[0], origin(desk), made[1]))).pages[-1]
    sizes = {image.image.size for image in last.images if image.image is not None}
    assert sizes == {(1_000, 750)}


def test_a_photo_that_cannot_be_read_says_so(desk: Desk, made: Made) -> None:
    spoilt = {**made[1], min(made[1]): PICTURE}
    found = pages(drill_report_pdf(made[0], origin(desk), spoilt))
    assert found[-1].count("照片打不开") == 1
    assert pages(drill_report_pdf(made[0], origin(desk)))[-1].count("照片打不开") == 6


def test_what_the_camera_noted_does_not_leave_the_branch(desk: Desk, made: Made) -> None:
    image = Image.new("RGB", (400, 300), "white")
    noted = Image.Exif()
    noted[0x010E] = "湖滨路 18 号"
    noted[0x0112] = 6  # lies on its side
    target = BytesIO()
    image.save(target, "JPEG", exif=noted)
    data = drill_report_pdf(made[0], origin(desk), {min(made[1]): target.getvalue()})
    (shown,) = PdfReader(BytesIO(data)).pages[-1].images
    assert shown.image is not None
    assert shown.image.size == (300, 400)
    assert not shown.image.getexif()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_hands_stay_together_and_no_heading_stands_alone(
    desk: Desk, made: Made, language: str
) -> None:
    found = pages(drill_report_pdf(made[0], origin(desk, language), made[1]))
    signing, *hands = {
        "zh": ("十、签署", "总指挥日期", "观察员日期", "支行行长日期", "印章"),
        "en": ("10Signatures", "CommanderDate", "ObserverDate", "BranchmanagerDate", "Seal"),
    }[language]
    (signed,) = [page for page in found if signing in page]
    assert all(hand in signed for hand in hands)
    headings = {
        "zh": ("分工与用时", "时间轴", "情景注入与响应", "清点结果", "问题与改进", "现场讲评"),
        "en": ("Tasksandtimes", "Timeline", "Injectsandresponses", "Headcount", "Hotwash"),
    }[language]
    assert not [page for page in found for heading in headings if page.endswith(heading)]


def test_forty_steps_and_long_words_flow_over_pages(desk: Desk, made: Made) -> None:
    report = made[0]
    first = report.run.steps[0]
    words = Words("逐室清查并回报" * 40, "")
    steps = tuple(
        replace(first, step=replace(first.step, no=number, words=words, role="SEC"))
        for number in range(1, 41)
    )
    long = replace(report, run=replace(report.run, steps=steps))
    found = pages(drill_report_pdf(long, origin(desk)))
    answers = 40  # what happened at START was answered by the first step
    assert "".join(found).count("回报") == 40 * 40 + answers
    numbers = [int(no) for no in re.findall(r"(?<!\d)(\d{1,2})逐室清查", "".join(found))]
    assert numbers == list(range(1, 41))
    assert sum("岗位序步骤" in page for page in found) > 3


def test_a_rare_name_is_drawn_and_an_unknown_letter_told(desk: Desk, made: Made) -> None:
    report = made[0]
    (role, *others) = report.run.cast
    named = replace(role, people=(replace(role.people[0], name="𬭎𠮷\U0003fffd"),))
    said = read(replace(report, run=replace(report.run, cast=(named, *others))), origin(desk))
    assert "总指挥𬭎𠮷〔U+3FFFD〕" in said


def test_english_for_everything_the_program_says(desk: Desk, made: Made) -> None:
    said = READERS["pdftotext"](drill_report_pdf(made[0], origin(desk, "en"), made[1]))
    one = " ".join(said.split())
    for told in (
        "After-action report",
        "Commander 林婉",
        "Whole 24:58, planned 25 min",
        "Lobby manager",
        "100 s 40 s late",
        "Page 1 of 7",
        "Annex 3: Photos (faces hidden)",
        "A critical step was missed (step 3)",
    ):
        assert told in one, told
    typed = "坐轮椅的客户有专人陪同先走口令清楚来访名册与现场一致应急演练总结报告"
    foreign = set(re.findall(r"[一-鿿]", one)) - set(typed)
    assert not foreign & set("岗位步骤目标实际结果附件签署评价")


def test_the_same_report_has_the_same_bytes(desk: Desk, made: Made) -> None:
    first = drill_report_pdf(made[0], origin(desk), made[1])
    assert first == drill_report_pdf(made[0], origin(desk), dict(reversed(made[1].items())))
    about = PdfReader(BytesIO(first)).metadata
    assert about is not None
    assert about.title == "应急演练总结报告 YL-2026-01"
    assert drill_report_name(made[0], "en") == "After-action report YL-2026-01"


def test_without_colour_late_and_in_time_differ(desk: Desk, made: Made, tmp_path: Path) -> None:
    """In grey, the two kinds of bar are far apart, and both from the track."""
    page = dots(drill_report_pdf(made[0], origin(desk)), tmp_path, 100)
    counted = page.getcolors(1 << 20)
    assert counted is not None
    colours = {colour: number for number, colour in counted}
    assert colours[(28, 74, 151)] > 500
    assert colours[(229, 160, 0)] > 50
    grey = [Image.new("RGB", (1, 1), c).convert("L").getpixel((0, 0))
            for c in ("#1C4A97", "#E5A000", "#ECEFF3")]  # fmt: skip
    assert grey == sorted(grey)
    assert min(grey[1] - grey[0], grey[2] - grey[1]) > 60


def test_people_not_found_stand_in_figure_and_table(desk: Desk, made: Made) -> None:
    heads = HeadCount((12, 13), (3, 3), (20, 21), (2, 2), 0, 1)
    said = read(replace(made[0], heads=heads), origin(desk))
    assert "到达集合点35/371人未找到" in said
    assert "员工13121来访人员330客户21201合计37352其中需要协助的220" in said
    assert "核实时仍未找到的1人。" in said
    said = read(replace(made[0], heads=None), origin(desk))
    assert "到达集合点–没有清点" in said
    assert "这次没有清点人数。" in said


def test_an_incident_has_the_fields_of_the_guide_and_no_score(desk: Desk) -> None:
    run = desk.run(OpenIncident("MED-01"))
    desk.run(MarkStep(run, 1, at_ms=20_000), OFFICER)
    desk.run(AddPhoto(run, None, picture(1)), OFFICER)
    desk.run(EndRun(run, 600_000))
    desk.run(FillReport(run, "III", {name: f"写明{name}" for name in REAL_FIELDS}))
    said = read(desk.report(run), origin(desk))
    assert "突发险情处置报告" in said
    assert "级别III级" in said
    for name in REAL_FIELDS:
        assert f"写明{name}" in said
    assert "银协发〔2009〕51号" in said
    assert "未标记" in said
    for absent in ("总体评价", "得分", "情景注入", "未做", "漏"):
        assert absent not in said
    assert "Incidentreport" in read(desk.report(run), origin(desk, "en"))


@pytest.mark.parametrize("code", shipped_scenarios())
def test_every_scenario_has_its_report_in_both_languages(desk: Desk, code: str) -> None:
    report = desk.report(desk.played(code))
    for language in ("zh", "en"):
        said = read(report, origin(desk, language))
        assert packed(report.run.scenario.name.text(language)) in said
        for step in report.run.scenario.steps:
            # A table that breaks between two lines of a step has its head between them.
            assert packed(step.words.text(language))[:6] in said
        assert ("得分100.0" if language == "zh" else "Score100.0") in said


def test_a_drill_in_which_nothing_was_marked(desk: Desk) -> None:
    run = desk.started("ROB-01", "tabletop")
    desk.run(EndRun(run, 60_000, "stopped"))
    said = read(desk.report(run), origin(desk))
    assert "演练提前停止。" in said
    assert "尚未评估，内容可能变化" in said
    assert "情景响应–没有响应" in said
    assert "得分0.0" in said


def test_a_drill_that_became_real_says_when(desk: Desk) -> None:
    run = desk.started("MED-01")
    desk.run(TurnReal(run, 30_000))
    desk.run(EndRun(run, 300_000))
    said = read(desk.report(run), origin(desk))
    assert "演练进行到00:30时出现真实险情" in said
    assert "总体评价" not in said


def test_the_parts_are_tagged_for_a_screen_reader(desk: Desk, made: Made) -> None:
    root = PdfReader(BytesIO(drill_report_pdf(made[0], origin(desk)))).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    (document,) = (root["/StructTreeRoot"]["/K"].get_object(),)
    kinds = [child.get_object()["/S"] for child in document["/K"]]
    assert kinds.count("/H1") == 1
    assert kinds.count("/H2") == 10 + 3
    assert kinds.count("/Figure") == 1 + 3
    assert "/Table" in kinds


def test_times_are_told_as_the_clock_shows_them() -> None:
    assert [run_time(ms, "zh") for ms in (0, 61_999, 3_600_000, None)] == [
        "00:00", "01:01", "1:00:00", "–",
    ]  # fmt: skip
    assert [whole_seconds(ms) for ms in (1_000, 1_001)] == [1, 2]


def test_two_long_times_do_not_press_the_others_together() -> None:
    assert chart_end([10, 20, 30, 40, 50]) == 50
    assert chart_end([10, 20, 30, 40, 50, 60, 60, 60, 600, 1_500]) == 60
    assert chart_end([7]) == 7

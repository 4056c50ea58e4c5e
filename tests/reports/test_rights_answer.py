"""The papers about personal data: what stands on an answer and on the list of periods."""

from __future__ import annotations

import pytest

from branch.kernel.phrases import phrases
from branch.kernel.setting import PERIODS
from branch.visitors.own_data import OwnRecord
from branch.visitors.reception import ADVICE, FEEDBACK, FOLLOW_UPS, OUTCOMES, TITLES
from branch.visitors.requests import REFUSALS, RequestKind
from branch.visitors.retention import Kind
from branch.visitors.rules import AREAS, DOCUMENTS, PURPOSES
from reports.forms.retention import retention_pdf
from reports.forms.rights_answer import rights_answer_pdf
from tests.conftest import OPENING
from tests.fairness_samples import BRANCH
from tests.reports.paper import packed, text_by_pypdf
from tests.reports.privacy_samples import (
    MATERIAL,
    PERIODS_NOW,
    PREVIEW,
    RUNS,
    TALK,
    VISIT,
    case_of,
    found,
)


def answer(case: object, *records: OwnRecord, language: str = "zh") -> str:
    """What stands on the paper, without blanks."""
    made = rights_answer_pdf(case, records, MATERIAL, language, OPENING)  # type: ignore[arg-type]
    return packed(text_by_pypdf(made))


def test_access_shows_everything_of_the_linked_records() -> None:
    text = answer(case_of("access"), VISIT, TALK)
    for words in (
        "个人信息请求答复",
        "GR-2026-0003",
        "周大军",
        "13812345172",
        "安达设备维保",
        "工作证",
        "4471",
        "2026-11-2009:00",
        "开户",
        "解答、手机银行",
        "想了解贷款",
        "我们保存着与您有关的记录2条",
        "身份核对陈晓东",
        "人民法院",
    ):
        assert words in text


def test_in_english_too() -> None:
    text = answer(case_of("copy"), VISIT, TALK, language="en")
    for words in ("Answertoyourrequest", "Workcard", "Openanaccount", "explained,mobilebank"):
        assert words in text
    assert "日期" not in text


def test_to_have_nothing_is_said() -> None:
    assert "没有找到与您有关的记录" in answer(case_of("access", items=()))


def test_a_deletion_names_what_went_and_until_when_copies_last() -> None:
    gone = (found("visitor", 17, gone=True),)
    text = answer(case_of("delete", items=gone, answer="已全部删除"))
    assert "已删除下列1条记录，不能恢复" in text
    assert "来访登记第17号已删除" in text
    assert "已全部删除" in text
    assert "最多再保存30天" in text
    assert "周大军" not in text


def test_a_refusal_has_its_reason_its_words_and_the_way_to_object() -> None:
    text = answer(case_of("delete", "refused", reason="law_keeps", answer="案件尚未了结"))
    assert "不能按您的请求办理，理由：法律规定的保存期限还没有到" in text
    assert "案件尚未了结" in text
    assert "第五十条" in text


def test_a_refused_access_shows_no_record() -> None:
    text = answer(case_of("access", "refused", reason="identity", answer="请带证件"), VISIT)
    assert "13812345172" not in text


def test_an_explanation_tells_notices_and_periods() -> None:
    text = answer(case_of("explain", items=()))
    assert "来访信息由云川银行湖滨路支行收集，保存90天" in text
    assert "来访登记，自到访日90天1–180天" in text


def test_an_open_request_says_so() -> None:
    assert "这项请求还在办理" in answer(case_of("delete", "open"))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("kind", list(RequestKind))
def test_every_kind_has_its_paper_and_the_same_bytes_twice(kind: str, language: str) -> None:
    case = case_of(kind)
    one, two = (
        rights_answer_pdf(case, (VISIT, TALK), MATERIAL, language, OPENING) for _ in range(2)
    )
    assert one == two


def test_every_code_has_words() -> None:
    known = phrases("privacy").entries.keys()
    codes = {
        "purpose": PURPOSES,
        "area": AREAS,
        "document": DOCUMENTS,
        "title": [title for title in TITLES if title],
        "advice": ADVICE,
        "feedback": [kind for kind in FEEDBACK if kind != "none"],
        "follow_up": FOLLOW_UPS,
        "outcome": OUTCOMES,
        "refusal": REFUSALS,
        "kind": RequestKind,
        "done": RequestKind,
        "kind_of": Kind,
        "period": PERIODS,
        "basis": PERIODS,
    }
    missing = [
        f"{name}.{code}"
        for name, part in codes.items()
        for code in part
        if f"{name}.{code}" not in known
    ]
    assert missing == []


def test_the_list_of_periods_has_stock_and_runs() -> None:
    made = retention_pdf(PERIODS_NOW, PREVIEW, RUNS, BRANCH, "zh", OPENING)
    text = packed(text_by_pypdf(made))
    assert "来访登记，自到访日90天1–180天安全管理，事后可查" in text
    assert "来访登记123362026-08-221" in text
    assert "2026-11-20程序自动来访登记12、关怀需要3" in text
    assert "2026-11-19赵建国没有到期的" in text
    english = packed(text_by_pypdf(retention_pdf(PERIODS_NOW, PREVIEW, (), BRANCH, "en", OPENING)))
    assert "Therehasbeennorunyet" in english

"""Filled papers: every field of every form holds something, drawn from the table of forms."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from branch.papers.form import Field, Fields, Value
from branch.papers.forms import FORMS
from branch.papers.head import Head
from reports.forms.papers.words import code_options

ISSUED = int(datetime(2026, 11, 20, 6, 20, tzinfo=UTC).timestamp() * 1000)
RECEIVED = int(datetime(2026, 11, 7, 2, 20, tzinfo=UTC).timestamp() * 1000)
NUMBERS = {"TS-03": "ZB-2026-0042", "TS-06": "湖滨投复〔2026〕117 号", "TS-08": "JD-2026-0031"}

WORDS: Mapping[str, Mapping[str, str]] = {
    "zh": {
        "name": "陈𠮷龑",
        "salutation": "陈女士",
        "opening": "您好。您于 2026年11月7日来行反映的事项，我行已核查完毕，现将结果答复如下。",
        "addressee": "陈女士",
        "complainant": "陈女士",
        "id_no": "尾号 4471",
        "phone": "138****5172",
        "address": "湖滨路 120 号 3 幢 502 室",
        "first_staff": "刘芳",
        "from_unit": "湖滨路支行",
        "to_unit": "市分行个人金融部",
        "handler_unit": "湖滨路支行运营部",
        "handler_phone": "0000-8800 0117",
        "contact_name": "刘芳",
        "contact_phone": "0000-8800 0117",
        "upper_body": "云川银行市分行",
        "upper_address": "中山路 1 号",
        "upper_phone": "0000-8800 0001",
        "mediator": "市金融消费纠纷调解中心",
        "arb_or_court": "湖滨区人民法院",
        "matter": "您 2025年11月购买的 90 天理财产品，到期年化收益为 2.1%，"
        "与宣传页所载“业绩比较基准 3.0%–3.6%”相差较大，要求说明原因并补偿差额。",
        "verified": "经调阅产品协议、销售录音录像、宣传页和兑付记录："
        "销售人员已说明业绩比较基准不是承诺收益；兑付金额计算无误；宣传页的风险提示未与收益数据放在同一位置，属我行材料不规范。",
        "decision": "（一）宣传页不规范给您造成误解，我行向您致歉。该宣传页已于 11月19日停用。\n"
        "（二）产品收益由实际投资结果确定。您签署的协议没有补足差额的约定，因此补偿差额的请求我行不能支持，"
        "对此请您谅解。",
        "basis_reason": "《银行业保险业消费投诉处理管理办法》第十七条和产品协议第六条。",
        "follow_up": "整改结果将于 11月27日前告知您。",
        "remedies": "您如对本答复有异议，可自收到之日起 30 日内，"
        "向我行上级机构云川银行市分行（中山路 1 号，0000-8800 0001）书面申请核查；"
        "也可以依法向市金融消费纠纷调解中心申请调解，"
        "或者向湖滨区人民法院提起诉讼。",
        "apology": "给您带来的不便，我行再次表示歉意。",
        "summary": "稳健 90 天理财产品到期收益低于宣传页所载业绩比较基准，客户认为宣传与实际不符。",
        "claims": "说明原因；补偿收益差额。",
        "reply_requirements": "请核对兑付计算过程，说明宣传页审核情况，并提出处理意见。",
        "attachments": "产品协议 1 份、宣传页照片 2 张、录音录像索引 1 份",
    },
    "en": {
        "name": "Chen 𠮷龑",
        "salutation": "Ms Chen",
        "addressee": "Ms Chen",
        "complainant": "Ms Chen",
        "id_no": "ends in 4471",
        "phone": "138****5172",
        "from_unit": "Lakeside Road Branch",
        "to_unit": "City branch, personal finance",
        "upper_body": "Yunchuan Bank, City Branch",
        "upper_address": "1 Zhongshan Road",
        "upper_phone": "0000-8800 0001",
        "mediator": "the City Financial Mediation Centre",
        "arb_or_court": "the Lakeside District Court",
        "remedies": "If you do not agree with this reply, you may within 30 days of receiving it "
        "ask our superior body, Yunchuan Bank, City Branch (1 Zhongshan Road, 0000-8800 0001), in "
        "writing for a re-review. You may also apply to the City Financial Mediation Centre for "
        "mediation or go to the Lakeside District Court.",
    },
}


def head(form: str, language: str, **changed: object) -> Head:
    """The head of a first copy."""
    english = language == "en"
    values = {
        "form": form,
        "edition": FORMS[form].edition,
        "subject": "complaint:117",
        "part": "",
        "case_number": "TS-2026-0117",
        "number": NUMBERS.get(form, ""),
        "copy": 1,
        "code": "K7QF-2M9C-XW4T",
        "branch_name": "Yunchuan Bank, Lakeside Road" if english else "云川银行湖滨路支行",
        "branch_code": "HB001",
        "branch_second": "湖滨路 18 号 客户服务 0000-8800 0000",
        "issued_at": ISSUED,
        "issued_by": "刘芳",
        "zone": ZoneInfo("Asia/Shanghai"),
        "language": language,
    }
    return Head(**{**values, **changed})  # type: ignore[arg-type]


def filled(form: str, language: str, **changed: Value) -> Fields:
    """Every field of a form with a value of its own; cells for a hand stay empty."""
    values = {field.key: value(field, language) for field in FORMS[form].fields}
    return {**values, **changed}


def value(field: Field, language: str) -> Value:
    """Something for a field, told apart from every other field's."""
    words = WORDS[language].get(field.key) or (
        f"{field.key} words" if language == "en" else f"内容{field.key}"
    )
    match field.kind:
        case "text":
            return words
        case "long":
            return words if field.key in WORDS[language] else f"{words}。" * 6
        case "day":
            return f"2026-11-{10 + len(field.key) % 18:02d}"
        case "moment":
            return RECEIVED + len(field.key) * 60_000
        case "code":
            return code_options(field.codes)[-1]
        case "codes":
            return list(code_options(field.codes)[:2])
        case "yes":
            return True
        case "amount":
            return 123_456
        case "count":
            return 7
        case "rows":
            return [{column: f"{column}{n}" for column in field.columns} for n in range(1, 4)]
        case _:
            return ""

"""The forms a complaint begins with: TS-01, TS-02A, TS-02B, TS-03, and TS-10; pure."""

from __future__ import annotations

from branch.papers.form import EDITION, Block, Field, Form

TS_01 = Form(
    "TS-01",
    EDITION,
    (
        Block(
            "receipt",
            (
                Field("received_at", "moment", required=True),
                Field("intake_channel", "code", required=True, codes="channel"),
                Field("first_staff", "text", required=True),
            ),
        ),
        Block(
            "complainant",
            (
                Field("capacity", "code", required=True, codes="capacity"),
                Field("name", "text"),
                Field("id_type", "code", codes="document"),
                Field("id_no", "text", masked=True),
                Field("uscc", "text"),
                Field("legal_rep", "text"),
                Field("phone", "text"),
                Field("phone_reserved", "text", typed=True),
                Field("address", "text"),
                Field("email", "text"),
                Field("contact_pref", "code", codes="reply_wish"),
                Field("agent_name", "text"),
                Field("agent_id", "text", typed=True, masked=True),
                Field("poa_original", "yes"),
                Field("anonymous", "yes"),
                Field("confidential", "yes"),
                Field("party_count", "count"),
                Field("representatives", "text"),
            ),
        ),
        Block(
            "matter",
            (
                Field("respondent_org", "text"),
                Field("respondent_staff", "text"),
                Field("incident_at", "day"),
                Field("incident_place", "text"),
                Field("facts", "long", required=True),
                Field("claims", "long", required=True, typed=True),
                Field("basis", "long"),
                Field("amount", "amount"),
            ),
        ),
        Block(
            "classes",
            (
                Field("biz_channel", "code", required=True, codes="biz_channel"),
                Field("biz_class", "code", required=True, codes="biz_class"),
                Field("reason", "code", required=True, codes="reason"),
                Field("severity", "code", required=True, codes="severity"),
                Field("urgency", "code", required=True, codes="urgency"),
                Field("sensitivity", "codes", codes="sensitivity"),
                Field("materials", "long", typed=True),
                Field("repeat_of", "text"),
                Field("due_legal", "day", required=True),
                Field("read_back", "yes", required=True),
            ),
        ),
        Block(
            "signing",
            (
                Field("complainant_sign", "sign"),
                Field("registrar_sign", "sign", required=True),
            ),
        ),
    ),
    customer=True,
    seal=False,
    signatures=("complainant_sign", "registrar_sign"),
)

TS_02A = Form(
    "TS-02A",
    EDITION,
    (
        Block(
            "notice",
            (
                Field("addressee", "text", required=True),
                Field("matter", "long", required=True),
                Field("received_at", "moment", required=True),
                Field("handler_unit", "text", required=True),
                Field("handler_phone", "text", required=True),
                Field("due_legal", "day", required=True),
                Field("query_code", "text"),
                Field("mediation_hint", "long", locked=True),
                Field("privacy_note", "long", required=True, locked=True),
            ),
        ),
    ),
    customer=True,
    seal=True,
    signatures=(),
)

TS_02B = Form(
    "TS-02B",
    EDITION,
    (
        Block(
            "notice",
            (
                Field("addressee", "text", required=True),
                Field("matter", "long", required=True),
                Field("received_at", "moment", required=True),
                Field("reason_code", "code", required=True, codes="refusal"),
                Field("reason_text", "long", required=True, typed=True),
                Field("basis", "long", typed=True),
                Field("where_to_go", "long", required=True, typed=True),
                Field("supplement_needed", "long", typed=True),
                Field("handler_unit", "text", required=True),
                Field("handler_phone", "text", required=True),
                Field("privacy_note", "long", required=True, locked=True),
                Field("approved_by", "text", required=True),
            ),
        ),
    ),
    customer=True,
    seal=True,
    signatures=(),
)

TS_03 = Form(
    "TS-03",
    EDITION,
    (
        Block(
            "slip",
            (
                Field("slip_type", "code", required=True, typed=True, codes="slip_type"),
                Field("urge_count", "count", typed=True),
                Field("urgency", "code", required=True, codes="urgency"),
                Field("complainant", "text", required=True),
                Field("phone", "text"),
                Field("intake_channel", "code", required=True, codes="channel"),
                Field("received_at", "moment", required=True),
                Field("from_unit", "text", required=True),
                Field("to_unit", "text", required=True, typed=True),
                Field("contact_a", "text", required=True, typed=True),
                Field("contact_b", "text", required=True, typed=True),
                Field("slip_due", "day", required=True),
                Field("due_legal", "day", required=True),
            ),
        ),
        Block(
            "matter",
            (
                Field("summary", "long", required=True, typed=True),
                Field("claims", "long"),
                Field("work_done", "long", typed=True),
                Field("attachments", "long", typed=True),
                Field("reply_requirements", "long", required=True, typed=True),
                Field("leader_opinion", "long", typed=True),
            ),
        ),
        Block(
            "feedback",
            (
                Field("signed_by", "blank"),
                Field("signed_at", "blank"),
                Field("returned_reason", "blank"),
                Field("result_summary", "blank"),
                Field("reply_to_customer_at", "blank"),
                Field("satisfaction", "blank"),
                Field("closed_by_issuer", "blank"),
            ),
        ),
        Block("tear_off", (Field("receiver_sign", "sign"),)),
    ),
    customer=False,
    seal=True,
    signatures=("receiver_sign",),
    numbered=True,
)

TS_10 = Form(
    "TS-10",
    EDITION,
    (
        Block(
            "application",
            (
                Field("complainant", "text", required=True),
                Field("matter", "long", required=True),
                Field("free_will", "long", required=True, locked=True),
                Field("date_received", "day", required=True),
            ),
        ),
        Block("signing", (Field("signature", "sign", required=True),)),
    ),
    customer=True,
    seal=False,
    signatures=("signature",),
)

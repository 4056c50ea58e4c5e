"""The forms of investigation, answer and after it: TS-04 to TS-09; pure."""

from __future__ import annotations

from branch.papers.form import EDITION, Block, Field, Form

TS_04 = Form(
    "TS-04",
    EDITION,
    (
        Block(
            "investigation",
            (
                Field("investigators", "text", required=True, typed=True),
                Field("no_interest", "yes", required=True, typed=True),
                Field("period", "text", typed=True),
                Field("method", "long", typed=True),
                Field(
                    "evidence_list",
                    "rows",
                    required=True,
                    typed=True,
                    columns=("no", "type", "source", "hash"),
                ),
                Field("timeline", "long", typed=True),
            ),
        ),
        Block(
            "findings",
            (
                Field("customer_statement", "long"),
                Field("staff_statement", "long", required=True),
                Field("verified_facts", "long", required=True),
                Field("rules_checked", "long", required=True, typed=True),
                Field("finding", "code", required=True, codes="finding"),
                Field("liability", "code", typed=True, codes="liability"),
                Field("root_cause_l1", "code", required=True, codes="cause"),
                Field("root_cause_l2", "text", required=True, typed=True),
                Field("systemic", "code", codes="systemic"),
            ),
        ),
        Block(
            "proposal",
            (
                Field("proposed_decision", "long", required=True),
                Field("remedy", "codes", codes="remedy"),
                Field("small_comp_amount", "amount"),
                Field("corrective_action", "long", required=True, typed=True),
                Field("action_owner", "text", required=True, typed=True),
                Field("action_due", "day", required=True, typed=True),
                Field("accountability", "long", typed=True),
            ),
        ),
        Block(
            "signing",
            (
                Field("handler_sign", "sign", required=True),
                Field("reviewer_sign", "sign", required=True),
            ),
        ),
    ),
    customer=False,
    seal=False,
    signatures=("handler_sign", "reviewer_sign"),
)

TS_05 = Form(
    "TS-05",
    EDITION,
    (
        Block(
            "notice",
            (
                Field("addressee", "text", required=True),
                Field("matter", "long", required=True),
                Field("original_due", "day", required=True),
                Field("new_due", "day", required=True),
                Field("extension_stage", "code", required=True, codes="stage"),
                Field("reason", "long", required=True, typed=True),
                Field("progress", "long", required=True, typed=True),
                Field("notify_mode", "code", required=True, typed=True, codes="delivery"),
                Field("notified_at", "day", required=True),
                Field("rights_note", "long", required=True, locked=True),
                Field("handler_unit", "text", required=True),
                Field("handler_phone", "text", required=True),
            ),
        ),
        Block(
            "approval",
            (
                Field("approver", "text", required=True),
                Field("approver_level", "code", required=True, codes="level"),
                Field("approved_at", "day", required=True),
            ),
        ),
    ),
    customer=True,
    seal=True,
    signatures=(),
)

TS_06 = Form(
    "TS-06",
    EDITION,
    (
        Block(
            "opening",
            (
                Field("salutation", "text", required=True, typed=True),
                Field("opening", "long", required=True, typed=True),
            ),
        ),
        Block("matter", (Field("matter", "long", required=True, typed=True),)),
        Block("verified", (Field("verified", "long", required=True, typed=True),)),
        Block(
            "decision",
            (
                Field("decision", "long", required=True, typed=True),
                Field("basis_reason", "long", required=True, typed=True),
                Field("follow_up", "long", typed=True),
            ),
        ),
        Block(
            "remedies",
            (
                # The sentences of the law; the particulars they name stand in the fields below.
                Field("remedies", "long", required=True, locked=True),
                Field("upper_body", "text", required=True),
                Field("upper_address", "text", required=True),
                Field("upper_phone", "text", required=True),
                Field("mediator", "text", required=True),
                Field("arb_or_court", "text", required=True),
            ),
        ),
        Block(
            "closing",
            (
                Field("apology", "long", typed=True),
                Field("contact_name", "text", typed=True),
                Field("contact_phone", "text", required=True),
                Field("decision_date", "day", required=True),
            ),
        ),
        Block("signing", (Field("handler_sign", "sign"), Field("approver_sign", "sign"))),
        Block(
            "delivery",
            (
                Field("mode", "blank"),
                Field("notified_at", "blank"),
                Field("ems_no", "blank"),
                Field("received_at", "blank"),
                Field("receiver_sign", "sign"),
                Field("refused_witness", "sign"),
            ),
        ),
    ),
    customer=True,
    seal=True,
    signatures=("handler_sign", "approver_sign", "receiver_sign", "refused_witness"),
    numbered=True,
)

TS_07 = Form(
    "TS-07",
    EDITION,
    (
        Block(
            "visit",
            (
                Field("visit_at", "moment", required=True),
                Field("mode", "code", required=True, codes="visit_mode"),
                Field("visitor", "text", required=True),
                Field("reached", "yes", required=True),
                Field("tries", "count"),
            ),
        ),
        Block(
            "answers",
            (
                Field("reply_received", "yes", required=True),
                Field("commitments_met", "code", codes="kept"),
                Field("satisfaction", "code", required=True, codes="satisfaction"),
                Field("dissatisfied_reason", "long", typed=True),
                Field("new_request", "long", typed=True),
                Field("next_step", "code", required=True, codes="next_step"),
            ),
        ),
        Block("signing", (Field("visitor_sign", "sign"),)),
    ),
    customer=False,
    seal=False,
    signatures=("visitor_sign",),
)

TS_08 = Form(
    "TS-08",
    EDITION,
    (
        Block(
            "session",
            (
                Field("room", "text", required=True),
                Field("start_at", "moment", required=True),
                Field("end_at", "moment", required=True),
                Field("complaint_no", "text"),
                Field("visitors", "rows", required=True, columns=("name", "capacity")),
                Field("visitor_count", "count", required=True),
                Field("staff_1", "text", required=True),
                Field("staff_2", "text", required=True),
                Field("security_present", "yes"),
            ),
        ),
        Block(
            "recording",
            (
                Field("recording_notice", "yes", required=True),
                Field("recorder_id", "text"),
                Field("media_ref", "text"),
                Field("recorder_ok", "yes", required=True),
            ),
        ),
        Block(
            "talk",
            (
                Field("statement", "long", required=True),
                Field("explained", "yes", required=True),
                Field("materials_taken", "long"),
                Field("calming_steps", "codes", codes="calming"),
                Field("emotion_start", "text"),
                Field("emotion_end", "text"),
                Field("commitments", "rows", columns=("text", "owner", "due")),
                Field("outcome", "text", required=True),
                Field("incident_level", "count"),
                Field("police_110_at", "moment"),
                Field("read_back", "yes", required=True),
            ),
        ),
        Block(
            "signing",
            (
                Field("visitor_sign", "sign"),
                Field("staff_1_sign", "sign", required=True),
                Field("staff_2_sign", "sign", required=True),
                Field("refusal", "text"),
            ),
        ),
        # The room is tidied after the visitor has signed and gone.
        Block("turnover", (Field("turnover_done_by", "blank"), Field("turnover_at", "blank"))),
    ),
    customer=True,
    seal=False,
    signatures=("visitor_sign", "staff_1_sign", "staff_2_sign"),
)

TS_09 = Form(
    "TS-09",
    EDITION,
    (
        Block(
            "review",
            (
                Field("addressee", "text", required=True),
                Field("matter", "long", required=True),
                Field("application_date", "day", required=True),
                Field("received_date", "day", required=True),
                Field("in_time", "yes", required=True),
                Field("process_found", "long", required=True, typed=True),
                Field("limit_found", "long", required=True, typed=True),
                Field("result_found", "long", required=True, typed=True),
            ),
        ),
        Block(
            "decision",
            (
                Field("decision", "code", required=True, codes="re_review"),
                Field("reasons", "long", required=True, typed=True),
                Field("remedies", "long", required=True, locked=True),
                Field("notified_at", "day"),
                Field("contact_phone", "text", required=True),
            ),
        ),
    ),
    customer=True,
    seal=True,
    signatures=(),
)

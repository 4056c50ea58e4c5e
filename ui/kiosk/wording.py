"""Owns the words of the kiosk that come from what it knows; shows and asks nothing."""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import QCoreApplication

from branch.catalogue.rules import Document
from branch.kernel.phrases import phrases
from branch.lobby.queries.screens import KioskGroup
from branch.lobby.queries.slip import Slip
from branch.lobby.waits.outlook import Outlook
from ui.kiosk.picture import Picture
from ui.models.wait_words import wait_text
from ui.shell.language import language

translate = QCoreApplication.translate

ALWAYS = "always"


def bank_and_branch(name: str) -> tuple[str, str]:
    """A branch's name in two lines: the bank, and the rest."""
    word = translate("Kiosk", "银行")
    head, found, rest = name.partition(word)
    return (head + found, rest.strip(" ,")) if found else (name, "")


def waiting_words(entry: KioskGroup, found: Outlook | None) -> tuple[str, str]:
    """How many wait for a group, and how long a new customer would."""
    if entry.waiting:
        count = translate("Kiosk", "等候 {n} 人").format(n=entry.waiting)
    else:
        count = translate("Kiosk", "无人等候")
    spread = found.fresh_among([item.code for item in entry.services]) if found else None
    return count, wait_text(spread, at_once=entry.free_now)


def service_wait(
    shown: Picture, entry: KioskGroup, service: str, found: Outlook | None, credit: int = 0
) -> str:
    """How long somebody would wait who takes a ticket for a service of this group now.

    ``credit`` is that of his class, in minutes.
    """
    spread = found.fresh(service, credit) if found else None
    return wait_text(spread, at_once=shown.at_once(entry))


def basis_words(usual: bool) -> str:
    """What a range is estimated from, and what it means."""
    if usual:
        return translate("Kiosk", "按往常估算，10 位客户中约 8 位在此时间内办上。")
    return translate("Kiosk", "按今天的实际速度估算，10 位客户中约 8 位在此时间内办上。")


def ahead_words(count: int) -> str:
    """How many are ahead of a new customer."""
    if not count:
        return translate("Kiosk", "前面没有人")
    return translate("Kiosk", "前面 {n} 人").format(n=count)


def ahead_figure(count: int) -> str:
    """How many are ahead, as on paper: the count, a space, and its unit."""
    key = "ahead_one" if count == 1 else "ahead_many"
    return phrases("ticket").say(key, language().code, n=count)


def machine_name(code: str) -> str:
    """A self-service machine as the customer knows it."""
    return {
        "cash_machine": translate("Kiosk", "自助柜员机"),
        "smart_teller": translate("Kiosk", "智能柜台"),
    }[code]


def document_text(document: Document) -> str:
    """A document's name in the language of the moment."""
    return document.en if language().code == "en" and document.en else document.zh


def apart(text: str) -> tuple[str, str]:
    """A text and what stands in brackets at its end."""
    if text and unicodedata.category(text[-1]) == "Pe":
        for at, letter in enumerate(text):
            if unicodedata.category(letter) == "Ps":
                return text[:at].strip(), text[at + 1 : -1]
    return text, ""


def when_words(document: Document) -> str:
    """A document that not everybody needs, with the case in which he does."""
    case = {
        "if_agent": translate("Kiosk", "代他人办理时"),
        "if_large": translate("Kiosk", "金额较大时"),
        "if_small": translate("Kiosk", "金额较小时"),
        "if_asked": translate("Kiosk", "柜员要求时"),
        "if_has": translate("Kiosk", "有的话请带上"),
        "if_known": translate("Kiosk", "知道的话"),
        "optional": translate("Kiosk", "可带可不带"),
    }[document.when]
    what = document_text(document)
    return translate("Kiosk", "{when}：{what}").format(when=case, what=what)


def between_documents() -> str:
    """What stands between documents in a sentence, as on paper."""
    return phrases("ticket").say("between_documents", language().code)


def document_icon(document: Document) -> str:
    """The icon of a document, by its English name; a plain sheet where that tells nothing."""
    name = document.en.lower()
    for words, icon in (
        (("identity", "id card"), "id-card"),
        (("phone",), "phone"),
        (("card",), "card"),
        (("passbook",), "passbook"),
        (("cash", "note"), "cash"),
    ):
        if any(word in name for word in words):
            return icon
    return "document"


def order_words(slip: Slip) -> str:
    """The promise about overtaking that the branch's credits keep, as on paper (queue.md 1)."""
    key = "order_arrival"
    if slip.largest_credit:
        key = "order_elderly" if slip.elderly_credit else "order_credit"
    return phrases("ticket").say(
        key, language().code, elderly=slip.elderly_credit, largest=slip.largest_credit
    )

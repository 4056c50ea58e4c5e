"""How personal detail is shown to people: masked forms of names, telephones, documents.

It masks what a query has read, before a window sees it; it keeps nothing. Forms as on the
product's screens: 周*军, 陈*; 138****5172; c***@example.com; only the last
characters of a document.
"""

from __future__ import annotations

_PHONE_HEAD, _PHONE_TAIL = 3, 4
TAIL = 4


def mask_name(name: str) -> str:
    """A name with its middle hidden: 周*军, 陈*, 欧**娜; of a Latin name the initials stay."""
    plain = " ".join(name.split())
    if not plain:
        return ""
    if plain.isascii():
        return " ".join(f"{part[0]}*" for part in plain.split())
    if len(plain) <= 2:
        return f"{plain[0]}*"
    return f"{plain[0]}{'*' * (len(plain) - 2)}{plain[-1]}"


def mask_phone(phone: str) -> str:
    """A telephone number with its middle hidden: 138****5172; a short one shows its end only."""
    digits = "".join(char for char in phone if char.isdigit())
    if not digits:
        return ""
    if len(digits) < _PHONE_HEAD + 2 * _PHONE_TAIL:
        return f"****{digits[-2:]}"
    return f"{digits[:_PHONE_HEAD]}****{digits[-_PHONE_TAIL:]}"


def mask_email(address: str) -> str:
    """An e-mail address with its name hidden: c***@example.com; ``****`` for what is none."""
    name, at, domain = address.strip().rpartition("@")
    if not at:
        return "****" if domain else ""
    return f"{name[:1]}***@{domain}"


def document_tail(number: str) -> str:
    """The last four characters of a document's number, in capitals; less of a short one."""
    plain = "".join(char for char in number if char.isalnum()).upper()
    return plain[-TAIL:] if len(plain) >= 2 * TAIL else plain[len(plain) // 2 + len(plain) % 2 :]

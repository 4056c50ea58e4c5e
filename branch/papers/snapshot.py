"""The snapshot of a paper, its digest and code, and what may be typed into a form; pure."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping
from datetime import date

from branch.kernel.errors import BadInput
from branch.papers.form import PAPER_CODES, Field, Fields, Form, Value, empty_value
from branch.people.rules import readable

LONGEST = {"text": 200, "long": 5_000}
MOST_ROWS = 200
LONGEST_CELL = 500
MOST_COUNT = 100_000
MODES = PAPER_CODES["delivery"]
WITNESSES = 2
# Crockford's alphabet: no I, L, O, U.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CODE_CHARS, _GROUP = 12, 4
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})
# What the QR code of a paper says: "TT:<form>:<case number>:<code>".
_QR = re.compile(r"TT:[^:]*:[^:]*:([0-9A-Z-]+)")
_IN_FILE = re.compile(
    rb"(?<![0-9A-Z])([0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){2})(?![0-9A-Z])"
)


def canonical(
    form: Form, subject: str, part: str, number: str, copy: int, language: str, fields: Fields
) -> str:
    """The one text of what a paper says: equal content is equal text, in whatever order."""
    said = {
        "form": form.code,
        "edition": form.edition,
        "subject": subject,
        "part": part,
        "number": number,
        "copy": copy,
        "language": language,
        "fields": {field.key: fields[field.key] for field in form.fields},
    }
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of_text(text: str) -> str:
    """SHA-256 of a text, hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def code_of(mark: str) -> str:
    """A verification code out of a keyed mark (hexadecimal): its first 60 bits in base 32."""
    bits = int(mark[:15], 16)
    chars = [_ALPHABET[bits >> 5 * place & 31] for place in reversed(range(_CODE_CHARS))]
    return "-".join("".join(chars[at : at + _GROUP]) for at in range(0, _CODE_CHARS, _GROUP))


def read_code(text: str) -> str:
    """The code that somebody typed or a scanner read, as it is kept; raises BadInput (field
    ``code``) for what cannot be one."""
    # An input method left at full width writes Ｋ７ＱＦ.
    plain = unicodedata.normalize("NFKC", text).strip().upper()
    scanned = _QR.fullmatch(plain)
    if scanned:
        plain = scanned.group(1)
    chars = re.sub(r"[\s-]", "", plain).translate(_READ_AS)
    if len(chars) != _CODE_CHARS or set(chars) - set(_ALPHABET):
        raise BadInput("paper_code_form", field="code")
    return "-".join(chars[at : at + _GROUP] for at in range(0, _CODE_CHARS, _GROUP))


def codes_in(data: bytes) -> tuple[str, ...]:
    """What looks like a verification code within a file's bytes."""
    return tuple(dict.fromkeys(found.decode() for found in _IN_FILE.findall(data)))


def read_typed(form: Form, text: str) -> dict[str, Value]:
    """The typed fields of an editor (JSON); raises BadInput naming the field."""
    try:
        said = json.loads(text)
    except ValueError:
        raise BadInput("paper_typed_form", field="typed") from None
    if not isinstance(said, dict):
        raise BadInput("paper_typed_form", field="typed")
    return checked_typed(form, said)


def checked_typed(form: Form, said: Mapping[str, object]) -> dict[str, Value]:
    """The typed fields as they are kept; raises BadInput for a field that is not typed, and for
    what is not of its kind."""
    typed = {field.key: field for field in form.fields if field.typed}
    for key in said:
        if key not in typed:
            raise BadInput("paper_field_fixed", field=str(key))
    return {key: _checked(typed[key], value) for key, value in said.items()}


def with_typed(form: Form, fields: Fields, typed: Fields) -> dict[str, Value]:
    """The fields of a draft: every key of the form, what is typed before what the case says."""
    return {
        field.key: typed.get(field.key, fields.get(field.key, empty_value(field.kind)))
        for field in form.fields
    }


def masked_for_copy(form: Form, fields: Fields) -> dict[str, Value]:
    """Identity and accounts hidden but for their last four characters, on forms that customers
    get a copy of (complaints.md 4c)."""
    if not form.customer:
        return dict(fields)
    hidden = {field.key for field in form.fields if field.masked}
    return {
        key: _tail(value) if key in hidden and isinstance(value, str) else value
        for key, value in fields.items()
    }


def _tail(text: str) -> str:
    """ "110101199001011234" becomes "**1234"; what is masked already stays."""
    if len(text) <= 4 or "*" in text:
        return text
    return f"**{text[-4:]}"


def _checked(field: Field, value: object) -> Value:
    if field.kind in LONGEST:
        return _text(field, value)
    if field.kind == "day":
        return _day(field, value)
    if field.kind == "code":
        return _code(field, value)
    if field.kind == "yes":
        if value is None or isinstance(value, bool):
            return value
    elif field.kind == "count":
        if value is None:
            return None
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST_COUNT:
            return value
    elif field.kind == "rows":
        return _rows(field, value)
    raise BadInput("paper_value_form", field=field.key)


def _text(field: Field, value: object) -> str:
    if not isinstance(value, str):
        raise BadInput("paper_value_form", field=field.key)
    lines = [readable(line) for line in value.strip().splitlines()]
    between = "\n" if field.kind == "long" else " "
    plain = between.join(lines).strip()
    longest = LONGEST[field.kind]
    if len(plain) > longest:
        raise BadInput("field_too_long", field=field.key, longest=longest, length=len(plain))
    return plain


def _day(field: Field, value: object) -> str:
    if value == "":
        return ""
    try:
        if not isinstance(value, str) or len(value) != 10:
            raise ValueError
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise BadInput("day_form", field=field.key) from None


def _code(field: Field, value: object) -> str:
    if value == "" or (isinstance(value, str) and value in PAPER_CODES[field.codes]):
        return value
    raise BadInput("code_unknown", field=field.key, given="")


def _rows(field: Field, value: object) -> list[dict[str, str]]:
    if not isinstance(value, list) or len(value) > MOST_ROWS:
        raise BadInput("paper_value_form", field=field.key)
    return [_row(field, row) for row in value]


def _row(field: Field, row: object) -> dict[str, str]:
    if not isinstance(row, dict) or set(row) != set(field.columns):
        raise BadInput("paper_value_form", field=field.key)
    cells = {column: row[column] for column in field.columns}
    if not all(isinstance(cell, str) and len(cell) <= LONGEST_CELL for cell in cells.values()):
        raise BadInput("paper_value_form", field=field.key)
    return {column: readable(" ".join(cell.split())) for column, cell in cells.items()}

"""What a number looks like: resident ID, unified social credit code, mobile number.

A doubt is a warning for whoever typed it and never a block: the checks of ``python-stdnum`` do
not know the residence permits of Hong Kong, Macao and Taiwan (81, 82, 83…) and take people whose
county code is newer than their birth for mistyped. Nothing is kept here.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from stdnum.cn import ric, uscc
from stdnum.exceptions import InvalidComponent, ValidationError

_RESIDENCE_PERMIT = re.compile(r"8[123]0000")


def compact(text: str) -> str:
    """A number as it is compared: half-width, capitals, without blanks and dashes."""
    folded = unicodedata.normalize("NFKC", text).upper()
    return "".join(char for char in folded if char.isalnum())


def mobile_doubt(text: str) -> str | None:
    """Why this may be no mobile number (a code of errors.yaml), or None.

    Without a country's code it is of the mainland; its short service numbers (95566, 12378) are
    answered as well. A landline is a telephone too, so it is a doubt only.
    """
    if not compact(text):
        return None
    # Here, not above: 40 ms that only a window in which numbers are typed has to spend.
    from phonenumbers import (
        NumberParseException,
        PhoneNumberType,
        is_valid_number,
        number_type,
        parse,
    )
    from phonenumbers import is_valid_short_number_for_region as is_short_number

    try:
        number = parse(text, "CN")
    except NumberParseException:
        return "doubt_mobile"
    mobile = (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE)
    if is_valid_number(number) and number_type(number) in mobile:
        return None
    return None if is_short_number(number, "CN") else "doubt_mobile"


def resident_id_doubt(text: str, today: date) -> str | None:
    """Why this may be no resident ID number (GB 11643): a code of errors.yaml, or None."""
    number = compact(text)
    if not number:
        return None
    if len(number) != 18:
        return "doubt_id_length"
    if not (number[:17].isdecimal() and (number[17].isdecimal() or number[17] == "X")):
        return "doubt_id_characters"
    if number[17] != ric.calc_check_digit(number):
        return "doubt_id_check"
    born = birth_date(number)
    if born is None or born > today:
        return "doubt_id_birth"
    try:
        ric.validate(number)
    except InvalidComponent:
        return None if _RESIDENCE_PERMIT.match(number) else "doubt_id_county"
    except ValidationError:
        return "doubt_id_check"
    return None


def credit_code_doubt(text: str) -> str | None:
    """Why this may be no unified social credit code (GB 32100): a code, or None."""
    number = compact(text)
    return None if not number or uscc.is_valid(number) else "doubt_credit_code"


def birth_date(number: str) -> date | None:
    """The day of birth that a resident ID number tells, or None where it tells none."""
    digits = compact(number)[6:14]
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return None


def age_on(born: date, day: date) -> int:
    """Full years lived on ``day``."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))

"""The digits of one telephone number → the number as dialled from the school, or what is wrong with it."""

import re
from dataclasses import replace

from firstday_cli.domain.record import record


@record
class Number:
    """A telephone number as dialled from the school, the key it is compared by, and the words that stood beside it.

    Without a key nothing can be dialled, and `remark` says why; with one it says how the number was mended. `forbids`
    is whether the words beside it say that this person must not be contacted.
    """

    dialled: str = ""
    key: str = ""
    label: str = ""
    remark: str = ""
    forbids: bool = False


LOST_ZERO = "its first 0 was lost and has been put back"
CHECK = "check it with the family and type it again in the information system"
NOT_BRITISH = f"no number in this country begins so: {CHECK}"
NO_COUNTRY = f"it is no whole number of any country: {CHECK}"
TWO_READINGS = f"has a 0 too many, or is dialled abroad; it is not guessed which: {CHECK}"
WHOLE, SHORT = 11, 10  # digits with the first 0; a few old areas have numbers of ten
# The areas in which some numbers have five digits after the code, and the code with four.
OLD = """
1204 1208 1254 1276 1297 1298 1363 1364 1384 1386 1404 1420 1460 1461 1480 1488 1524 1527 1562 1566 1606 1629 1635
1647 1659 1695 1726 1744 1750 1768 1827 1837 1884 1900 1905 1935 1946 1949 1963 1995
"""  # without the first 0
OLD_AREAS = frozenset(OLD.split())
OLD_STARTS = ("016977", "0800", "0500")
BEGINS = re.compile(r"0(?:[12579]|3[0347]|8[047])")
SAID_OF = (  # how a number begins → what the caller must know of it; the first that fits counts
    ("07624", "Isle of Man"), ("070", "personal number, charged"), ("076", "pager"), ("09", "premium rate"),
    ("084", "charged"), ("087", "charged"),
)  # fmt: skip


def number_of(written: str) -> Number:
    """The number of these digits: with + or 00 of the country that follows, else of this one."""
    digits = re.sub(r"\D", "", written)
    if written.startswith("+"):
        return _of_country(digits)
    if digits.startswith("00"):
        return Number(remark=TWO_READINGS) if is_whole(digits[1:]) else _of_country(digits[2:])
    if digits.startswith("44") and is_whole(_with_first_zero(digits)):
        return _british(_with_first_zero(digits))
    if digits.startswith("0"):
        return _british(digits, written)
    if is_whole(f"0{digits}"):
        return replace(_british(f"0{digits}"), remark=LOST_ZERO)
    return Number(remark=wrong_length(len(digits) - WHOLE + 1))


def is_whole(digits: str) -> bool:
    """Whether these digits, with the first 0, are as many as a number of this country has."""
    if not BEGINS.match(digits):
        return False
    is_old = digits[1:5] in OLD_AREAS or digits.startswith(OLD_STARTS)
    return len(digits) == WHOLE or (len(digits) == SHORT and is_old)


def wrong_length(too_many: int) -> str:
    """What to say of a number with too many digits, or too few."""
    if not too_many:
        return NOT_BRITISH
    many = abs(too_many)
    digits = "a digit" if many == 1 else f"{many} digits"
    return f"has {digits} too {'many' if too_many > 0 else 'few'}: {CHECK}"


def _with_first_zero(digits: str) -> str:
    """The digits after this country's code, with one first 0."""
    return f"0{digits[2:].removeprefix('0')}"


def _british(digits: str, written: str = "") -> Number:
    if not is_whole(digits):
        return Number(remark=wrong_length(len(digits) - WHOLE))
    label = next((said for start, said in SAID_OF if digits.startswith(start)), "")
    is_spaced = written.replace(" ", "") == digits and " " in written
    return Number(dialled=" ".join(written.split()) if is_spaced else _spaced(digits), key=digits, label=label)


def _spaced(digits: str) -> str:
    """The digits in groups that can be read out: 020 7946 0018, 0161 496 0018, 07700 900123."""
    if digits.startswith("02"):
        return f"{digits[:3]} {digits[3:7]} {digits[7:]}"
    is_city = digits.startswith("011") or (digits.startswith("01") and digits[3] == "1")
    if len(digits) == WHOLE and (is_city or digits[1] in "389"):
        return f"{digits[:4]} {digits[4:7]} {digits[7:]}"
    return f"{digits[:5]} {digits[5:]}"


def _of_country(digits: str) -> Number:
    """A number with its country's code, as dialled from here; the country's two letters beside it."""
    if digits.startswith("44"):
        return _british(_with_first_zero(digits))
    import phonenumbers

    try:
        number = phonenumbers.parse(f"+{digits}", None)
    except phonenumbers.NumberParseException:
        return Number(remark=NO_COUNTRY)
    if not phonenumbers.is_possible_number(number):
        return Number(remark=NO_COUNTRY)
    dialled = phonenumbers.format_out_of_country_calling_number(number, "GB")
    country = phonenumbers.region_code_for_number(number)
    country = country or phonenumbers.region_code_for_country_code(number.country_code or 0)
    return Number(dialled=dialled, key=re.sub(r"\D", "", dialled), label=country if country.isalpha() else "abroad")

"""One cell of text → a day, a time, a moment, a number, a yes: or ValueError saying what was expected."""

import re
import unicodedata
from datetime import date, datetime, time
from functools import lru_cache

from firstday_cli.domain.record import record
from firstday_cli.domain.school_days import in_london

ISO_DAY = re.compile(r"^(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00(?::00(?:\.0+)?)?)?$")
DAY_FIRST = re.compile(r"^(\d{1,2})/(\d{1,2})/(\d{4})(?: 00:00(?::00)?)?$")
CLOCK = re.compile(
    r"^(\d{1,2})[:.](\d{2})(?:[:.]\d{2})?\s*([ap]\.?m\.?)?$|^(\d{1,2})(\d{2})\s*([ap]\.?m\.?)?$", re.IGNORECASE
)
YES, NO = frozenset({"yes", "y", "true", "t", "1", "x"}), frozenset({"no", "n", "false", "f", "0", ""})
RUINED = re.compile(r"^\d(\.\d+)?e\+?\d{1,2}$", re.IGNORECASE)
A_DATE = re.compile(r"\b\d{4}-\d{2}-\d{2}|\b\d{1,2}/\d{1,2}/\d{4}")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
DAY_IN_WORDS = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\s+((?:{'|'.join(MONTHS)})[a-z]*)\s+(\d{{4}})", re.IGNORECASE)
YEARS = range(1900, 2200)  # of anything a school could mean
NOON = 12
DIGITS = range(8, 13)  # of a number without its country; anything shorter is part of one
DAYS = "a date as YYYY-MM-DD or DD/MM/YYYY"
TIMES = "a time such as 09:05, 9.05, 0905 or 9:05am"


def tidy(text: str) -> str:
    """The cell without outer blanks, byte-order marks, or the apostrophe that a spreadsheet puts before text."""
    text = text.strip() if text.isascii() else text.replace("\xa0", " ").replace("\ufeff", "").strip()
    return text[1:] if text[:1] == "'" else text


@lru_cache(maxsize=4096)  # every layout's headings are compared with every file's, again and again
def heading_key(text: str) -> str:
    """A heading as it is compared: letters and digits only, no case."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())


def days_in(text: str) -> list[date]:
    """Every day that the text names: 2026-11-23, 23/11/2026, 23 November 2026."""
    found = [m[0] for m in A_DATE.finditer(text)]
    named = [f"{m[3]}-{MONTHS.index(m[2][:3].lower()) + 1:02d}-{int(m[1]):02d}" for m in DAY_IN_WORDS.finditer(text)]
    days = []
    for words in (*found, *named):
        try:
            days.append(day(words))
        except ValueError:
            continue
    return days


def _sensible(day: date) -> date:
    if day.year not in YEARS:
        raise ValueError(DAYS)
    return day


@lru_cache(maxsize=2048)
def day(text: str) -> date:
    """The day: year first, or day first; never guessed."""
    if found := ISO_DAY.match(text):
        parts = [int(part) for part in found.groups()]
    elif found := DAY_FIRST.match(text):
        parts = [int(part) for part in reversed(found.groups())]
    else:
        raise ValueError(DAYS)
    try:
        found_day = date(*parts)
    except ValueError:
        raise ValueError(DAYS) from None
    return _sensible(found_day)


def clock(text: str) -> time:
    """The time of day."""
    found = CLOCK.match(text)
    if not found:
        raise ValueError(TIMES)
    hour, minute, half = (found[1] or found[4]), (found[2] or found[5]), (found[3] or found[6] or "").lower()
    hours = int(hour)
    if half and not 1 <= hours <= NOON:
        raise ValueError(TIMES)
    if half:
        hours = hours % NOON + (NOON if half.startswith("p") else 0)
    try:
        return time(hours, int(minute))
    except ValueError:
        raise ValueError(TIMES) from None


def moment(text: str, on: date | None = None) -> datetime:
    """The moment, in London time; a bare time is of the day `on`."""
    try:
        said = datetime.fromisoformat(text)
    except ValueError:
        said = None
    if said is not None:
        _sensible(said.date())
        return in_london(said)
    head, _, tail = text.replace("T", " ").partition(" ")
    try:
        if tail:
            return in_london(datetime.combine(day(head), clock(tail.strip())))
        if on is not None:
            return in_london(datetime.combine(on, clock(text)))
    except ValueError:
        pass
    raise ValueError("a date and time such as 2026-11-23T08:10 or 23/11/2026 08:10")


def yes_or_no(text: str) -> bool | None:
    """Yes or no; None for any other word."""
    word = text.casefold()
    return True if word in YES else False if word in NO else None


@record
class Number:
    """A telephone number as dialled from the school, the key it is compared by, and what was done to it."""

    dialled: str = ""
    key: str = ""
    remark: str = ""
    others: tuple[str, ...] = ()


def phone(text: str) -> Number:
    """The first number in the cell; no number where a spreadsheet lost its digits or there is none to find."""
    text = text.lstrip("'")
    plain = re.sub(r"[\s().-]", "", text)
    if not plain:
        return Number()
    if RUINED.match(text.strip()):
        return Number(remark="a spreadsheet has lost this number's digits: type it again in the information system")
    if re.fullmatch(r"0[123578]\d{8,9}", plain):
        return Number(dialled=" ".join(text.split()) if " " in text.strip() else _spaced(plain), key=plain)
    if re.fullmatch(r"[127]\d{9}", plain):
        return Number(
            dialled=_spaced(f"0{plain}"), key=f"0{plain}", remark="its first 0 was lost and has been put back"
        )
    return _looked_for(text)


EXTENSION = re.compile(r"\s*(?:ext|x|#)", re.IGNORECASE)


def _spaced(digits: str) -> str:
    return f"{digits[:5]} {digits[5:]}"


def _looked_for(text: str) -> Number:
    import phonenumbers

    leniency = phonenumbers.Leniency.POSSIBLE
    numbers = [m.number for m in phonenumbers.PhoneNumberMatcher(text, "GB", leniency=leniency)]
    found = [n for n in numbers if len(phonenumbers.national_significant_number(n)) in DIGITS]
    if not found:
        return Number(remark="no telephone number can be read in it")
    shown = [phonenumbers.format_out_of_country_calling_number(n, "GB") for n in found]
    remark = "holds several numbers: the first is used" if len(found) > 1 else ""
    keys = [re.sub(r"\D", "", EXTENSION.split(text)[0]) for text in shown]  # an extension is the same number
    return Number(dialled=shown[0], key=keys[0], remark=remark, others=tuple(keys[1:]))

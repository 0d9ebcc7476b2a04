"""The days that a clause names: from when a child is away, until when, and when it comes back.

“Until Thursday” and “back on Thursday” leave Thursday open, for a child may be due then: it is not covered.
"""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache
from itertools import islice

from firstday_cli.domain.names import folded
from firstday_cli.domain.record import record

WEEKDAYS = ("mon(?:days?)?", "tue(?:s|sdays?)?", "wed(?:s|nesdays?)?", "thu(?:r|rs|rsdays?)?", "fri(?:days?)?",
            "sat(?:urdays?)?", "sun(?:days?)?")  # fmt: skip
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
TODAY = (  # Polish, Romanian, Spanish, Portuguese, French, Urdu, Bengali, Turkish, Italian, Lithuanian, Hungarian …
    "dzis|dzisiaj|azi|astazi|hoy|hoje|aujourdhui|aujourd hui|aaj|ajke|aj|bugun|oggi|siandien|sodien|ma|maanta|sot|"
    "сьогодні|сегодня|днес|اليوم|今天"
)
TOMORROW = (
    "jutro|maine|manana|amanha|demain|yarin|domani|rytoj|holnap|berri|завтра|утре|غدا|明天|"
    "tomorrow|tomorow|tommorow|tommorrow|tmrw|tmr|tomoz|2moro|tomo"
)


def _words(text: str) -> str:
    return "|".join(folded(word) for word in text.split("|") if folded(word))


MONTH = "|".join(MONTHS)
ORDINAL = r"(?:st|nd|rd|th)"
NAMED = re.compile(
    r"\b(?:"
    rf"(?P<today>today|2day|todays|this morning|this am|{_words(TODAY)})|"
    rf"(?P<tomorrow>{_words(TOMORROW)})|"
    r"(?P<yesterday>yesterday|yday)|"
    rf"(?P<next>next )?(?P<wd>{'|'.join(WEEKDAYS)})(?: (?:the )?(?P<wdom>\d{{1,2}}){ORDINAL}?)?"
    rf"(?: of)?(?: (?P<wmonth>{MONTH})[a-z]*)?|"
    rf"(?:the )?(?P<dom>\d{{1,2}}){ORDINAL}?(?: of)? (?P<month>{MONTH})[a-z]*|"
    rf"(?:the )(?P<only>\d{{1,2}}){ORDINAL}"
    r")\b"
)
FIGURES = re.compile(r"(?<![\d/.])(?P<d>\d{1,2})[/.](?P<m>\d{1,2})(?:[/.]\d{2,4})?(?![\d/:])(?! ?(?:am|pm|o))")
UNTIL = re.compile(r"\b(?:until|untill|till|til|till|before|do|pana|hasta|ate|jusqu\w*)(?: \w+){0,3} ?$")
UP_TO = re.compile(
    r"\b(?:to|through|thru|up to|inclusive|including)(?: and including)?(?: the)?(?: end of)? ?$|\bend of $"
)
RETURNS = re.compile(
    r"\b(?:will come|comes?|coming|right as rain|good to go|back|returns?|returning|be in|be at school|come in|"
    r"coming in|in school|see you|be fine|be ok|be okay|be better|start again|fit|well|wroci|resume|"
    r"(?:send|bring) (?:him|her|them))\b(?: \w+){0,4} ?$"
)
HOPED = re.compile(r"^(?:maybe|hopefully|possibly|perhaps|probably)(?: \w+){0,2} $")
MOST_IN_FIGURES, NEAR_FIGURES = 20, 60  # dates of one clause that are looked at; letters before each
NEAR = 18  # letters before, in which a “not” turns the words round
NEGATED = re.compile(r"\b(?:wont|not|cant|cannot|isnt|arent|unable|no|wouldnt|couldnt|neither|none|nie|nu|never)\b")
ONGOING = re.compile(r"\b(?:since|from|started|began|ever|all|still)\b")
WENT_BEFORE = re.compile(r"\b(?:last|since|was|were|been|went|past|had|sent|started|began)\b[^.]*$")
AND_TODAY = re.compile(r"^ (?:and |is |but )*(?:today|still|again)\b")
WHOLE_WEEK = re.compile(
    r"\b(?:all week|(?:rest|whole|remainder|end) of (?:the|this) week|whole week|(?:for|off|in) the week|this week|"
    r"full week)\b"
)
NEXT_WEEK = re.compile(r"\b(?:all|end of|until|till|til|for|whole of|rest of|of|off) (?:the )?(?:end of )?next week\b")
UNTIL_NEXT_WEEK = re.compile(r"\b(?:until|till|til|before) (?:sometime |early )?next week\b")
TO_ITS_END = re.compile(r"\b(?:until|till|til|to) (?:the )?end of next week\b")
SO_MANY = re.compile(
    r"\b(?:for|off|next|least|another|take|need|needs|likely|probably|maybe|rest)(?: \w+){0,3}? "
    r"(?P<n>\d|one|two|three|four|five|a couple of|couple of|a few|few|couple) (?P<unit>days?|weeks?)\b"
)
NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5}
A_WEEK = re.compile(r"\bfor (?:a|the) (?P<week>week|fortnight)\b|\ba (?P<other>week|fortnight) off\b")
BEEN = re.compile(r"\b(?:been|had|having|suffering|since|last|past|was|were)\b")
NO_TIME = rf"(?! ?(?:{ORDINAL}|{MONTH}|/|days|weeks))"
UNTIL_A_TIME = re.compile(
    r"\b(?:until|till|til|before|in (?:at|by|for|around|about)|be (?:at|by))(?: about| around| after| at| approx)? "
    rf"(?P<hour>\d{{1,2}})(?:[ :.]?\d\d)?(?: ?(?P<half>am|pm))?\b{NO_TIME}|"
    r"\b(?:until|till|til|after|by|before) (?P<word>lunch\w*|dinner ?time|midday|noon|break|this afternoon|"
    r"the afternoon|later|mid ?morning|register\w*)\b"
)
EARLIEST, MIDDAY = 7, 12
KEPT = 4096  # clauses whose days are remembered: people say the same few things


@record
class DaysSaid:
    """What a clause says of days: the span it names, the day of return, whether it speaks of the past alone."""

    first: date | None = None
    last: date | None = None
    returns: date | None = None
    is_past: bool = False
    ends_this_morning: bool = False


@lru_cache(maxsize=KEPT)
def days_said(clause: str, written: str, received: date, tomorrow: date) -> DaysSaid:
    """The days that a clause names, read as of the day it was received; none where it names none.

    `clause` has folded words with blanks between, `written` the same as it stands, for times and dates in figures.
    """
    first: date | None = None
    last: date | None = None
    returns: date | None = None
    past = False
    for day, before, is_today in _named(clause, written, received, tomorrow):
        if day < received:
            past = past or not ONGOING.search(before)
        elif UNTIL.search(before):
            last = _later(last, day - timedelta(days=1))
            first = first or received
        elif not is_today and _is_return(before):
            returns = day
        elif UP_TO.search(before):
            last = _later(last, day)
        else:
            first = min(first, day) if first else day
            last = _later(last, day)
    if UNTIL_NEXT_WEEK.search(clause):
        returns = _monday_after(received)
    elif NEXT_WEEK.search(clause) and not TO_ITS_END.search(clause):
        first = _monday_after(received)
    stretch = _stretch(clause, received if NEXT_WEEK.search(clause) else first or received)
    if stretch and not returns:
        first, last = first or _monday_on(received), _later(last, stretch)
    if last is not None and first is None:
        first = received
    ends = _ends_this_morning(written.casefold())
    return DaysSaid(first=first, last=last, returns=returns, is_past=past and first is None, ends_this_morning=ends)


def _is_return(before: str) -> bool:
    """Whether the words before a day say that the child comes back then: “back on”, “hopefully”; not “not in on”."""
    found = RETURNS.search(before)
    if found is None:
        return bool(HOPED.match(before))
    return not NEGATED.search(before[max(0, found.start() - NEAR) : found.start()])


def _later(one: date | None, other: date) -> date:
    return max(one, other) if one else other


def _monday_on(day: date) -> date:
    """The day itself, or the Monday after a weekend day."""
    return day + timedelta(days=7 - day.weekday()) if day.weekday() > 4 else day


def _monday_after(day: date) -> date:
    """The Monday of the week after the day's."""
    return day + timedelta(days=7 - day.weekday())


def _named(clause: str, written: str, received: date, tomorrow: date) -> Iterable[tuple[date, str, bool]]:
    """Each day the clause names, what stands before it, and whether it is today."""
    for match in NAMED.finditer(clause):
        before = clause[: match.start()]
        day = _day(match, before, received, tomorrow)
        if day is not None:
            yield day, before, bool(match["today"])
    for match in islice(FIGURES.finditer(written), MOST_IN_FIGURES):
        day = _in_figures(int(match["d"]), int(match["m"]), received)
        if day is not None:
            yield day, folded(written[max(0, match.start() - NEAR_FIGURES) : match.start()]) + " ", False


def _day(match: re.Match[str], before: str, received: date, tomorrow: date) -> date | None:
    if match["today"]:
        return received
    if match["tomorrow"]:
        return tomorrow
    if match["yesterday"]:
        return received - timedelta(days=1)
    if match["wd"] and match["wdom"]:
        return _weekday_of_month(match, received)
    if match["wd"]:
        return _weekday(match, before, received)
    return _dated(match, received)


def _weekday(match: re.Match[str], before: str, received: date) -> date:
    number = next(n for n, pattern in enumerate(WEEKDAYS) if re.fullmatch(pattern, match["wd"]))
    ahead = (number - received.weekday()) % 7
    if number > 4 and ahead:  # nobody is away from school on a weekend: it is the one before
        return received - timedelta(days=7 - ahead)
    goes_on = AND_TODAY.search(match.string[match.end() :])
    if match["wd"].endswith("days") or (goes_on and not match["next"]) or WENT_BEFORE.search(before):
        return received - timedelta(days=(7 - ahead) % 7 or 7)
    return received + timedelta(days=ahead + 7 if match["next"] and ahead < 3 else ahead)


def _weekday_of_month(match: re.Match[str], received: date) -> date | None:
    """“Monday 30th”: the nearest day from ten days ago on that has this number and, where said, this month."""
    start = received - timedelta(days=10)
    month = MONTHS.index(match["wmonth"]) + 1 if match["wmonth"] else None
    days = (start + timedelta(days=n) for n in range(365))
    return next((d for d in days if d.day == int(match["wdom"]) and month in (None, d.month)), None)


def _dated(match: re.Match[str], received: date) -> date | None:
    """A day of a month that stands in words."""
    month = MONTHS.index(match["month"]) + 1 if match["month"] else received.month
    return _in_figures(int(match["dom"] or match["only"]), month, received)


def _in_figures(day: int, month: int, received: date) -> date | None:
    """A day and a month, in the year that brings them nearest; None where there is no such day."""
    found = []
    for year in (received.year - 1, received.year, received.year + 1):
        try:
            found.append(date(year, month, day))
        except ValueError:
            continue
    return min(found, key=lambda d: abs(d - received), default=None)


def _stretch(clause: str, first: date) -> date | None:
    """The last day of “all week”, “two days”, “a week”; the shortest reading counts."""
    start = _monday_on(first)
    if NEXT_WEEK.search(clause):
        return _monday_after(first) + timedelta(days=4)
    if WHOLE_WEEK.search(clause):
        return start + timedelta(days=4 - start.weekday())
    week = A_WEEK.search(clause)
    if week and not BEEN.search(clause[: week.start()]):
        return start + timedelta(days=(6 if (week["week"] or week["other"]) == "week" else 13))
    many = SO_MANY.search(clause)
    if many is None or BEEN.search(clause[: many.end()]):
        return None
    count = NUMBERS.get(many["n"], 2) if not many["n"].isdigit() else int(many["n"])
    days = count * 7 - 1 if many["unit"].startswith("week") else None
    return start + timedelta(days=days) if days is not None else _school_days_on(start, count)


def _school_days_on(start: date, count: int) -> date:
    day = start
    while count > 1:
        day += timedelta(days=1)
        count -= day.weekday() < 5
    return day


def _ends_this_morning(clause: str) -> bool:
    """Whether it says that the child comes at a time of this morning: “until 10”, “in by 9.30”, “after register”."""
    found = UNTIL_A_TIME.search(clause)
    if found is None:
        return False
    if found["word"]:
        return found["word"].replace(" ", "") in ("break", "later", "midmorning") or found["word"].startswith(
            "register"
        )
    hour = int(found["hour"])
    return found["half"] != "pm" and EARLIEST <= hour < MIDDAY

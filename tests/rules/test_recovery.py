"""The 48 hours after sickness: what they cover, for whom, and that they end on the minute."""

import pytest

from rules.children import RATED
from rules.days import Said, live_until
from rules.school import Json, School, pupil_in, roll, standing_of
from rules.table import RuleTable

NOTE = "Millbrook, note on the 48 hours; UKHSA exclusion table of 21 February 2024"
MON, TUE, WED, THU, FRI, NEXT = (f"2026-11-{day}" for day in (23, 24, 25, 26, 27, 30))

WINDOW = RuleTable(
    title="What the 48 hours after the last episode of sickness cover, absent since Monday if not said otherwise",
    source=NOTE,
    columns=("last episode", "told", "rating", "session", "stands"),
    rows=(
        ("Mon 06:00", "on Monday", "GREEN", "Mon AM", "explained"),
        ("Mon 06:00", "on Monday", "GREEN", "Tue AM", "explained"),
        ("Mon 06:00", "on Monday", "GREEN", "Tue PM", "explained"),
        ("Mon 06:00", "on Monday", "GREEN", "Wed AM", "unexplained"),
        ("Mon 06:00", "on Monday", "GREEN", "Wed PM", "unexplained"),
        ("Mon 20:00", "on Monday night", "GREEN", "Wed AM", "explained"),
        ("Mon 20:00", "on Monday night", "GREEN", "Wed PM", "explained"),
        ("Mon 20:00", "on Monday night", "GREEN", "Thu AM", "unexplained"),
        ("Fri 12:00", "on Friday, absent since then", "GREEN", "Fri PM", "explained"),
        ("Fri 12:00", "on Friday, absent since then", "GREEN", "Mon AM after", "unexplained"),
        # it covers a session whose registers are due before it ends
        ("Mon 09:15", "on Monday", "GREEN", "Wed AM", "unexplained"),
        ("Mon 09:16", "on Monday", "GREEN", "Wed AM", "explained"),
        ("Mon 09:16", "on Monday", "GREEN", "Wed PM", "unexplained"),
        ("Mon 13:30", "on Monday night", "GREEN", "Wed PM", "unexplained"),
        ("Mon 13:31", "on Monday night", "GREEN", "Wed PM", "explained"),
        ("Mon 13:31", "on Monday night", "GREEN", "Thu AM", "unexplained"),
        # told on the telephone, it is the same
        ("Mon 06:00", "on Monday, in an answered call", "GREEN", "Tue AM", "explained"),
        ("Mon 06:00", "on Monday, in an answered call", "GREEN", "Wed AM", "unexplained"),
        ("Mon 20:00", "on Monday and on Tuesday", "GREEN", "Wed PM", "explained"),
        ("Mon 20:00", "on Monday and on Tuesday", "GREEN", "Thu AM", "unexplained"),
        # only with an explanation of the first day, and never on a guess
        ("none said", "on Monday", "GREEN", "Mon AM", "explained"),
        ("none said", "on Monday", "GREEN", "Tue AM", "unexplained"),
        ("none said", "on Monday, in an answered call", "GREEN", "Tue AM", "unexplained"),
        ("Mon 06:00", "on Monday, taken back", "GREEN", "Tue AM", "unexplained"),
        ("Mon 20:00", "on Tuesday, absent since then", "GREEN", "Wed PM", "explained"),
        ("Mon 20:00", "on Tuesday alone", "GREEN", "Wed AM", "unexplained"),
        # never for RED
        ("Mon 06:00", "on Monday", "AMBER", "Tue AM", "explained"),
        ("Mon 06:00", "on Monday", "AMBER", "Wed AM", "unexplained"),
        ("Mon 06:00", "on Monday", "RED", "Mon AM", "explained"),
        ("Mon 06:00", "on Monday", "RED", "Tue AM", "unexplained"),
        ("Mon 06:00", "on Monday, in an answered call", "RED", "Tue AM", "unexplained"),
        ("Mon 06:00", "on Monday", "GREEN, raised to RED on Tuesday", "Tue AM", "unexplained"),
    ),
)  # fmt: skip

CLOCKS = RuleTable(
    title="The 48 hours when the clocks change: told on Saturday of a child absent on Friday, as it stands on Monday",
    source=f"{NOTE}; the hours are hours that pass, not hours on a clock",
    columns=("last episode", "Monday morning"),
    rows=(
        ("2026-10-24 10:15", "unexplained"),
        ("2026-10-24 10:16", "explained"),
        ("2026-03-28 08:15", "unexplained"),
        ("2026-03-28 08:16", "explained"),
    ),
)

DUTIES = RuleTable(
    title="What is owed on Tuesday and Wednesday, sick until Monday 06:00 and told on Monday",
    source=f"{NOTE}; a call on the second day if it is felt to be appropriate",
    columns=("rating", "day", "mark and comment", "owed", "optional"),
    rows=(
        ("GREEN", "Tue", "I", "", "promote-return"),
        ("AMBER", "Tue", "I", "", "promote-return"),
        ("AMBER", "Tue", "I still ill", "", "promote-return"),
        ("RED", "Tue", "I", "contact-agencies face-to-face", ""),
        ("RED", "Tue", "I still ill", "contact-agencies face-to-face", ""),
        ("AMBER", "Wed", "I still ill", "daily-contact face-to-face", ""),
        ("GREEN", "Wed", "C", "daily-contact", ""),
        ("AMBER", "Wed", "C", "daily-contact face-to-face", ""),
        ("GREEN", "Wed", "N", "", ""),
    ),
)
RULES = (WINDOW, CLOCKS, DUTIES)

DAYS = {"Mon": MON, "Tue": TUE, "Wed": WED, "Thu": THU, "Fri": FRI}
SESSIONS = [(day, half) for day in (MON, TUE, WED, THU, FRI, NEXT) for half in ("AM", "PM")]
TAKEN, ASKED = {"AM": "09:10", "PM": "13:25"}, {"AM": "09:50", "PM": "13:50"}
SICK = ("--reason", "sick in the night", "--child-with", "mother")
TELLING = ("explain", "PUPIL", "--told-by", "mother", *SICK)
CALLING = ("call", "PUPIL", "--contact", "1", "--outcome", "answered", *SICK)
Week = tuple[dict[tuple[str, str], Json], dict[str, str]]  # answers by session, pages by day
PUPILS = {f"P{number:02d}": row for number, row in enumerate(WINDOW.rows, start=1)}
OWED = {f"R{number:02d}": row for number, row in enumerate(DUTIES.rows, start=1)}


def _said(pupil: str) -> list[Said]:
    """What was said of one pupil of the first table."""
    episode, told, rating, *_ = PUPILS[pupil]
    when = f"{DAYS[episode[:3]]}T{episode[4:]}" if episode[:3] in DAYS else ""
    sickness = ("--sickness", when) if when else ()
    words = (*(CALLING if "call" in told else TELLING), *sickness)
    said: list[Said] = {
        "on Monday night": [(f"{MON}T21:00", words)],
        "on Friday, absent since then": [(f"{FRI}T12:20", words)],
        "on Monday and on Tuesday": [(f"{MON}T09:30", TELLING), (f"{TUE}T08:30", words)],
        "on Tuesday, absent since then": [(f"{TUE}T08:30", words)],
        "on Tuesday alone": [(f"{TUE}T08:30", words)],
        "on Monday, taken back": [
            (f"{MON}T09:30", words), (f"{MON}T09:30", ("withdraw", "last", "--why", "the wrong child")),
        ],
    }.get(told, [(f"{MON}T09:30", words)])  # fmt: skip
    if "raised" in rating:
        said.append((f"{TUE}T08:10", ("rate", "PUPIL", "RED", "--why", "a social worker rang")))
    return [(at, tuple(pupil if word == "PUPIL" else word for word in typed)) for at, typed in said]


def _mark(pupil: str, day: str) -> str:
    """The mark and comment of a pupil on a day: N from the first day of absence on."""
    if pupil in OWED:
        _, when, words, *_ = OWED[pupil]
        return ",".join(words.split(" ", 1)) if DAYS[when] == day else "N"
    told = PUPILS[pupil][1]
    since = FRI if "Friday" in told else TUE if told.startswith("on Tuesday, absent since") else MON
    return "N" if day >= since else "/"


def _files() -> dict[str, tuple[str, list[str]]]:
    ratings = {p: row[2] for p, row in PUPILS.items()} | {p: row[0] for p, row in OWED.items()}
    flags = [f"{p},{RATED[rating.split(',')[0]]}" for p, rating in ratings.items() if rating[:5] != "GREEN"]
    phones = [f"{p},1,Jan Brennan,07700 900{n:03d}" for n, p in enumerate(ratings)]
    begun = f"{MON}T08:00"
    found = {
        "roll.csv": (begun, roll(f"{p},Ivy,Brennan,4B,2016-01-01,," for p in ratings)),
        "flags.csv": (begun, ["pupil_id,flag", *flags]),
        "contacts.csv": (begun, ["pupil_id,order,name,phone", *phones]),
    }
    for day, half in SESSIONS:
        rows = [f"{p},{day},{half},{_mark(p, day)}" for p in ratings]
        found[f"{day}-{half}.csv"] = (
            f"{day}T{TAKEN[half]}",
            ["pupil_id,date,session,mark,comment", *(row if row.count(",") > 3 else f"{row}," for row in rows)],
        )
    return found


@pytest.fixture(scope="module")
def week(tmp_path_factory: pytest.TempPathFactory) -> Week:
    """One school lived through from Monday to the Monday after: each session's answer, and each morning's page."""
    school = School(tmp_path_factory.mktemp("sick") / "school", day=MON)
    told = [(f"{MON}T09:30", (*TELLING[:1], pupil, *TELLING[2:], "--sickness", f"{MON}T06:00")) for pupil in OWED]
    said, files = [*told, *(s for pupil in PUPILS for s in _said(pupil))], _files()
    answers, pages, before = {}, {}, ""
    for day, half in SESSIONS:
        now = f"{day}T{ASKED[half]}"
        new = {name: file for name, file in files.items() if before < file[0] <= now}
        live_until(school, now, [s for s in said if before < s[0] <= now], new)
        answers[day, half] = school.reconcile(half, day=day, at=now)
        if half == "AM":
            pages[day] = school.type("reconcile", "--session", half, "--format", "text", at=now).stdout
        before = now
    return answers, pages


@pytest.mark.parametrize("pupil", PUPILS)
def test_what_the_recovery_covers(pupil: str, week: Week) -> None:
    *_, session, stands = PUPILS[pupil]
    day, half = (NEXT if session.endswith("after") else DAYS[session[:3]]), session[4:6]
    assert standing_of(week[0][day, half], pupil) == stands


@pytest.mark.parametrize("pupil", OWED)
def test_what_is_owed_inside_it_and_after_it(pupil: str, week: Week) -> None:
    _, day, _, duties, optional = OWED[pupil]
    answers, pages = week
    found = sorted(d["duty"] for d in answers[DAYS[day], "AM"]["duties"] if d["pupil_id"] == pupil)
    assert " ".join(found) == duties
    shown = [line for line in pages[DAYS[day]].splitlines() if pupil in line and "optional" in line]
    assert ["promote-return" in line for line in shown] == ([True] if optional else [])


def test_the_reason_says_when_it_ends_and_when_the_child_is_expected_back(week: Week) -> None:
    because = pupil_in(week[0][TUE, "AM"], "P02")["because"]
    assert "06:00" in because and "Wed 25 Nov 2026 AM" in because


@pytest.mark.parametrize(("episode", "stands"), CLOCKS.rows)
def test_the_hours_that_pass_count(episode: str, stands: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    saturday, at = episode.split()
    friday, monday = ("2026-10-23", "2026-10-26") if saturday > "2026-06" else ("2026-03-27", "2026-03-30")
    calendar = f'[[terms]]\nname = "A term"\nfirst = "{friday}"\nlast = "{monday}"\n'
    school = School(tmp_path_factory.mktemp("clock") / "school", calendar=calendar, day=monday)
    school.drop("roll.csv", roll(["P1,Ivy,Brennan,4B,2016-01-01,,"]))
    school.drop("register.csv", ["pupil_id,date,session,mark", f"P1,{friday},AM,N", f"P1,{monday},AM,N"])
    school.take_in(at=f"{friday}T09:10")
    words = ("explain", "P1", "--told-by", "mother", *SICK, "--day", friday, "--sickness", f"{saturday}T{at}")
    school.say(*words, at=f"{saturday}T12:00")
    assert standing_of(school.reconcile(at=f"{monday}T09:20"), "P1") == stands

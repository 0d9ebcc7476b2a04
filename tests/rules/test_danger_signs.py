"""A sign of danger on the telephone: an alert until the child is seen, or somebody says where it is."""

from collections.abc import Callable

import pytest

from rules.ratings import flags, ids_of, named, plain_roll
from rules.school import DAY, School, register
from rules.table import RuleTable

RULES = RuleTable(
    title="How long a sign of danger is an alert: said at 09:10 on Tuesday 24 November 2026",
    source="Guidance, steps 5 and 10: take action without delay where safety is at risk",
    columns=("said", "what came after it", "asked at", "is an alert"),
    rows=(
        ("thought-in-school", "", "Tue 09:40", "yes"),
        ("does-not-know-where", "", "Tue 09:40", "yes"),
        # nobody has seen the child, and nobody says where it is
        ("thought-in-school", "another number does not answer", "Tue 09:40", "yes"),
        ("thought-in-school", "another adult knows", "Tue 09:40", "yes"),
        ("thought-in-school", "a note", "Tue 09:40", "yes"),
        ("thought-in-school", "an agency told", "Tue 09:40", "yes"),
        ("thought-in-school", "not found", "Tue 09:40", "yes"),
        ("thought-in-school", "rated RED", "Tue 09:40", "yes"),
        # the child was seen
        ("thought-in-school", "found", "Tue 09:40", "no"),
        ("does-not-know-where", "signed in", "Tue 09:40", "no"),
        ("does-not-know-where", "seen at home", "Tue 09:40", "no"),
        ("does-not-know-where", "seen by video", "Tue 09:40", "no"),
        ("thought-in-school", "seen in school", "Tue 09:40", "no"),
        # somebody says where the child is
        ("thought-in-school", "explained", "Tue 09:40", "no"),
        ("does-not-know-where", "answered", "Tue 09:40", "no"),
        # taken back
        ("thought-in-school", "taken back", "Tue 09:40", "no"),
        ("thought-in-school", "explained; taken back", "Tue 09:40", "yes"),
        ("thought-in-school", "found; taken back", "Tue 09:40", "yes"),
        ("thought-in-school", "seen at home; taken back", "Tue 09:40", "yes"),
        # written down later, of a time before it
        ("thought-in-school", "found at 08:50", "Tue 09:40", "yes"),
        ("thought-in-school", "seen in school at 08:50", "Tue 09:40", "yes"),
        # of another day
        ("thought-in-school", "explained, of Monday", "Tue 09:40", "yes"),
        ("thought-in-school", "answered, of Monday", "Tue 09:40", "yes"),
        ("thought-in-school", "explained, of Wednesday", "Tue 09:40", "yes"),
        ("does-not-know-where", "seen at home, of Monday", "Tue 09:40", "yes"),
        # in the afternoon, and on the next day
        ("thought-in-school", "", "Tue 13:40", "yes"),
        ("thought-in-school", "found", "Tue 13:40", "no"),
        ("does-not-know-where", "signed in", "Tue 13:40", "no"),
        ("does-not-know-where", "explained", "Tue 13:40", "no"),
        ("does-not-know-where", "", "Wed 09:40", "yes"),
        ("does-not-know-where", "seen at home", "Wed 09:40", "no"),
        ("does-not-know-where", "explained", "Wed 09:40", "no"),
    ),
)  # fmt: skip
MONDAY, WEDNESDAY = "2026-11-23", "2026-11-25"
ASKED = {"Tue 09:40": (DAY, "09:40"), "Tue 13:40": (DAY, "13:40"), "Wed 09:40": (WEDNESDAY, "09:40")}
After = Callable[[School, str], object]


def _said(command: str, *words: str) -> After:
    return lambda school, pupil: school.say(command, pupil, *words, at="09:20")


EXPLAINED = ("--told-by", "father", "--reason", "a cold", "--child-with", "father, at home")
ANSWERED = ("--contact", "1", "--outcome", "answered", "--no-reason", "--child-with", "father, at home")
AFTER: dict[str, After] = {
    "another number does not answer": _said("call", "--contact", "2", "--outcome", "no-answer"),
    "another adult knows": _said("call", "--contact", "2", "--outcome", "other-adult-knows"),
    "a note": _said("note", "--text", "left home at eight"),
    "an agency told": _said("inform", "--agency", "social care"),
    "rated RED": _said("rate", "RED", "--why", "not in school, and not at home"),
    "not found": _said("check", "--not-found"),
    "found": _said("check", "--found"),
    "found at 08:50": _said("check", "--found", "--at", f"{DAY}T08:50"),
    "seen at home": _said("seen", "--how", "home", "--without-parent"),
    "seen at home, of Monday": _said("seen", "--how", "home", "--without-parent", "--day", MONDAY, "--session", "PM"),
    "seen by video": _said("seen", "--how", "video", "--with-parent"),
    "seen in school": _said("seen", "--how", "school", "--without-parent"),
    "seen in school at 08:50": _said("seen", "--how", "school", "--without-parent", "--at", f"{DAY}T08:50"),
    "explained": _said("explain", *EXPLAINED),
    "explained, of Monday": _said("explain", *EXPLAINED, "--day", MONDAY),
    "explained, of Wednesday": _said("explain", *EXPLAINED, "--day", WEDNESDAY),
    "answered": _said("call", *ANSWERED),
    "answered, of Monday": _said("call", *ANSWERED, "--day", MONDAY),
    "taken back": lambda school, _: school.say("withdraw", "last", "--why", "the wrong child", at="09:25"),
    "signed in": lambda _school, _pupil: None,  # in the lates that come in at 09:20
}


@pytest.fixture(scope="module")
def alerts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[tuple[str, str]]]:
    """The alerts at each moment asked for, of one school in which each row is a pupil."""
    rows = dict(zip(ids_of(RULES), RULES.rows, strict=True))
    school = School(tmp_path_factory.mktemp("danger") / "school")
    school.drop("roll.csv", plain_roll(rows))
    school.drop("flags.csv", flags({"P00": "ehcp"}))
    school.drop("register.csv", register([(pupil, "N") for pupil in rows]))
    numbers = (f"{p},{n},Sky Moss,07700 900{300 + n}" for p in rows for n in (1, 2))
    school.drop("contacts.csv", ["pupil_id,order,name,phone", *numbers])
    school.take_in(at="08:50")
    for pupil, row in rows.items():
        danger = school.type("call", pupil, "--contact", "1", "--outcome", row[0], "--by", "A. Officer", at="09:10")
        assert danger.exit_code == 11, danger.stderr
        for after in filter(None, row[1].split("; ")):
            AFTER[after](school, pupil)
    signed = [f"{pupil},{DAY},09:15" for pupil, row in rows.items() if row[1] == "signed in"]
    school.drop("lates.csv", ["pupil_id,date,time_in", *signed])
    school.take_in(at="09:20")
    return {asked: _alerts(school, *moment) for asked, moment in ASKED.items()}


def _alerts(school: School, day: str, at: str) -> set[tuple[str, str]]:
    answer = school.reconcile("AM" if at < "12:00" else "PM", at=f"{day}T{at}", day=day)
    return {(alert["pupil_id"], alert["alert"]) for alert in answer["alerts"]}


@pytest.mark.parametrize("pupil", ids_of(RULES), ids=named(RULES))
def test_a_sign_of_danger_is_an_alert_until_the_child_is_seen_or_explained(
    pupil: str, alerts: dict[str, set[tuple[str, str]]]
) -> None:
    said, _, asked, is_alert = RULES.rows[ids_of(RULES).index(pupil)]
    assert ((pupil, said) in alerts[asked]) is (is_alert == "yes")

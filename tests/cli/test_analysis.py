"""Weeks and terms at the door: what the office reads and saves, and what only those who lead safeguarding do."""

import csv
import io
import re
from pathlib import Path

import pytest

from at_a_terminal import POSIX, Terminal
from builders import DAY, a_roll, a_school, lines, run
from calling import ANSWER, Child, mobile, rung
from escalating import OFFICER, VISITOR, WITH_PARENT, at, go
from weeks import facts_for_leads, for_leads, weeks

SPAN = ("report", "analysis", "--from", DAY, "--to", DAY)
NAMES = ("Heath", "Moss", "Reed", "Wren", "Yarrow", "Sorrel")
CHILDREN = tuple(
    Child(
        f"P{n}", name, "Hollow", mark="N" if n < 3 else "/", household="H1" if n < 2 else "",
        contacts=((f"Kin{n}", mobile(1 if n < 2 else n)),), flags=("s47",) if n == 0 else (),
    )
    for n, name in enumerate(NAMES)
)  # fmt: skip


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three absent of six: two of one family, rung together in vain and one of them visited; the third answered for."""
    school = rung(tmp_path_factory.mktemp("weeks"), CHILDREN)
    go(school, "call", "P0", "P1", "--contact", "1", "--outcome", "no-answer", *OFFICER, now="09:30")
    go(school, "call", "P2", "--contact", "1", *ANSWER, *OFFICER, now="09:40")
    go(school, "call", "P1", "--contact", "1", "--outcome", "engaged", *OFFICER, now="09:50")
    go(school, "withdraw", "last", "--why", "the wrong child", *OFFICER, now="09:51")
    go(school, "visit", "P0", *WITH_PARENT, *VISITOR, now="11:00")
    go(school, "review", "--present", "H. Head", *OFFICER, now="10:40")
    return school


def test_what_a_head_teacher_reads_first(day: Path) -> None:
    said = run(day, *SPAN, now=at("12:15")).out
    first = said.partition("What this says")[2].partition("\n\n")[0]
    assert "Absence: 50.0 % of possible sessions (authorised 0.0 %, unauthorised 50.0 %)" in first
    assert "in England, 2023/24: all schools 7.1 %, primary 5.5 %" in first
    assert "Calls: 2 rings, 50.0 % answered." in first
    assert (
        "within an hour where the child was: 1 of 3 times on the list (33.3 %); the middle one after 20 minutes."
        in first
    )
    assert "calls 100.0 %, texts 0.0 %, visits at once 100.0 %, daily review 0.0 %" in first
    assert "1 pupil had an absence that nobody has explained, 0 of them three or more." in first


def test_the_office_is_told_of_nobody(day: Path) -> None:
    for form in ("text", "json", "csv"):
        said = run(day, *SPAN, "--format", form, now=at("15:00")).out
        told = [word for word in (*NAMES, "Hollow", "Kin", *(child.pupil for child in CHILDREN)) if word in said]
        assert told == [], form


def test_the_shape_is_kept_and_says_of_which_moment_it_is(day: Path) -> None:
    found = weeks(day, DAY, DAY, now=at("15:00"))
    assert list(found)[:5] == ["schema", "school", "as_of", "from", "to"]
    assert (found["schema"], found["as_of"]) == ("firstday/analysis/1", f"{DAY}T15:00:00+00:00")
    assert {"label", "possible", "attended", "authorised", "unauthorised", "unmarked"} <= found["by_week"][0].keys()
    assert found["visits"] == [{"found": "child seen, a parent there", "visits": 1}]
    assert found["unexplained_absences"] == {"1": 1, "2": 0, "3_or_more": 0}
    assert found["national"]["rates"][0] == {"schools": "all schools", "absence": 7.1, "authorised": 4.7}


def test_texts_are_counted_by_family_and_everything_else_by_child(day: Path) -> None:
    due = {line["what"]: line["due"] for line in weeks(day, DAY, DAY, now=at("12:15"))["deadlines"]}
    assert due == {"calls": 3, "texts": 2, "visits at once": 1, "visits after the calls": 0, "daily review": 1}


def test_ratings_of_few_pupils_stand_together_where_the_office_reads(day: Path) -> None:
    office, leads = (ask(day, DAY, DAY, now=at("15:00"))["by_rating"] for ask in (weeks, facts_for_leads))
    assert [(line["label"], line["pupils"]) for line in office] == [("RED, GREEN", 6)]
    assert [(line["label"], line["pupils"]) for line in leads] == [("RED", 1), ("GREEN", 5)]


def test_the_table_for_another_program_counts_pupils_and_names_none(day: Path, tmp_path: Path) -> None:
    saved = tmp_path / "weeks.csv"
    assert run(day, *SPAN, "-o", str(saved), now=at("15:00")).code == 0
    rows = list(csv.reader(io.StringIO(saved.read_text(encoding="utf-8-sig"))))
    assert rows == [
        ["day", "week", "session", "group", "class", "pupils"],
        [DAY, DAY, "AM", "4B", "present", "3"],
        [DAY, DAY, "AM", "4B", "unauthorised absence", "3"],
    ]


def test_a_page_for_safeguarding_has_each_pupil(day: Path) -> None:
    now = at("15:00")
    assert "! FOR SAFEGUARDING" in for_leads(day, DAY, DAY, "text", now=now)
    rows = list(csv.reader(io.StringIO(for_leads(day, DAY, DAY, "csv", now=now))))
    heading = rows.index(["day", "week", "session", "pupil_id", "name", "group", "rating", "class"])
    assert rows[heading + 1] == [DAY, DAY, "AM", "P0", "Heath Hollow", "4B", "RED", "unauthorised absence"]
    assert len(rows) - heading - 1 == len(CHILDREN)
    found = facts_for_leads(day, DAY, DAY, now=now)["unexplained_absences"]
    assert found["pupils"] == [{"pupil_id": "P1", "absences": 1}]


def test_charts_are_drawn_of_the_tables_numbers(day: Path) -> None:
    page = for_leads(day, DAY, DAY, "html", now=at("15:00"))
    charts = re.findall(r"<svg .*?<title [^>]*>(.*?)</title><desc [^>]*>(.*?)</desc>(.*?)</svg>", page)
    assert {title for title, _, _ in charts} == {
        *(f"Absence by {by}" for by in ("week", "group", "weekday", "rating")),
        "Calls by hour", "Calls by contact of the list",
    }  # fmt: skip
    for title, described, drawn in charts:
        assert ("primary 5.5 %" in drawn) == title.startswith("Absence")
        assert described.endswith(".")


def test_what_is_not_known_is_a_dash_and_never_nought(tmp_path: Path) -> None:
    school = a_school(tmp_path, {"roll.csv": a_roll()})
    assert run(school, "ingest").code in (0, 12)
    said = run(school, *SPAN, now=at("15:00"))
    assert "No register of these days was taken in: nothing is known of attendance." in said.out
    assert "Calls: none was written down." in said.out
    assert "! No register was taken in of 1 of 1 school day: they count nowhere." in said.out
    assert "0.0 %" not in said.out.replace("13.0 %", "")
    found = weeks(school, DAY, DAY, now=at("15:00"))
    assert (found["overall"]["absence"], found["calls"]["answer_rate"]) == (None, None)
    assert (found["first_contact"]["median_minutes"], found["first_contact"]["share_within_an_hour"]) == (None, None)
    assert {line["share_in_time"] for line in found["deadlines"]} == {None}
    assert set(found["contact_lists"]["gaps"].values()) == {None}


def test_a_day_read_later_says_nothing_of_what_was_in_time(tmp_path: Path) -> None:
    school = a_school(tmp_path)
    assert run(school, "ingest", now="2026-11-24T09:00").code in (0, 12)
    found = weeks(school, DAY, DAY, now="2026-11-24T12:00")
    assert found["days"] == {"school_days": 1, "with_a_register": 1, "read_on_the_day": 0}
    assert (found["overall"]["possible"], found["overall"]["unauthorised"]) == (3, 1)
    assert {line["due"] for line in found["deadlines"]} == {0}
    assert "came in later" in run(school, *SPAN, now="2026-11-24T12:00").out


def test_a_rating_is_that_of_the_last_day(tmp_path: Path) -> None:
    flags = lines("pupil_id,flag,since", "P001,s47,2026-11-24")
    school = a_school(tmp_path)
    (school / "inbox" / "flags.csv").write_text(flags, encoding="utf-8")
    assert run(school, "ingest").code in (0, 12)
    for last, ratings in ((DAY, {"GREEN"}), ("2026-11-24", {"RED", "GREEN"})):
        found = facts_for_leads(school, DAY, last, now="2026-11-24T12:00")
        assert found["rated_on"] == last
        assert {line["label"] for line in found["by_rating"]} == ratings


@POSIX
def test_a_long_stretch_says_on_a_terminal_how_far_it_is(day: Path) -> None:
    with Terminal(day, "report", "analysis", "--from", "2026-11-16", "--to", DAY, now=at("15:00")) as terminal:
        terminal.waits_for("looking at 2026-11-16: day 1 of 6")
        terminal.waits_for("What this says")
    assert "looking at" not in run(day, *SPAN, now=at("15:00")).err


def test_a_groups_name_with_a_comma_stands_alone_nowhere_where_it_is_small(tmp_path: Path) -> None:
    groups = {"Ash": 6, "Oak": 6, "Year 1, Oak": 2, "Year 1": 3}
    pupils = [(f"P{n}", group) for n, group in enumerate(g for g, many in groups.items() for _ in range(many))]
    roll = lines("pupil_id,forename,surname,group", *(f'{pupil},Ivy,Ward{pupil},"{group}"' for pupil, group in pupils))
    marks = lines(
        "pupil_id,date,session,mark", *(f"{pupil},{DAY},AM,{'O' if ',' in group else '/'}" for pupil, group in pupils)
    )
    school = a_school(tmp_path, {"roll.csv": roll, "register.csv": marks})
    run(school, "ingest", now=at("09:20"))
    rows = list(csv.reader(io.StringIO(run(school, *SPAN, "--format", "csv", now=at("12:00")).out)))
    together = "Year 1, Year 1, Oak"
    assert sorted((row[3], row[4], row[5]) for row in rows[1:]) == [
        ("Ash", "present", "6"), ("Oak", "present", "6"), (together, "present", "3"),
        (together, "unauthorised absence", "2"),
    ]  # fmt: skip

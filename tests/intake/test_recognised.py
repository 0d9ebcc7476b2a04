"""Which export a file is: exactly one layout, or an error that says what each near one lacks."""

from pathlib import Path

import pytest

from builders import a_register, a_roll, a_school, dump, ids, lines, reconcile, run

FITS = {
    "roll": lines("pupil_id,forename,surname", "P001,Ivy,Brennan"),
    "contacts": lines("pupil_id,order,name,phone", "P001,1,Ann Brennan,07700 900101"),
    "register": lines("pupil_id,date,session,mark", "P001,2026-11-23,AM,N"),
    "lates": lines("pupil_id,date,time_in", "P001,2026-11-23,09:02"),
    "messages": lines("received_at,text", "2026-11-23T08:05:00+00:00,off today"),
    "planned": lines("pupil_id,from_date,to_date,code", "P001,2026-11-23,2026-11-23,C"),
    "flags": lines("pupil_id,flag", "P001,social-worker"),
    "calls": lines("pupil_id,contact,outcome,at", "P001,1,,"),
}


@pytest.mark.parametrize("kind", FITS)
def test_the_columns_that_must_be_there_are_enough(tmp_path: Path, kind: str) -> None:
    school = a_school(tmp_path, {f"{kind}.csv": FITS[kind]})
    file = run(school, "ingest", "--format", "json").json["files"][0]
    assert (file["kind"], file["profile"], file["rows_read"], file["rows_refused"]) == (kind, "firstday", 1, 0)


@pytest.mark.parametrize("kind", FITS)
def test_the_kind_may_be_forced_and_is_still_the_same(tmp_path: Path, kind: str) -> None:
    school = a_school(tmp_path, {f"{kind}.csv": FITS[kind]})
    forced = run(school, "ingest", "--as", kind, "--profile", "firstday", "--format", "json")
    assert (forced.code, forced.json["files"][0]["kind"]) == (0, kind)


MISSING = [(kind, place) for kind, text in FITS.items() for place in range(len(text.splitlines()[0].split(",")))]


@pytest.mark.parametrize(("kind", "place"), MISSING, ids=str)
def test_without_one_of_them_the_file_is_refused_and_the_lack_is_named(tmp_path: Path, kind: str, place: int) -> None:
    heading, row = (line.split(",") for line in FITS[kind].splitlines())
    gone = heading.pop(place)
    row.pop(place)
    school = a_school(tmp_path, {"export.csv": lines(",".join(heading), ",".join(row))})
    ended = run(school, "ingest")
    assert ended.code == 20
    assert all(word in ended.err for word in ("export.csv", *heading, gone))
    assert dump(school) == ()


def test_a_file_of_nothing_known_says_so(tmp_path: Path) -> None:
    school = a_school(tmp_path, {"menu.csv": lines("Dish,Price", "Soup,2.10")})
    ended = run(school, "ingest")
    assert ended.code == 20
    assert ended.err.count("\n") == 1
    assert "menu.csv" in ended.err


BOTH = lines("pupil_id,flag,from_date,to_date,code", "P001,social-worker,2026-11-23,2026-11-23,C")


def test_a_file_that_fits_two_layouts_is_refused_with_its_headings_and_the_mend(tmp_path: Path) -> None:
    school = a_school(tmp_path, {"both.csv": BOTH})
    ended = run(school, "ingest")
    assert ended.code == 20
    for word in ("both.csv", "flags", "planned", "from_date", "--as"):
        assert word in ended.err
    assert dump(school) == ()


def test_the_kind_named_decides_between_two_layouts(tmp_path: Path) -> None:
    school = a_school(tmp_path, {"both.csv": BOTH})
    assert run(school, "ingest", "--as", "planned", "--format", "json").json["files"][0]["kind"] == "planned"


OWN = """\
title = "Gate list"

[[exports]]
holds = ["lates"]
needs = ["pupil_id", "date", "time_in"]
[exports.columns]
pupil_id = ["Badge"]
date = ["Day"]
time_in = ["Gate"]
"""


def test_a_schools_own_profile_is_used(tmp_path: Path) -> None:
    files = {
        "roll.csv": a_roll(),
        "register.csv": a_register(),
        "gate.csv": lines("Gate,Day,Badge", "9.02,23/11/2026,P001"),
    }
    school = a_school(tmp_path, files)
    (school / "profiles").mkdir()
    (school / "profiles" / "gate.toml").write_text(OWN, encoding="utf-8")
    assert ids(reconcile(school)) == []


def test_two_profiles_that_fit_one_file_are_refused(tmp_path: Path) -> None:
    school = a_school(tmp_path, {"gate.csv": lines("Gate,Day,Badge", "9.02,23/11/2026,P001")})
    (school / "profiles").mkdir()
    for name in ("east", "west"):
        (school / "profiles" / f"{name}.toml").write_text(OWN, encoding="utf-8")
    ended = run(school, "ingest")
    assert (ended.code, "east" in ended.err, "west" in ended.err) == (20, True, True)
    assert dump(school) == ()
    assert run(school, "ingest", "--profile", "east").code == 0


BAD_PROFILES = {
    "broken": ("title = ", "gate.toml"),
    "a key that is not known": (OWN + 'colour = ["x"]\n', "colour"),
    "a meaning that is not known": (OWN + 'house = ["House"]\n', "house"),
    "a kind that is not known": (OWN.replace('"lates"', '"dinners"'), "dinners"),
    "a wrong type": (OWN.replace('"Gate list"', "3"), "title"),
}


@pytest.mark.parametrize("case", BAD_PROFILES)
def test_a_profile_that_is_not_valid_is_named(tmp_path: Path, case: str) -> None:
    text, word = BAD_PROFILES[case]
    school = a_school(tmp_path)
    (school / "profiles").mkdir()
    (school / "profiles" / "gate.toml").write_text(text, encoding="utf-8")
    ended = run(school, "ingest")
    assert ended.code == 21
    assert "gate.toml" in ended.err
    assert word in ended.err
    assert dump(school) == ()


@pytest.mark.parametrize(
    "option", [("--as", "dinners"), ("--profile", "nowhere"), ("--as", "roll", "--profile", "nowhere")]
)
def test_a_kind_or_profile_that_there_is_none_of_is_a_mistyped_command(school: Path, option: tuple[str, ...]) -> None:
    ended = run(school, "ingest", *option)
    assert ended.code == 2
    assert option[1] in ended.err or option[-1] in ended.err
    assert dump(school) == ()


def test_a_register_is_one_whatever_else_it_carries(tmp_path: Path) -> None:
    wide = lines(
        "pupil_id,forename,surname,flag,text,received_at,time_in,date,session,mark",
        "P001,Ivy,Brennan,x,y,z,09:02,2026-11-23,AM,N",
    )
    school = a_school(tmp_path, {"register.csv": wide})
    assert run(school, "ingest", "--format", "json").json["files"][0]["kind"] == "register"

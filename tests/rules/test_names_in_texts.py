"""How a text names children, and the batch of texts as a texting service takes it."""

import csv
import io
import json
from collections.abc import Iterable
from pathlib import Path

import pytest

from rules.school import School, register
from rules.table import RuleTable

RULES = RuleTable(
    title="How a text names the children, by what the school has chosen in its policy",
    source="Millbrook, texts by 10:00; no more of a name than is needed, for a telephone may be shared",
    columns=("children, all of one family and absent", "first", "full", "none"),
    rows=(
        ("Ivy Brennan", "Ivy", "Ivy Brennan", "your child"),
        ("Isabel Brennan, called Izzy", "Izzy", "Izzy Brennan", "your child"),
        ("Ivy Brennan; Tom Ward", "Ivy and Tom", "Ivy Brennan and Tom Ward", "your children"),
        ("Ivy Moss; Tom Moss; Zoë Moss", "Ivy, Tom and Zoë", "Ivy Moss, Tom Moss and Zoë Moss", "your children"),
    ),
)

FORMS = ("first", "full", "none")
HEADING = "pupil_id,forename,surname,preferred_forename,household_id,group"


def _page(school: School, *, at: str = "09:50", form: str = "json") -> str:
    said = school.type("report", "texts", "--format", form, at=at)
    assert said.exit_code == 0, said.stderr
    return said.stdout


def _small(folder: Path, people: Iterable[str], **more: str) -> School:
    """A school of these pupils (id, forename, surname, preferred forename, household), all marked N."""
    school, rows = School(folder, **more), list(people)
    phones = {row.split(",")[0]: f"07700 900{int(row[1]):03d}" for row in rows}
    school.drop("roll.csv", [HEADING, *(f"{row},4B" for row in rows)])
    school.drop("contacts.csv", ["pupil_id,order,name,phone", *(f"{p},1,Jo Fell,{n}" for p, n in phones.items())])
    school.drop("register.csv", register([(p, "N") for p in phones]))
    school.take_in(at="09:10")
    return school


def _person(family: int, place: int, words: str) -> str:
    name, _, called = words.partition(", called ")
    return f"F{family}{place},{','.join(name.split())},{called},H{family}"


@pytest.fixture(scope="module")
def named(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """The words of every family's text, for each way of naming that a policy may choose."""
    people = [_person(f, n, w) for f, row in enumerate(RULES.rows) for n, w in enumerate(row[0].split("; "))]
    school, found = _small(tmp_path_factory.mktemp("names") / "school", people), {}
    for form in FORMS:
        policy = f'[school]\nname = "Invented School"\n[sheets]\nname_in_texts = "{form}"\n'
        (school.folder / "policy.toml").write_text(policy, encoding="utf-8")
        found[form] = [text["text"] for text in json.loads(_page(school))["texts"]]
    return found


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("row", range(len(RULES.rows)))
def test_how_a_text_names_the_children(row: int, form: str, named: dict[str, list[str]]) -> None:
    words = RULES.rows[row][1 + FORMS.index(form)]
    assert f"no message about {words}, not in school today" in named[form][row]


HARM = ("=cmd|x", "+cmd", "-cmd", "@cmd", "“Fell, Moss”")


@pytest.mark.parametrize("name", HARM)
def test_no_cell_of_the_batch_runs_as_a_formula_and_a_comma_breaks_none(tmp_path: Path, name: str) -> None:
    school = _small(tmp_path / "school", ["P1,Zoë,Moss,,"])
    (school.folder / "policy.toml").write_text(f'[school]\nname = "{name}"\n', encoding="utf-8")
    heading, (phone, words) = csv.reader(io.StringIO(_page(school, form="csv"), newline=""))
    assert (heading, phone) == (["phone number", "message"], "07700 900001")
    assert words.removeprefix("'").startswith(f"{name}: ") and "Zoë" in words
    assert not words.startswith(("=", "+", "-", "@"))


def test_a_file_of_the_batch_is_the_same_in_utf_8_and_names_no_child_in_what_is_said(tmp_path: Path) -> None:
    school, target = _small(tmp_path / "school", ["P1,Zoë,Moss,,"]), tmp_path / "batch.csv"
    said = school.type("report", "texts", "-o", str(target), at="09:50")
    assert (said.exit_code, said.stdout) == (0, "") and "Zoë" not in said.stderr
    assert target.read_bytes().decode("utf-8-sig") == _page(school, form="csv")


def test_an_empty_batch_is_its_headings(tmp_path: Path) -> None:
    school = _small(tmp_path / "school", ["P1,Ivy,Moss,,"])
    school.say("check", "P1", "--found", at="09:30")
    assert _page(school, form="csv").splitlines() == ["phone number,message"]


def test_nobody_is_texted_on_a_day_without_school(tmp_path: Path) -> None:
    school = _small(tmp_path / "school", ["P1,Ivy,Moss,,"])
    school.say("close", "--why", "the boiler has failed", at="09:30")
    answer = json.loads(_page(school))
    assert (answer["texts"], answer["without"]) == ([], [])


def test_a_text_closes_nothing_and_is_no_try(tmp_path: Path) -> None:
    school = _small(tmp_path / "school", ["P1,Ivy,Moss,,", "P2,Tom,Ward,,"])
    for pupil, words in (("P1", ("text", "P1")), ("P2", ("call", "P2", "--contact", "1", "--outcome", "text-sent"))):
        school.say(*words, at="09:30")
        sheet = json.loads(school.type("report", "call-sheet", "--format", "json", at="09:50").stdout)
        child = next(c for card in sheet["cards"] for c in card["children"] if c["pupil_id"] == pupil)
        assert (child["round"], child["complete_rounds"], child["contacts"][0]["ring_now"]) == (1, 0, True)
    assert [row["pupil_id"] for row in school.reconcile(at="09:50")["unexplained"]] == ["P1", "P2"]


def test_a_family_texted_in_the_morning_is_not_texted_again_in_the_afternoon(tmp_path: Path) -> None:
    school = _small(tmp_path / "school", ["P1,Ivy,Moss,,", "P2,Tom,Ward,,"])
    school.say("text", "P1", at="09:30")
    school.drop("afternoon.csv", register([("P1", "N"), ("P2", "N")], session="PM"))
    school.take_in(at="13:20")
    answer = json.loads(_page(school, at="13:40"))
    assert [text["pupil_ids"] for text in answer["texts"]] == [["P2"]]
    assert [text["pupil_ids"] for text in answer["sent"]] == [["P1"]]

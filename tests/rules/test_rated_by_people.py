"""Ratings that people give: who may raise and who may lower, how long it holds, and who reads the reasons."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from rules.ratings import flags, plain_roll, ratings
from rules.school import Json, Said, School, register
from rules.table import RuleTable

DONE, REFUSED, MISTYPED = "done", "refused", "mistyped: a rating holds from today"
MONDAY, TUESDAY = "2026-11-23", "2026-11-24"
COLUMNS = ("flags on Monday", "said on Monday", "flags on Tuesday", "said on Tuesday", "the last of it", "rating")
SOURCE = "Millbrook, authorisation from the headteacher; professional judgement beside the criteria"
HEAD = "authorised by H. Head"
NAMED_HERE = """
[people]
headteacher = "H. Head"
safeguarding_leads = ["D. Lead", "E. Deputy"]
"""

NOBODY_NAMED = RuleTable(
    title="Ratings by people, in a school whose settings name nobody",
    source=SOURCE,
    columns=COLUMNS,
    rows=(
        # anybody may raise
        ("", "AMBER by A. Officer", "same", "", DONE, "AMBER"),
        ("", "RED by A. Officer", "same", "", DONE, "RED"),
        ("ewo", "RED by A. Officer", "same", "", DONE, "RED"),
        ("social-worker", "RED by A. Officer", "same", "", DONE, "RED"),
        # a raising holds, whatever the flags say
        ("", "RED by A. Officer", "ewo", "", DONE, "RED"),
        ("", "AMBER by A. Officer", "looked-after", "", DONE, "RED"),
        ("social-worker", "RED by A. Officer", "social-worker until 2026-11-23", "", DONE, "RED"),
        # lowering AMBER
        ("ewo", "GREEN by A. Officer", "same", "", DONE, "GREEN"),
        ("", "AMBER by A. Officer; GREEN by B. Clerk", "same", "", DONE, "GREEN"),
        # leaving RED takes the headteacher's name
        ("social-worker", "AMBER by A. Officer", "same", "", REFUSED, "RED"),
        ("social-worker", "GREEN by A. Officer", "same", "", REFUSED, "RED"),
        ("social-worker", f"AMBER by A. Officer, {HEAD}", "same", "", DONE, "AMBER"),
        ("social-worker", f"GREEN by A. Officer, {HEAD}", "same", "", DONE, "GREEN"),
        ("", "RED by A. Officer; GREEN by A. Officer", "same", "", REFUSED, "RED"),
        ("", "RED by A. Officer; AMBER by B. Clerk", "same", "", REFUSED, "RED"),
        ("", f"RED by A. Officer; AMBER by B. Clerk, {HEAD}", "same", "", DONE, "AMBER"),
        ("social-worker until 2026-11-23", "", "same", "GREEN by A. Officer", REFUSED, "RED"),
        ("social-worker until 2026-11-23", "", "same", f"GREEN by A. Officer, {HEAD}", DONE, "GREEN"),
        # from a lowered AMBER to GREEN, while the flags still say RED
        ("social-worker", f"AMBER by A. Officer, {HEAD}", "same", "GREEN by A. Officer", REFUSED, "AMBER"),
        ("social-worker", f"AMBER by A. Officer, {HEAD}", "same", f"GREEN by A. Officer, {HEAD}", DONE, "GREEN"),
        ("social-worker", f"GREEN by A. Officer, {HEAD}", "same", "AMBER by A. Officer", DONE, "AMBER"),
        # the same fact again raises nobody; a fact that was not there does
        ("social-worker", f"GREEN by A. Officer, {HEAD}", "left out", "", DONE, "GREEN"),
        ("social-worker", f"GREEN by A. Officer, {HEAD}", "social-worker until 2026-11-23", "", DONE, "GREEN"),
        ("social-worker", f"GREEN by A. Officer, {HEAD}", "social-worker; looked-after", "", DONE, "RED"),
        ("social-worker", f"GREEN by A. Officer, {HEAD}", "social-worker; ewo", "", DONE, "AMBER"),
        ("social-worker", f"AMBER by A. Officer, {HEAD}", "social-worker; ewo", "", DONE, "AMBER"),
        ("social-worker", f"GREEN by A. Officer, {HEAD}", "social-worker; ehcp", "", DONE, "GREEN"),
        ("ewo", "GREEN by A. Officer", "ewo; young-carer", "", DONE, "AMBER"),
        # until the review date, and that day included
        ("social-worker", f"AMBER by A. Officer, {HEAD}, review 2026-11-24", "same", "", DONE, "AMBER"),
        ("social-worker", f"AMBER by A. Officer, {HEAD}, review 2026-11-23", "same", "", DONE, "RED"),
        ("ewo", "GREEN by A. Officer, review 2026-11-23", "same", "", DONE, "AMBER"),
        ("", "RED by A. Officer, review 2026-11-23", "same", "", DONE, "RED"),
        ("", "AMBER by A. Officer, review 2026-11-23", "same", "", DONE, "AMBER"),
        # taken back
        ("", "AMBER by A. Officer; taken back by A. Officer", "same", "", DONE, "GREEN"),
        ("", "RED by A. Officer; taken back by A. Officer", "same", "", REFUSED, "RED"),
        ("", "RED by A. Officer; taken back by B. Clerk", "same", "", REFUSED, "RED"),
        ("ewo", "RED by A. Officer; taken back by A. Officer", "same", "", REFUSED, "RED"),
        ("ewo", "GREEN by A. Officer; taken back by B. Clerk", "same", "", DONE, "AMBER"),
        ("social-worker", f"GREEN by A. Officer, {HEAD}; taken back by A. Officer", "same", "", DONE, "RED"),
        (
            "social-worker", f"GREEN by A. Officer, {HEAD}; taken back by A. Officer; taken back by B. Clerk",
            "same", "", REFUSED, "RED",
        ),
        # said of a day before the raising
        ("", "RED by A. Officer", "same", "GREEN by A. Officer, of 2026-11-20", MISTYPED, "RED"),
    ),
)  # fmt: skip
SOME_NAMED = RuleTable(
    title="Ratings by people, in a school whose settings name H. Head, and D. Lead and E. Deputy for safeguarding",
    source=SOURCE,
    columns=COLUMNS,
    rows=(
        ("", "AMBER by A. Officer", "same", "", DONE, "AMBER"),
        ("", "RED by A. Officer", "same", "", DONE, "RED"),
        ("ewo", "GREEN by A. Officer", "same", "", REFUSED, "AMBER"),
        ("ewo", "GREEN by D. Lead", "same", "", DONE, "GREEN"),
        ("ewo", "GREEN by A. Officer, authorised by E. Deputy", "same", "", DONE, "GREEN"),
        ("ewo", "GREEN by A. Officer, authorised by B. Clerk", "same", "", REFUSED, "AMBER"),
        ("", "AMBER by A. Officer; GREEN by A. Officer", "same", "", REFUSED, "AMBER"),
        ("", "AMBER by A. Officer; GREEN by d. lead", "same", "", DONE, "GREEN"),
        ("social-worker", "AMBER by A. Officer", "same", "", REFUSED, "RED"),
        ("social-worker", "AMBER by D. Lead", "same", "", REFUSED, "RED"),
        ("social-worker", "AMBER by A. Officer, authorised by B. Clerk", "same", "", REFUSED, "RED"),
        ("social-worker", "AMBER by A. Officer, authorised by D. Lead", "same", "", REFUSED, "RED"),
        ("social-worker", f"AMBER by A. Officer, {HEAD}", "same", "", DONE, "AMBER"),
        ("social-worker", "AMBER by A. Officer, authorised by h. head", "same", "", DONE, "AMBER"),
        ("social-worker", f"AMBER by A. Officer, {HEAD}", "same", "GREEN by D. Lead", REFUSED, "AMBER"),
        ("social-worker until 2026-11-23", "", "same", "AMBER by D. Lead", REFUSED, "RED"),
        ("", "RED by A. Officer", "same", "AMBER by D. Lead", REFUSED, "RED"),
        ("", f"RED by A. Officer; AMBER by D. Lead, {HEAD}", "same", "GREEN by D. Lead", DONE, "GREEN"),
        ("", "RED by A. Officer; taken back by A. Officer", "same", "", REFUSED, "RED"),
        ("", "RED by A. Officer; taken back by D. Lead", "same", "", REFUSED, "RED"),
    ),
)  # fmt: skip
RULES = (NOBODY_NAMED, SOME_NAMED)
ROWS = tuple((table, number) for table in RULES for number in range(len(table.rows)))


def _pupil(number: int) -> str:
    return f"P{number:02d}"


OPTIONS = {"authorised by ": "--authorised-by", "review ": "--review", "of ": "--day"}


class Written:
    """What is said of one pupil, typed as commands, and the entry that each became."""

    def __init__(self, school: School, pupil: str) -> None:
        self.school, self.pupil, self.last = school, pupil, ""

    def say(self, words: str, at: str) -> Said:
        """Type the command for words like `AMBER by A. Officer, authorised by H. Head, review 2026-11-24`."""
        first, *more = words.split(", ")
        what, _, by = first.partition(" by ")
        typed = ["withdraw", self.last] if what == "taken back" else ["rate", self.pupil, what]
        for option in more:
            start = next(start for start in OPTIONS if option.startswith(start))
            typed += [OPTIONS[start], option.removeprefix(start)]
        said = self.school.type(*typed, "--why", "a reason", "--by", by, at=at)
        self.last = said.stderr.partition(":")[0] if said.exit_code == 0 else self.last
        return said


def _flags(rows: Sequence[tuple[str, ...]], column: int) -> list[str]:
    words = {_pupil(n): row[0] if row[column] == "same" else row[column] for n, row in enumerate(rows)}
    return flags({pupil: said for pupil, said in words.items() if said != "left out"})


def _told(table: RuleTable, folder: Path) -> Iterator[tuple[str, Json]]:
    """Each row's last answer and the rating on Tuesday, all pupils of a table in one school."""
    school = School(folder, policy=NAMED_HERE if table is SOME_NAMED else "")
    pupils = [_pupil(n) for n in range(len(table.rows))]
    people = {pupil: Written(school, pupil) for pupil in pupils}
    last: dict[str, int] = {}
    school.drop("roll.csv", plain_roll(pupils))
    for day, exported, said in ((MONDAY, 0, 1), (TUESDAY, 2, 3)):
        school.drop(f"flags-{day}.csv", _flags(table.rows, exported))
        assert school.type("ingest", at=f"{day}T08:50").exit_code == 0
        for pupil, row in zip(pupils, table.rows, strict=True):
            for words in filter(None, row[said].split("; ")):
                last[pupil] = people[pupil].say(words, f"{day}T09:00").exit_code
    found = ratings(school)
    for pupil in pupils:
        yield {0: DONE, 2: MISTYPED, 23: REFUSED}.get(last[pupil], str(last[pupil])), found[pupil]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[tuple[str, Json]]]:
    """The answers of both tables."""
    return {table.title: list(_told(table, tmp_path_factory.mktemp("people") / "school")) for table in RULES}


@pytest.mark.parametrize(
    ("table", "number"), ROWS, ids=[f"{RULES.index(t)}: {' | '.join(filter(None, t.rows[n][:4]))}" for t, n in ROWS]
)
def test_who_may_raise_and_lower(table: RuleTable, number: int, told: dict[str, list[tuple[str, Json]]]) -> None:
    answer, found = told[table.title][number]
    assert (answer, found["rating"]) == table.rows[number][4:]
    assert found["unsure"] is False


def _of(told: dict[str, list[tuple[str, Json]]], monday: str) -> Json:
    """The pupil of whom this was said on Monday, in the school that names nobody, the flags unchanged."""
    place = next(n for n, r in enumerate(NOBODY_NAMED.rows) if r[1] == monday and r[2] == "same" and not r[3])
    return told[NOBODY_NAMED.title][place][1]


def test_a_review_date_that_is_past_is_a_proposal(told: dict[str, list[tuple[str, Json]]]) -> None:
    assert _of(told, "RED by A. Officer, review 2026-11-23")["proposal"]
    assert _of(told, "RED by A. Officer")["proposal"] is None


def test_the_page_names_who_authorised_and_why(told: dict[str, list[tuple[str, Json]]]) -> None:
    found = _of(told, f"GREEN by A. Officer, {HEAD}")
    assert found["authorised_by"] == "H. Head"
    assert any("a reason" in because and "A. Officer" in because for because in found["because"])
    assert _of(told, "RED by A. Officer")["authorised_by"] is None


def test_each_pupil_has_the_promised_keys(tmp_path: Path) -> None:
    school = School(tmp_path / "school")
    school.drop("roll.csv", plain_roll(["P1"]))
    school.take_in(at="08:50")
    said = school.type("rag", "--format", "json", at="09:00")
    assert said.stdout.startswith('{\n  "schema": "firstday/rag/1"')
    assert {"pupil_id", "rating", "because", "unsure", "authorised_by", "assessment"} <= set(ratings(school)["P1"])


PAGES = (("rag",), ("reconcile",), ("why", "P1"))


@pytest.mark.parametrize("command", PAGES, ids=[words[0] for words in PAGES])
def test_the_reasons_are_for_safeguarding_alone(command: tuple[str, ...], tmp_path: Path) -> None:
    school = School(tmp_path / "school")
    school.drop("roll.csv", plain_roll(["P1", "P2"]))
    school.drop("register.csv", register([("P1", "N"), ("P2", "N")]))
    school.drop("flags.csv", flags({"P2": "young-carer"}))
    school.take_in(at="08:50")
    school.say("rate", "P1", "RED", "--why", "a secret reason", at="09:00")
    office, leads = (school.type(*command, *more, at="09:40").stdout for more in ((), ("--for", "safeguarding")))
    for reason in ("a secret reason", *(["young carer"] if command[0] != "why" else [])):
        assert reason not in office
        assert reason in leads
    assert "RED" in office
    assert "FOR SAFEGUARDING" not in office
    assert "FOR SAFEGUARDING" in leads.split("\n\n")[1]


def test_a_persons_rating_hides_no_fact_that_gives_the_same(tmp_path: Path) -> None:
    school = School(tmp_path / "school")
    school.drop("roll.csv", plain_roll(["P1"]))
    school.drop("flags.csv", flags({"P1": "looked-after"}))
    school.take_in(at="08:50")
    school.say("rate", "P1", "RED", "--why", "missing before", at="09:00")
    because = " ".join(ratings(school)["P1"]["because"])
    assert "missing before" in because
    assert "looked-after child" in because

"""What a register may now need: children seen in school who are not marked so, and the other way round."""

from collections.abc import Mapping

import pytest

from rules.looks import sheets_of
from rules.ratings import ids_of, named
from rules.school import Json
from rules.table import RuleTable

RULES = RuleTable(
    title="What a register may now need; it closes at 09:15, in the afternoon at 13:30",
    source="Guidance, step 4: ensure information on registers is accurate; School Attendance (Pupil Registration) "
    "(England) Regulations 2024: L and U. A person enters it in the information system",
    columns=("the register has", "what was seen", "asked at", "it may now need"),
    rows=(
        # a sign-in says by itself when the child came
        ("N", "signed in 09:05", "10:30", "L"),
        ("N", "signed in 09:14", "10:30", "L"),
        ("N", "signed in 09:15", "10:30", "U"),
        ("N", "signed in 09:40", "10:30", "U"),
        ("O", "signed in 09:40", "10:30", "U"),
        ("N", "signed in 09:40; found 10:00", "10:30", "U"),
        ("N", "signed in 09:05; signed in 09:40", "10:30", "L"),
        # found after the register closed: the child may have been in since before
        ("N", "found 09:14", "10:30", "L or /: ask the class"),
        ("N", "found 09:24", "10:30", "U or / or L: ask the class"),
        ("N", "seen 09:24", "10:30", "U or / or L: ask the class"),
        ("N", "arrived 09:24", "10:30", "U or / or L: ask the class"),
        ("N", "not found 09:20; found 09:24", "10:30", "U or / or L: ask the class"),
        ("N", "found 09:14; signed in 09:40", "10:30", "L or /: ask the class"),
        ("N", "found 09:24; signed in 09:40", "10:30", "U or / or L: ask the class"),
        # whatever stands in place of a mark
        ("blank", "signed in 09:40", "10:30", "U"),
        ("-", "signed in 09:40", "10:30", "U"),
        ("Q9", "signed in 09:40", "10:30", "U"),
        ("H", "signed in 09:40", "10:30", "U"),
        ("/ and N", "signed in 09:40", "10:30", "U"),
        ("/ and L", "found 09:24", "10:30", "U or / or L: ask the class"),
        ("a torn row", "signed in 09:05", "10:30", "L"),
        ("/", "a torn row 09:10; found 09:24", "10:30", "U or / or L: ask the class"),
        ("no row", "signed in 09:40", "10:30", "U"),
        ("no register", "signed in 09:05", "10:30", "L"),
        # nothing to amend while the register is still awaited
        ("no register", "found 09:05", "09:10", "nothing"),
        ("no register", "found 09:05", "09:15", "L or /: ask the class"),
        # a code with a reason may be why the child was late
        ("I", "signed in 09:05", "10:30", "L"),
        ("I", "signed in 09:40", "10:30", "U, or stays"),
        ("M", "signed in 09:40", "10:30", "U, or stays"),
        ("M", "found 09:24", "10:30", "U or / or L, or stays: ask the class"),
        ("C", "found 09:14", "10:30", "L or /: ask the class"),
        ("X", "found 09:24", "10:30", "U or / or L, or stays: ask the class"),
        # marked off site, and in school
        ("B", "signed in 09:05", "10:30", "L or /, unless the child went there: ask the class"),
        ("V", "found 09:24", "10:30", "U or / or L, unless the child went there: ask the class"),
        ("V", "arrived 09:24", "10:30", "nothing"),
        ("V", "found 09:05; arrived 09:40", "10:30", "nothing"),
        ("V", "arrived 09:20; not arrived 09:50", "10:30", "nothing"),
        ("V", "arrived 09:10; found 09:40", "10:30", "U or / or L, unless the child went there: ask the class"),
        # in, and not in school now: never a present mark
        ("N", "signed in 09:20; signed out 10:05", "10:30", "a person settles it"),
        ("N", "signed out 10:05", "10:30", "a person settles it"),
        ("N", "found 09:24; not found 09:50", "10:30", "a person settles it"),
        ("blank", "found 09:05; not found 09:50", "10:30", "a person settles it"),
        ("N", "signed in 09:20; signed out 10:05; found 10:20", "10:30", "U"),
        ("N", "signed out 09:10; signed in 10:20", "10:30", "L or /: ask the class"),
        # marked present, and looked for in vain
        ("/", "not found 09:40", "10:30", "ask the class"),
        ("L", "not found 09:40", "10:30", "ask the class"),
        ("U", "not found 09:40", "10:30", "ask the class"),
        ("/", "signed in 09:05; not found 09:40", "10:30", "ask the class"),
        ("/", "not found 09:40; explained 09:50", "10:30", "ask the class"),
        ("/", "not found 08:50", "10:30", "nothing"),
        ("/", "not found 09:40; found 09:45", "10:30", "nothing"),
        ("/", "signed out 09:40", "10:30", "nothing"),
        # nothing was seen, or the register says it already
        ("N", "", "10:30", "nothing"),
        ("N", "not found 09:40", "10:30", "nothing"),
        ("/", "signed in 09:05", "10:30", "nothing"),
        ("U", "signed in 09:40", "10:30", "nothing"),
        # a newer register has it
        ("N", "signed in 09:05; marked L 09:50", "10:30", "nothing"),
        ("N", "found 09:24; marked U 09:50", "10:30", "nothing"),
        ("N", "found 09:24; marked N 09:50", "10:30", "U or / or L: ask the class"),
        ("N", "found 09:24; marked I 09:50", "10:30", "U or / or L, or stays: ask the class"),
        # the afternoon has its own register, and a check holds for its own session
        ("N", "signed in 13:20", "14:30", "L"),
        ("N", "signed in 13:30", "14:30", "U"),
        ("N", "found 13:20", "14:30", "L or \\: ask the class"),
        ("N", "found 13:40", "14:30", "U or \\ or L: ask the class"),
        ("N", "found 09:24", "14:30", "nothing"),
        ("\\", "not found 13:40", "14:30", "ask the class"),
    ),
)  # fmt: skip


@pytest.fixture(scope="module")
def sheets(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Json]:
    """The sheet at each moment asked for."""
    return sheets_of(tmp_path_factory.mktemp("amendments") / "school", RULES)


def _in_words(amendment: Json) -> str:
    """An amendment as the table writes it, from its words; what a program reads must say the same."""
    says = amendment["because"].rpartition("; ")[2]
    if not amendment["suggested"]:
        return "ask the class" if says.startswith("the child was not found at ") else _settled(says)
    assert says.startswith(f"it may now need {amendment['suggested']}"), says
    assert amendment["asks_the_class"] is ("ask the class" in says)
    for long, short in (
        (" when the child came in", ""), (" there after all", " there"), (" where it is why the child was late", ""),
        (" (in before it closes at 09:15)", ""), (" (closed at 09:15)", ""),
        (" (in before it closes at 13:30)", ""), (" (closed at 13:30)", ""),
    ):  # fmt: skip
        says = says.replace(long, short)
    return says.removeprefix("it may now need ")


def _settled(says: str) -> str:
    assert says.startswith("the child was in, and ")
    assert says.endswith(": a person settles the mark")
    return "a person settles it"


@pytest.mark.parametrize("pupil", ids_of(RULES), ids=named(RULES))
def test_what_the_register_may_now_need(pupil: str, sheets: Mapping[str, Json]) -> None:
    _, _, asked, expected = RULES.rows[ids_of(RULES).index(pupil)]
    found = [a for a in sheets[asked]["amendments"] if a["pupil_id"] == pupil]
    assert [_in_words(a) for a in found] == ([] if expected == "nothing" else [expected])


@pytest.mark.parametrize("pupil", ids_of(RULES), ids=named(RULES))
def test_it_says_what_the_register_has_and_who_says_otherwise(pupil: str, sheets: Mapping[str, Json]) -> None:
    mark, seen, asked, expected = RULES.rows[ids_of(RULES).index(pupil)]
    if expected == "nothing":
        return
    amendment = next(a for a in sheets[asked]["amendments"] if a["pupil_id"] == pupil)
    again = [words.split()[1] for words in seen.split("; ") if words.startswith("marked ")]
    instead = {"a torn row": "a row that could not be read", "no register": "nothing yet"}
    torn = "a torn row" if "a torn row" in seen else mark
    assert amendment["register_has"] == (again[-1] if again else instead.get(torn, torn))
    assert f"T{_decisive(mark, seen)}:00" in amendment["seen_at"]
    assert "lates-" in amendment["because"] or "A. Officer" in amendment["because"]
    assert amendment["source"]


def _decisive(mark: str, seen: str) -> str:
    """When the child was first seen in school; of one marked present, when it was looked for."""
    looks = [words for words in seen.split("; ") if not words.startswith(("marked", "explained", "a torn row"))]
    if mark in ("/", "L", "U", "\\"):
        return looks[-1][-5:]
    elsewhere = ("not ", "arrived") if mark == "V" else ("not ",)
    return min(words[-5:] for words in looks if not words.startswith(elsewhere))

"""Who is on the sheet with which somebody looks in school before calling."""

from collections.abc import Mapping

import pytest

from rules.looks import sheets_of
from rules.ratings import ids_of, named
from rules.school import Json
from rules.table import RuleTable

RULES = RuleTable(
    title="Who is on the sheet of the double check",
    source="Guidance, step 4: consider a double check in school before you start calling",
    columns=("the register has", "what is known besides", "asked at", "on the sheet"),
    rows=(
        # nobody can say: looked for first
        ("blank", "", "09:20", "look first: no mark in the register"),
        ("-", "", "09:20", "look first: no mark in the register"),
        ("no row", "", "09:20", "look first: not in the register of the group"),
        ("no register", "", "09:20", "look first: the register is not in"),
        ("no register", "", "09:10", "look first: the register is not in"),
        ("Q9", "", "09:20", "look first: Q9 is no code in force: what was meant?"),
        ("H", "", "09:20", "look first: H is no code in force: what was meant?"),
        ("Y4", "", "09:20", "look first: marked Y4, and others of the group are not"),
        ("/ and N", "", "09:20", "look first: two marks: which is right?"),
        ("a torn row", "", "09:20", "look first: its row could not be read"),
        ("/ and N", "not found 09:18", "09:20", "look first: two marks: which is right?"),
        # absent, and nobody has said why: the mark may be wrong
        ("N", "", "09:20", "look: nothing was said for today: is the mark right?"),
        ("N", "", "09:10", "look: nothing was said for today: is the mark right?"),
        ("O", "", "09:20", "look: nothing was said for today: is the mark right?"),
        ("I", "", "09:20", "look: nothing was said for today: is the mark right?"),
        ("G", "", "09:20", "look: nothing was said for today: is the mark right?"),
        # looked for already, and not found: looked for again
        ("N", "not found 09:18", "09:20", "look: looked for in vain so far"),
        ("blank", "not found 09:18", "09:20", "look: looked for in vain so far"),
        ("no register", "not found 09:18", "09:20", "look: looked for in vain so far"),
        ("/", "not found 09:18", "09:20", "look: marked present, and looked for in vain"),
        ("N", "found 09:16; not found 09:18", "09:20", "look: was in, and looked for in vain since"),
        ("V", "not arrived 09:18", "09:20", "look: did not arrive off site: perhaps in school"),
        ("/", "signed out 09:18", "09:20", "look: signed out at 09:18"),
        # marked off site, which is no proof of arrival
        ("B", "", "09:20", "ring the place"),
        ("K", "", "09:20", "ring the place"),
        ("P", "", "09:20", "ring the place"),
        ("V", "", "09:20", "ring the place"),
        ("W", "", "09:20", "ring the place"),
        ("D", "", "09:20", "ring the place"),
        ("D", "", "09:10", "ring the place"),
        # found, arrived, signed in, seen: off the sheet at once
        ("N", "found 09:18", "09:20", "no"),
        ("N", "seen 09:18", "09:20", "no"),
        ("N", "arrived 09:18", "09:20", "no"),
        ("N", "signed in 09:18", "09:20", "no"),
        ("blank", "found 09:18", "09:20", "no"),
        ("no register", "signed in 09:18", "09:20", "no"),
        ("/ and N", "found 09:18", "09:20", "no"),
        ("N", "not found 09:16; found 09:18", "09:20", "no"),
        ("/", "not found 09:16; found 09:18", "09:20", "no"),
        ("V", "arrived 09:18", "09:20", "no"),
        ("V", "found 09:18", "09:20", "no"),
        ("V", "not arrived 09:16; arrived 09:18", "09:20", "no"),
        # in school, not due, or somebody said why
        ("/", "", "09:20", "no"),
        ("L", "", "09:20", "no"),
        ("U", "", "09:20", "no"),
        ("X", "", "09:20", "no"),
        ("E", "", "09:20", "no"),
        ("N", "explained 09:18", "09:20", "no"),
        ("blank", "explained 09:18", "09:20", "no"),
        ("N", "not found 09:16; explained 09:18", "09:20", "no"),
        # the afternoon is looked at by itself
        ("N", "found 09:24", "13:20", "look: nothing was said for today: is the mark right?"),
        ("blank", "found 09:24", "13:20", "look first: no mark in the register"),
        ("N", "found 13:15", "13:20", "no"),
    ),
)  # fmt: skip


@pytest.fixture(scope="module")
def sheets(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Json]:
    """The sheet at each moment asked for."""
    return sheets_of(tmp_path_factory.mktemp("looks") / "school", RULES)


def _on(sheet: Json, pupil: str) -> str:
    """Where on the sheet a child is, as the table writes it."""
    found = [
        ("look first: " if child["standing"] == "unknown" else "look: ") + child["because"]
        for group in sheet["groups"] for child in group["pupils"] if child["pupil_id"] == pupil
    ]  # fmt: skip
    found += ["ring the place" for child in sheet["off_site"] if child["pupil_id"] == pupil]
    assert len(found) < 2, f"{pupil} is on the sheet twice"
    return found[0] if found else "no"


@pytest.mark.parametrize("pupil", ids_of(RULES), ids=named(RULES))
def test_who_is_looked_for(pupil: str, sheets: Mapping[str, Json]) -> None:
    _, _, asked, expected = RULES.rows[ids_of(RULES).index(pupil)]
    assert _on(sheets[asked], pupil).partition(" (")[0] == expected


def test_a_look_is_shown_on_the_sheet_of_its_own_session(sheets: Mapping[str, Json]) -> None:
    for asked, sheet in sheets.items():
        looks = [look["at"] for group in sheet["groups"] for child in group["pupils"] for look in child["looked"]]
        assert {at[11:13] for at in looks} <= ({"09"} if asked < "12:30" else {"13"})
        assert bool(looks) is (asked == "09:20")


def test_within_a_group_those_nobody_can_say_anything_of_stand_first(sheets: Mapping[str, Json]) -> None:
    for sheet in sheets.values():
        for group in sheet["groups"]:
            standings = [child["standing"] for child in group["pupils"]]
            assert standings == sorted(standings, key=["unknown", "unexplained"].index)

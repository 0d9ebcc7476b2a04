"""Which message is meant by an id as it is typed: one decided by mistake explains a child whom nobody told of."""

import pytest

from rules.school import DAY, School, register, roll
from rules.table import RuleTable

RULES = RuleTable(
    title="Which message is meant by an id as it is typed; M1, M12, E12, MAIL-20 and ann-1@example.org wait",
    source="Doubt keeps a child on the list: a short beginning may be another message's",
    columns=("typed", "is meant"),
    rows=(
        ("M1", "M1"),
        ("m1", "M1"),
        ("M12", "M12"),
        ("E12", "E12"),
        ("E1", "nothing"),
        ("M", "nothing"),
        ("", "nothing"),
        # the beginning of a long one, but not within a number
        ("Ann-1@example.org", "ann-1@example.org"),
        ("ann-1@", "ann-1@example.org"),
        ("ann-1", "nothing"),
        ("ann-12", "nothing"),
        ("mail-20", "MAIL-20"),
        ("MAIL-2", "nothing"),
        ("MAIL-201", "nothing"),
    ),
)
WAITING = ("M1", "M12", "E12", "MAIL-20", "ann-1@example.org")


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> School:
    """Five messages about one child wait; no test writes in it."""
    found = School(tmp_path_factory.mktemp("ids") / "school")
    found.drop("roll.csv", roll(["P1,Ivy,Brennan,4B,2016-05-01,,"]))
    found.drop("register.csv", register([("P1", "N")]))
    rows = (f"{message_id},{DAY}T08:10,Ivy has a cold" for message_id in WAITING)
    found.drop("messages.csv", ["message_id,received_at,text", *rows])
    found.take_in(at="08:50")
    return found


@pytest.mark.parametrize(("typed", "meant"), RULES.rows)
def test_a_message_is_meant_by_its_whole_id_or_by_a_long_beginning(typed: str, meant: str, school: School) -> None:
    said = school.type("match", typed, "P1", "--by", "A. Officer", "--dry-run", at="09:00")
    assert (said.exit_code, "no message has that id" in said.stderr) == (
        (2, True) if meant == "nothing" else (0, False)
    )
    assert meant == "nothing" or f"message {meant} is about P1" in said.stderr

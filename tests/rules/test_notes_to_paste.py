"""Notes to paste: how each call is told in either record, and what a paste does not have."""

import pytest

from rules.day_reports import OTHERS, a_roll, mobiles, report
from rules.ratings import ids_of, named
from rules.school import Json, School, register
from rules.steps import WHERE, done
from rules.table import RuleTable

PASSED_ON = "passed to the safeguarding lead"
TOLD = RuleTable(
    title="How a call is told in a note",
    source="Millbrook: details of communication are logged in the information system and, if appropriate, in CPOMS",
    columns=("outcome", "in the information system", "in the safeguarding record"),
    rows=(
        ("answered", "answered; reason: a cold; the child is with mother, at home; code proposed: I", ""),
        ("thought-in-school", PASSED_ON, "SIGN OF DANGER: thought that the child was in school; noted: a dog barked"),
        ("does-not-know-where", PASSED_ON, "SIGN OF DANGER: does not know where the child is; noted: a dog barked"),
        ("other-adult-knows", "spoke to another adult, who knows where the child is", ""),
        ("other-adult-knows-nothing", "spoke to another adult, who does not know where the child is", ""),
        ("refused", "would not speak to the school", ""),
        ("language-barrier", "answered, but no language in common", ""),
        ("no-answer", "no answer", ""),
        ("engaged", "engaged", ""),
        ("voicemail-left", "no answer, a voicemail was left", ""),
        ("voicemail-full", "no answer, and the voicemail was full", ""),
        ("child-answered", "the child answered, and no adult was spoken to", ""),
        ("overseas-tone", "no answer, an overseas ringing tone", ""),
        ("wrong-number", "a wrong number", ""),
        ("dead-number", "the number is not in use", ""),
        ("text-sent", "a text was sent", ""),
        ("text-replied", "a text was answered", ""),
    ),
)  # fmt: skip
SINCE = RuleTable(
    title="Whether the day's note was pasted into the information system, and what has been logged since",
    source="A note that was pasted at ten past ten does not tell of a call at half past",
    columns=("what was done", "pasted at", "entries since"),
    rows=(
        ("call 09:40", "no", "0"),
        ("call 09:40; pasted 09:50", "09:50", "0"),
        ("pasted 09:50; call 10:00", "09:50", "1"),
        ("call 09:40; pasted 09:50; call 10:00; text 10:05", "09:50", "2"),
        ("call 09:40; pasted 09:50; call 10:00; pasted 10:10", "10:10", "0"),
        # what counts is when it was written down
        ("pasted 09:50; call 09:40, written down 10:00", "09:50", "1"),
        ("call 10:00; pasted 09:50, written down 10:20", "09:50", "1"),
        ("call 09:40; pasted 09:50, written down 10:20", "09:50", "0"),
        ("call 09:50; pasted 09:50", "09:50", "0"),
        ("pasted 09:50; call 09:50", "09:50", "1"),
        ("call 09:50; pasted 09:50, written down 10:20", "09:50", "1"),
        # what the paste has, and was taken back since
        ("call 09:40; pasted 09:50; call taken back 10:00", "09:50", "1"),
        ("call 09:40; call taken back 09:45; pasted 09:50", "09:50", "0"),
        ("pasted 09:50; call 10:00; call taken back 10:10", "09:50", "0"),
        ("call 09:40; pasted 09:50; pasted taken back 10:00", "no", "0"),
        # what goes into the other record
        ("call 09:40; pasted into cpoms 09:50; call 10:00", "no", "0"),
        ("call 09:40; pasted 09:50; pasted into cpoms 10:00", "09:50", "0"),
        ("call 09:40; pasted 09:50; note 10:00; agency told 10:05", "09:50", "0"),
    ),
)
RULES = (TOLD, SINCE)
ANSWER = ("--reason", "a cold", "--code", "I", *WHERE)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> School:
    """A school in which one call of each outcome was made at 09:30."""
    school, pupils = School(tmp_path_factory.mktemp("told") / "school"), ids_of(TOLD)
    school.drop("roll.csv", a_roll(pupils))
    school.drop("contacts.csv", mobiles(pupils))
    school.drop("am.csv", register([*((pupil, "N") for pupil in pupils), *OTHERS]))
    school.take_in(at="08:50")
    for pupil, row in zip(pupils, TOLD.rows, strict=True):
        more = ANSWER if row[0] == "answered" else ("--note", "a dog barked")
        ended = school.type(
            "call", pupil, "--contact", "1", "--outcome", row[0], *more, "--by", "A. Officer", at="09:30"
        )
        assert ended.exit_code in (0, 11), ended.stderr
    return school


def line_in(notes: Json, pupil: str) -> str:
    """The last line of a child's note."""
    note: str = next(n["note"] for n in notes["notes"] if n["pupil_id"] == pupil)
    return note.rsplit("\n", maxsplit=1)[-1]


@pytest.mark.parametrize("pupil", ids_of(TOLD), ids=named(TOLD, 1))
def test_each_outcome_is_told_in_plain_words(pupil: str, told: School) -> None:
    outcome, in_mis, in_cpoms = TOLD.rows[ids_of(TOLD).index(pupil)]
    rang = "had texts with" if outcome.startswith("text") else "rang"
    mis, cpoms = (line_in(report(told, name, "09:50"), pupil) for name in ("mis-notes", "cpoms"))
    assert mis == f"09:30 A. Officer {rang} Sky Moss: {in_mis}"
    number = f"07700 900{100 + int(pupil[1:])}"
    entry = cpoms[cpoms.rindex(" (E") :]
    expected = in_cpoms or (in_mis if outcome == "answered" else f"{in_mis}; noted: a dog barked")
    assert cpoms == f"09:30 A. Officer {rang} Sky Moss on {number}: {expected}{entry}"


@pytest.fixture(scope="module")
def pasted(tmp_path_factory: pytest.TempPathFactory) -> Json:
    """The notes at 10:30 of a school in which each row is a child."""
    school, pupils = School(tmp_path_factory.mktemp("pasted") / "school"), ids_of(SINCE)
    school.drop("roll.csv", a_roll(pupils))
    school.drop("contacts.csv", mobiles(pupils))
    school.drop("am.csv", register([*((pupil, "N") for pupil in pupils), *OTHERS]))
    school.take_in(at="08:50")
    for pupil, row in zip(pupils, SINCE.rows, strict=True):
        done(school, pupil, row[0])
    return {**report(school, "mis-notes", "10:30"), "page": school.type("report", "mis-notes", at="10:30").stdout}


@pytest.mark.parametrize("pupil", ids_of(SINCE), ids=named(SINCE))
def test_a_paste_is_known_and_so_is_what_it_does_not_have(pupil: str, pasted: Json) -> None:
    _, at, since = SINCE.rows[ids_of(SINCE).index(pupil)]
    note = next(n for n in pasted["notes"] if n["pupil_id"] == pupil)
    assert ((note["pasted"] or {"at": "no"})["at"][-14:-9] or "no", str(note["since"])) == (
        at if at != "no" else "no", since,
    )  # fmt: skip
    shown = next(line for line in pasted["page"].splitlines() if line.startswith(f"{pupil} ") and "Kit" in line)
    new = {"0": "", "1": "; 1 entry since"}.get(since, f"; {since} entries since")
    assert shown.endswith("  no" if at == "no" else f"  pasted {at} by A. Officer{new}")

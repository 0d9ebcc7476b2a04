"""What the safeguarding lead is asked to decide, what settles it, and what follows from the decision."""

import pytest

from rules.ladder import STEPS, Ladders, climbers, shown
from rules.table import RuleTable

TWICE = "09:10 rung; 09:30 rung"
FAILED = f"{TWICE}; 10:40 visit no-answer"
WAIT, CALL = "refer-social-care Wed 10:40", "call 1 10:00"

RULES = RuleTable(
    title="What must be decided, and what follows from a decision",
    source="Guidance, step 10: harm, children's social care now; a crime, the police too; else the attendance team",
    columns=("child, marked N from Tuesday 24 November 2026", "what happened", "asked", "next steps"),
    rows=(
        # what asks for a decision, at once
        ("GREEN, two numbers", "09:10 thought-in-school", "09:15",
         "LATE decide 09:10; LATE tell-police 09:10; call 1 10:00"),
        ("GREEN, two numbers", "09:10 child-answered", "09:15", f"LATE decide 09:10; {CALL}"),
        ("GREEN", "09:10 visit no-access", "09:15", f"LATE decide 09:10; {CALL}"),
        ("GREEN", "09:10 visit concern", "09:15", f"LATE decide 09:10; {CALL}"),
        ("GREEN", FAILED, "10:45", f"LATE decide 10:40; {WAIT}"),
        # a decision settles what was there before it
        ("GREEN, two numbers", "09:10 child-answered; 09:12 no concern", "09:20",
         f"{CALL}; refer-attendance-team 15:30"),
        ("GREEN", f"{FAILED}; 10:50 no concern", "10:55", f"refer-attendance-team 15:30; {WAIT}"),
        ("GREEN", f"{FAILED}; 10:50 no concern; 10:55 referred to attendance team", "11:00",
         f"{WAIT}; chase-acknowledgement Wed 10:55"),
        ("GREEN", f"{FAILED}; 10:50 no concern; 11:30 visit refused", "11:35",
         f"LATE decide 11:30; refer-attendance-team 15:30; {WAIT}"),
        # and nothing that comes after it
        ("GREEN, two numbers", "09:05 no concern; 09:10 child-answered", "09:20",
         f"LATE decide 09:10; {CALL}; refer-attendance-team 15:30"),
        ("GREEN, two numbers", "09:10 child-answered; 09:12 no concern; 09:15 father child-answered", "09:25",
         "LATE decide 09:15; call 2 10:00; refer-attendance-team 15:30"),
        # harm: social care now; a crime: the police
        ("GREEN", "09:10 visit concern; 09:15 harm", "09:20", f"LATE refer-social-care 09:15; {CALL}"),
        ("GREEN", "09:10 visit concern; 09:15 crime", "09:20", f"LATE tell-police 09:15; {CALL}"),
        ("GREEN", "09:10 visit concern; 09:15 harm; 09:16 crime", "09:20",
         f"LATE refer-social-care 09:15; LATE tell-police 09:16; {CALL}"),
        ("GREEN", "09:10 visit concern; 09:15 harm; 09:16 referred to social care", "09:20",
         f"{CALL}; chase-acknowledgement Wed 09:16"),
        ("GREEN", "09:10 visit concern; 09:15 crime; 09:16 referred to police", "09:20",
         f"{CALL}; chase-acknowledgement Wed 09:16"),
        ("GREEN", "09:10 visit concern; 09:15 harm; 09:16 referred to police", "09:20",
         f"LATE refer-social-care 09:15; {CALL}; chase-acknowledgement Wed 09:16"),
        ("GREEN", "09:10 referred to social care; 09:15 harm", "09:20",
         f"LATE refer-social-care 09:15; {CALL}; chase-acknowledgement Wed 09:10"),
        ("GREEN, two numbers", "09:10 thought-in-school; 09:12 referred to police; 09:14 harm", "09:20",
         f"LATE refer-social-care 09:14; {CALL}; chase-acknowledgement Wed 09:12"),
        # at any moment, of any child
        ("GREEN", "09:10 harm", "09:15", f"LATE refer-social-care 09:10; {CALL}"),
        ("GREEN, in school", "09:10 harm", "09:15", "LATE refer-social-care 09:10"),
        ("GREEN, in school", "09:10 crime", "09:15", "LATE tell-police 09:10"),
        # RED, and who cannot summon help, are never given the wait: social care at once
        ("RED", f"{FAILED}; 10:50 no concern; 10:55 referred to attendance team", "11:00",
         "LATE refer-social-care 10:50; chase-acknowledgement Wed 10:55"),
        ("GREEN, cannot summon help", f"{FAILED}; 10:50 no concern; 10:55 referred to attendance team", "11:00",
         "LATE refer-social-care 10:50; chase-acknowledgement Wed 10:55"),
        ("RED", FAILED, "10:45", "LATE decide 10:40"),
        ("GREEN, cannot summon help", FAILED, "10:45", "LATE decide 10:40"),
        # a decision taken back was never made, nor what asked for it
        ("GREEN", f"{FAILED}; 10:50 no concern; 10:55 taken back", "11:00", f"LATE decide 10:40; {WAIT}"),
        ("GREEN", "09:10 visit concern; 09:15 harm; 09:20 taken back", "09:25", f"LATE decide 09:10; {CALL}"),
        ("GREEN, two numbers", "09:10 child-answered; 09:15 taken back", "09:20", CALL),
        ("GREEN", "09:10 visit no-access; 09:15 taken back", "09:20", CALL),
        # written down later: what happened before the cause settles nothing
        ("GREEN", f"{FAILED}; 10:30 no concern (written down 10:50)", "10:55",
         f"LATE decide 10:40; refer-attendance-team 15:30; {WAIT}"),
        ("GREEN", f"{FAILED}; 10:45 no concern (written down 10:50)", "10:55", f"refer-attendance-team 15:30; {WAIT}"),
        # whoever decided had not heard of the visit that was written down afterwards
        ("GREEN, two numbers", "09:10 child-answered; 09:20 no concern; 09:15 visit no-access (written down 09:30)",
         "09:30", f"LATE decide 09:15; {CALL}; refer-attendance-team 15:30"),
        # what ends a case ends what belongs to it
        ("GREEN", f"{FAILED}; 10:45 found", "10:50", "nothing"),
        ("GREEN", "09:10 visit no-access; 09:15 explained", "09:20", "nothing"),
        ("GREEN", "09:10 visit no-access; 09:15 harm; 09:20 found", "09:25", "nothing"),
        ("GREEN", (f"{FAILED}; 10:50 no concern; 10:55 referred to attendance team; 11:00 attendance team accepted; "
         "11:10 explained"), "11:15", "nothing"),
        # but not the worry of whoever was at the door
        ("GREEN", "09:10 visit concern; 09:15 found", "09:20", "LATE decide 09:10"),
        ("GREEN", "09:10 visit concern; 09:15 explained", "09:20", "LATE decide 09:10"),
        ("GREEN, in school on Wed", "09:10 visit concern", "Wed 09:20", "LATE decide Tue 09:10"),
        ("GREEN", ("09:10 visit concern; 09:15 found; 09:20 no concern; 09:21 referred to attendance team; "
         "09:22 attendance team accepted"), "09:25", "nothing"),
        ("GREEN", "09:10 visit concern; 09:15 harm; 09:20 found", "09:25", "nothing"),
        # nor a crime that is suspected: only the police are told of it
        ("GREEN", "09:10 visit concern; 09:15 crime; 09:20 found", "09:25", "LATE tell-police 09:15"),
        # a decision ends no case, and is none of the next
        ("GREEN", "09:10 no concern", "09:20", f"{CALL}; refer-attendance-team 15:30"),
        ("GREEN", (f"{FAILED}; 10:50 no concern; 10:55 referred to attendance team; 11:00 attendance team accepted; "
         "11:10 explained"), "Wed 12:01", "LATE call 1 10:00; LATE decide 12:00; refer-social-care 2026-11-26 12:00"),
    ),
)  # fmt: skip
CHILDREN = climbers(RULES.rows)
LEADS = '[people]\nheadteacher = "H. Head"\nsafeguarding_leads = ["D. Lead", "E. Deputy"]\n'


@pytest.fixture(scope="module")
def ladders(tmp_path_factory: pytest.TempPathFactory) -> Ladders:
    """The schools in which each row is a child."""
    return Ladders(tmp_path_factory.mktemp("decisions"), CHILDREN)


@pytest.mark.parametrize("number", range(len(CHILDREN)), ids=shown(RULES.rows))
def test_what_must_be_decided_and_what_follows(number: int, ladders: Ladders) -> None:
    assert ladders.next_of(CHILDREN[number], STEPS - {"enquire"}) == RULES.rows[number][3]


def test_a_danger_ends_with_eleven(ladders: Ladders) -> None:
    codes = {what: set(codes) for school in ladders.schools for what, codes in school.codes.items()}
    danger = ("thought-in-school", "visit concern", "harm", "crime")
    assert {what: codes[what] for what in danger} == {what: {11} for what in danger}
    assert {code for what in codes.keys() - set(danger) for code in codes[what]} == {0}


@pytest.mark.parametrize("judgement", ["--no-immediate-concern", "--harm", "--crime"])
def test_only_a_named_lead_decides(judgement: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    school = Ladders(tmp_path_factory.mktemp("leads"), climbers([("GREEN", "", "09:20")]), policy=LEADS).schools[0]
    decide = ("decide", "P000", judgement, "--by")
    refused = school.school.type(*decide, "A. Officer", at="09:30")
    assert refused.exit_code == 23
    assert "[people]" in refused.stderr
    assert {row["step"] for row in school.ask("2026-11-24T09:31")["steps"]} == {"call"}
    for lead in ("D. Lead", "E. Deputy"):
        assert school.school.type(*decide, lead, at="09:40").exit_code in (0, 11)

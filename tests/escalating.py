"""Cases that go further: what is typed about a child, with words planted that must not leak. All invented."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from builders import DAY, lines, run
from calling import Child, mobile, rung

LEAD, OFFICER, VISITOR = ("--by", "D. Lead"), ("--by", "A. Officer"), ("--by", "B. Visitor")
WITH_PARENT = ("--outcome", "child-seen", "--with-parent")


def at(time: str, day: str = DAY) -> str:
    """A moment of the day."""
    return f"{day}T{time}"


def go(school: Path, *words: str, now: str) -> str:
    """Type a command that records, and return what was said about it."""
    ended = run(school, *words, now=now if "T" in now else at(now))
    assert ended.code in (0, 11), ended.err
    return ended.err


def tried(school: Path, pupil: str, contacts: Sequence[int] = (1,), *, first: str = "09:30", day: str = DAY) -> None:
    """Two whole rounds without a reply: the list is exhausted half an hour after the first call."""
    hour, minute = map(int, first.split(":"))
    for minutes in (0, 30):
        for contact in contacts:
            time = f"{hour + (minute + minutes) // 60:02d}:{(minute + minutes) % 60:02d}"
            call = ("call", pupil, "--contact", str(contact), "--outcome", "no-answer", *OFFICER)
            go(school, *call, now=at(time, day))


def page(school: Path, *words: str, now: str, form: str = "text") -> str:
    """A report as it is written, blanks that hold words together as plain blanks."""
    ended = run(school, "report", *words, "--format", form, now=now if "T" in now else at(now))
    assert ended.code == 0, ended.err
    return ended.out.replace("\u00a0", " ")


def facts(school: Path, *words: str, now: str) -> Any:
    """A report as programs read it."""
    return run(school, "report", *words, "--format", "json", now=now if "T" in now else at(now)).json


def flag_rows(*rows: str) -> Mapping[str, str]:
    """An export of flags, with their professionals."""
    head = "pupil_id,flag,since,until,professional_name,agency,professional_phone"
    return {"flags.csv": lines(head, *rows)}


def planted(folder: Path) -> Path:
    """One child of whom everything that only some may read holds a word that begins with PLANT."""
    contacts = (
        ("Jo Fell", mobile(1), "is: Foster carer", "notes: PLANTcontactnote"),
        ("Al Fell", mobile(2), "barred"),
        ("Wren PLANTworker", mobile(3), "is: Social worker"),
    )
    child = Child(
        "P1", contacts=contacts, address="1 Elm Row", notes="PLANTrollnote", comment="PLANTcomment", household="H1"
    )
    flags = flag_rows(
        f"P1,social-worker,2026-01-05,,Wren PLANTworker,PLANTagency,{mobile(9)}", "P1,suicide-risk,,,,PLANTclinic,"
    )
    school = rung(folder, [child, Child("P2", "Tom", mark="/", household="H1", address="1 Elm Row")], files=flags)
    go(school, "check", "P1", "--not-found", "--where", "PLANTwhere", *OFFICER, now="09:25")
    tried(school, "P1", (1, 3))
    for words, now in (
        (("call", "P1", "--contact", "1", "--outcome", "refused", "--note", "PLANTcallnote", *OFFICER), "10:05"),
        (("enquire", "P1", "--agency", "PLANTasked", "--intelligence", "PLANTknown", "--knows-family", "PLANTwho",
          "--abroad", "PLANTabroad", *OFFICER), "10:10"),
        (("note", "P1", "--text", "PLANTnote", "--kind", "intelligence", *OFFICER), "10:12"),
        (("inform", "P1", "--agency", "PLANTinformed", *LEAD), "10:15"),
        (("visit", "P1", "--outcome", "no-answer", "--note", "PLANTvisitnote", *VISITOR), "11:00"),
        (("decide", "P1", "--harm", "--note", "PLANTharm", *LEAD), "11:05"),
        (("refer", "P1", "--to", "social-care", "--reference", "PLANTreference", *LEAD), "11:10"),
        (("acknowledge", "P1", "--from", "social care PLANTanswer", "--decision", "refused", *LEAD), "11:20"),
        (("decide", "P1", "--no-immediate-concern", "--note", "PLANTdecision", *LEAD), "11:30"),
        (("review", "P1", "--decision", "PLANTreview", "--present", "H. Head", *LEAD), "11:35"),
    ):  # fmt: skip
        go(school, *words, now=now)
    return school

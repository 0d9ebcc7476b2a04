"""Families of a table in one school: children and marks, contact lists in order, what was said, up to 09:45."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from rules.days import Said
from rules.school import DAY, School, register

YESTERDAY = "2026-11-23"
FLAGGED = {"RED": "social-worker", "AMBER": "ewo"}
CALLED = {"I": "Ivy", "T": "Tom", "Z": "Zoë"}
CONTACTS = "pupil_id,order,name,phone,do_not_contact,phone_type"
TOLD = ("--told-by", "mother", "--reason", "ill", "--child-with", "mother")
TAKEN_BACK = ("withdraw", "last", "--why", "it did not go")
TEXTED, SENT = ("text", "IVY"), ("call", "IVY", "--contact", "1", "--outcome", "text-sent")
SICK = ("explain", "IVY", *TOLD, "--sickness", f"{YESTERDAY}T20:00")
SAID: dict[str, tuple[Said, ...]] = {
    "told today": (("09:30", ("explain", "IVY", *TOLD)),),
    "Tom told today": (("09:30", ("explain", "TOM", *TOLD)),),
    "told yesterday, sick until 20:00": ((f"{YESTERDAY}T20:30", SICK),),
    "rung, and no answer": (("09:30", ("call", "IVY", "--contact", "1", "--outcome", "no-answer")),),
    "found in school": (("09:30", ("check", "IVY", "--found")),),
    "texted": (("09:30", TEXTED),),
    "texted, then found in school": (("09:30", TEXTED), ("09:35", ("check", "IVY", "--found"))),
    "texted, taken back": (("09:30", TEXTED), ("09:31", TAKEN_BACK)),
    "a call ended with text-sent": (("09:30", SENT),),
    "a call ended with text-sent, taken back": (("09:30", SENT), ("09:31", TAKEN_BACK)),
    "texted yesterday": ((f"{YESTERDAY}T09:30", TEXTED),),
}


class Family:
    """One row of the table: its children and marks, household, numbers in order, and what else is known."""

    def __init__(self, place: int, row: Sequence[str]) -> None:
        self.name, self.block = f"F{place:02d}", place * 10
        self.children, self.household, self.lists, self.known, *_ = row

    @property
    def marks(self) -> dict[str, str]:
        """The words of each child's mark, by pupil id."""
        words = (child.partition(" ") for child in self.children.split("; "))
        return {f"{self.name}{name[0]}": mark for name, _, mark in words}

    @property
    def roll_rows(self) -> Iterator[str]:
        """The rows of its children; those whose register comes late are in another group."""
        for pupil, mark in self.marks.items():
            shared = {"same": f"H{self.name}", "two": f"H{pupil}"}.get(self.household, "")
            yield f"{pupil},{CALLED[pupil[-1]]},Row{self.name},{'5A' if 'known' in mark else '4B'},{shared}"

    @property
    def contact_rows(self) -> Iterator[str]:
        """The rows of its children's contact lists: one list for all, or `Ivy: …. Tom: …`."""
        for pupil in self.marks:
            name = CALLED[pupil[-1]]
            own = next((part for part in self.lists.split(". ") if part.startswith(f"{name}: ")), self.lists)
            for order, words in enumerate(own.removeprefix(f"{name}: ").split(", "), start=1):
                kind, barred = ("mobile" if "called a mobile" in words else "home"), "barred" in words
                if words != "no list":
                    yield f"{pupil},{order},Person {order},{self.number(words)},{'yes' if barred else ''},{kind}"

    def number(self, words: str) -> str:
        """A telephone number from words like `mobile 2`; those of other kinds are put together, and are nobody's."""
        if words.startswith("mobile"):
            mobile = f"07700 900{self.block + int(words.split()[1]):03d}"
            return f"+44 {mobile[1:]}" if "+44" in words else mobile
        kinds = {
            "landline": f"01632 960{self.block:03d}", "personal": f"07{0}00 900{self.block:03d}",
            "pager": f"07{6}00 900{self.block:03d}",
            "number abroad": f"+33 6 39 98 {self.block // 100:02d} {self.block % 100:02d}",
        }  # fmt: skip
        return next((number for kind, number in kinds.items() if words.startswith(kind)), "")

    @property
    def said(self) -> Iterable[Said]:
        """What was said of it."""
        ids = {"IVY": f"{self.name}I", "TOM": f"{self.name}T"}
        return ((at, tuple(ids.get(word, word) for word in words)) for at, words in SAID.get(self.known, ()))


def school_of(folder: Path, families: Sequence[Family]) -> School:
    """The families' school up to 09:45."""
    school = School(folder, policy='phone = "01632 960001"\n')
    before = [(p, "N" if "yesterday, sick" in f.known else "/") for f in families for p in f.marks]
    flags = [f"{f.name}I,{FLAGGED[f.known]}" for f in families if f.known in FLAGGED]
    wait = [f"M{f.name},{DAY}T08:10,Ivy Row{f.name},she is off" for f in families if f.known == "a message waits"]
    said = [said for family in families for said in family.said]
    school.drop(
        "roll.csv", ["pupil_id,forename,surname,group,household_id", *(r for f in families for r in f.roll_rows)]
    )
    school.drop("flags.csv", ["pupil_id,flag", *flags])
    school.drop("contacts.csv", [CONTACTS, *(row for f in families for row in f.contact_rows)])
    school.drop("yesterday.csv", register(before, day=YESTERDAY))
    school.take_in(at=f"{YESTERDAY}T09:10")
    for at, words in (one for one in said if "T" in one[0]):
        school.say(*words, at=at)
    school.drop("messages.csv", ["message_id,received_at,pupil_name,text", *wait])
    school.drop("register.csv", _register(families, late=False))
    school.take_in(at="09:10")
    for at, words in (one for one in said if "T" not in one[0]):
        school.say(*words, at=at)
    school.drop("register-5A.csv", _register(families, late=True), changed="09:40:00")
    school.take_in(at="09:45")
    return school


def _register(families: Iterable[Family], *, late: bool) -> list[str]:
    """Today's register: of those known at once, or of those known only at 09:40."""
    rows = []
    for pupil, words in (child for family in families for child in family.marks.items()):
        mark, _, comment = words.removesuffix(" known at 09:40").partition(" (")
        if ("known" in words) is late and mark != "no mark":
            rows.append((pupil, mark, comment.rstrip(")")))
    return register(rows)

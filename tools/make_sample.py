"""Write `sample_data/`: an invented school's term up to Monday 23 November 2026, the same bytes each time."""

import argparse
import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random

from invented_names import Contact, Pupil, Seat, invent_pupils, typed
from make_weeks import WEEK, Weeks, grid, school_days

SEED = 20261123
SCHOOL = "Thistlemere Primary School"
FOLDER = Path(__file__).resolve().parent.parent / "sample_data"
FRIDAY, SUNDAY, TODAY, TODAY_TYPED, LAST = "2026-11-20", "2026-11-22", "2026-11-23", "23/11/2026", "2026-11-27"
FORMS = {"RA": 29, "1A": 30, "2A": 31, "3A": 30, "4A": 31, "5A": 29, "6A": 31}  # 4A has the leaver
MIDNIGHT, MONDAY = f"{TODAY}T00:00:00", date.fromisoformat(TODAY)
UNMARKED = "3A"
CONTACT_CELLS = ("Name", "Telephone", "Email", "Relationship", "ParentalResponsibility")
PUPIL_CELLS = (
    "StudentId,AdmissionNumber,Upn,FirstName,LastName,PreferredFirstName,PreferredLastName,DateOfBirth,YearGroup,"
    "TutorGroupName,InCareFlag,EnrolmentStateName"
)


@dataclass(frozen=True)
class Part:
    """What happens to one child this morning, and what must be concluded at 09:20."""

    seat: Seat
    mark: str
    standing: str
    why: str


OUT, TOLD, DOUBT, AWAY, IN, GONE = "unexplained", "explained", "unknown", "off_site", "in_school", "not_expected"
CAST = (
    Part(Seat("maeve_1", "4A", "Maeve", "Thorne"), "N", OUT, "RED; M07 gives a forename that fits two"),
    Part(Seat("maeve_2", "3A", "Maeve", "Odukoya"), "", DOUBT, "no register; M07 gives a forename that fits two"),
    Part(Seat("last_friday", "5A"), "N", OUT, "M01 is about last Friday only"),
    Part(Seat("sick_sibling", "6A", family="pair"), "N ", TOLD, "app message M03 with the pupil's id covers today"),
    Part(Seat("silent_sibling", "RA", family="pair"), "n", OUT, "nothing at all; M03 is about the elder sibling only"),
    Part(Seat("will_be_late", "6A"), "N", OUT, "M12 says late: only proposed; the row in lates.csv is refused"),
    Part(Seat("much_better", "2A"), "N", OUT, "plan ended last Friday; M04 says better and back in: only proposed"),
    Part(Seat("namesake_1", "1A", "Amelia", "Hughes"), "N", OUT, "M06 gives a full name that two pupils have"),
    Part(Seat("namesake_2", "5A", "Amelia", "Hughes"), "I", OUT, "I without comment; M06 fits two pupils"),
    Part(Seat("carer_rang", "6A", foster=True), "i", TOLD, "I with a comment of today; RED duties stay"),
    Part(Seat("rumour", "4A"), "N", OUT, "a comment beside N is only proposed; the flag ended in July: not RED"),
    Part(Seat("plain_app", "1A"), "N", TOLD, "app message M05 with the pupil's id covers Monday to Wednesday"),
    Part(Seat("dentist", "5A"), "M", TOLD, "planned appointment, due back 10:30; also a comment beside M"),
    Part(Seat("leave", "4A"), "C", TOLD, "planned leave for the week"),
    Part(Seat("known_number", "RA"), "I", OUT, "I without comment; voicemail M08 has a known number and no name"),
    Part(Seat("in_and_out", "2A"), "N", OUT, "signed in at 09:08 and out at 09:13: alert signed-out"),
    Part(Seat("blank_one", "5A"), "", DOUBT, "the one blank in a register that was taken"),
    Part(Seat("app_3a", "3A"), "", TOLD, "no register, but app message M11 with the pupil's id covers today"),
    Part(Seat("sunday", "3A"), "", DOUBT, "no register; M02 came on Sunday without dates: a person decides"),
    Part(Seat("emailed", "3A"), "", DOUBT, "no register; e-mail M09 has a name and a form, no id: a person decides"),
    Part(Seat("looked_after_3a", "3A", foster=True), "", DOUBT, "no register; RED"),
    Part(Seat("late_3a", "3A"), "", IN, "no register, but signed in at 09:09"),
    *(Part(Seat(f"visit_{n}", "6A"), "V", AWAY, "on a visit; nobody has confirmed the arrival") for n in range(1, 6)),
    *(Part(Seat(f"late_{form}", form), "N", IN, "signed in late") for form in ("1A", "2A", "4A", "5A", "6A")),
    Part(Seat("marked_late_ra", "RA"), "L", IN, "marked L, with a comment"),
    Part(Seat("marked_late_2a", "2A"), "l ", IN, "marked L, and signed in late"),
    Part(Seat("marked_late_4a", "4A"), "L", IN, "marked L"),
    Part(Seat("reported", "2A"), "/", IN, "discrepancy message-but-present: M10 reports an absence today"),
    Part(Seat("looked_after_in", "1A", foster=True), "/", IN, "RED, and present"),
    Part(Seat("wednesday", "4A"), "/", IN, "present; M is already entered for Wednesday morning"),
    Part(Seat("leaver", "4A"), "", GONE, "EnrolmentStateName is Leaver; not in the week grid; on no list to ring"),
)
PARTS = {part.seat.key: part for part in CAST}
MARKED_AHEAD = {"leave": dict.fromkeys(range(1, 8), "C"), "wednesday": {4: "M"}}
RUINED, LOST_ZERO = "last_friday", ("silent_sibling", "known_number", "maeve_2", "late_1A", "wednesday")

COMMENTS = (
    ("carer_rang", MIDNIGHT, "AM", "I", "carer rang 8.40 temperature, will ring again at noon"),
    ("rumour", MIDNIGHT, "AM", "N", "said to be on holiday (a friend told the class teacher)"),
    ("dentist", MIDNIGHT, "AM", "M", "dentist 9.30, mum says back by 10.30"),
    ("marked_late_ra", MIDNIGHT, "AM", "L", "heavy traffic on the bypass"),
)
LATES = (
    ("late_1A", TODAY_TYPED, "9.05", "", "bus did not come"),
    ("late_2A", TODAY, "09:07", "", "overslept"),
    ("late_4A", TODAY_TYPED, "0912", "", "car would not start, walked"),
    ("late_5A", TODAY, "9:14am", "", ""),
    ("late_6A", TODAY_TYPED, "09:17", "", "took little sister to nursery first"),
    ("marked_late_2a", TODAY, "8.58", "", "traffic"),
    ("late_3a", TODAY, "0909", "", "lost shoe"),
    ("in_and_out", TODAY_TYPED, "9.08", "9:13am", "went out again for PE kit"),
    ("will_be_late", TODAY_TYPED, "25.70", "", "traffic"),
)
PLANNED = (
    ("leave", TODAY, LAST, "", "C", "family wedding abroad", "", "Headteacher"),
    ("dentist", TODAY, TODAY, "AM", "M", "dentist", "10:30", "School office"),
    ("much_better", "2026-11-18", FRIDAY, "", "M", "small operation", "", "School office"),
)
FLAGS = (
    ("maeve_1", "social-worker", "2026-03-02", "", "J. Hartwell", "Children's Social Care", "01632 960811"),
    ("carer_rang", "looked-after", "2025-06-16", "", "P. Lindley", "Virtual School", "01632 960812"),
    ("looked_after_3a", "looked-after", "2026-01-12", "", "P. Lindley", "Virtual School", "01632 960812"),
    ("looked_after_in", "looked-after", "2026-09-02", "", "R. Amberley", "Children's Social Care", "01632 960813"),
    ("late_4A", "child-protection-plan", "2026-10-05", "", "R. Amberley", "Children's Social Care", "01632 960813"),
    ("namesake_2", "external-agency", "2026-04-20", "", "M. Fennimore", "Family Support Team", "01632 960814"),
    ("last_friday", "young-carer", "2026-09-14", "", "D. Sallow", "Young Carers Project", "01632 960815"),
    ("silent_sibling", "cannot-summon-help", "2026-09-02", "", "", "", ""),
    ("will_be_late", "walks-alone", "2026-09-02", "", "", "", ""),
    ("visit_1", "ehcp", "2023-02-06", "", "", "", ""),
    ("wednesday", "ehcp", "2025-11-10", "", "", "", ""),
    ("rumour", "social-worker", "2025-01-13", "2026-07-21", "J. Hartwell", "Children's Social Care", "01632 960811"),
)

APP = {cell: f"{{{cell}}}" for cell in ("sender_name", "sender_phone", "pupil_id", "pupil_name", "group")}
EMAIL = {cell: f"{{{cell}}}" for cell in ("sender_name", "sender_email", "pupil_name", "group")}
STRANGER = {"sender_email": "hughes.family@example.org", "pupil_name": "{pupil_name}"}
FORENAME, NUMBER = {"pupil_name": "{forename}"}, {"sender_phone": "{sender_phone}"}
SICK = '{forename} was sick twice in the night.\nThank you\n\n> On Friday you wrote:\n> "Book fair on Thursday."'
MESSAGES = (
    ("M01", f"{FRIDAY}T08:05", "app", "last_friday", APP, "{forename} has a sore throat", FRIDAY, FRIDAY),
    ("M02", f"{SUNDAY}T18:40", "app", "sunday", APP, "{forename} has come out in a rash, keeping at home", "", ""),
    ("M03", f"{TODAY}T07:42", "app", "sick_sibling", APP, SICK, TODAY, TODAY),
    ("M04", f"{TODAY}T07:50", "app", "much_better", APP, "Much better and back in today, thank you", TODAY, TODAY),
    ("M05", f"{TODAY}T07:55", "app", "plain_app", APP, "{forename} has chickenpox", TODAY, "2026-11-25"),
    ("M06", f"{TODAY}T08:02", "email", "namesake_1", STRANGER, "{pupil_name} has a bad cough, in bed today", "", ""),
    ("M07", f"{TODAY}T08:10", "voicemail", "maeve_1", FORENAME, "It's {forename}'s mum, she has a fever", "", ""),
    ("M08", f"{TODAY}T08:14", "voicemail", "known_number", NUMBER, "Ear infection, up all night", "", ""),
    ("M09", f"{TODAY}T08:21", "email", "emailed", EMAIL, "{pupil_name} ({group}) has a temperature today", "", ""),
    ("M10", f"{TODAY}T08:26", "app", "reported", APP, "{forename} is poorly with a cough", TODAY, TODAY),
    ("M11", f"{TODAY}T08:31", "app", "app_3a", APP, "=Rang at 8.20 [no answer], tummy bug", TODAY, "2026-11-24"),
    ("M12", f"{TODAY}T08:44", "app", "will_be_late", APP, "Will be late, {forename} missed the bus", TODAY, TODAY),
)
NOTES = """
## Everything else

- Missing register: {unmarked} only (every cell blank). 5A is taken, with one blank. The picture is provisional.
- Messages for a person: M02 ({sunday}), M04 ({much_better}), M06 ({namesake_1} or {namesake_2}), M07 ({maeve_1}
  or {maeve_2}), M08 ({known_number}, by telephone), M09 ({emailed}), M12 ({will_be_late}).
  Accepted: M03, M05, M10, M11. M01 is for Friday only.
- Discrepancy: {reported} message-but-present (M10). Alert: {in_and_out} signed-out. Refused: lates.csv, row 10,
  column time_in, found 25.70 (pupil {will_be_late}).
- students.csv: the totals row is not a pupil; {leaver} is a leaver.
- Telephones: Contact1 of {last_friday} is 7.7009E+09 (not usable, never guessed); lost zeros: Contact1 of {lost_zero}.
- Flags: RED {maeve_1}, {carer_rang}, {looked_after_3a}, {looked_after_in}, {late_4A}; AMBER {namesake_2}, {last_friday}
- Absent RED children owed a face to face: {maeve_1}, {carer_rang}; {looked_after_3a} if not found in school.
"""


class Morning:
    """The pupils, and the cells that the exports have in common."""

    def __init__(self) -> None:
        """Invent the pupils and find those who have a part."""
        self.pupils = invent_pupils(Random(SEED), FORMS, [part.seat for part in CAST])
        self.cast = {pupil.child.seat.key: pupil for pupil in self.pupils if pupil.child.seat.key}
        self.ids = {key: pupil.student_id for key, pupil in self.cast.items()}
        self.dice = Random(SEED + 1)
        self.listed = sorted(self.pupils, key=lambda pupil: list(FORMS).index(pupil.child.seat.form))
        self.weeks = Weeks(self.listed, school_days(FOLDER / "calendar.toml", MONDAY))

    def padded(self, text: str) -> str:
        """The text, now and then with a blank after it."""
        return f"{text} " if text and self.dice.random() < 0.04 else text

    def students(self) -> list[list[str]]:
        """The flat pupil view: title rows, header, pupils, totals."""
        header = PUPIL_CELLS.split(",") + [f"Contact{n}{cell}" for n in (1, 2, 3) for cell in CONTACT_CELLS]
        titles = [[SCHOOL], ["Student Flat View"], [f"Run date: {TODAY_TYPED} 08:31"], [""]]
        totals = [[f"Total students: {len(self.pupils)}"]]
        rows = titles + [header] + [self.student(pupil) for pupil in self.pupils] + totals
        return [row + [""] * (len(header) - len(row)) for row in rows]

    def student(self, pupil: Pupil) -> list[str]:
        """One pupil's row."""
        child, form = pupil.child, pupil.child.seat.form
        names = [self.padded(child.forename), self.padded(child.surname), pupil.preferred, child.known_as]
        place = [f"{child.born.isoformat()}T00:00:00", form[:-1], self.padded(form)]
        state = ["Yes" if child.seat.foster else "No", "Leaver" if child.seat.key == "leaver" else "Current pupil"]
        contacts = [cell for n, one in enumerate(child.contacts) for cell in self.contact(one, child.seat.key, n)]
        return [pupil.student_id, pupil.admission, pupil.upn, *names, *place, *state, *contacts]

    def contact(self, contact: Contact, key: str, place: int) -> list[str]:
        """One contact's five cells; a spreadsheet has spoilt some first telephones."""
        phone = typed(self.dice, contact.phone)
        if place == 0 and key == RUINED:
            phone = f"{int(contact.phone):.4E}"
        if place == 0 and key in LOST_ZERO:
            phone = contact.phone[1:]
        return [self.padded(contact.name), phone, contact.email, contact.relationship, contact.responsible]

    def week(self) -> list[list[str]]:
        """The week grid: title rows, header, a row for each pupil who is not a leaver."""
        there = [pupil for pupil in self.listed if pupil.student_id != self.ids["leaver"]]
        return grid(SCHOOL, MONDAY, ([p.student_id, *self.marks(p)] for p in there))

    def part(self, pupil: Pupil) -> Part:
        """What happens to a pupil; most are present."""
        seat = pupil.child.seat
        if seat.key:
            return PARTS[seat.key]
        return Part(seat, "", DOUBT, "no register") if seat.form == UNMARKED else Part(seat, "/", IN, "present")

    def marks(self, pupil: Pupil) -> list[str]:
        """One pupil's ten cells: this morning, and what was entered ahead."""
        part = self.part(pupil)
        ahead = MARKED_AHEAD.get(part.seat.key, {})
        today = part.mark if part.seat.key else self.padded(part.mark)
        return [today] + [ahead.get(column, "") for column in range(1, len(WEEK))]

    def table(self, header: str, rows: Iterable[Sequence[str]]) -> list[list[str]]:
        """A header, and rows that begin with a part."""
        return [header.split(","), *([self.ids[key], *cells] for key, *cells in rows)]

    def messages(self) -> Iterator[list[str]]:
        """The absence messages of every channel."""
        senders = ["sender_name", "sender_phone", "sender_email", "pupil_id", "pupil_name", "group"]
        yield ["message_id", "received_at", "channel", *senders, "text", "from_date", "to_date"]
        for number, at, channel, key, shown, text, first, last in MESSAGES:
            facts = self.facts(self.cast[key])
            cells = [shown.get(cell, "").format_map(facts) for cell in senders]
            yield [number, f"{at}:00+00:00", channel, *cells, text.format_map(facts), first, last]

    def facts(self, pupil: Pupil) -> dict[str, str]:
        """What a message about a pupil may show."""
        child, parent = pupil.child, pupil.child.contacts[0]
        sender = {"sender_name": parent.name, "sender_phone": parent.phone, "sender_email": parent.email}
        names = {"forename": child.forename, "pupil_name": pupil.full_name, "group": child.seat.form}
        return sender | names | {"pupil_id": pupil.student_id}

    def expected(self) -> str:
        """What must be concluded at 09:20, from the plan of this script."""
        lost = ", ".join(self.ids[key] for key in LOST_ZERO)
        notes = NOTES.format_map(self.ids | {"unmarked": UNMARKED, "lost_zero": lost})
        counts = dict(Counter(self.part(pupil).standing for pupil in self.pupils).most_common())
        head = "| id | name | form | mark in the grid | standing | why |\n|---|---|---|---|---|---|"
        lines = [self.conclusion(pupil) for pupil in self.pupils if self.part(pupil).why != "present"]
        return "\n".join([f"# What must be concluded at 09:20\n\n{counts}\n", head, *lines, notes, self.weeks.told()])

    def conclusion(self, pupil: Pupil) -> str:
        """One line of the list of what must be concluded."""
        part = self.part(pupil)
        told = f"`{part.mark}` | {part.standing} | {part.why}"
        return f"| {pupil.student_id} | {pupil.full_name} | {part.seat.form} | {told} |"


def as_csv(rows: Iterable[Sequence[str]], *, separator: str = ",", line_end: str = "\r\n") -> str:
    """The rows as text."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator, lineterminator=line_end).writerows(rows)
    return text.getvalue()


def exports(morning: Morning) -> dict[str, bytes]:
    """Every file's name and bytes."""
    lates = morning.table("pupil_id,date,time_in,time_out,reason", LATES)
    comments = morning.table("StudentId,CalendarStartDate,PeriodDisplayName,Mark,AttendanceComment", COMMENTS)
    planned = morning.table("pupil_id,from_date,to_date,session,code,reason,due_back,approved_by", PLANNED)
    flags = morning.table("pupil_id,flag,since,until,professional_name,agency,professional_phone", FLAGS)
    return {
        "students.csv": as_csv(morning.students()).encode("utf-8-sig"),
        "attendance-week.csv": as_csv(morning.week()).encode("cp1252"),
        "attendance-comments.csv": as_csv(comments).encode(),
        "lates.csv": as_csv(lates, separator=";", line_end="\n").encode(),
        "messages.csv": as_csv(morning.messages()).encode(),
        "planned.csv": as_csv(planned).encode(),
        "flags.csv": as_csv(flags).encode(),
        **{name: as_csv(rows).encode("cp1252") for name, rows in morning.weeks.grids(SCHOOL).items()},
    }


def is_current(path: Path, content: bytes) -> bool:
    """Whether the file on disk is as it should be."""
    return path.is_file() and path.read_bytes() == content


def main() -> int:
    """Write the files, or with `--check` only compare them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 if a file differs")
    parser.add_argument("--expected", type=Path, metavar="FILE", help="also write what must be concluded at 09:20")
    options = parser.parse_args()
    morning = Morning()
    files = exports(morning)
    if options.expected:
        options.expected.write_bytes(morning.expected().encode())
    if options.check:
        stale = [name for name, content in files.items() if not is_current(FOLDER / name, content)]
        print(
            "\n".join(f"{name} differs: run python tools/make_sample.py" for name in stale) or "sample_data is current"
        )
        return 1 if stale else 0
    FOLDER.mkdir(exist_ok=True)
    for name, content in files.items():
        (FOLDER / name).write_bytes(content)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

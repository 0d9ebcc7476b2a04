"""Notes to paste: one a child for the information system, facts alone; one for the safeguarding record, everything."""

from collections.abc import Iterable, Sequence

from firstday_cli.domain.days.absence_days import DaysAbsent
from firstday_cli.domain.log.entries import Logged, NotePasted
from firstday_cli.domain.picture.day_picture import DayPicture
from firstday_cli.domain.school_days import in_words
from firstday_cli.domain.sheets.day_notes import BY_ITS_MARK, CodeToEnter, DayNote, SessionStood, codes_to_enter
from firstday_cli.domain.sheets.duties_today import DutyToday, Met
from firstday_cli.domain.sheets.note_lines import NoteLine
from firstday_cli.reports.counted import shown_days, shown_since, shown_time
from firstday_cli.reports.page import Audience, Json, Page, Table
from firstday_cli.reports.sheet_head import provisional
from firstday_cli.reports.unexplained import WORDS

OFFICES = "none proposed: the code is the office's to decide"
BY_CODE = "none proposed: the mark in the register explains by itself"
CODES_NOTE = (
    "An answer says where the child is, and no more: the absence stays unauthorised until a person decides. firstday "
    "changes no register."
)
NOTHING = "Nothing is logged."
CODE_COLUMNS = ("register has", "proposed", "who said what")


def mis_notes(picture: DayPicture, notes: Sequence[DayNote]) -> Page:
    """The page of `report mis-notes`: what happened and what was said; nothing that only safeguarding may read."""
    codes = codes_to_enter(notes)
    blocks = [(note, _mis_block(picture, note)) for note in notes]
    return Page(
        title=_title(picture, "notes for the information system"),
        facts={**_facts("mis-notes", picture, blocks), "codes": [_code_shape(code) for code in codes]},
        warnings=provisional(picture),
        tables=(
            _overview(picture, notes),
            _codes(picture, codes),
            *(_block(picture, note, text) for note, text in blocks),
        ),
        notes=(CODES_NOTE, "Pasted? firstday logged PUPIL --in mis --by NAME."),
        worksheet=_worksheet(picture, blocks, codes),
    )


def cpoms(picture: DayPicture, notes: Sequence[DayNote]) -> Page:
    """The page of `report cpoms`: the whole chronology of each child's day."""
    blocks = [(note, _cpoms_block(picture, note)) for note in notes]
    return Page(
        title=_title(picture, "notes for the safeguarding record"),
        facts=_facts("cpoms", picture, blocks),
        audience=Audience.SAFEGUARDING,
        warnings=provisional(picture),
        tables=(_overview(picture, notes), *(_block(picture, note, text) for note, text in blocks)),
        notes=("Pasted? firstday logged PUPIL --in cpoms --by NAME.",),
        worksheet=_worksheet(picture, blocks, ()),
    )


def _title(picture: DayPicture, what: str) -> str:
    day = picture.session.day
    return f"{picture.school}: {what}, {in_words(day)}, as of {shown_time(picture.as_of, day)}"


def _overview(picture: DayPicture, notes: Sequence[DayNote]) -> Table:
    rows = tuple((*_who(note), _pasted(picture, note)) for note in notes)
    return Table(
        title=f"Notes ({len(rows)})", columns=("Pupil", "Name", "Group", "Pasted"), rows=rows,
        empty="None: nobody is known to be absent, and nothing is logged.", unbroken=("Pupil", "Name", "Group"),
    )  # fmt: skip


def _who(note: DayNote) -> tuple[str, str, str]:
    pupil = note.picture.pupil
    return pupil.pupil_id, pupil.name, pupil.group


def _pasted(picture: DayPicture, note: DayNote) -> str:
    """Whether the note was pasted, and what the paste does not have."""
    if note.pasted is None:
        return "no"
    reference = f" ({_reference(note.pasted)})" if _reference(note.pasted) else ""
    new = f"; {note.since} {'entry' if note.since == 1 else 'entries'} since" if note.since else ""
    return f"pasted {shown_time(note.pasted.at, picture.session.day)} by {note.pasted.by}{reference}{new}"


def _reference(pasted: Logged) -> str:
    return pasted.what.reference if isinstance(pasted.what, NotePasted) else ""


def _block(picture: DayPicture, note: DayNote, text: str) -> Table:
    """The note as lines that can be selected and pasted, and below them whether that was done."""
    pupil_id, name, group = _who(note)
    return Table(
        title=f"{pupil_id} {name}, {group or 'no group'}", columns=(), rows=(), lines=(*text.split("\n"), ""),
        empty=f"Pasted: {_pasted(picture, note)}.",
    )  # fmt: skip


def _codes(picture: DayPicture, codes: Sequence[CodeToEnter]) -> Table:
    rows = tuple((*_who(code.note), *_code_cells(picture, code)) for code in codes)
    return Table(
        title=f"Codes for a person to enter ({len(rows)})",
        columns=("Pupil", "Name", "Group", *(name.capitalize() for name in CODE_COLUMNS)), rows=rows,
        empty="None: no absence is explained today.", unbroken=("Pupil", "Name", "Group"),
    )  # fmt: skip


def _code_cells(picture: DayPicture, code: CodeToEnter) -> tuple[str, str, str]:
    """The marks that the register has, the codes proposed, and who said what to whom."""
    return (
        ", ".join(f"{stood.half} {stood.facts.mark or 'blank'}" for stood in code.sessions),
        BY_CODE if code.is_by_mark else "; ".join(code.proposed) or OFFICES,
        "\n".join((*_beside(code), *(_line(line, picture) for line in code.said))),
    )


def _beside(code: CodeToEnter) -> Iterable[str]:
    """The words beside a mark that explains by them."""
    for stood in code.sessions:
        if stood.standing.line == BY_ITS_MARK and stood.facts.comment:
            yield f"beside the mark: “{code.note.discretion.text(stood.facts.comment)}”"


def _worksheet(picture: DayPicture, blocks: Iterable[tuple[DayNote, str]], codes: Sequence[CodeToEnter]) -> Table:
    """One row a child, the whole note in its last cell."""
    cells = {code.note.picture.pupil.pupil_id: _code_cells(picture, code) for code in codes}
    rows = tuple(
        (*_who(note), _pasted(picture, note), *cells.get(note.picture.pupil.pupil_id, ("",) * len(CODE_COLUMNS)), text)
        for note, text in blocks
    )
    return Table(title="Notes", columns=("pupil_id", "name", "group", "pasted", *CODE_COLUMNS, "note"), rows=rows)


def _mis_block(picture: DayPicture, note: DayNote) -> str:
    stood = (f"{s.half}: {_mark(s, note)}, {WORDS[s.standing.kind]}" for s in note.sessions)
    lines = [_line(line, picture) for line in note.lines]
    return "\n".join((_heading(picture, note), *stood, *(lines or [NOTHING])))


def _heading(picture: DayPicture, note: DayNote) -> str:
    pupil_id, name, group = _who(note)
    until = shown_time(picture.as_of, picture.session.day)
    return f"{in_words(picture.session.day)} up to {until}: {name} ({pupil_id}, {group or 'no group'})"


def _mark(stood: SessionStood, note: DayNote) -> str:
    """The mark; words beside it only where they are the reason that explains, for others are not confirmed."""
    says_why = stood.facts.comment and stood.standing.line == BY_ITS_MARK
    comment = f" (“{note.discretion.text(stood.facts.comment)}”)" if says_why else ""
    return f"marked {stood.facts.mark}{comment}" if stood.facts.mark else "no mark"


def _line(line: NoteLine, picture: DayPicture) -> str:
    return f"{shown_time(line.at, picture.session.day)} {line.words}" if line.at else line.words


def _cpoms_block(picture: DayPicture, note: DayNote) -> str:
    p = note.picture
    alerts = (f"ALERT: {a.alert}, {a.because}" for a in picture.alerts if a.pupil_id == p.pupil.pupil_id)
    stood = (f"{s.half}: {WORDS[s.standing.kind]}; {s.standing.because}" for s in note.sessions)
    unsure = " (unsure)" if p.rating.is_unsure else ""
    authorised = f"; authorised by {p.rating.authorised_by}" if p.rating.authorised_by else ""
    return "\n".join(
        (
            _heading(picture, note), *alerts, *stood,
            f"Rated {p.rating.rating.value}{unsure}: {'; '.join(p.rating.because) or 'no rule says more'}{authorised}",
            f"Days of absence: {shown_days(p.days)}; {_not_seen(p.days)}",
            *_owed(note.duties),
            *([_dated(line, picture) for line in note.lines] or [NOTHING]),
        )
    )  # fmt: skip


def _not_seen(days: DaysAbsent) -> str:
    return f"not seen for {shown_since(days)}" if days.was_ever_seen else "nobody is known to have seen the child yet"


def _owed(duties: Iterable[DutyToday]) -> Iterable[str]:
    for duty in duties:
        how = {
            Met.DONE: f"done, {duty.duty.done}", Met.LATE: f"done late, {duty.duty.done}",
            Met.MISSED: "not done in time, owed still" if duty.is_absent else "missed: the child came in since",
            Met.OWED: "owed",
        }[duty.met]  # fmt: skip
        yield f"{duty.duty.duty} by {duty.duty.due:%H:%M}: {how} ({duty.duty.because})"


def _dated(line: NoteLine, picture: DayPicture) -> str:
    """The line with its place in the log, and when it was written down where that was later."""
    if not line.number or line.written is None:
        return _line(line, picture)
    is_later = line.at is not None and line.written.replace(second=0, microsecond=0) > line.at
    written = f", written down {shown_time(line.written, picture.session.day)}" if is_later else ""
    return f"{_line(line, picture)} (E{line.number}{written})"


def _facts(name: str, picture: DayPicture, blocks: Iterable[tuple[DayNote, str]]) -> dict[str, Json]:
    return {
        "schema": f"firstday/{name}/1",
        "day": picture.session.day.isoformat(),
        "as_of": picture.as_of.isoformat(),
        "notes": [
            {"pupil_id": note.picture.pupil.pupil_id, "note": text, "pasted": _paste_shape(note), "since": note.since}
            for note, text in blocks
        ],
    }


def _paste_shape(note: DayNote) -> Json:
    if note.pasted is None:
        return None
    return {"at": note.pasted.at.isoformat(), "by": note.pasted.by, "reference": _reference(note.pasted)}


def _code_shape(code: CodeToEnter) -> Json:
    return {
        "pupil_id": code.note.picture.pupil.pupil_id,
        "marks": {s.half.value: s.facts.mark for s in code.sessions},
        "proposed": list(code.proposed),
        "said": [line.words for line in code.said],
    }

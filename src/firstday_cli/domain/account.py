"""The account of one pupil: every piece of evidence about this session, for and against."""

from collections.abc import Iterable
from datetime import datetime

from firstday_cli.domain.day_evidence import DayEvidence
from firstday_cli.domain.day_picture import PupilPicture, duties_owed, pupil_picture
from firstday_cli.domain.disagreement import Discrepancy, disagreements
from firstday_cli.domain.duties import Duty
from firstday_cli.domain.entries import InSchoolChecked, NoteMade
from firstday_cli.domain.happenings import WORDS
from firstday_cli.domain.newest import rows_about
from firstday_cli.domain.people import PupilId
from firstday_cli.domain.pupil_days import PupilDays
from firstday_cli.domain.reconcile import LINES
from firstday_cli.domain.record import record
from firstday_cli.domain.school_days import Session
from firstday_cli.domain.session_facts import SessionFacts


@record
class PieceOfEvidence:
    """One thing that was said or seen, where it stands, and what it weighs."""

    what: str
    source: str
    weight: str


@record
class Account:
    """A pupil's standing and everything it rests on."""

    pupil: PupilPicture
    rule: str
    session: Session
    as_of: datetime
    evidence: tuple[PieceOfEvidence, ...]
    discrepancies: tuple[Discrepancy, ...]
    duties: tuple[Duty, ...]


def account_of(evidence: DayEvidence, pupil_id: PupilId) -> Account:
    """The account of one pupil, present ones too."""
    session = SessionFacts(evidence, evidence.session.half)
    days = PupilDays(session)
    picture = pupil_picture(days, pupil_id)
    judged = [(picture.pupil, picture.facts, picture.standing)]
    return Account(
        pupil=picture,
        rule=next(line.when for line in LINES if line.number == picture.standing.line),
        session=evidence.session,
        as_of=evidence.now,
        evidence=tuple(_evidence(session, pupil_id)),
        duties=tuple(duties_owed(days, picture)),
        discrepancies=tuple(d for d in disagreements(session, judged) if d.pupil_id == pupil_id),
    )


def _evidence(session: SessionFacts, pupil_id: PupilId) -> Iterable[PieceOfEvidence]:
    facts = session.facts(pupil_id)
    if facts.not_expected:
        yield PieceOfEvidence(what=facts.not_expected, source="roll or calendar", weight="not expected")
    counted = set(facts.mark_source.split("; "))
    for sheet, row in rows_about(session.sheets, pupil_id):
        source = f"{sheet.brought_by.file}, row {row.row}"
        comment = f": “{row.comment}”" if row.comment else ""
        weight = "counts" if source in counted else "comment" if row.mark is None else "an earlier register"
        shown = "comment" if row.mark is None else f"marked {row.mark or 'blank'}"
        yield PieceOfEvidence(what=f"{shown}{comment}", source=source, weight=weight)
    for sheet in session.sheets:
        for refused in sheet.refused:
            if refused.pupil_id == pupil_id:
                problem = refused.problems[0]
                yield PieceOfEvidence(
                    what="a row that could not be read", source=f"{problem.file}, row {problem.row}", weight="doubt"
                )
    for late_id, late, (file, number) in session.late_rows:
        if late_id == pupil_id:
            times = [
                f"in {late.time_in:%H:%M}" if late.time_in else "",
                f"out {late.time_out:%H:%M}" if late.time_out else "",
            ]
            yield PieceOfEvidence(
                what=f"signed {' and '.join(t for t in times if t)}", source=f"{file}, row {number}", weight="sighting"
            )
    yield from _said(session, pupil_id)


def _said(session: SessionFacts, pupil_id: PupilId) -> Iterable[PieceOfEvidence]:
    for told in session.told.get(pupil_id, ()):
        yield PieceOfEvidence(what="told of the absence", source=told, weight="explains")
    for message in session.heard.waiting:
        if pupil_id in message.candidates:
            weight = f"explains nothing until a person says so: {message.because}"
            yield PieceOfEvidence(what=f"message: “{message.text}”", source=message.message_id, weight=weight)
    for entry in session.evidence.log:
        source = f"{entry.by} at {entry.at:%H:%M} ({entry.entry_id})"
        if (
            isinstance(entry.what, InSchoolChecked)
            and entry.what.pupil_id == pupil_id
            and entry.what.day == session.session.day
        ):
            yield PieceOfEvidence(what=f"{WORDS[entry.what.finding]}, {entry.what.half}", source=source, weight="check")
        if isinstance(entry.what, NoteMade) and entry.what.pupil_id == pupil_id:
            yield PieceOfEvidence(what=f"{entry.what.about}: {entry.what.text}", source=source, weight="never explains")

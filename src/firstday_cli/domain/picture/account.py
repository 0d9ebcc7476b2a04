"""The account of one pupil: every piece of evidence about this session, for and against."""

from collections.abc import Iterable
from datetime import datetime

from firstday_cli.domain.log.calls import FOLLOWS
from firstday_cli.domain.log.entries import (
    CallMade,
    DecisionMade,
    EnquiryMade,
    InSchoolChecked,
    Logged,
    MessageHeard,
    MessageMatched,
    NoteKind,
    NoteMade,
    ReferralAnswered,
    ReferralMade,
    TextSent,
    VisitMade,
    VisitStarted,
    is_danger,
)
from firstday_cli.domain.log.escalated import Escalated, escalated_words
from firstday_cli.domain.log.sentences import said
from firstday_cli.domain.log.visits import AT_THE_DOOR
from firstday_cli.domain.people import PupilId
from firstday_cli.domain.picture.day_picture import PupilPicture, duties_owed, pupil_picture
from firstday_cli.domain.record import record
from firstday_cli.domain.school_days import Session
from firstday_cli.domain.standing.day_evidence import DayEvidence
from firstday_cli.domain.standing.disagreement import Discrepancy, disagreements
from firstday_cli.domain.standing.duties import Duty
from firstday_cli.domain.standing.happenings import WORDS
from firstday_cli.domain.standing.newest import rows_about
from firstday_cli.domain.standing.pupil_days import PupilDays
from firstday_cli.domain.standing.reconcile import LINES
from firstday_cli.domain.standing.session_facts import SessionFacts


@record
class PieceOfEvidence:
    """One thing that was said or seen, where it stands, what it weighs, and whether it is for safeguarding alone."""

    what: str
    source: str
    weight: str
    is_for_leads: bool = False


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
        evidence=(*_evidence(session, pupil_id), *(_of_entry(e) for e in picture.logged if _is_shown(e))),
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
        if pupil_id in message.pupils:
            weight = f"explains nothing until a person says so: {message.because}"
            yield PieceOfEvidence(what=f"message: “{message.text}”", source=message.message_id, weight=weight)


def _is_shown(entry: Logged) -> bool:
    """Whether an entry stands by itself: one that told of the absence is shown as what it explains."""
    is_danger_told = isinstance(entry.what, MessageMatched | MessageHeard) and is_danger(entry)
    return is_danger_told or isinstance(entry.what, InSchoolChecked | NoteMade | CallMade | TextSent | Escalated)


def _of_entry(entry: Logged) -> PieceOfEvidence:
    """A check, a call, a text or a note; what people know of a family from inside school is for safeguarding."""
    match entry.what:
        case InSchoolChecked() as check:
            return PieceOfEvidence(what=f"{WORDS[check.finding]}, {check.half}", source=entry.source, weight="check")
        case CallMade() as call:
            what = f"call to contact {call.contact}: {call.outcome.value}"
            return PieceOfEvidence(what=what, source=entry.source, weight=FOLLOWS[call.outcome].then)
        case MessageMatched(danger=danger) | MessageHeard(danger=danger):
            what = f"a message says “{danger}”"
            return PieceOfEvidence(what=what, source=entry.source, weight="a sign of danger: explains nothing")
        case VisitStarted():
            return PieceOfEvidence(what=said(entry.what), source=entry.source, weight="never explains")
        case VisitMade() as visit:
            what = f"home visit: {visit.outcome.value}"
            return PieceOfEvidence(what=what, source=entry.source, weight=AT_THE_DOOR[visit.outcome].then)
        case EnquiryMade() | DecisionMade() | ReferralMade() | ReferralAnswered() as escalated:
            what = f"{escalated.kind}: {escalated_words(escalated)}"
            return PieceOfEvidence(what=what, source=entry.source, weight="ends no case", is_for_leads=True)
        case NoteMade() as note:
            what, inside = f"{note.about}: {note.text}", note.about is NoteKind.INTELLIGENCE
            return PieceOfEvidence(what=what, source=entry.source, weight="never explains", is_for_leads=inside)
        case other:
            return PieceOfEvidence(what=said(other), source=entry.source, weight="never explains")

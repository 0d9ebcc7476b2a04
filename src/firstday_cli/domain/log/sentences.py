"""What an entry says, in one sentence without names."""

from datetime import date

from firstday_cli.domain.log.entries import (
    AgencyInformed,
    CallMade,
    DecisionMade,
    EnquiryMade,
    Entry,
    EntryWithdrawn,
    ExplanationGiven,
    FilesUnread,
    InSchoolChecked,
    MessageHeard,
    MessageMatched,
    NoteMade,
    NotePasted,
    PupilSeen,
    RatingChanged,
    ReferralAnswered,
    ReferralMade,
    ReviewDecided,
    ReviewHeld,
    RiskAssessed,
    SchoolClosed,
    SettingsKept,
    SheetMade,
    TextSent,
    VisitMade,
    VisitStarted,
)
from firstday_cli.domain.log.escalated import Escalated
from firstday_cli.domain.school_days import Half, in_words

OF_A_DAY = {Half.AM: "morning", Half.PM: "afternoon"}


def said(entry: Entry) -> str:  # noqa: C901 - one case for each kind of entry
    """What an entry says, with pupil ids and no names."""
    if isinstance(entry, Escalated | FilesUnread | SettingsKept):
        return _for_itself(entry) if isinstance(entry, FilesUnread | SettingsKept) else _escalated(entry)
    match entry:
        case InSchoolChecked():
            return f"{entry.pupil_id} {entry.finding.value}, {in_words(entry.day)} {entry.half}"
        case MessageMatched():
            return _matched(entry)
        case MessageHeard():
            return f"message about {entry.pupil_id or 'nobody yet'}, {span(entry.first_day, entry.last_day)}"
        case ExplanationGiven():
            return f"{entry.pupil_id} explained, {span(entry.first_day, entry.last_day)}"
        case CallMade():
            return f"call about {entry.pupil_id} to contact {entry.contact}: {entry.outcome.value}"
        case TextSent():
            return f"text sent to the family of {entry.pupil_id}"
        case NotePasted():
            return f"note about {entry.pupil_id} pasted into {entry.into.value}, {in_words(entry.day)}"
        case SheetMade():
            return f"{entry.sheet} {entry.number} of {in_words(entry.day)} {entry.half}"
        case PupilSeen():
            parent = "with a parent" if entry.with_parent else "without a parent"
            return f"{entry.pupil_id} seen, {entry.how.value}, {parent}, {in_words(entry.day)}"
        case AgencyInformed():
            return f"an agency informed about {entry.pupil_id}"
        case RatingChanged():
            return f"{entry.pupil_id} rated {entry.rating.value}, before {entry.before.value}"
        case RiskAssessed():
            return f"risk assessment of {entry.pupil_id} on file, review {in_words(entry.review)}"
        case ReviewHeld():
            return f"review of {in_words(entry.day)}: {len(entry.present)} present"
        case ReviewDecided():
            return f"review of {in_words(entry.day)}: a decision about {entry.pupil_id}"
        case NoteMade():
            return f"{entry.about.value} about {entry.pupil_id}"
        case SchoolClosed():
            return f"school shut, {in_words(entry.day)} {entry.half or 'all day'}"
        case EntryWithdrawn():
            return f"{entry.entry} taken back"


def _for_itself(entry: FilesUnread | SettingsKept) -> str:
    """What firstday writes down so that a moment past can be shown again."""
    if isinstance(entry, SettingsKept):
        return "the settings as they were from then on"
    return f"{len(entry.files)} file{'' if len(entry.files) == 1 else 's'} of the inbox could not be read"


def _matched(entry: MessageMatched) -> str:
    whom = ", ".join(entry.pupil_ids) or "nobody"
    return f"message {entry.message_id} is about {whom}, {span(entry.first_day, entry.last_day, entry.half)}"


def _escalated(entry: Escalated) -> str:
    match entry:
        case EnquiryMade():
            return f"the three questions asked about {entry.pupil_id}"
        case VisitStarted():
            return f"{len(entry.staff)} left for a home visit to {entry.pupil_id}, back by {entry.back_by:%H:%M}"
        case VisitMade():
            parent = ", with a parent" if entry.with_parent else ""
            return f"home visit to {entry.pupil_id}: {entry.outcome.value}{parent}"
        case DecisionMade():
            return f"decided about {entry.pupil_id}: {entry.judgement.value}"
        case ReferralMade():
            return f"{entry.pupil_id} referred to {entry.to.value}"
        case ReferralAnswered():
            return f"{entry.to.value} about {entry.pupil_id}: {entry.reply.value}"


def span(first: date, last: date, half: Half | None = None) -> str:
    """A stretch of days; one day alone as itself; of one half of them, with that half."""
    days = in_words(first) if first == last else f"{in_words(first)} to {in_words(last)}"
    return f"{days}, the {OF_A_DAY[half]} alone" if half else days

"""What an entry says in a note for the school's own record, in plain words that follow the name of who says so.

The information system is read by many: no agency, no flag, no sign of danger and no free note goes into it.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from firstday_cli.domain.log.calls import FOLLOWS, HOW_IT_ENDED
from firstday_cli.domain.log.entries import (
    AgencyInformed,
    CallMade,
    DecisionMade,
    EnquiryMade,
    Entry,
    ExplanationGiven,
    Finding,
    InSchoolChecked,
    KeptIn,
    MessageHeard,
    MessageMatched,
    NoteMade,
    NotePasted,
    PupilSeen,
    RatingChanged,
    ReferralAnswered,
    ReferralMade,
    ReviewDecided,
    RiskAssessed,
    TextSent,
    VisitMade,
    VisitStarted,
)
from firstday_cli.domain.log.escalated import escalated_words
from firstday_cli.domain.log.sentences import said
from firstday_cli.domain.log.visits import AT_THE_DOOR
from firstday_cli.domain.names import folded
from firstday_cli.domain.people import Flag
from firstday_cli.domain.record import record
from firstday_cli.domain.school_days import in_words
from firstday_cli.domain.standing.told import WHERE

PASSED_ON = "passed to the safeguarding lead"
SIGN = "SIGN OF DANGER: "
A_PROFESSIONAL = "[a professional]"
LOOKED = {
    Finding.FOUND: "looked for the child and found them in school",
    Finding.NOT_FOUND: "looked for the child in school and did not find them",
    Finding.ARRIVED: "heard that the child arrived",
    Finding.NOT_ARRIVED: "heard that the child did not arrive",
}


@record
class Discretion:
    """What one child's note may not say: names anywhere, and flags in who somebody is."""

    names: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()

    def text(self, words: str) -> str:
        """What was said, in one line, with no professional and no agency named."""
        line = _one_line(words)
        for name in self.names:
            line = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", A_PROFESSIONAL, line, flags=re.IGNORECASE)
        return line

    def who(self, words: str) -> str:
        """Who somebody is, unless that tells a flag."""
        plain = f" {folded(words)} "
        return A_PROFESSIONAL if any(f" {flag} " in plain for flag in self.flags) else self.text(words)


def agencies(flags: Iterable[Flag], log: Iterable[Entry]) -> frozenset[str]:
    """Every agency that these flags name, or that was informed."""
    informed = (entry.agency for entry in log if isinstance(entry, AgencyInformed))
    return frozenset((*(flag.agency for flag in flags), *informed)) - {""}


def discretion_for(into: KeptIn, flags: Sequence[Flag], agencies: Iterable[str]) -> Discretion:
    """What may not be said of a child with these flags: no agency that the school knows, nor its own professionals.

    Nothing is kept from the safeguarding record.
    """
    if into is KeptIn.CPOMS:
        return Discretion()
    named = (name for flag in flags for name in (flag.professional_name, flag.agency))
    names = {_one_line(name) for name in (*named, *agencies)} - {""}
    return Discretion(
        names=tuple(sorted(names, key=len, reverse=True)), flags=tuple(folded(flag.flag) for flag in flags)
    )


def _one_line(words: str) -> str:
    return " ".join(words.replace("’", "'").split())


def note_words(entry: Entry, into: KeptIn, discretion: Discretion, day: date) -> str:
    """What the entry says in a note of this day; empty where it does not go into that record."""
    plain = _in_both(entry, into, discretion, day)
    if plain or into is KeptIn.MIS or isinstance(entry, NotePasted):
        return plain
    return _for_safeguarding(entry)


def _in_both(entry: Entry, into: KeptIn, discretion: Discretion, day: date) -> str:
    match entry:
        case CallMade():
            return _call(entry, into, discretion, day)
        case TextSent():
            return "texted the family" + (f" on {entry.phone}" if entry.phone and into is KeptIn.CPOMS else "")
        case MessageHeard():
            return _heard(entry, into, discretion, day)
        case MessageMatched():
            danger = "" if not entry.danger else f": {PASSED_ON}" if into is KeptIn.MIS else f": {SIGN}{entry.danger}"
            return f"decided that message {entry.message_id} is about this child{danger}"
        case ExplanationGiven():
            return f"was told by {discretion.who(entry.told_by)}; {_told(entry, into, discretion, day)}"
        case InSchoolChecked():
            where = f" ({discretion.text(entry.where)})" if entry.where else ""
            return f"{LOOKED[entry.finding]}{where}, {entry.half}"
        case PupilSeen():
            parent = "with a parent there" if entry.with_parent else "no parent there"
            return f"saw the child {WHERE[entry.how]}, {parent}"
        case VisitMade():
            return _visit(entry, into, discretion)
        case _:
            return ""


def _heard(entry: MessageHeard, into: KeptIn, discretion: Discretion, day: date) -> str:
    """A message that was typed in; one that shows a danger is passed on, and written out for safeguarding alone."""
    how = f" ({discretion.text(entry.channel)})" if entry.channel else ""
    heard = f"heard a message{how} from {discretion.who(entry.told_by)}"
    if entry.danger:
        return f"{heard}: {PASSED_ON if into is KeptIn.MIS else f'{SIGN}{discretion.text(entry.reason)}'}"
    return f"{heard}: {discretion.text(entry.reason)}{_until(entry.last_day, day)}"


def _call(call: CallMade, into: KeptIn, discretion: Discretion, day: date) -> str:
    relationship = f" ({discretion.who(call.relationship)})" if call.relationship else ""
    person = f"{discretion.text(call.contact_name) or f'contact {call.contact}'}{relationship}"
    number = f" on {call.phone}" if call.phone and into is KeptIn.CPOMS else ""
    rang = f"{'rang' if FOLLOWS[call.outcome].is_try else 'had texts with'} {person}{number}"
    if FOLLOWS[call.outcome].is_danger and into is KeptIn.MIS:
        return f"{rang}: {PASSED_ON}"
    danger = SIGN if FOLLOWS[call.outcome].is_danger else ""
    told = f"; {_told(call, into, discretion, day)}" if FOLLOWS[call.outcome].explains else ""
    note = f"; noted: {discretion.text(call.note)}" if call.note and into is KeptIn.CPOMS else ""
    return f"{rang}: {danger}{HOW_IT_ENDED[call.outcome]}{told}{note}"


def _visit(visit: VisitMade, into: KeptIn, discretion: Discretion) -> str:
    """What was found at the door; a worry and what was noted, for the safeguarding record alone."""
    follows = AT_THE_DOOR[visit.outcome]
    if into is KeptIn.MIS:
        return f"made a home visit: {PASSED_ON}" if follows.is_danger else follows.words
    danger = SIGN if follows.is_danger else ""
    parent = (", with a parent there" if visit.with_parent else ", no parent there") if follows.is_seen else ""
    note = f"; noted: {discretion.text(visit.note)}" if visit.note else ""
    return f"{danger}{follows.words}{parent} ({visit.purpose.value} visit){note}"


def _told(given: CallMade | ExplanationGiven, into: KeptIn, discretion: Discretion, day: date) -> str:
    """Why the child is absent, with whom it is, the code proposed, for how long; as little of health as was said."""
    because = discretion.text(given.reason)
    parts = [
        f"reason: {because}" if because else "no reason given",
        f"the child is with {discretion.text(given.child_with)}",
    ]
    if given.code:
        parts.append(f"code proposed: {given.code}")
    if given.last_episode and into is KeptIn.CPOMS:
        parts.append(f"last episode of sickness {given.last_episode:%H:%M} on {in_words(given.last_episode.date())}")
    if isinstance(given, ExplanationGiven) and given.back:
        parts.append(f"expected back at {given.back:%H:%M}")
    return "; ".join(parts) + _until(given.last_day, day)


def _until(last: date, day: date) -> str:
    return f"; up to {in_words(last)}" if last > day else ""


def _for_safeguarding(entry: Entry) -> str:
    """What only the safeguarding record has; an entry of any other kind in one sentence, so that none is left out."""
    match entry:
        case NoteMade():
            return f"noted ({entry.about.value}): {entry.text}"
        case AgencyInformed():
            return f"informed {entry.agency}"
        case EnquiryMade() | VisitStarted() | DecisionMade() | ReferralMade() | ReferralAnswered():
            return escalated_words(entry)
        case RatingChanged():
            authorised = f"; authorised by {entry.authorised_by}" if entry.authorised_by else ""
            return f"rated {entry.rating.value}, before {entry.before.value}: {entry.why}{authorised}"
        case ReviewDecided():
            return f"wrote down what the daily review decided: {entry.decision}"
        case RiskAssessed():
            return f"filed a risk assessment: {entry.reference}, review {in_words(entry.review)}"
        case _:
            return f"wrote down: {said(entry)}"

"""Messages that stand in the log: replies to texts, and those typed in without a pupil; each waits for a person."""

from collections.abc import Iterable

from firstday_cli.domain.evidence import WORDLESS, AbsenceMessage, Filed, Import
from firstday_cli.domain.log.calls import Outcome
from firstday_cli.domain.log.entries import CallMade, Logged, MessageHeard

IN_THE_LOG = "the log"
CHANNEL = "text reply"
TYPED_IN = "call"  # its names are written down as somebody heard them


def replies(log: Iterable[Logged]) -> Iterable[Filed[AbsenceMessage]]:
    """Each reply as a message under its entry's id; no pupil's id is given to it, so it never explains by itself."""
    for entry in log:
        call = entry.what
        if isinstance(call, MessageHeard) and call.is_open:
            yield _typed_in(entry, call)
        if isinstance(call, CallMade) and call.outcome is Outcome.TEXT_REPLIED:
            brought = Import(file=IN_THE_LOG, batch=0, at=entry.recorded, changed=0)
            message = AbsenceMessage(
                message_id=entry.entry_id, received_at=entry.at, channel=CHANNEL, sender_name=call.contact_name,
                sender_phone=call.phone_key, text=call.note or WORDLESS, row=entry.number,
            )  # fmt: skip
            yield Filed(what=message, brought_by=brought)


def _typed_in(entry: Logged, heard: MessageHeard) -> Filed[AbsenceMessage]:
    """A message that somebody typed in without a pupil; dated only where its days are not the day it was heard."""
    said_days = (heard.first_day, heard.last_day) != (entry.at.date(), entry.at.date())
    message = AbsenceMessage(
        message_id=entry.entry_id, received_at=entry.at, channel=heard.channel or TYPED_IN, sender_name=heard.told_by,
        text=heard.reason, from_date=heard.first_day if said_days else None,
        to_date=heard.last_day if said_days else None, row=entry.number,
    )  # fmt: skip
    return Filed(what=message, brought_by=Import(file=IN_THE_LOG, batch=0, at=entry.recorded, changed=0))

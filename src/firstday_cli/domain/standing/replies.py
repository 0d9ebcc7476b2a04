"""Replies to texts: what a family wrote back is a message, and waits for a person to say whom it is about."""

from collections.abc import Iterable

from firstday_cli.domain.evidence import AbsenceMessage, Filed, Import
from firstday_cli.domain.log.calls import Outcome
from firstday_cli.domain.log.entries import CallMade, Logged

IN_THE_LOG = "the log"
CHANNEL = "text reply"
WORDLESS = "a text was answered; its words were not written down"


def replies(log: Iterable[Logged]) -> Iterable[Filed[AbsenceMessage]]:
    """Each reply as a message under its entry's id; no pupil's id is given to it, so it never explains by itself."""
    for entry in log:
        call = entry.what
        if isinstance(call, CallMade) and call.outcome is Outcome.TEXT_REPLIED:
            brought = Import(file=IN_THE_LOG, batch=0, at=entry.recorded, changed=0)
            message = AbsenceMessage(
                message_id=entry.entry_id, received_at=entry.at, channel=CHANNEL, sender_name=call.contact_name,
                sender_phone=call.phone_key, text=call.note or WORDLESS, row=entry.number,
            )  # fmt: skip
            yield Filed(what=message, brought_by=brought)

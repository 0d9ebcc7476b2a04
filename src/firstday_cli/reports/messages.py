"""Messages that need a person to say whom they are about."""

from firstday_cli.domain.picture.day_picture import DayPicture
from firstday_cli.domain.school_days import in_words
from firstday_cli.reports.page import Page, Table


def messages(picture: DayPicture) -> Page:
    """The page of `messages`."""
    waiting = picture.messages_to_match
    rows = tuple(
        (
            m.message_id,
            m.text,
            ", ".join(m.candidates) or "nobody fits",
            m.because,
            in_words(m.first_day) if m.first_day else "",
        )
        for m in waiting
    )
    columns = ("Message", "Text", "Perhaps", "Because", "From")
    return Page(
        title=f"{picture.school}: messages that wait for a person, {picture.session}",
        facts={
            "schema": "firstday/messages/1",
            "day": picture.session.day.isoformat(),
            "session": picture.session.half.value,
            "as_of": picture.as_of.isoformat(),
            "messages": [
                {
                    "message_id": m.message_id,
                    "text": m.text,
                    "candidates": list(m.candidates),
                    "because": m.because,
                    "from": m.first_day.isoformat() if m.first_day else None,
                    "to": m.last_day.isoformat() if m.last_day else None,
                }
                for m in waiting
            ],
        },
        tables=(Table(title="Messages", columns=columns, rows=rows, empty="No message waits."),),
        notes=("Say whom one is about: firstday match MESSAGE PUPIL --by NAME, or --none.",) if waiting else (),
    )

"""The texts of the day: one a family, as a batch that a texting service takes. A text is never contact."""

from collections.abc import Iterable

from firstday_cli.domain.picture.day_picture import DayPicture
from firstday_cli.domain.sheets.texts import Text, Texts
from firstday_cli.domain.standing.reconcile import StandingKind
from firstday_cli.reports.page import Json, Page, Table
from firstday_cli.reports.sheet_head import provisional

BATCH = ("phone number", "message")  # the first heading is the one that GOV.UK Notify asks for


def texts_page(picture: DayPicture, found: Texts, phone: str) -> Page:
    """The page of `report texts`; as CSV the bare batch, for GOV.UK Notify or any other service."""
    no_number = () if phone else ("[school] phone is empty in policy.toml: no text can say which number to ring.",)
    late = found.to_send and picture.as_of > found.due
    return Page(
        title=f"{picture.school}: texts, {picture.session}, as of {picture.as_of:%H:%M}",
        facts=_facts(picture, found),
        warnings=(*no_number, *(("OVERDUE.",) if late else ()), *provisional(picture), *_look_first(found, picture)),
        tables=(
            Table(
                title=f"To send by {found.due:%H:%M} ({len(found.to_send)})", columns=("Number", "About", "Text"),
                rows=tuple(_row(text) for text in found.to_send), empty="No text is to be sent.",
                unbroken=("Number", "About"),
            ),
            Table(
                title=f"Sent ({len(found.sent)})", columns=("Number", "About", "When"),
                rows=tuple((t.phone, ", ".join(t.pupil_ids), t.sent[0].source) for t in found.sent),
                unbroken=("Number", "About"),
            ),
            Table(
                title="No mobile number: these families cannot be texted", columns=("Pupil", "Name", "Group"),
                rows=tuple((p.pupil.pupil_id, p.pupil.name, p.pupil.group) for p in found.without),
            ),
        ),
        notes=("A text is no contact: ring as well. Once sent: firstday text PUPIL… --by NAME.",),
        worksheet=Table(title="", columns=BATCH, rows=tuple((text.phone, text.words) for text in found.to_send)),
    )  # fmt: skip


def _look_first(found: Texts, picture: DayPicture) -> Iterable[str]:
    """Which texts may tell a family what is not so: whose child nobody has marked, and who has written already."""
    unknown = [t for t in found.to_send if all(p.standing.kind is StandingKind.UNKNOWN for p in t.pupils)]
    if unknown:
        yield (
            f"LOOK FIRST: {len(unknown)} of {len(found.to_send)} texts are about children of whom nobody knows: "
            "they may be in school."
        )
    about = {pupil_id for message in picture.messages_to_match for pupil_id in message.pupils}
    waiting = [t for t in found.to_send if about & set(t.pupil_ids)]
    if waiting:
        yield (
            f"LOOK FIRST: a message may be about {len(waiting)} of {len(found.to_send)} families: decide it "
            "(`firstday messages`), then ask for the texts again."
        )


def _row(text: Text) -> tuple[str, ...]:
    return text.phone, ", ".join(text.pupil_ids), text.words


def _facts(picture: DayPicture, found: Texts) -> dict[str, Json]:
    return {
        "schema": "firstday/texts/1",
        "school": picture.school,
        "day": picture.session.day.isoformat(),
        "as_of": picture.as_of.isoformat(),
        "due": found.due.isoformat(),
        "texts": [{"phone": t.phone, "pupil_ids": list(t.pupil_ids), "text": t.words} for t in found.to_send],
        "sent": [
            {"phone": t.phone, "pupil_ids": list(t.pupil_ids), "at": t.sent[0].at.isoformat(), "by": t.sent[0].by}
            for t in found.sent
        ],
        "without": [p.pupil.pupil_id for p in found.without],
    }

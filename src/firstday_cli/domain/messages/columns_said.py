"""Whom an export says itself that a message is about: by an id, or by a name that stands in a column of its own."""

from firstday_cli.domain.evidence import AbsenceMessage
from firstday_cli.domain.messages.explaining import is_otherwise
from firstday_cli.domain.messages.name_book import Ids
from firstday_cli.domain.messages.plain_messages import is_plain, is_plainly_ill
from firstday_cli.domain.messages.reading import WhatIsSaid
from firstday_cli.domain.messages.whom import About, MessageInWords, Outcome
from firstday_cli.domain.record import record
from firstday_cli.domain.roll import Roll


@record
class InColumns:
    """Whom the columns mean, why, and whether the id and the name are of different pupils."""

    ids: Ids
    because: str
    disagree: bool = False


def about_by_columns(message: AbsenceMessage, named: Ids, words: MessageInWords, roll: Roll) -> About:
    """Whom the columns mean, with what the words beside them say; `named` are the pupils of the name in its column.

    In doubt where id and name disagree, where the words name another pupil alone, or more pupils than are read.
    """
    found, in_words = _in_columns(message, named, words, roll), words.named()
    said, is_another = words.said_of(found.ids), bool(in_words) and not in_words & found.ids
    is_sure = not (said.danger or is_otherwise(said) or in_words - found.ids)
    outcome = Outcome.NONE if not is_sure else Outcome.PROPOSED if len(found.ids) == 1 else Outcome.SEVERAL
    is_bare = not words.words and message.from_date is not None
    return About(
        outcome=outcome, candidates=found.ids, named=in_words - found.ids, said=said,
        because=f"{found.because}, but its words name another pupil" if is_another else found.because,
        is_plain=is_sure and (is_bare or _is_plain(words, said, found.ids)),
        is_in_doubt=found.disagree or is_another or not words.mentions.are_all,
    )  # fmt: skip


def _in_columns(message: AbsenceMessage, named: Ids, words: MessageInWords, roll: Roll) -> InColumns:
    """The pupil of the id where the name is no other's; else those of the name, and of the sender, and of the id."""
    of_id: Ids = frozenset({message.pupil_id} if message.pupil_id in roll else ())
    is_its_name = not named and roll.names.shares_a_word(message.pupil_id, message.pupil_name)
    if of_id and (of_id <= named or is_its_name):
        return InColumns(ids=of_id, because="the pupil's id came with it")
    if of_id and not named:
        because = "its id and its name are not of the same pupil, and nobody on the roll has that name"
        return InColumns(ids=of_id, because=because, disagree=True)
    known = words.sender.known
    both = (named & known) or (named | known)
    if of_id:
        return InColumns(ids=both | of_id, because="its id and its name are not of the same pupil", disagree=True)
    reasons = [why for why, those in (("name", named), ("sender", known)) if those & both]
    return InColumns(ids=both, because=f"fits by {' and '.join(reasons)}")


def _is_plain(words: MessageInWords, said: WhatIsSaid, found: Ids) -> bool:
    """Whether the words beside a name in a column are so plain that nobody need read them."""
    is_known = said.is_away and is_plain(words.words, words.sender.name, found, words.book)
    return len(found) == 1 and not said.not_now and (is_known or is_plainly_ill(words.words, found, words.book))

"""Which of several pupils a name in a message means: by class, by who sent it, by what sounds alike."""

from firstday_cli.domain.messages.classes_said import ClassesSaid
from firstday_cli.domain.messages.name_book import Ids, NameBook, Nearness
from firstday_cli.domain.messages.names_in_text import NOBODY, Mention
from firstday_cli.domain.messages.words import Word
from firstday_cli.domain.record import record


@record
class Sender:
    """Whom the sender's number or address is on the list of, and whose contact is called as the sender is."""

    known: Ids = NOBODY
    called: Ids = NOBODY
    name: str = ""


@record
class Narrowed:
    """Whom one name may mean, why, and whether that is sure enough to be proposed."""

    ids: Ids
    because: str
    is_sure: bool


class Narrowing:
    """Narrows each name of one message by what the message says besides; `is_heard` where names were written by ear."""

    def __init__(self, book: NameBook, sender: Sender, classes: ClassesSaid, *, is_heard: bool) -> None:
        self.book, self.sender, self.classes, self.is_heard = book, sender, classes, is_heard

    def of(self, m: Mention, first: Word) -> Narrowed:
        """Whom the name means; `first` is its first word."""
        ids, differs = self._by_class(m)
        ids, reasons, is_helped = self._by_sender(m, ids, differs=differs)
        if not m.is_whole and not ids & self.sender.known:
            ids |= self.book.forenames.also_spelt(first)
        ids, is_in_question = self._beside_sender(m, ids)
        is_helped = is_helped and not is_in_question
        besides = (
            ("spelt otherwise", m.near is Nearness.SLIP), ("of another class than is said", differs),
            ("or one of the sender's own", is_in_question),
        )  # fmt: skip
        is_its_own = m.near is not Nearness.SLIP and (m.is_whole or m.near is Nearness.EXACT)
        is_sure = len(ids) == 1 and (is_helped or is_its_own) and not self._is_doubtful(m, ids, differs=differs)
        because = ", ".join([f"by {' and '.join(reasons)}", *(words for words, is_so in besides if is_so)])
        return Narrowed(ids=ids, because=because, is_sure=is_sure)

    def _by_class(self, m: Mention) -> tuple[Ids, bool]:
        """The pupils of the name, those of another reading in the class said among them; whether the class differs."""
        ids = (m.others or m.ids) if self.is_heard else m.ids
        said = self.classes.ids
        differs = (bool(said) and not ids & said) or (self.classes.is_strange and not said)
        return ids | (m.others & said) if differs else ids, differs

    def _by_sender(self, m: Mention, ids: Ids, *, differs: bool) -> tuple[Ids, list[str], bool]:
        """Those of the pupils whom class and sender both leave, the reasons, and whether anything narrowed them."""
        reasons, is_helped = ["name" if m.is_whole else "forename"], False
        narrower = (
            (NOBODY if differs else self.classes.ids, "class"), (self.sender.known, "sender"),
            (self.sender.called, "sender's name"),
        )  # fmt: skip
        for those, why in narrower:
            if ids & those:
                ids, is_helped = ids & those, True
                reasons.append(why)
        return ids, reasons, is_helped

    def _beside_sender(self, m: Mention, ids: Ids) -> tuple[Ids, bool]:
        """The pupils, and the sender's own where the name fits none of them and is not whole and exact."""
        known = self.sender.known
        if not known or ids & known:
            return ids, False
        if m.others & known:
            return ids | (m.others & known), True
        return (ids, False) if m.is_whole and m.near is Nearness.EXACT else (ids | known, True)

    def _is_doubtful(self, m: Mention, ids: Ids, *, differs: bool) -> bool:
        """Whether another class is said of a name that neither stands there whole nor comes from its home."""
        is_of_the_family = bool(ids & (self.sender.known | self.sender.called))
        return differs and (not m.is_whole or self.classes.is_strange) and not is_of_the_family

"""One cell of text → the telephone numbers in it, each with the words that stand beside it."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from string import digits

from firstday_cli.domain.record import record
from firstday_cli.intake.cells.barring_words import FORBIDS, forbids
from firstday_cli.intake.cells.numbering import Number, is_whole, number_of

LOST_DIGITS = "a spreadsheet has lost this number's digits: type it again in the information system"
LONGEST = 400  # letters of a cell with any number of numbers and their words
TOO_LONG = f"is no telephone cell: it has more than {LONGEST} letters"
NO_NUMBER = "no telephone number can be read in it"
ENDING = "is only the ending of a number: type the whole number in the information system"
PLAIN = re.compile(r"0[123578]\d{9}|(?:\+44|0044)?[127]\d{9}")
RUINED = re.compile(r"(?<![\w.])\d(?:[.,]\d+)?e\+?\d{1,2}(?![\w.])", re.IGNORECASE)
LEAST, MOST, PART = 5, 15, 8  # digits: fewer are words, more are several numbers; so many may be another's ending
BESIDE = "".join(chr(0xE000 + digit) for digit in range(10))  # digits of words are hidden so: a time, a date
HIDDEN, SHOWN = str.maketrans(digits, BESIDE), str.maketrans(BESIDE, digits)
CLOCK = re.compile(
    r"(?<![\d:])(?:[01]?\d|2[0-3])[:.][0-5]\d(?=\s*(?:[ap]m\b|-|to\b|until\b))|(?<!\d)\d?\d:[0-5]\d(?!\d)"
)
DATE = re.compile(
    r"(?<![\d./+-])(?:(?:0?[1-9]|[12]\d|3[01])([/.-])(?:0?[1-9]|1[0-2])\1(?:\d{4}|\d\d)|\d{4}-\d\d-\d\d)(?![\d]|[./-]\d)"
)
LETTER_O = re.compile(r"(?<![A-Za-z])[Oo]+(?=\d)|(?<=\d)[Oo]+(?![A-Za-z])")
EXTENSION = re.compile(r"(?<=\d)[\s,;(]*(?:ext(?:ension|n)?|x|#)\.?\s*:?\s*(\d{1,6})\)?(?!\d)", re.IGNORECASE)
MENDED: tuple[tuple[re.Pattern[str], str], ...] = (  # in this order: how people and spreadsheets write → plain digits
    (re.compile(r"""[="'`\u2018\u2019]+(?=[+(\d])|(?<=\d)["'\u2019]+(?!\w)"""), ""),
    (re.compile(r"(?<!\d)(\d{9,13})\.0+(?!\d)"), r"\1"),
    (re.compile(r"(\d{4,})(?=[A-Za-z])"), r"\1 "),
    (re.compile(r"([A-Za-z])(?=\d{4,})"), r"\1 "),
    (re.compile(r"(?<!\d)(?:0{1,2}\s?)?\(?\s?\++\s?\(?\s?0{0,2}(?=[1-9])(\d{1,3})\)?"), r"+\1 "),
    (re.compile(r"((?:\+|(?<!\d)00)\s?\d{1,3}\s*|(?<!\d)44\s*)\(\s*0\s*\)"), r"\1"),
    (re.compile(r"\(\s*(0|0?\d{2,5})\s*\)\s*-?(?=\s?\d)"), r"\1 "),
    (re.compile(r"(?<![\d/])(0\d{2,4})\s?/\s?(?=\d{6,8}(?!\d))"), r"\1 "),
)
RUN = re.compile(r"(?:\+|(?<![A-Za-z\d]))\d(?:[ .-]{0,3}\d)*(?![A-Za-z\d])")
STRONG, WEAK = re.compile(r"[/;|\n]"), re.compile(r"[,&]|\bor\b|\band\b", re.IGNORECASE)
BETWEEN = re.compile(r"\s*(?:[/&,-]|\bor\b)\s*", re.IGNORECASE)
HOURS = re.compile(r"(.*\d) (\d{1,2} ?- ?\d{1,2})")
NOISE = frozenset({"tel", "telephone", "phone", "number", "no", "t", "or", "and"})


@record
class Run:
    """Digits that stand together in a cell, and where."""

    written: str
    start: int
    end: int


def phone(text: str) -> Number:
    """The first number of the cell that can be dialled; else the first that cannot, else none."""
    found = numbers(text)
    return next((number for number in found if number.key), found[0] if found else Number())


def numbers(text: str) -> tuple[Number, ...]:
    """Every number in the cell, the same one once, with its words as its label; of a cell of words one without a key.

    A blank cell has none. Nothing is guessed: what cannot be dialled as it is written has no key, and says why.
    """
    plain = text.replace(" ", "")
    if PLAIN.fullmatch(plain) and plain.isascii():
        return (number_of(" ".join(text.split())),)
    if len(text) > LONGEST:
        return (Number(remark=TOO_LONG),)
    text = _seen(text)
    if not any(letter.isalnum() for letter in text):
        return ()
    found = [Number(label=lost[0], remark=LOST_DIGITS) for lost in RUINED.finditer(text)]
    rest = RUINED.sub(" ", text)
    if not found or any(letter.isdigit() for letter in rest):
        found += _read(rest)
    return tuple(replace(n, remark=FORBIDS, forbids=True) for n in _once(found)) if forbids(text) else _once(found)


def _seen(text: str) -> str:
    """The cell with full-width digits, odd blanks and dashes as ordinary ones."""
    text = unicodedata.normalize("NFKC", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
    return "".join("-" if unicodedata.category(letter) == "Pd" else letter for letter in text).strip()


def _read(text: str) -> list[Number]:
    """The numbers of a cell, or its words alone."""
    text = text.replace("[", "(").replace("]", ")")
    for words in (DATE, CLOCK):
        text = words.sub(lambda found: found[0].translate(HIDDEN), text)
    text = LETTER_O.sub(lambda found: "0" * len(found[0]), text)
    for pattern, mended in MENDED:
        text = pattern.sub(mended, text)
    text = EXTENSION.sub(lambda found: f" ext {found[1].translate(HIDDEN)} ", text)
    runs = _runs(text)
    if not runs:
        return [Number(label=_words(text), remark=NO_NUMBER)]
    said = _labels(text, runs)
    return [_labelled(text, runs, place, said[place]) for place in range(len(runs))]


def _runs(text: str) -> list[Run]:
    """The runs of digits that are numbers, or pretend to be."""
    found: list[Run] = []
    for match in RUN.finditer(text):
        for written, start in _apart(match[0], match.start()):
            run = Run(written=written, start=start, end=start + len(written))
            if _digits(written) >= LEAST or (found and _is_ending(text, found[-1], run)):
                found.append(run)
    return found


def _apart(written: str, start: int) -> Iterable[tuple[str, int]]:
    """Two whole numbers with only a blank between them, each by itself; hours after a number are words."""
    hours = HOURS.fullmatch(written)
    if hours and number_of(hours[1]).key and not number_of(written).key:
        return [(hours[1], start)]
    if _digits(written) > MOST:
        for gap in re.finditer(r"[ .-]+(?=[0+])", written):
            first, rest = written[: gap.start()], written[gap.end() :]
            if is_whole(re.sub(r"\D", "", first)) or (first.startswith("+") and number_of(first).key):
                return [(first, start), *_apart(rest, start + gap.end())]
    return [(written, start)]


def _is_ending(text: str, before: Run, run: Run) -> bool:
    """Whether so few digits, right after a number, are how another like it ends."""
    is_sure = _digits(run.written) > 2 or "/" in text[before.end : run.start]
    return is_sure and _follows(text, before, run)


def _follows(text: str, before: Run, run: Run) -> bool:
    """Whether only a sign that parts alternatives stands between them."""
    return bool(BETWEEN.fullmatch(text[before.end : run.start]))


def _digits(written: str) -> int:
    return sum(letter.isdigit() for letter in written)


def _labelled(text: str, runs: Sequence[Run], place: int, said: str) -> Number:
    run = runs[place]
    number = number_of(run.written)
    if not number.key:
        is_part = place > 0 and _digits(run.written) <= PART and _follows(text, runs[place - 1], run)
        return replace(
            number, label=_joined(" ".join(run.written.split()), said), remark=ENDING if is_part else number.remark
        )
    return replace(number, label=_joined(number.label, said))


def _labels(text: str, runs: Sequence[Run]) -> list[str]:
    """The words of each number: those before the first are its own, those between two are parted at a separator."""
    before = text[: runs[0].start]
    leads = bool(_words(before))
    said = [[before], *([] for _ in runs[1:])]
    for place, (one, other) in enumerate(pairwise(runs)):
        first, second = _parted(text[one.end : other.start], leads=leads)
        said[place].append(first)
        said[place + 1].append(second)
    said[-1].append(text[runs[-1].end :])
    return [_joined(*(_words(part) for part in parts)) for parts in said]


def _parted(gap: str, *, leads: bool) -> tuple[str, str]:
    """The words of the number before and of the number after; where nothing parts them, as the cell began."""
    for separator in (STRONG, WEAK):
        cuts = list(separator.finditer(gap))
        if cuts:
            return gap[: cuts[-1].start()], gap[cuts[-1].end() :]
    return ("", gap) if leads and not gap.strip().startswith("(") else (gap, "")


def _words(text: str) -> str:
    """Words as a label: without brackets, outer signs, or what says no more than that this is a telephone number."""
    plain = " ".join(re.sub(r"[()\[\]{}\s]+", " ", text).split()).strip(" -:;,./|&+=#*").translate(SHOWN)
    return "" if plain.casefold() in NOISE else plain


def _joined(*parts: str) -> str:
    return ", ".join(dict.fromkeys(part for part in parts if part))


def _once(found: Iterable[Number]) -> tuple[Number, ...]:
    """Each number once, under all its labels; what cannot be dialled stays as often as it is written."""
    kept: dict[object, Number] = {}
    for place, number in enumerate(found):
        key = number.key or place
        same = kept.get(key)
        kept[key] = replace(same, label=_joined(same.label, number.label)) if same else number
    return tuple(kept.values())

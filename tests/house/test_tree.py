"""What is kept in the repository is about nobody real, and about no machine."""

import re

import pytest

from .tree import kept_files, kept_texts

DRAMA = tuple(
    re.compile(start)
    for start in (
        r"07700900\d{3}$", r"01632960\d{3}$", r"01(13|14|15|16|17|18|21|31|41|51|61)4960\d{3}$", r"01914980\d{3}$",
        r"02079460\d{3}$", r"02896496\d{3}$", r"02920180\d{3}$", r"03069990\d{3}$", r"08081570\d{3}$",
        r"09098790\d{3}$",
    )
)  # fmt: skip
NUMBER = re.compile(r"(?<![\w./+-])(?:\+44 ?(?:\(0\) ?)?|0)(?:[ -]?\d){9,10}(?![\w/-])")
UPN = re.compile(r"(?<!\w)[A-HJ-NP-RT-Z](\d{3})\d{8}[0-9A-HJ-NP-RT-Z](?!\w)")
EMAIL = re.compile(r"(?<![\w.])[\w.+-]+@([\w-]+(?:\.[\w-]+)+)")
# Written in halves, so that this file does not hold what it looks for.
HOSTS = ("py" + "pi.", "python" + "hosted", "npm" + "js.", "crates" + ".io", "proxy.golang" + ".org", "simple" + "/")
PLACES = ("/" + "work/", "/" + "root/", "/" + "home/", "/" + "opt/", "/" + "Users/", "C:" + "\\Users")
MAKING = ("house" + ".md", "contract" + ".md", "Contract" + ", section", "hand" + "book", "issues" + " show")
TEXTS = list(kept_texts())


def _found(words: tuple[str, ...]) -> list[str]:
    return [
        f"{name}:{number}: {word}"
        for name, text in TEXTS
        for number, line in enumerate(text.splitlines(), start=1)
        for word in words
        if word in line
    ]


def test_the_tree_is_looked_at() -> None:
    assert len(kept_files()) > 50


def test_telephone_numbers_are_kept_for_drama() -> None:
    wrong = []
    for name, text in TEXTS:
        for found in NUMBER.finditer(text):
            digits = re.sub(r"\D", "", found[0].replace("(0)", ""))
            national = "0" + digits[2:] if found[0].startswith("+44") else digits
            if not any(drama.match(national) for drama in DRAMA):
                wrong.append(f"{name}: {found[0]}")
    assert wrong == []


def test_pupil_numbers_are_of_no_real_authority() -> None:
    assert [f"{name}: {found[0]}" for name, text in TEXTS for found in UPN.finditer(text) if found[1] != "999"] == []


def test_addresses_for_e_mail_are_examples() -> None:
    examples = ("example.org", "example.com", "example.net", ".example", ".invalid", ".test")
    wrong = [f"{name}: {f[0]}" for name, text in TEXTS for f in EMAIL.finditer(text) if not f[1].endswith(examples)]
    assert wrong == []


@pytest.mark.parametrize("words", [HOSTS, PLACES, MAKING], ids=["registries", "machines", "making"])
def test_no_file_speaks_of(words: tuple[str, ...]) -> None:
    assert _found(words) == []

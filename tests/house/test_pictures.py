"""The README's pictures fetch nothing, say what they show, are small, and each has words for whoever cannot see it."""

import re
from pathlib import Path

import pytest

from .tree import DOCS, ROOT

PICTURES = sorted((DOCS / "pictures").iterdir())
SHOWN = re.compile(r"!\[([^\]]+)\]\(docs/pictures/([\w.-]+)\)")
LARGEST = 150_000


def test_each_picture_is_in_the_readme_with_words_of_what_it_shows() -> None:
    shown = {
        name: " ".join(words.split()) for words, name in SHOWN.findall((ROOT / "README.md").read_text(encoding="utf-8"))
    }
    assert sorted(shown) == [picture.name for picture in PICTURES]
    assert all(len(words) > 80 for words in shown.values())


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.name)
def test_a_picture_is_small_and_fetches_nothing(picture: Path) -> None:
    raw = picture.read_bytes()
    assert len(raw) < LARGEST
    assert b"@font-face" not in raw
    assert raw.count(b"http") == raw.count(b'xmlns="http://www.w3.org/2000/svg"')


def test_the_list_says_what_it_is_to_a_screen_reader() -> None:
    drawn = (DOCS / "pictures" / "list.svg").read_text(encoding="utf-8")
    assert re.search(r'role="img" aria-labelledby="list-t list-d"', drawn)
    assert re.search(r'<title id="list-t">[^<]+</title>\n<desc id="list-d">[^<]+</desc>', drawn)

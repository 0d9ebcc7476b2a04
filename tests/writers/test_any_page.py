"""Whatever words a page holds, each writer writes all of them, and none of them is markup, an order or a formula."""

import csv
import io
import json
import re
import unicodedata
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from firstday_cli.reports.page import Audience, Chart, Page, Table
from firstday_cli.writers import WRITERS
from writers.blocks import HOSTILE, OTHER_LETTERS
from writers.rendered import formulas_in, pdf_as_text

WORDS = st.one_of(st.sampled_from(HOSTILE), st.text(st.characters(codec="utf-8"), max_size=30))
TAGS = {
    "html", "head", "meta", "title", "style", "body", "a", "header", "h1", "p", "ul", "li", "nav", "details", "summary",
    "main", "section", "h2", "div", "svg", "desc", "text", "rect", "line", "table", "thead", "tr", "th", "tbody", "td",
    "bdi", "br", "strong", "span", "footer",
}  # fmt: skip


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """A table of up to three columns of any words, perhaps drawn."""
    wide = draw(st.integers(1, 3))
    columns = tuple(f"{n} {draw(WORDS)}" for n in range(wide))
    rows = tuple(tuple(draw(WORDS) for _ in columns) for _ in range(draw(st.integers(0, 3))))
    chart = Chart(described=draw(WORDS), names=columns[0], measures=columns[-1]) if draw(st.booleans()) else None
    lines = tuple(draw(st.lists(WORDS, max_size=2)))
    return Table(
        title=draw(WORDS), columns=columns, rows=rows, empty=draw(WORDS), lines=lines, large=columns[:1],
        unbroken=columns[1:2], numbers=columns[-1:], chart=chart,
    )  # fmt: skip


PAGES = st.builds(
    Page, title=WORDS.map("Fernhill: {}".format), facts=st.just({"schema": "firstday/any/1"}),
    audience=st.sampled_from(Audience),
    warnings=st.lists(WORDS, max_size=2).map(tuple), tables=st.lists(tables(), max_size=3).map(tuple),
    notes=st.lists(WORDS, max_size=2).map(tuple),
)  # fmt: skip


class Seen(HTMLParser):
    """What a browser would see: the tags, and the words that are shown."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def letters(text: str) -> str:
    """The letters and numbers of a text alone: how words are broken or spaced is each writer's own."""
    return "".join(c for c in text if unicodedata.category(c)[0] in "LN")


def cells(page: Page) -> list[str]:
    """Every cell that is shown: an empty column is left out, and so are its cells."""
    return [cell for table in page.tables for row in table.rows for cell in row if cell.strip()]


@given(PAGES)
@settings(max_examples=150, deadline=None)
def test_a_web_page_shows_every_word_and_runs_none(page: Page) -> None:
    text = str(WRITERS["html"](page))
    seen = Seen(text)
    assert seen.tags <= TAGS
    assert not {name for name in seen.attributes if name.startswith("on") or name in ("src", "style", "srcset")}
    shown = letters("".join(seen.words))
    assert [cell for cell in cells(page) if letters(cell) not in shown] == []
    assert not re.search(r"https?://", text.replace("http://www.w3.org/2000/svg", "").split("<body>")[0])


@given(PAGES)
@settings(max_examples=60, deadline=None)
def test_a_workbook_has_every_cell_as_text_and_no_formula(page: Page) -> None:
    content = WRITERS["xlsx"](page)
    assert isinstance(content, bytes)
    assert formulas_in(content) == []
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    found = [letters(str(c)) for s in book.sheet_names for row in book.get_sheet_by_name(s).to_python() for c in row]
    texts = [cell for table in page.tables for row in table.rows for cell in row[:-1] if letters(cell)]
    assert [cell for cell in texts if letters(cell) not in found] == []


@given(PAGES)
@settings(max_examples=25, deadline=None)
def test_a_pdf_is_always_made_and_says_its_title(page: Page) -> None:
    content = WRITERS["pdf"](page)
    assert isinstance(content, bytes)
    assert content.startswith(b"%PDF-")
    assert "PDF/UA: 1" in pdf_as_text(content)


@given(PAGES)
@settings(max_examples=150, deadline=None)
def test_text_markdown_and_csv_keep_every_cell(page: Page) -> None:
    for format_name in ("text", "md", "csv"):
        found = letters(str(WRITERS[format_name](page)))
        for cell in cells(page):
            assert all(letters(line) in found for line in cell.split("\n")), (format_name, cell)


@given(PAGES)
@settings(max_examples=100, deadline=None)
def test_no_cell_of_a_csv_is_a_formula(page: Page) -> None:
    rows = csv.reader(io.StringIO(str(WRITERS["csv"](page))))
    assert [cell for row in rows for cell in row if cell.lstrip().startswith(("=", "+", "-", "@"))] == []


def named(name: str) -> Page:
    """A page about one child of this name."""
    table = Table(title=f"1. {name}", columns=("Name",), rows=((name,),))
    return Page(title="Fernhill: call sheet", facts={"schema": "firstday/any/1"}, tables=(table,))


@pytest.mark.parametrize("name", ["Zoë", "محمد علي", "Дмитро", "आरव", "שרה"])
def test_letters_of_the_fonts_inside_are_printed_as_they_are(name: str) -> None:
    content = WRITERS["pdf"](named(name))
    assert isinstance(content, bytes) and "[" not in pdf_as_text(content)


def test_letters_without_a_font_are_spelled_out_and_the_page_says_so() -> None:
    content = WRITERS["pdf"](named(f"{OTHER_LETTERS} Li \U000e0001\U0001f9ff"))
    assert isinstance(content, bytes)
    text = pdf_as_text(content)
    assert "PDF/UA: 1" in text and " Li" in text
    assert OTHER_LETTERS in text or "[WangXiaoMing]" in text  # where this machine has a font for them
    assert OTHER_LETTERS in text or "stand in [brackets]" in text


def test_a_cell_too_long_for_a_workbook_is_cut_and_says_so() -> None:
    page = named("A" * 40_000)
    content = WRITERS["xlsx"](page)
    assert isinstance(content, bytes)
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    assert any(
        "the rest is on the page as text" in str(c) for row in book.get_sheet_by_index(0).to_python() for c in row
    )


LONG = tuple(f"word{n}" for n in range(2500))  # more than two pages


@pytest.mark.parametrize("table", [
    Table(title="A long cell", columns=("Pupil", "Said"), rows=(("P1", " ".join(LONG)),)),
    Table(title="A tall cell", columns=("Pupil", "Said"), rows=(("P1", "\n".join(LONG)),)),
    Table(title="A long line", columns=(), rows=(), lines=(" ".join(LONG),)),
    Table(title="Many lines", columns=("Pupil",), rows=(("P1",),), lines=LONG),
    Table(title="Nobody", columns=(), rows=(), empty=" ".join(LONG)),
    Table(title="Narrow", columns=tuple(map(str, range(20))), rows=((*("long words in here",) * 19, " ".join(LONG)),)),
], ids=lambda table: table.title)  # fmt: skip
def test_what_is_longer_than_a_page_is_not_cut_off(table: Table) -> None:
    page = Page(title="Fernhill: long", facts={"schema": "firstday/any/1"}, tables=(table,))
    for format_name in ("pdf", "html", "text", "md"):
        content = WRITERS[format_name](page)
        found = pdf_as_text(content) if isinstance(content, bytes) else str(content)
        assert [word for word in (*LONG[:20], *LONG[-20:]) if word not in found] == [], format_name


@given(
    rows=st.integers(1, 40), letters_each=st.sampled_from([5, 60, 300, 900, 4000]), columns=st.sampled_from([2, 4, 9]),
    sign=st.sampled_from(["word ", "WIDE ", "longwordwithoutblanks", "line\n"]),
)  # fmt: skip
@settings(max_examples=25, deadline=None)
def test_no_row_of_any_table_falls_off_the_paper(rows: int, letters_each: int, columns: int, sign: str) -> None:
    said = sign * (letters_each // len(sign) + 1)
    cells = tuple((f"P{n:03}", *("x",) * (columns - 2), f"{said} end{n:03}") for n in range(rows))
    table = Table(title="Pupils", columns=tuple(f"C{n}" for n in range(columns)), rows=cells)
    page = Page(title="Fernhill: pupils", facts={"schema": "firstday/any/1"}, tables=(table, table))
    content = WRITERS["pdf"](page)
    assert isinstance(content, bytes)
    text = pdf_as_text(content)
    assert [n for n in range(rows) if text.count(f"P{n:03}") < 2 or text.count(f"end{n:03}") < 2] == []


@pytest.mark.parametrize("many", [0, 1, 12, 13, 80])
def test_any_number_of_cards_is_printed(many: int) -> None:
    card = named("Ivy Brennan").tables[0]
    page = Page(
        title="Fernhill: call sheet",
        facts={"schema": "firstday/any/1"},
        tables=(card,) * many,
        notes=(f"{many} to ring",),
    )
    for format_name in ("pdf", "xlsx", "html", "md"):
        assert WRITERS[format_name](page)
    content = WRITERS["pdf"](page)
    assert isinstance(content, bytes) and pdf_as_text(content).count("1. Ivy Brennan") == many


def test_json_is_the_promised_shape_alone() -> None:
    assert json.loads(str(WRITERS["json"](named("Ivy")))) == {"schema": "firstday/any/1"}

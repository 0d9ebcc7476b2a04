"""Open every report as a browser, a PDF reader and an office suite would; `make check-pages`.

Ends with 1 where something is wrong. What cannot be opened here, because the program for it is missing, is said loudly
and left out.
"""

import io
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from firstday_cli.desk import Asked, Desk
from firstday_cli.morning.reporting import Wanted, reported
from firstday_cli.reports.catalogue import REPORTS
from firstday_cli.reports.page import Page

ROOT = Path(__file__).resolve().parents[1]
NOW = datetime(2026, 11, 23, 10, 20, tzinfo=ZoneInfo("Europe/London"))
BY = ("--by", "A. Officer")
OF_A_PUPIL = {"referral": Wanted(pupil="6551", body="social-care"), "history": Wanted(pupil="6551")}
SAID_BEFORE = (
    ("reconcile", "--exit-zero", "--now", "2026-11-23T09:20"),
    ("call", "6551", "--contact", "1", "--outcome", "no-answer", *BY, "--now", "2026-11-23T09:30"),
    ("call", "6551", "--contact", "2", "--outcome", "voicemail-left", *BY, "--now", "2026-11-23T09:32"),
    ("call", "9887", "--contact", "1", "--outcome", "answered", "--no-reason", "--child-with", "mother", *BY,
     "--now", "2026-11-23T09:35"),
)  # fmt: skip
SIZES = {"telephone": (390, 844, "screen", "light"), "laptop": (1280, 800, "screen", "dark"),
         "A4": (794, 1123, "print", "light")}  # fmt: skip
BROWSERS, OFFICES = ("chromium", "chromium-browser", "google-chrome"), ("soffice", "libreoffice")
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run",
)  # fmt: skip
A4 = (595, 842)  # points
BROWSERS_AT_ONCE = 2
WHOLE, ROWS, TABLES = "call-sheet", 8, 20  # the page that a browser is shown whole; how much of the others
FAULTS_ALONE = {"resultTypes": ["violations"]}


def firstday(school: Path, *words: str) -> None:
    """Run the installed program. Raises where it fails."""
    typed = [sys.executable, "-m", "firstday_cli", *words, "--school", str(school)]
    subprocess.run(typed, check=True, capture_output=True, env={**os.environ, "PYTHONUTF8": "1"})


def write_all(folder: Path) -> list[str]:
    """Every report of the invented school's morning, and a page of every kind of block, in the three formats."""
    sys.path.insert(0, str(ROOT / "tests"))
    from firstday_cli.writers import WRITERS
    from writers.blocks import every_block

    school = folder / "school"
    subprocess.run(
        [sys.executable, "-m", "firstday_cli", "init", str(school), "--sample"], check=True, capture_output=True
    )
    for words in SAID_BEFORE:
        firstday(school, *words)
    desk = Desk(Asked(school=str(school), now=NOW))
    pages = {name: reported(desk, name, OF_A_PUPIL.get(name, Wanted())) for name in REPORTS}
    for name, page in (*pages.items(), ("every-block", every_block())):
        for ending in ("html", "pdf", "xlsx"):
            content = WRITERS[ending](shortened(page) if ending == "html" and name != WHOLE else page)
            (folder / f"{name}.{ending}").write_bytes(content if isinstance(content, bytes) else content.encode())
    return [*REPORTS, "every-block"]


def shortened(page: Page) -> Page:
    """The page with the first rows and tables of many: axe looks at each cell, and later ones are like the first."""
    return replace(page, tables=tuple(replace(t, rows=t.rows[:ROWS]) for t in page.tables[:TABLES]))


@contextmanager
def a_browser(program: str) -> Iterator[Any]:
    """A browser without a window."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=program, args=list(QUIET))
        yield browser
        browser.close()


def wrong_on_the_web(folder: Path, names: Iterable[str], program: str) -> Iterator[str]:
    """What axe finds, what does not fit, what is fetched, what the page's own rules forbid."""
    from axe_playwright_python.sync_playwright import Axe

    with a_browser(program) as browser:
        for name in names:
            for size, (width, height, media, scheme) in SIZES.items():
                page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
                asked: list[str] = []
                said: list[str] = []
                page.on("request", lambda request, asked=asked: asked.append(request.url))
                page.on("console", lambda message, said=said: said.append(message.text))
                page.emulate_media(media=media)
                page.goto((folder / f"{name}.html").as_uri())
                yield from (f"{name}.html, {size}: {found['id']}: {found['help']}"
                            for found in Axe().run(page, options=FAULTS_ALONE).response["violations"])  # fmt: skip
                over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
                if over > 0 and media == "screen":
                    yield f"{name}.html, {size}: {over} pixels wider than the screen"
                yield from (f"{name}.html, {size}: fetches something" for url in asked[1:])
                yield from (f"{name}.html, {size}: {text}" for text in said)
                page.close()


def wrong_on_all_the_web(folder: Path, names: Sequence[str], program: str) -> list[str]:
    """The same of every page, by two browsers at once: axe takes its time."""
    with ProcessPoolExecutor(BROWSERS_AT_ONCE) as pool:
        shares = [names[n::BROWSERS_AT_ONCE] for n in range(BROWSERS_AT_ONCE)]
        found = [pool.submit(_wrong_of_some, folder, share, program) for share in shares]
        return [words for each in found for words in each.result()]


def _wrong_of_some(folder: Path, names: Sequence[str], program: str) -> list[str]:
    return list(wrong_on_the_web(folder, names, program))


def wrong_on_paper(folder: Path, names: Iterable[str]) -> Iterator[str]:
    """What a PDF lacks of tags, language, title, fonts inside and paper."""
    import pikepdf

    for name in names:
        with pikepdf.open(folder / f"{name}.pdf") as pdf, pdf.open_metadata() as about:
            root: Any = pdf.Root
            has = {
                "tags": bool(root.get("/MarkInfo", {}).get("/Marked")) and "/StructTreeRoot" in root,
                "its language": str(root.get("/Lang", "")) == "en-GB",
                "its title": bool(about.get("dc:title")) and bool(root.ViewerPreferences.get("/DisplayDocTitle")),
                "PDF/UA": str(about.get("pdfuaid:part", "")) == "1",
                "A4": all(_is_a4(page) for page in pdf.pages),
                "its fonts": all(_has_its_fonts(page) for page in pdf.pages),
            }  # fmt: skip
            yield from (f"{name}.pdf lacks {what}" for what, is_there in has.items() if not is_there)


def _is_a4(page: Any) -> bool:
    return sorted(round(float(edge)) for edge in page.mediabox[2:]) == list(A4)


def _has_its_fonts(page: Any) -> bool:
    fonts = (font for name, font in page.resources.get("/Font", {}).items())
    inner = (font.DescendantFonts[0] if "/DescendantFonts" in font else font for font in fonts)
    return all(any(f"/FontFile{n}" in font.FontDescriptor for n in ("", 2, 3)) for font in inner)


def wrong_in_workbooks(folder: Path, names: Iterable[str]) -> Iterator[str]:
    """Workbooks that cannot be read, that are empty, or that hold a live formula."""
    from python_calamine import CalamineWorkbook

    from writers.rendered import formulas_in

    for name in names:
        content = (folder / f"{name}.xlsx").read_bytes()
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        if not any(book.get_sheet_by_name(sheet).to_python() for sheet in book.sheet_names):
            yield f"{name}.xlsx is empty"
        yield from (f"{name}.xlsx: a live formula: {found}" for found in formulas_in(content))


def wrong_in_the_office(folder: Path, names: Iterable[str], program: str) -> Iterator[str]:
    """Workbooks that an office suite does not open and print."""
    printed = folder / "printed"
    books = [str(folder / f"{name}.xlsx") for name in names]
    profile = f"-env:UserInstallation={(folder / 'office').as_uri()}"
    words = [program, profile, "--headless", "--convert-to", "pdf", "--outdir", str(printed), *books]
    subprocess.run(words, check=False, capture_output=True, timeout=300)
    yield from (f"{name}.xlsx is not opened" for name in names if not (printed / f"{name}.pdf").is_file())


def program_of(names: Iterable[str]) -> str:
    """The first of these programs that is here; blank where none is."""
    return next((found for found in map(shutil.which, names) if found), "")


def has_playwright() -> bool:
    """Whether a browser can be driven."""
    from importlib.util import find_spec

    return find_spec("playwright") is not None and find_spec("axe_playwright_python") is not None


def main() -> int:
    """Check all that can be checked here; say what is wrong, and what could not be."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        names = write_all(folder)
        wrong = [*wrong_on_paper(folder, names), *wrong_in_workbooks(folder, names)]
        browser, office, left = program_of(BROWSERS), program_of(OFFICES), []
        if browser and has_playwright():
            wrong += wrong_on_all_the_web(folder, names, browser)
        else:
            left.append("web pages: no Chromium, or no playwright (pip install '.[pages]')")
        if office:
            wrong += wrong_in_the_office(folder, names, office)
        else:
            left.append("workbooks in an office suite: no LibreOffice")
    for words in wrong:
        print(f"WRONG: {words}")
    for words in left:
        print(f"*** NOT CHECKED *** {words}")
    print(f"{len(names)} pages in three formats: {len(wrong)} wrong, {len(left)} kinds of check left out")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

"""Web pages, workbooks saved as XML, and records of XML → tables; what is of no known shape is told by its shape."""

import pytest
from made_files import read, xml_workbook

from firstday_cli.errors import UnreadableExport
from firstday_cli.intake.files.opened import tables_of


def page(body: str) -> bytes:
    return f"<html><body>{body}</body></html>".encode()


PAGES: dict[str, tuple[bytes, list[tuple[str, ...]]]] = {
    "headings and cells": (page("<table><tr><th>a<th>b<tr><td>1<td>2</table>"), [("a", "b"), ("1", "2")]),
    "named letters": (
        page("<table><tr><td>O&rsquo;Neill &amp; Zo&#235;<td>&lt;b&gt;</table>"),
        [("O’Neill & Zoë", "<b>")],
    ),
    "breaks and blanks": (page("<table><tr><td> a\n  b<br>c </td><td>d</td></tr></table>"), [("a b\nc", "d")]),
    "bold words": (
        page("<table><tr><td><b>Iv</b>y</td><td><font color=red>N</font></td></tr></table>"),
        [("Ivy", "N")],
    ),
    "a script and a style": (
        page("<style>td{a:1}</style><table><tr><td>a<script>if(1<2){'<td>'}</script></td><td>b</td></tr></table>"),
        [("a", "b")],
    ),
    "a comment": (page("<table><tr><!-- <td>x</td> --><td>a</td><td>b</td></tr></table>"), [("a", "b")]),
    "a cell of two columns": (
        page("<table><tr><td colspan=2>a<td>b<tr><td>1<td>2<td>3</table>"),
        [("a", "", "b"), ("1", "2", "3")],
    ),
    "a cell of two rows": (
        page("<table><tr><td rowspan='2'>4B<td>Ivy<tr><td>Tom<tr><td>5C<td>Zoë</table>"),
        [("4B", "Ivy"), ("", "Tom"), ("5C", "Zoë")],
    ),
    "a blank row": (page("<table><tr><td>a<td>b<tr><td><td><tr><td>1<td>2</table>"), [("a", "b"), ("1", "2")]),
    "a small table in a cell": (
        page("<table><tr><td>Ivy<td><table><tr><td>N<tr><td>rang</table></td></tr></table>"),
        [("Ivy", "N\nrang")],
    ),
    "a table to lay out the page": (
        page("<table><tr><td><table><tr><td>a<td>b</tr></table></td></tr></table>"),
        [("a", "b")],
    ),
    "a title table of one cell": (page("<table><tr><td>Fernhill</table><table><tr><td>a<td>b</table>"), [("a", "b")]),
    "windows letters": (
        b"<html><meta charset=windows-1252><table><tr><td>Zo\xeb<td>O\x92Neill</table>",
        [("Zoë", "O’Neill")],
    ),
    "letters that say nothing": (b"<table><tr><td>Zo\xeb<td>b</table>", [("Zoë", "b")]),
    "utf-16": ("<html><table><tr><td>Zoë<td>b</table>".encode("utf-16"), [("Zoë", "b")]),
    "a document type": (b"<!DOCTYPE html>\n<HTML><TABLE><TR><TD>a<TD>b</TABLE>", [("a", "b")]),
    "a page that is xml too": (
        (
            b'<?xml version="1.0"?><!DOCTYPE html PUBLIC "x" "y">'
            b'<html xmlns="z"><table><tr><td>a</td><td>b</td></tr></table></html>'
        ),
        [("a", "b")],
    ),
    "no head": (b"\n<table>\n<tr><td>a</td><td>b</td></tr></table>", [("a", "b")]),
}


@pytest.mark.parametrize("case", PAGES)
def test_a_web_page_is_read(case: str) -> None:
    raw, rows = PAGES[case]
    assert read(raw) == {"x": rows}


def test_several_tables_of_a_page_are_tables() -> None:
    one = "<table><tr><td>a<td>b</table>"
    assert list(read(page(one + "<p>between</p>" + one), "x.xls")) == ["x.xls, table 1", "x.xls, table 2"]


@pytest.mark.parametrize(
    ("raw", "spanned"),
    [
        (
            page("<table><tr><td colspan=2>4B<td>Ivy<tr><td rowspan=3>5C<td>a<td>b<tr><td>c<tr><td>d</table>"),
            {(1, 1): "4B", (3, 0): "5C", (4, 0): "5C"},
        ),
        (
            (
                b'<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="s">'
                b'<Worksheet ss:Name="A"><Table>'
                b'<Row><Cell ss:MergeAcross="1"><Data>4B</Data></Cell><Cell><Data>Ivy</Data></Cell></Row>'
                b'<Row ss:Index="2"><Cell ss:MergeDown="2"><Data>5C</Data></Cell><Cell><Data>a</Data></Cell></Row>'
                b'<Row><Cell ss:Index="2"><Data>c</Data></Cell></Row>'
                b'<Row><Cell ss:Index="2"><Data>d</Data></Cell></Row>'
                b"</Table></Worksheet></Workbook>"
            ),
            {(1, 1): "4B", (3, 0): "5C", (4, 0): "5C"},
        ),
    ],
    ids=["a web page", "a workbook saved as xml"],
)
def test_blank_cells_know_the_text_that_spans_over_them(raw: bytes, spanned: dict[tuple[int, int], str]) -> None:
    (table,) = tables_of(raw, "x")
    found = {(row, place): table.merged.get((row, place), "") for row in range(1, 7) for place in range(4)}
    assert {at: text for at, text in found.items() if text} == spanned


def test_a_workbook_saved_as_xml_keeps_its_places_and_kinds() -> None:
    cells = {
        "String": ("007", "007"),
        "Number": ("4127", "4127"),
        "DateTime": ("2026-11-23T00:00:00.000", "2026-11-23"),
        "Boolean": ("1", "yes"),
        "Error": ("#N/A", ""),
    }
    kinds = "".join(f'<Cell><Data ss:Type="{kind}">{said}</Data></Cell>' for kind, (said, _) in cells.items())
    more = (
        '<Row ss:Index="4"><Cell ss:Index="3"><Data ss:Type="DateTime">1899-12-31T09:05:00.000</Data></Cell>'
        '<Cell><Data ss:Type="Number">7.700900123E9</Data></Cell><Cell/>'
        '<Cell><Data ss:Type="DateTime">2026-11-23T09:04:59.999</Data></Cell></Row>'
    )
    raw = xml_workbook([]).replace(b"<Table>", f"<Table><Row>{kinds}</Row>{more}".encode())
    rows = [(row.number, row.cells) for row in tables_of(raw, "x")[0].head("")]
    assert rows == [
        (1, tuple(text for _, text in cells.values())),
        (4, ("", "", "09:05", "7700900123", "", "2026-11-23T09:05:00")),
    ]


def test_a_hidden_sheet_of_a_workbook_saved_as_xml_is_told() -> None:
    hidden = '<x:WorksheetOptions xmlns:x="x"><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions>'
    rows = "<Table><Row><Cell><Data>a</Data></Cell></Row></Table>"
    shown = f'<Worksheet ss:Name="Old">{rows}{hidden}</Worksheet>'
    (table,) = tables_of(xml_workbook([("a", "b")]).replace(b"</Workbook>", f"{shown}</Workbook>".encode()), "x")
    assert [note.startswith("hidden sheet Old is left out") for note in table.notes] == [True]


def records(body: str, head: str = "") -> bytes:
    return f"{head}<SuperStarReport>{body}</SuperStarReport>".encode()


DOCUMENTS: dict[str, tuple[bytes, list[tuple[str, ...]]]] = {
    "a report of SIMS": (
        records(
            "<Record><Adno>003127</Adno><Legal_x0020_Surname>Ward</Legal_x0020_Surname></Record>"
            "<Record><Adno>003128</Adno><Reg>4B</Reg></Record>"
        ),
        [("Adno", "Legal Surname", "Reg"), ("003127", "Ward"), ("003128", "", "4B")],
    ),
    "session marks": (
        "<?xml version='1.0' encoding='iso-8859-1'?><SessionAttendances><SessionAttendance><PersonID>6420</PersonID>"
        "<AttendanceDate>2026-11-23T09:00:00</AttendanceDate><SessionName>AM</SessionName><AttendanceMark>-</AttendanceMark>"
        "<Comments>Zoë</Comments><MinsLate/></SessionAttendance></SessionAttendances>".encode("iso-8859-1"),
        [
            ("PersonID", "AttendanceDate", "SessionName", "AttendanceMark", "Comments", "MinsLate"),
            ("6420", "2026-11-23T09:00:00", "AM", "-", "Zoë"),
        ],
    ),
    "attributes": (
        b'<rows><row id="1" mark="N"/><row id="2" mark="/"/></rows>',
        [("id", "mark"), ("1", "N"), ("2", "/")],
    ),
    "letters of Poland": (
        "<?xml version='1.0' encoding='iso-8859-2'?><r><s><a>Michał</a></s></r>".encode("iso-8859-2"),
        [("a",), ("Michał",)],
    ),
    "letters that would pass for others": (
        "<?xml version='1.0' encoding='iso-8859-1'?><r><s><a>Ã«</a></s></r>".encode("iso-8859-1"),
        [("a",), ("Ã«",)],
    ),
    "two declarations": (
        records("<Record><a>1</a></Record>", '<?xml version="1.0"?>\n<?xml version="1.0"?>'),
        [("a",), ("1",)],
    ),
    "a false utf-16": (
        records("<Record><a>1</a></Record>", '<?xml version="1.0" encoding="utf-16"?>'),
        [("a",), ("1",)],
    ),
    "a namespace": (b'<r:rows xmlns:r="u"><r:row><r:a>1</r:a></r:row></r:rows>', [("a",), ("1",)]),
    "a marked section": (
        records("<Record><a><![CDATA[<!DOCTYPE x> & y]]></a></Record>"),
        [("a",), ("<!DOCTYPE x> & y",)],
    ),
    "iSAMS, attributes and elements": (
        (
            b'<iSAMS><HRManager><Staff><Pupil Id="9"/></Staff></HRManager><PupilManager><CurrentPupils>'
            b'<Pupil Id="101" PersonId="7"><SchoolId>0042</SchoolId><Forename>Ivy</Forename><Surname>Ward</Surname>'
            b"<DOB>2016-11-02T00:00:00</DOB><Form>5/BBN</Form><Siblings><Sibling><SchoolId>9</SchoolId></Sibling></Siblings>"
            b"<FamilyId>31</FamilyId></Pupil></CurrentPupils></PupilManager></iSAMS>"
        ),
        [
            (
                "Id",
                "SchoolId",
                "UPN",
                "Forename",
                "Surname",
                "Preferredname",
                "Fullname",
                "DOB",
                "Form",
                "NCYear",
                "FamilyId",
            ),
            ("101", "0042", "", "Ivy", "Ward", "", "", "2016-11-02T00:00:00", "5/BBN", "", "31"),
        ],
    ),
}


@pytest.mark.parametrize("case", DOCUMENTS)
def test_xml_is_read(case: str) -> None:
    raw, rows = DOCUMENTS[case]
    assert read(raw) == {"x": rows}


REFUSED: dict[str, tuple[bytes, str]] = {
    "one part twice in a record": (records("<Record><a>1</a><a>2</a></Record>"), "a more than once in one record"),
    "records in records": (records("<Record><a><b>1</b></a></Record>"), "shape that is not read"),
    "two kinds of record": (records("<Record><a>1</a></Record><Other><a>1</a></Other>"), "shape that is not read"),
    "text beside the parts": (records("<Record>N<a>1</a></Record>"), "shape that is not read"),
    "a mark in an attribute of a part": (records('<Record><mark code="N"/></Record>'), "shape that is not read"),
    "text and no record": (records("nothing"), "shape that is not read"),
    "no record": (records(""), "nothing was exported"),
    "cut off": (records("<Record><a>1</a></Record>")[:-9], "cut off"),
    "an error of iSAMS": (
        b"<iSAMS><Message>Error: the API key is not valid</Message></iSAMS>",
        "is an error message of iSAMS",
    ),
    "another error of iSAMS": (
        b"<Message><MessageId>7</MessageId><Title>Unauthorised</Title></Message>",
        "is an error message of iSAMS",
    ),
    "a third error of iSAMS": (b"<Errors><Error><Code>1205</Code></Error></Errors>", "is an error message of iSAMS"),
    "iSAMS without pupils": (b"<iSAMS><PupilManager><CurrentPupils/></PupilManager></iSAMS>", "no current pupils"),
    "a page without a table": (page("<p>Please sign in</p>"), "web page without a table"),
    "a page with a list alone": (page("<table><tr><td>a<tr><td>b</table>"), "web page without a table"),
    "a page that is cut off": (page("<table><tr><td>a<td>b").replace(b"</body></html>", b""), "cut off"),
    "a tag that never ends": (b"<html><table><tr><td>a<td>b</tr><tr><td class='x>c<td>d</table>", "never ends"),
    "a comment that never ends": (page("<table><tr><td>a<td>b</tr><!-- <tr><td>c<td>d</table>"), "cut off"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_read_is_told_by_its_shape(case: str) -> None:
    raw, words = REFUSED[case]
    with pytest.raises(UnreadableExport) as said:
        tables_of(raw, "x.xml")
    assert words in said.value.message
    assert said.value.where.startswith("x.xml")


CSV = {
    "a guarded heading": "<pupil_id>,date\nP001,2026-11-23\n",
    "words in brackets": "<unknown, Ivy>,b\n1,2\n",
    "a list in a heading": "[1],b\n1,2\n",
    "a note in braces": "{note},b\n1,2\n",
    "fewer than": "<5 sessions,b\n1,2\n",
    "a bold heading": "<b>Name</b>,b\n1,2\n",
    "a bracket alone": "[,b\n1,2\n",
}


@pytest.mark.parametrize("case", CSV)
def test_a_csv_file_may_begin_with_a_bracket(case: str) -> None:
    (table,) = tables_of(CSV[case].encode(), "x.csv")
    assert table.read_as == "UTF-8"
    assert [len(row.cells) for row in table.head(",")] == [2 + CSV[case].splitlines()[0].count(", "), 2]

"""The page: whole by itself, nothing in it that runs or comes from elsewhere, and all that the tables say."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser

import pytest

from salesaid.core.tables import Card, Note, Report
from salesaid.core.text import same
from salesaid.render.as_html import to_file
from salesaid.render.cells import header, shown, totals_line
from salesaid.render.html_style import print_class, style
from salesaid.render.visible import visible
from tests.render import made_reports as made
from tests.render.made_reports import CHINESE, ENGLISH

VOID = {"meta"}
ALLOWED = {"lang", "charset", "http-equiv", "content", "name", "class"}
DRAWN = {
    "viewbox", "role", "aria-label", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "width", "height", "fill",
    "font-size", "stroke", "stroke-width", "stroke-linejoin", "points", "text-anchor", "transform",
}  # fmt: skip


class Page(HTMLParser):
    """What a browser makes of a page: its elements, and the texts of cells in their order."""

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self.open: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.cells: list[str] = []
        self.styles = ""
        self.text = ""
        self.feed(data.decode())
        self.close()

    def handle_starttag(self, tag, attrs) -> None:
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag not in VOID:
            self.open.append(tag)
        if tag in {"td", "th"}:
            self.cells.append("")

    def handle_startendtag(self, tag, attrs) -> None:
        self.attributes += [(tag, name, value or "") for name, value in attrs]

    def handle_endtag(self, tag) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data) -> None:
        if self.open and self.open[-1] == "style":
            self.styles += data
        elif self.open and self.open[-1] in {"td", "th"}:
            self.cells[-1] += data
        self.text += data


def page_of(answer, occasion=CHINESE) -> Page:
    page = Page(to_file(answer, occasion))
    assert page.open == []
    return page


def expected(table, lang: str) -> list[str]:
    """The cells of a table as every format for people shows them."""
    rows = [shown(field, value, lang) for row in table.rows for field, value in zip(table.fields, row, strict=True)]
    return [*(header(field, lang) for field in table.fields), *rows, *totals_line(table, lang)]


@pytest.mark.parametrize("occasion", [CHINESE, ENGLISH])
def test_a_page_has_every_cell_of_every_table(occasion) -> None:
    report, lang = made.report(), occasion.lang
    page = page_of(report, occasion)
    tables = [*report.sheets[0].tables[1:], *report.sheets[1:]]
    assert page.cells == [cell for table in tables for cell in expected(table, lang)]
    for name, value, *_ in report.sheets[0].tables[0].rows:
        assert name in page.text
        assert f"{value:,.2f}" in page.text


def test_long_details_are_left_out_and_that_is_said() -> None:
    page = page_of(made.report())
    assert "「明细」40 行不在网页里，--out 表.xlsx 可看全部" in page.text
    assert "SO000001" not in page.text
    assert "“Details” are not on this page" in page_of(made.report(), ENGLISH).text


def test_notes_of_all_sorts_are_there_and_warnings_stand_out() -> None:
    data = to_file(made.report(), CHINESE).decode()
    for text in ("2 行未采用", "3 行日期在今天以后"):
        assert f'<li class="warning">{text}</li>' in data
    assert "<li>截至今日</li>" in data


def test_nothing_runs_and_nothing_comes_from_elsewhere() -> None:
    data = to_file(made.report(title="<script>alert(1)</script>"), CHINESE)
    page = Page(data)
    assert {name for tag, name, _ in page.attributes} <= ALLOWED | DRAWN
    text = data.decode().lower()
    for word in ("<script", "<link", "<img", "<iframe", "<object", "<a ", "javascript:", "@import", "url(", "src="):
        assert word not in text
    assert not re.search(r"\son\w+=", re.sub(r">[^<]*<", "><", text))


def test_the_policy_of_the_page_lets_nothing_in_but_its_own_style() -> None:
    page = page_of(made.report())
    digest = base64.b64encode(hashlib.sha256(page.styles.encode()).digest()).decode()
    policy = next(value for _, name, value in page.attributes if name == "content" and "default-src" in value)
    assert policy.startswith(f"default-src 'none'; style-src 'sha256-{digest}';")
    assert "unsafe" not in policy
    assert "style" not in {name for _, name, _ in page.attributes}


def test_hostile_text_is_shown_and_never_markup(hostile, injections, texts) -> None:
    page = page_of(texts(*hostile, *injections))
    assert page.cells == ["名称", *(visible(text) for text in (*hostile, *injections))]
    assert page.cells[1:] == [shown(texts("x").fields[0], text, "zh") for text in (*hostile, *injections)]


def test_a_page_is_printed_across_with_headings_on_every_page() -> None:
    style = page_of(made.report()).styles
    assert "@page{size:A4 landscape" in style
    assert "thead{display:table-header-group}" in style
    assert ".sheet+.sheet{break-before:page}" in style
    assert "Microsoft YaHei" in style


def test_shares_have_bars_and_figures_below_zero_are_marked() -> None:
    data = to_file(made.people(("甲", "乙", "丙")), CHINESE).decode()
    assert re.findall(r'<td class="n(?: late)? (b\d+)">[\d.]+%', data) == ["b0", "b48", "b100"]
    assert '<td class="n below">-' in data


def test_key_figures_of_a_report_are_tiles_and_charts_are_drawn() -> None:
    data = to_file(made.report(), CHINESE).decode()
    assert data.count('<dd class="large') == 3
    assert data.count("<svg ") == 4
    assert to_file(made.key_figures(), CHINESE).decode().count('<dd class="large') == 0


def test_a_chart_stands_beside_a_short_table_and_above_a_long_one() -> None:
    short = to_file(made.people(("甲", "乙")), CHINESE).decode()
    long = to_file(made.people(tuple(f"名{at}" for at in range(60))), CHINESE).decode()
    assert short.index("<table") < short.index("<svg")
    assert '<div class="pair">' in short
    assert long.index("<svg") < long.index("<table")
    assert '<div class="pair">' not in long


def test_an_empty_table_says_so_and_a_card_has_its_notes() -> None:
    card = Card(same("单"), (made.people()._replace(rows=[], totals={}),), (Note("n", "info", same("截至今日")),))
    page = page_of(card)
    assert "没有符合条件的记录" in page.text
    assert "截至今日" in page.text
    assert "<svg" not in to_file(card, CHINESE).decode()


def test_a_report_without_anything_is_a_page() -> None:
    assert page_of(Report(same("月报"), ())).text.strip().startswith("月报")


def test_wide_tables_are_printed_in_smaller_letters_and_upright_ones_sooner() -> None:
    sizes = [print_class([10] * columns) for columns in (4, 10, 15, 22, 60)]
    assert sizes == ["", "", "p7", "p5", "p5"]
    assert print_class([10] * 10, upright=True) == "p8"
    assert ".p7{font-size:7pt}" in style()

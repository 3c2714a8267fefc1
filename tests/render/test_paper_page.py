"""A document that is printed, signed or stamped, as a page."""

from __future__ import annotations

from salesaid.core.tables import NO_LINE, Note, Paper
from salesaid.core.text import same
from salesaid.render.as_html import to_file
from tests.render import made_reports as made
from tests.render.made_reports import CHINESE


def test_a_document_has_its_lines_and_no_notes() -> None:
    paper = Paper(((same("客户：<骏业>"), same("日期")),), ((same("盖章"), same("")), NO_LINE))
    table = made.people(("甲",))._replace(paper=paper, notes=(Note("n", "info", same("不要给别人看")),), chart=None)
    page = to_file(table, CHINESE).decode()
    assert "<div><span>客户：&lt;骏业&gt;</span><span>日期</span></div>" in page
    assert "<div>盖章</div>" in page
    assert "不要给别人看" not in page
    assert page.count("<h1>") == 1
    assert "2026-11-22" not in page
    assert "@page{size:A4 portrait" in page
    assert 'class="n below"' not in page
    assert to_file(table._replace(rows=[]), CHINESE).decode().count("没有符合条件的记录") == 1

from __future__ import annotations

import io

import pytest

from salesaid.core.errors import Refused, Where
from salesaid.core.text import Text
from salesaid.render.lines import encodable, error_lines, line, write

ERROR = Refused(
    Text("「1O」不是数量", "“1O” is no quantity"), Text("写作：10", "write: 10"), Where("订单.csv", None, 12, "数量")
)


def test_an_error_says_where_what_is_wrong_and_what_to_do() -> None:
    assert error_lines(ERROR, "zh") == ["订单.csv 第 12 行「数量」列", "错误：「1O」不是数量", "  写作：10"]
    assert error_lines(ERROR, "en")[0] == "订单.csv, row 12, column 数量"


def test_a_sheet_is_named_with_its_file() -> None:
    error = Refused(Text("坏", "bad"), where=Where("台账.xlsx", "2026"))
    assert error_lines(error, "en") == ["台账.xlsx[2026]", "error: bad"]


@pytest.mark.parametrize(("color", "shown"), [(False, "a␛[2J␊"), (True, "\x1b[33ma␛[2J␊\x1b[0m")])
def test_a_line_shows_control_characters_and_is_colored_only_when_asked(color, shown) -> None:
    assert line("a\x1b[2J\n", color=color, style="warning") == shown


def test_a_plain_line_has_no_codes() -> None:
    assert line("骏业 [b]", color=True) == "骏业 [b]"


@pytest.mark.parametrize(
    ("encoding", "shown"), [("utf-8", "¥—中"), ("gbk", "\\xa5—中"), ("ascii", "\\xa5\\u2014\\u4e2d")]
)
def test_what_a_stream_cannot_hold_is_written_as_an_escape(encoding, shown) -> None:
    assert encodable("¥—中", encoding) == shown
    stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    write("¥—中", stream)
    stream.flush()
    assert stream.buffer.getvalue() == shown.encode(encoding)


def test_a_file_that_the_sentence_names_is_not_said_twice() -> None:
    error = Refused(Text("/b/订单.csv 又改过", "/b/订单.csv has changed"), where=Where("/b/订单.csv"))
    assert error_lines(error, "zh") == ["错误：/b/订单.csv 又改过"]

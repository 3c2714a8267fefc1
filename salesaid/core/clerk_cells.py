"""The cells of one column of a clerk's sheet in canonical form: days ISO, figures plain digits, words by their id."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from salesaid.core.clerk import without_debris
from salesaid.core.dates import ORDER_ACCEPTED, YEAR_ACCEPTED
from salesaid.core.kinds import DATE, DUE, MONEY, NUMBER_NO, PRICE, QTY, TEXT, Choice
from salesaid.core.reading import Reading, Unreadable
from salesaid.core.schema import Column
from salesaid.core.text import Text

BAD = "\0"  # stands for a cell that cannot be read; no sheet holds it
_REMEMBERED = 10_000  # texts of one column
_DAY = len("2026-11-22")
_NO_NUL = Text("没有 NUL 字符的文字", "text without NUL characters")

_SERIAL = re.compile(r"[0-9]{1,5}(?:\.[0-9]+)?")
_NO_SERIAL = Text(
    "设成日期格式的日期：这个工作簿从 1904 年算起，光是数字分不清是哪天",
    "a date in a date format: this workbook counts from 1904, and a bare number may be another day",
)
_FIRST_SERIAL, _AFTER_SERIALS = 32874, 73051  # of 1990 to 2099; 1225 may be the 25th of December
_NO_DAY_AT_ALL = Text(
    "写全的日期，如 2026-05-06：只有几位数字，分不清是月日还是序号",
    "a whole date such as 2026-05-06: a few digits may be a month and a day, or a spreadsheet's serial",
)
_FIGURES = (QTY, PRICE, MONEY)
_NAMES = ("customer", "supplier", "product", "model", "date")
_NONE = frozenset(("-", "--", "—", "——", "/"))  # in the place of a name: there is none
_DITTO = frozenset(("同上", "〃", "″", '"', "''", "“", "”", "……", "同前"))
_NO_DITTO = Text(
    "写出名称或日期本身：“同上”指哪一格不去猜", "the name or the day itself: what ditto marks stand for is not guessed"
)
_ERROR = re.compile(r"#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NULL!|NUM!|SPILL!|CALC!)")
_NO_ERROR = Text("一个值，不是公式的错误", "a value, not a formula's error")
_TOO_NARROW = re.compile(r"#{3,}")
_NO_NARROW = Text(
    "值本身：导出时列太窄，只剩下 #，把列拉宽再导出", "the value: its column was too narrow when it was saved; widen it"
)
_SHORTENED = re.compile(r"[1-9](?:\.[0-9]+)?[Ee]\+[0-9]{2,3}")
_NO_SHORTENED = Text(
    "全部数字：Excel 把长数字缩成了科学计数，把列设为文本再填、再导出",
    "all its digits: Excel has shortened a long number; make the column text and save it again",
)
_THINGS = ("customer", "supplier", "product", "model", "spec")
_MADE_DAY = re.compile(r"[0-9]{4}([-/])[0-9]{1,2}\1[0-9]{1,2}|(?:[0-9]{4}年)?[0-9]{1,2}月[0-9]{1,2}日")
_NO_DAY = Text("名称或型号本身：Excel 把它变成了日期", "the name or model itself: Excel has made a date of it")
_SPOKEN = re.compile(r"^(?:人民币|RMB|CNY)\s*[:：]?\s*|(?<=元)[整正]$", re.IGNORECASE)  # around a sum of money
_NOTHING = re.compile(r"[¥￥]\s*-")  # how accounting formats show 0
_WEEKDAY = r"\s*[(（]?(?:星期|周|礼拜)[一二三四五六日天][)）]?"
_CLOCK = re.compile(rf"{_WEEKDAY}$|\s*(?:上午|下午|早上|晚上|中午|AM|PM)\s*\d{{1,2}}[:：点].*$", re.IGNORECASE)
_PLAIN = re.compile(r"(?:(?:-?[1-9][0-9]{0,11}(?:\.[0-9]{1,6})?|0\.[0-9]{0,5}[1-9]|0)?(?:\x01|$))*")
_ALTERED = re.compile(r"[\s\x00□'`]|\[\]|=\"")
_PERHAPS_DAY = re.compile(r"[-/][0-9]{1,2}[-/]")
_PERHAPS_SPOILT = ("#", "E+", "e+")
_QUOTED = re.compile(r'="([^"]*)"')  # what exports write for a text that a spreadsheet shall not take for a number
_MARKED = re.compile(r"^['`](?=[-+]?[0-9])")  # and what they put before figures, so that it keeps every digit
_MARKED_NUMBER = re.compile(r"^['`](?=[0-9]{6,}$)")  # in a column of texts, where '98 may be a name
_OPTIONS = {
    ORDER_ACCEPTED: Text(
        "年在前的日期，如 2026-05-06；5/6/26 这样的写法要加 --date-order，如 --date-order mdy",
        "a date with the year first such as 2026-05-06; 5/6/26 needs --date-order, such as --date-order mdy",
    ),
    YEAR_ACCEPTED: Text(
        "带年份的日期，如 2026-05-06；5月6日 这样的写法要加 --year 说明年份",
        "a date with its year such as 2026-05-06; 5月6日 needs --year",
    ),
}


class Cells(dict[str, str]):
    """Canonical texts by written ones. `bad` are those that cannot be read, `timed` counts dates with a time."""

    def __init__(
        self, column: Column, reading: Reading, words: Mapping[str, str], *, takes_serials: bool = True
    ) -> None:
        super().__init__()
        kind = column.kind
        if column.id == "action" and words and isinstance(kind, Choice):
            kind = kind.also(words)
        self.is_text = kind is TEXT or kind is NUMBER_NO
        self.is_date = kind is DATE or kind is DUE
        self.is_name = column.id in _NAMES
        self._is_thing = self.is_text and column.id in _THINGS
        self.bad: dict[str, Text] = {}
        self.timed = self.cleaned = 0
        self._takes_serials = takes_serials
        self._is_crowded = False  # so many texts that remembering them is of little use
        self._kind = kind
        self._reading = reading

    def all(self, texts: Sequence[str]) -> list[str]:
        """The canonical texts of many cells."""
        if self._is_crowded and self._are_canonical(texts):
            return [*texts]
        return [*map(self.__getitem__, texts)]

    def _are_canonical(self, texts: Sequence[str]) -> bool:
        """Whether all cells are as they would be written: numbers and amounts, of which hardly two are alike."""
        together = "\x01".join(texts)
        if together.count("\x01") >= len(texts):
            return False
        if self.is_text:
            is_strange = _ALTERED.search(together) or any(sign in together for sign in _PERHAPS_SPOILT)
            is_day = self._is_thing and ("月" in together or _PERHAPS_DAY.search(together))
            return not is_strange and not is_day and not (self.is_name and not (_DITTO | _NONE).isdisjoint(texts))
        return self._kind in _FIGURES and _PLAIN.fullmatch(together) is not None

    def one(self, text: str) -> str:
        """The canonical text of a cell; BAD where it cannot be read."""
        return self[text]

    def expected(self, text: str) -> Text:
        """What could be read in place of a text that cannot."""
        return self.bad[text]

    def __missing__(self, text: str) -> str:
        value = self._value(text)
        if len(self) >= _REMEMBERED:
            self.clear()
            self._is_crowded = True
        self[text] = value
        return value

    def _value(self, text: str) -> str:
        if BAD in text:
            self.bad[text] = _NO_NUL
            return BAD
        if not text or text.isspace() or (self.is_name and text.strip() in _NONE):
            return ""
        plain = self._unmarked(without_debris(text).strip("\t"))
        self.cleaned += plain != text
        unclear = self._unclear(plain.strip())
        if unclear is not None:
            self.bad[text] = unclear
            return BAD
        if self.is_text:
            return plain.strip() if self._kind is NUMBER_NO else plain
        try:
            value = self._kind.parse(self._bare(plain), self._reading)
        except Unreadable as unreadable:
            self.bad[text] = _OPTIONS.get(unreadable.accepted, unreadable.accepted)
            return BAD
        self.timed += self.is_date and self._has_time(plain)
        return _canonical(value)

    def _unmarked(self, plain: str) -> str:
        """A text without the marks by which exports keep spreadsheets from altering it."""
        quoted = _QUOTED.fullmatch(plain)
        return (_MARKED_NUMBER if self.is_text else _MARKED).sub("", quoted[1] if quoted else plain)

    def _unclear(self, plain: str) -> Text | None:
        """What to write in place of a text whose meaning would be a guess; None for all others."""
        if self.is_name and plain in _DITTO:
            return _NO_DITTO
        if self.is_text and (spoilt := self._spoilt(plain)):
            return spoilt
        if not self.is_date or not _SERIAL.fullmatch(plain):
            return None
        if not self._takes_serials:
            return _NO_SERIAL
        return None if _FIRST_SERIAL <= Decimal(plain) < _AFTER_SERIALS else _NO_DAY_AT_ALL

    def _spoilt(self, plain: str) -> Text | None:
        """What to write in place of a text that a spreadsheet has put there instead of what was typed."""
        forms = [(_ERROR, _NO_ERROR), (_TOO_NARROW, _NO_NARROW), (_SHORTENED, _NO_SHORTENED)]
        forms += [(_MADE_DAY, _NO_DAY)] if self._is_thing else []
        return next((wanted for form, wanted in forms if form.fullmatch(plain)), None)

    def _bare(self, plain: str) -> str:
        """A text without what is only said beside a day or a sum: its weekday or hour, 人民币, 整."""
        if self.is_date:
            return _CLOCK.sub("", plain) or plain
        if self._kind not in (PRICE, MONEY):
            return plain
        return "0" if _NOTHING.fullmatch(plain.strip()) else _SPOKEN.sub("", plain.strip())

    @staticmethod
    def _has_time(text: str) -> bool:
        return ":" in text and not text.rstrip().endswith(("00:00", "00:00:00", " 0:00"))


def _canonical(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()[:_DAY]
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)

"""How clerks write one cell: a heading, a day, a figure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from random import Random
from typing import Any, NamedTuple

from tests.clerks.ledgers_kept import Column

DATE_FORMATS = (
    "yyyy-mm-dd",
    "yyyy/m/d",
    'yyyy"年"m"月"d"日"',
    'm"月"d"日"',
    "yyyy.m.d",
    "[$-804]yyyy年m月d日;@",
    "yy-m-d",
    "mm-dd-yy",
    "[$-804]aaaa",
    'm"月"d"日";@',
    "yyyy-mm-dd;@",
    "[DBNum1][$-804]yyyy年m月d日",
    '[$-804]yyyy"年"m"月"d"日" dddd',
    "[$-F800]dddd, mmmm dd, yyyy",
    'yyyy"年"m"月"',
    "aaaa",
)
DATE_TEXTS = (
    "{0:%Y-%m-%d}",
    "{0.year}/{0.month}/{0.day}",
    "{0.year}.{0.month}.{0.day}",
    "{0:%Y%m%d}",
    "{0.year}年{0.month}月{0.day}日",
    "{0:%Y-%m-%d} 09:30:00",
    "{0.year}-{0.month}-{0.day} ",
    "{0.year}／{0.month}／{0.day}",
    "{0.year}年{0.month:02}月{0.day:02}日",
    "{0:%Y-%m-%d} 周三",
    "{0.year}年{0.month}月{0.day}号",
    "{0:%Y-%m-%d}T09:30:00",
    "{0:%y}.{0.month}.{0.day}",
    "'{0:%Y-%m-%d}",
    "{0.year}/{0.month}/{0.day} 上午 9:30",
    "{0.year}-{0.month}-{0.day}\u00a0",
)
NUMBER_TEXTS = (
    "{}",
    "{:,}",
    "￥{:,}",
    "¥{}",
    "{}元",
    " {} ",
    "'{}",
    "￥ {:,.2f}",
    "{:,.2f}元整",
    "RMB{}",
    "{}\u00a0",
    "({})",
    "人民币{}元",
)
NUMBER_FORMATS = (
    "",
    "0.00",
    "#,##0.00",
    "#,##0.00_ ",
    "#,##0.00_);[Red]\\(#,##0.00\\)",
    "0.00;[Red]-0.00",
    "0.00_ ",
    "G/通用格式",
    '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ ',
    "#,##0.0000",
)
ACCOUNTING = '_ "￥"* #,##0.00_ ;_ "￥"* \\-#,##0.00_ ;_ "￥"* "-"??_ ;_ @_ '
MONEY_FORMATS = (
    ACCOUNTING,
    "¥#,##0.00;[Red]¥\\-#,##0.00",
    "[$￥-804]#,##0.00",
    '#,##0.00"元"',
    '"￥"#,##0.00',
    '"¥"#,##0.00;"¥"\\-#,##0.00',
    '_ "￥"* #,##0.00_ ',
)
FULL_WIDTH = str.maketrans("0123456789.,-", "０１２３４５６７８９．，－")
UNITS = {"qty": ("台", "件", "个"), "weight": ("kg", "公斤"), "price": ("元", "含税"), "money": ("元", "￥", "人民币")}
ENGLISH = {
    "date": "Date",
    "customer": "Customer",
    "product": "Product",
    "model": "Model",
    "qty": "Qty",
    "price": "Unit Price",
    "amount": "Amount",
    "note": "Remark",
    "supplier": "Supplier",
    "unit": "Unit",
    "phone": "Tel",
}
HEADINGS = ("plain", "plain", "plain", "spaced", "apart", "units", "slashed", "broken", "starred", "colon", "bilingual")


class Cell(NamedTuple):
    """A cell: `s` text, `n` number, `d` date, `e` error; a number may be what a formula gave."""

    kind: str
    value: Any
    format: str = ""
    formula: str = ""


def manner_of_cells(rng: Random) -> dict[str, Any]:
    """How one sheet writes its headings, days and figures."""
    return {
        "headings": rng.choice(HEADINGS),
        "dates": rng.choice(("real", "real", "time", "text", "text", "integer", "serial", "mixed", "month-day")),
        "date_format": rng.choice(DATE_FORMATS),
        "date_text": rng.choice(DATE_TEXTS),
        "numbers": rng.choice(("real", "real", "real", "text", "full-width")),
        "number_text": rng.choice(NUMBER_TEXTS),
        "with_unit": rng.random() < 0.04,
        "none": rng.choice(("", "", "", "-", "/", "无")),
    }


def heading(rng: Random, manner: Mapping[str, Any], column: Column) -> str:
    """The words over a column."""
    text, how = rng.choice(column.headings), manner["headings"]
    unit = rng.choice(UNITS.get(column.kind, ("",)))
    spaced = text[0] + "  " + text[1] if len(text) == 2 else text
    broken = f"{text}\n({unit})" if unit else text[:2] + "\n" + text[2:] if len(text) == 4 else text
    bracketed = text + rng.choice((f"({unit})", f"（{unit}）", f"[{unit}]")) if unit else text
    english = rng.choice(("/", " ", "\n")) + ENGLISH[column.id] if column.id in ENGLISH else ""
    written = {
        "spaced": spaced + rng.choice(("", " ", "　")),
        "apart": rng.choice((" ", "　")).join(text),
        "slashed": f"{text}/{UNITS[column.kind][0]}" if unit else text,
        "units": bracketed,
        "broken": broken,
        "bilingual": text + english,
        "colon": text + "：",
        "starred": rng.choice(("*", "＊", "")) + text,
    }
    return written.get(how, text)


def written(rng: Random, manner: Mapping[str, Any], column: Column, value: Any, unit: str = "") -> Cell | str | None:
    """A true value as a cell."""
    if value == "":
        return None
    if column.kind == "date":
        return day_cell(rng, manner, value)
    if column.kind in ("text", "code", "action"):
        return _text_cell(rng, value)
    if value is None:
        return str(manner["none"])
    if column.kind == "qty" and manner["with_unit"] and unit:
        return f"{value}{unit}"
    return figure_cell(rng, manner, value, is_money=column.kind in ("money", "price"))


def _text_cell(rng: Random, value: str) -> Cell | str:
    """A text; digits perhaps as a number, whose format fills them up with zeros where they begin with one."""
    if not value.isdigit() or len(value) > 15 or not int(value) or rng.random() < 0.5:
        return value
    return Cell("n", Decimal(value), "0" * len(value) if value.startswith("0") else "")


def figure_cell(rng: Random, manner: Mapping[str, Any], value: Decimal, *, is_money: bool) -> Cell | str:
    """A figure as a number in one of many formats, or as a text."""
    how, text = manner["numbers"], manner["number_text"] if is_money else "{}"
    if how == "real":
        formats = NUMBER_FORMATS + (MONEY_FORMATS if is_money else ()) + (("0",) if value % 1 == 0 else ())
        return Cell("n", value, rng.choice(formats))
    if how == "full-width":
        return str(value).translate(FULL_WIDTH)
    if text == "({})":
        return f"({-value})" if value < 0 else str(value)
    return str(text.format(value))


def day_cell(rng: Random, manner: Mapping[str, Any], day: date) -> Cell | str:
    """A day as a cell: a date, a text in one of many forms, or a bare number."""
    how = manner["dates"]
    if how == "mixed":
        how = rng.choice(("real", "text", "integer"))
    if how == "real":
        return Cell("d", day, manner["date_format"])
    if how == "time":
        return Cell("d", datetime.combine(day, time(rng.randint(0, 23), 30)), "yyyy/m/d h:mm")
    if how == "integer":
        return Cell("n", Decimal(f"{day:%Y%m%d}"))
    if how == "serial":
        return Cell("n", Decimal((day - date(1899, 12, 30)).days))
    if how == "month-day" and day.year == 2026:
        return f"{day.month}月{day.day}日"
    return str(manner["date_text"].format(day))

"""salesaid price: the market's price of a day, its change, the average of its month, and its course."""

from __future__ import annotations

import pytest
from openpyxl import Workbook, load_workbook

COPPER = """
    行情.csv
    行情号,日期,品名,价格,单位,来源,备注
    MP20261030-001,2026-10-30,1#电解铜,68000,元/吨,长江有色,
    MP20261103-001,2026-11-03,1#电解铜,68450,元/吨,长江有色,
    MP20261104-001,2026-11-04,1#电解铜,68520,元/吨,长江有色,
    """


def add(desk, words, **environ):
    return desk.run(f"price add {words}", **environ)


@pytest.mark.parametrize("store", ["csv", "xlsx"])
def test_a_price_is_entered_and_the_next_has_its_unit_and_source(desk, store):
    desk.write("salesaid.toml", f'[book]\nlanguage = "zh"\nstore = "{store}"')
    assert add(desk, "1#电解铜 68,450 --unit 元/吨 --source 长江有色 -d 11月20日").code == 0
    assert add(desk, "1＃电解铜 68520 -d 昨天").code == 0
    assert add(desk, "电解铜 ￥68,400").code == 0
    rows = desk.rows("price list")
    assert [(row["date"], row["price"], row["change"]) for row in rows] == [
        ("2026-11-23", 68400, -120), ("2026-11-22", 68520, 70), ("2026-11-20", 68450, None),
    ]  # fmt: skip
    assert {(row["item"], row["unit"], row["source"]) for row in rows} == {("1#电解铜", "元/吨", "长江有色")}
    assert rows[0]["price_no"] == "MP20261123-001"
    assert (desk.folder / f"行情.{store}").exists()


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("锡 210000", "--new"),
        ("1#电解铜 0", "大于零"),
        ("1#电解铜 -5", ""),
        ("1#电解铜 六万", "看不懂"),
        ("1#电解铜", "缺少价格"),
        ("1#电解铜 -", "看不懂"),
        ("1#电解铜 68450 -d 2026-11-24", "还没有到"),
        ("1#电解铜 68520 -d 2026-11-04", "已经记过：MP20261104-001"),
        ("2#电解铜 68520", "1#电解铜"),
        ("'' 68520", ""),
    ],
)
def test_what_is_no_price_of_the_day_is_refused(desk, words, says):
    desk.lay_out(COPPER)
    before = desk.text("行情.csv")
    refused = add(desk, words)
    assert (refused.code, says in refused.err) == (2, True), refused.err
    assert add(desk, words, SALESAID_LANG="en").code == 2
    assert desk.text("行情.csv") == before


def test_a_price_far_from_the_last_is_warned_of_and_the_last_of_a_day_holds(desk):
    desk.lay_out(COPPER)
    mistyped = add(desk, "1#电解铜 6840 -d 11月5日")
    assert (mistyped.code, "相差超过 10%" in mistyped.err) == (0, True)
    again = add(desk, "1#电解铜 68400 -d 11月5日")
    assert "以这次的为准" in again.out
    assert "跌：-120" in again.out
    rows = desk.rows("price list")
    assert [(row["date"], row["price"]) for row in rows][:2] == [("2026-11-05", 68400), ("2026-11-04", 68520)]
    assert rows[0]["month_average"] == pytest.approx(68456.67)
    assert desk.run("void MP1105-2 --why 记错").code == 0
    assert desk.rows("price list")[0]["price"] == 6840
    assert desk.run("void MP1105-1 --why 记错").code == 0
    assert desk.rows("price list")[0]["date"] == "2026-11-04"
    assert desk.run("undo").code == 0
    assert desk.rows("price list")[0]["price"] == 6840


def test_change_and_average_look_beyond_what_is_shown(desk):
    desk.lay_out(COPPER)
    [row] = desk.rows("price list 铜 --since 2026-11-04")
    assert (row["change"], row["change_rate"], row["month_average"]) == (70, 0.001, 68485)
    [row] = desk.rows("price list 铜 --until 2026-11-03 --limit 1")
    assert (row["date"], row["change"]) == ("2026-11-03", 450)
    [row] = desk.rows("price list --as-of 2026-11-03 --since 2026-11-01")
    assert row["month_average"] == 68450


def test_sources_and_units_are_series_of_their_own_and_a_blank_is_the_only_other(desk):
    """
    行情.csv
    日期,品名,价格,单位,来源
    2026-11-03,铜,68450,元/吨,长江有色
    2026-11-03,铜,68500,元/吨,上海现货
    2026-11-04,铜,68.5,元/kg,长江有色
    2026-11-05,铜,68600,元/吨,上海现货
    2026-11-05,锡,210000,,
    2026-11-06,锡,211000,元/吨,
    """
    rows = {(row["date"], row["item"], row["source"]): row["change"] for row in desk.rows("price list")}
    assert rows == {
        ("2026-11-03", "铜", "长江有色"): None, ("2026-11-03", "铜", "上海现货"): None,
        ("2026-11-04", "铜", "长江有色"): None, ("2026-11-05", "铜", "上海现货"): 100,
        ("2026-11-05", "锡", None): None, ("2026-11-06", "锡", None): 1000,
    }  # fmt: skip
    assert [row["price_no"] for row in desk.rows("price list 锡")] == ["行情.csv:7", "行情.csv:6"]
    assert len(desk.rows("price list 铜 --source 上海")) == 2
    assert desk.run("price list 铜 --source 伦敦").code == 2
    assert desk.run("price list 铅").code == 2
    assert desk.rows("check --ignore missing-heading") == []


def test_one_series_is_drawn_newest_at_the_right_though_the_rows_go_back(desk, tmp_path):
    desk.lay_out(COPPER)
    assert "价格  ▁▇█" in desk.run("price list 铜", stdin="").out
    assert desk.run(["price", "list", "铜", "--out", str(tmp_path / "铜价.xlsx")]).code == 0
    sheet = load_workbook(tmp_path / "铜价.xlsx").active
    [chart] = sheet._charts  # noqa: SLF001
    assert chart.x_axis.scaling.orientation == "maxMin"
    [series] = chart.series
    assert [float(point.v) for point in series.val.numRef.numCache.pt] == [68520, 68450, 68000]
    assert chart.y_axis.scaling.min > 60_000
    assert desk.run(["price", "list", "铜", "--out", str(tmp_path / "铜价.html")]).code == 0
    page = (tmp_path / "铜价.html").read_text("utf-8")
    assert page.index("<svg") < page.index("10-30</text>") < page.index("11-04</text>")


def test_an_axis_of_cents_says_them(desk, tmp_path):
    for day, price in (("11月20日", "57.41"), ("11月21日", "57.46")):
        assert add(desk, f"H65 {price} -d {day}").code == 0
    assert desk.run(["price", "list", "H65", "--out", str(tmp_path / "h65.xlsx")]).code == 0
    [chart] = load_workbook(tmp_path / "h65.xlsx").active._charts  # noqa: SLF001
    assert chart.y_axis.number_format.formatCode == "#,##0.00"


def test_a_clerks_copper_price_list_is_imported_whole_and_once(desk, tmp_path):
    book = Workbook()
    sheet = book.active
    sheet.append(["2026年11月长江有色现货铜价一览表"])
    sheet.merge_cells("A1:H1")
    sheet.append(["日期", "品名", "最低价", "最高价", "均价", "涨跌", "单位", "备注"])
    sheet.append(["11月3日", "1#电解铜", "68,400", "68,500", "68,450", "+450", "元/吨", ""])
    sheet.append(["11月4日", "1#电解铜", "68,470", "68,570", "68,520", "+70", "元/吨", "夜盘"])
    book.save(tmp_path / "铜价11月.xlsx")
    words = ["import", str(tmp_path / "铜价11月.xlsx")]
    done = desk.run(words)
    assert done.code == 0, done.err
    rows = desk.rows("price list 铜")
    assert [(row["date"], row["price"], row["unit"], row["note"]) for row in rows] == [
        ("2026-11-04", 68520, "元/吨", "夜盘"), ("2026-11-03", 68450, "元/吨", None),
    ]  # fmt: skip
    before = desk.text("行情.csv")
    assert desk.run(words).code == 0
    assert desk.text("行情.csv") == before
    assert desk.run("undo").code == 0
    assert not (desk.folder / "行情.csv").exists()


def test_a_copper_price_list_in_gb18030_without_a_year_takes_the_one_that_is_said(desk, tmp_path):
    text = '铜价记录\r\n日期,品名,价格\r\n11月3日,1#电解铜,"68,450"\r\n11月4日,1#电解铜,"68,520"\r\n'
    (tmp_path / "铜价.csv").write_bytes(text.encode("gb18030"))
    assert desk.run(["import", str(tmp_path / "铜价.csv")]).code == 2
    assert desk.run(["import", str(tmp_path / "铜价.csv"), "--year", "2026"]).code == 0
    assert [row["price"] for row in desk.rows("price list")] == [68520, 68450]


def test_a_list_with_a_column_for_each_metal_is_imported_price_by_price(desk, tmp_path):
    book = Workbook()
    sheet = book.active
    for row in (
        ["2026年11月有色金属行情（单位：元/吨）"], ["日期", "1#电解铜", "1#锡"], ["11月3日", "68,450", "210,000"],
        ["11月4日", "68,520", "休市"], ["11月5日", "休市", "休市"], ["月均价", "68,485", "210,000"],
    ):  # fmt: skip
        sheet.append(row)
    book.save(tmp_path / "有色11月.xlsx")
    done = desk.run(["import", str(tmp_path / "有色11月.xlsx")])
    assert done.code == 0, done.err
    rows = {(row["date"], row["item"]): (row["price"], row["unit"]) for row in desk.rows("price list")}
    assert rows == {
        ("2026-11-03", "1#电解铜"): (68450, "元/吨"), ("2026-11-03", "1#锡"): (210000, "元/吨"),
        ("2026-11-04", "1#电解铜"): (68520, "元/吨"),
    }  # fmt: skip
    before = desk.text("行情.csv")
    assert desk.run(["import", str(tmp_path / "有色11月.xlsx")]).code == 0
    assert desk.text("行情.csv") == before


def test_a_book_in_english_says_all_of_it_in_english(desk):
    desk.write("salesaid.toml", '[book]\nlanguage = "en"')
    for words in ("copper 9100 --unit USD/t --source LME -d 2026-11-20", "copper 9200"):
        assert add(desk, words, SALESAID_LANG="en").code == 0
    out = desk.run("price list copper", SALESAID_LANG="en").out
    assert not any("\u4e00" <= letter <= "\u9fff" for letter in out)
    assert desk.lines("market_prices.csv")[0] == "Price No,Date,Item,Price,Unit,Source,Note"

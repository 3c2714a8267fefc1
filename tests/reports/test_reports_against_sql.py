"""The figures of the period reports are those that SQL finds in the same files, to the cent."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from pathlib import Path
from shutil import copytree

import pytest

from tests import retail
from tests.desk import Desk
from tests.sample_cells import DATA

AS_OF = "2026-11-22"
PERIODS = [
    ("month", "2026-11", "2026-11-01", "2026-11-30"),
    ("month", "2026-10", "2026-10-01", "2026-10-31"),
    ("quarter", "2026Q3", "2026-07-01", "2026-09-30"),
    ("week", "2026-W43", "2026-10-19", "2026-10-25"),
    ("day", "2026-10-20", "2026-10-20", "2026-10-20"),
    ("year", "2026", "2026-01-01", "2026-12-31"),
]
KEY = "regexp_replace(lower(trim({})), '[-—–‐_/· ]+', '|', 'g')"

# Every sale of the sample book, as a person would look it up: what stands on the order is looked up there.
SALES = f"""
create macro figure(text) as try_cast(nullif(text, '') as decimal(18, 6));
create macro money(amount, qty, price) as
  round(coalesce(figure(amount), figure(qty) * figure(price), 0), 2)::decimal(18, 2);
create or replace view goods as
  select 产品 as name, 型号 as model, {KEY.format("产品")} as key, 类别, 成本, 单位 from 产品;
create or replace view aliased as select 写法, 对应名称 from 名称对照 where 种类 = '产品' and 判定 = '同一';
create or replace view bosses as
  select o.单号 as no, max_by(业务员, rowid) filter (类型 = '下单' and 业务员 <> '') as first_said,
    max_by(业务员, rowid) filter (类型 = '变更' and 业务员 <> '') as then_said from 订单 o group by 1;
create or replace view charged as
  select 日期, 订单号, 客户, 产品, 型号, 单位,
    case 类型 when '退回' then -1 else 1 end * 数量::decimal(18, 6) as qty, 类型 = '退回' as back,
    case 类型 when '退回' then -1 else 1 end * money(金额, 数量, 单价) as amount
  from 出货 where 类型 in ('发货', '退回')
  union all by name
  select l.日期, l.订单号, l.客户, l.产品, l.型号, l.单位, l.数量::decimal(18, 6) as qty, false as back,
    money('', l.数量, (select any_value(o.单价) from 订单 o
      where o.单号 = l.订单号 and o.型号 = l.型号 and o.类型 = '下单')) as amount
  from 借用 l where l.类型 = '转销售'
  union all by name
  select 日期, 订单号, 客户, 产品, 型号, 单位, -数量::decimal(18, 6) as qty, true as back,
    -金额::decimal(18, 2) as amount
  from 返修 where 类型 = '退货';
create or replace view sales as
  select c.* replace (replace(replace(c.客户, '(', '（'), ')', '）') as 客户),
    coalesce(m.name, a.对应名称, n.name, c.产品) as product, coalesce(m.类别, x.类别, n.类别, '') as category,
    coalesce(b.then_said, b.first_said, k.业务员, '') as salesperson,
    case when c.单位 in ('', coalesce(m.单位, x.单位, n.单位)) then figure(coalesce(m.成本, x.成本, n.成本)) end as cost
  from charged c
  left join goods m on m.model = c.型号 and c.型号 <> ''
  left join aliased a on a.写法 = c.产品
  left join goods x on x.name = a.对应名称
  left join goods n on n.key = {KEY.format("c.产品")} and m.name is null and a.写法 is null
  left join bosses b on b.no = c.订单号
  left join 客户 k on k.客户 = c.客户;
"""


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    folder = copytree(DATA, tmp_path_factory.mktemp("sample") / "book")
    return Desk(folder, (folder / "salesaid.toml").read_text(encoding="utf-8"), AS_OF)


@pytest.fixture(scope="module")
def sql(book):
    duckdb = pytest.importorskip("duckdb")
    database = duckdb.connect()
    for path in sorted(book.folder.glob("*.csv")):
        database.execute(
            f'create table "{path.stem}" as select row_number() over () as rowid, * from '
            f"read_csv('{path}', all_varchar = true, header = true, nullstr = '\x01')"
        )
    database.execute(SALES)
    return database


def rows_by(rows, key):
    return {row[key] or "": row for row in rows}


def decimals(value):
    return Decimal(str(value)).quantize(Decimal("0.01"))


def sums(sql, column, first, last):
    found = sql.execute(
        f"select {column}, sum(amount) filter (not back), coalesce(-sum(amount) filter (back), 0), sum(amount) "
        f"from sales where 日期 between '{first}' and least('{last}', '{AS_OF}') group by 1"
    ).fetchall()
    return {key: tuple(Decimal(each or 0) for each in cells) for key, *cells in found}


@pytest.mark.parametrize(("kind", "period", "first", "last"), PERIODS)
@pytest.mark.parametrize(
    ("report", "key", "column"),
    [
        ("salespeople", "salesperson", "salesperson"),
        ("customers", "customer", "客户"),
        ("products", "product", "product"),
        ("categories", "category", "category"),
    ],
)
def test_what_was_sold_by_each_is_what_sql_says(book, sql, report, key, column, kind, period, first, last):
    rows = rows_by(book.rows(f"report {report} {period}"), key)
    expected = sums(sql, column, first, last)
    found = {
        name: (decimals(row["amount"]), decimals(row["returned"]), decimals(row["net"]))
        for name, row in rows.items()
        if row["amount"] or row["returned"]
    }
    assert found == expected
    assert kind == "day" or expected


@pytest.mark.parametrize(("kind", "period", "first", "last"), PERIODS)
def test_the_key_figures_are_what_sql_says(book, sql, kind, period, first, last):
    answer = book.json(f"report key-figures {period}")["data"]["tables"]
    money = {row["name"]: row["value"] for table in answer for row in table["rows"]}
    (net,) = sql.execute(
        f"select coalesce(sum(amount), 0) from sales where 日期 between '{first}' and least('{last}', '{AS_OF}')"
    ).fetchone()
    (received,) = sql.execute(
        f"select sum(金额::decimal(18, 2)) from 收款 where 日期 between '{first}' and least('{last}', '{AS_OF}')"
    ).fetchone()
    (ordered,) = sql.execute(
        "select coalesce(sum(money(金额, 数量, 单价)), 0) from 订单 where 类型 = '下单' "
        f"and 日期 between '{first}' and least('{last}', '{AS_OF}')"
    ).fetchone()
    (margin,) = sql.execute(
        "select coalesce(sum(amount - round(qty * cost, 2)), 0) from sales where cost is not null and "
        f"日期 between '{first}' and least('{last}', '{AS_OF}')"
    ).fetchone()
    found = [decimals(money[name]) for name in ("net", "received", "ordered", "margin")]
    assert found == [Decimal(each or 0) for each in (net, received, ordered, margin)]
    assert decimals(money["cumulative"]) == decimals(
        sql.execute(f"select sum(amount) from sales where 日期 <= least('{last}', '{AS_OF}')").fetchone()[0]
    )


def test_the_months_of_the_year_are_what_sql_says(book, sql):
    rows = book.rows("report sales 2026-11")
    found = {row["month"]: (decimals(row["net"]), decimals(row["received"])) for row in rows if row["net"]}
    net = sql.execute(f"select 日期[:7], sum(amount) from sales where 日期 <= '{AS_OF}' group by 1").fetchall()
    received = dict(
        sql.execute(
            f"select 日期[:7], sum(金额::decimal(18, 2)) from 收款 where 日期 <= '{AS_OF}' group by 1"
        ).fetchall()
    )
    assert found == {month: (Decimal(sum_), Decimal(received[month])) for month, sum_ in net}
    assert [row["month"] for row in rows] == [f"2026-{month:02}" for month in range(1, 13)]


def test_all_three_together_are_what_sql_says(book, sql):
    rows = book.rows("report salesperson-customer-product 2026Q3")
    found = {
        tuple(row[key] or "" for key in ("salesperson", "customer", "product")): decimals(row["net"])
        for row in rows
        if row["net"]
    }
    expected = sql.execute(
        "select salesperson, 客户, product, sum(amount) from sales where 日期 between '2026-07-01' and '2026-09-30' "
        "group by all having sum(amount) <> 0"
    ).fetchall()
    assert found == {tuple(key): Decimal(sum_) for *key, sum_ in expected}


def test_the_details_are_the_rows_that_sql_finds(book, sql):
    rows = book.rows("report sale-details 2026")
    found = Counter((row["date"], row["product"], decimals(row["amount"])) for row in rows)
    expected = sql.execute(f"select 日期, product, amount from sales where 日期 <= '{AS_OF}'").fetchall()
    assert found == Counter((day, product, Decimal(amount)) for day, product, amount in expected)


RETAIL = """
select round(sum(round(Quantity::decimal(18, 6) * UnitPrice::decimal(18, 6), 2)), 2) as net, {by}
from read_csv('{path}', all_varchar = true, header = true, nullstr = '\x01')
where strptime(InvoiceDate, '{form}')::date between '{first}' and '{last}' group by all
"""


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    desk = Desk(tmp_path_factory.mktemp("retail"), today="2011-12-09")
    return desk, retail.in_csv(desk)


@retail.needed
@pytest.mark.slow
@pytest.mark.parametrize(("period", "first", "last"), [("2011-11", "2011-11-01", "2011-11-30")])
def test_online_retail_is_what_sql_says(shop, period, first, last):
    duckdb = pytest.importorskip("duckdb")
    desk, path = shop
    tables = desk.json(f"report month {period}")["data"]["tables"]
    by_name = {table["columns"][0]["name"]: table for table in tables if "cumulative" in table["totals"]}
    form = "%m/%d/%Y %H:%M" if "/" in Path(path).read_text("utf-8")[:2000].splitlines()[1] else "%Y-%m-%d %H:%M:%S"

    def sql(by):
        text = RETAIL.format(by=by, path=path, form=form, first=first, last=last)
        return {key: Decimal(net) for net, key in duckdb.execute(text).fetchall()}

    customers = {row["customer"] or "": decimals(row["net"]) for row in by_name["customer"]["rows"]}
    expected = sql("regexp_replace(CustomerID, '\\.0$', '')")
    assert {name: net for name, net in customers.items() if net} == {k: v for k, v in expected.items() if v}
    products = Counter(decimals(row["net"]) for row in by_name["product"]["rows"] if row["net"])
    assert products == Counter(net for net in sql("upper(trim(StockCode))").values() if net)
    assert decimals(by_name["customer"]["totals"]["net"]) == sum(expected.values())

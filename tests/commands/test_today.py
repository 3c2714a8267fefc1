"""The page of the morning: what is on it, what is not, and that its commands close what they stand beside."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from tests.desk import Desk
from tests.sample_cells import AS_OF, CUSTOMERS, DATA, LOANS, ORDERS, SHIPMENTS, lent_lines, open_lines

ROOT = Path(__file__).parents[2]


@pytest.fixture
def sample(tmp_path):
    return sample_in(tmp_path / "book")


def sample_in(folder):
    shutil.copytree(DATA, folder)
    return Desk(folder, (DATA / "salesaid.toml").read_text("utf-8"), f"{AS_OF}")


def part(desk, name, words="today"):
    return [row for row in desk.rows(words) if row["part"] == name]


# ── the sample book, held against its cells ────────────────────────────────────────────────────────


def due_of(rows, no, column):
    """The day that a document's rows say last."""
    return max((row[column] for row in rows if row["单号"] == no and row[column]), default="9999-12-31")


def test_what_is_to_be_shipped_is_what_is_open_and_due(sample):
    wrong = {("SO20261020-001", "BVM7-720")}  # told as a wrong model
    expected = {
        (no, product): (qty, due_of(ORDERS, no, "交期"))
        for (no, product), qty in open_lines().items()
        if qty > 0 and due_of(ORDERS, no, "交期") <= f"{AS_OF}" and (no, product) not in wrong
    }
    found = {(row["no"], row["product"]): (Decimal(str(row["qty"])), row["due"]) for row in part(sample, "ship")}
    assert found == expected
    assert len(found) == 2


def test_loans_on_it_are_those_that_are_out_and_due(sample):
    expected = {line for line, qty in lent_lines().items() if qty > 0 and due_of(LOANS, line[0], "交期") <= f"{AS_OF}"}
    assert {(row["no"], row["product"]) for row in part(sample, "loan")} == expected
    assert expected


def test_arrivals_on_it_are_those_of_which_the_day_has_passed(sample):
    signed = {row["单号"] for row in SHIPMENTS if row["类型"] == "签收"}
    returned = {row["订单号"] for row in SHIPMENTS if row["类型"] == "退回"}
    expected = {}
    for row in SHIPMENTS:
        if row["类型"] == "发货" and row["单号"] not in signed and row["订单号"] not in returned:
            transit = CUSTOMERS.get(row["客户"].replace("(", "（").replace(")", "）"), {}).get("在途天数")
            arrival = date.fromisoformat(row["日期"]) + timedelta(int(transit or 0))
            if arrival < AS_OF:
                expected[row["单号"]] = (AS_OF - arrival).days
    found = {row["no"]: row["days"] for row in part(sample, "arrive")}
    assert found == expected
    assert len(found) == 3


@pytest.mark.parametrize(
    ("name", "words", "number"),
    [
        ("repair", "return list --overdue", "return_no"),
        ("purchase", "purchase list --late", "purchase_no"),
        ("low", "stock check", "product"),
    ],
)
def test_a_part_lists_what_its_own_command_lists(sample, name, words, number):
    wrong = {"PO20261030-001"}  # told as a wrong model
    expected = sorted(row[number] for row in sample.rows(words) if row[number] not in wrong)
    found = sorted(row["product" if name == "low" else "no"] for row in part(sample, name))
    assert found == expected
    assert found


def test_who_is_dunned_is_whom_remind_writes_to(sample):
    rows = sample.rows("receivable remind")
    owed: dict[str, Decimal] = {}
    for row in rows:
        if row["state"] == "overdue":
            owed[row["customer"]] = owed.get(row["customer"], Decimal(0)) + Decimal(str(row["amount"]))
    assert {row["customer"]: Decimal(str(row["amount"])) for row in part(sample, "collect")} == owed
    perhaps = {row["order_no"] for row in rows if row["state"] == "maybe_paid" and row["days_late"]}
    assert {row["no"] for row in part(sample, "verify")} == perhaps
    disputed = {row["order_no"] for row in rows if row["state"] == "disputed"}
    assert disputed
    assert not disputed & {row["no"] for row in sample.rows("today") if row["part"] in {"collect", "verify"}}


# ── its commands ───────────────────────────────────────────────────────────────────────────────────


def key(row):
    return row["part"], row["no"], row["customer"], row["supplier"], row["product"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_command_closes_what_it_stands_beside(sample, lang, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    paper = "送货单.pdf"  # which is to be filed: a person says its name
    (tmp_path / paper).write_text("…", "utf-8")

    def closing():
        rows = sample.rows(["--lang", lang, "today"])
        return {key(row): row["command"] for row in rows if row["command"].split()[1:3] not in LOOKING}

    asked = closing()
    assert len({part for part, *_ in asked}) == 13
    for _ in range(2):  # a wrong model has two legs
        for command in [command for row, command in closing().items() if row in asked]:
            words = [paper if word == "…" else word for word in shlex.split(command)[1:]]
            done = sample.run(["--lang", lang, *words])
            assert done.code == 0, (command, done.err)
    assert not closing().keys() & asked.keys()


LOOKING = [["receivable", "remind"], ["name", "suggest"], ["stock", "check"], ["stock", "card"]]


def test_commands_that_only_look_are_understood(sample):
    looking = [row["command"] for row in sample.rows("today") if row["command"].split()[1:3] in LOOKING]
    for command in looking:
        assert sample.run(shlex.split(command)[1:]).code in {0, 1}
    assert looking


def test_names_that_a_shell_would_take_apart_are_quoted(desk):
    """
    订单.csv
    单号,日期,类型,客户,产品,数量,单价,交期
    SO20261101-001,2026-11-01,下单,甲 乙; rm -rf ~,主板 $HOME `id`,10,6,2026-11-20
    SO20261101-001,2026-11-01,下单,甲 乙; rm -rf ~,=cmd|' /C calc'!A0,1,6,2026-11-20

    库存变动.csv
    单号,日期,类型,产品,数量
    ST20261101-001,2026-11-01,期初,主板 $HOME `id`,3
    ST20261101-001,2026-11-01,期初,=cmd|' /C calc'!A0,30
    """
    for row in part(desk, "ship"):
        words = shlex.split(row["command"])
        assert words[:4] == ["salesaid", "order", "ship", "1101-1"]
        assert words[5].startswith(row["product"])
        assert desk.run([*words[1:], "--literal"]).code == 0
    left = part(desk, "ship")
    assert [(row["product"], row["qty"]) for row in left] == [("主板 $HOME `id`", 7)]  # three of ten were there


def test_names_that_begin_with_a_dash_are_no_options(desk):
    """
    客户.csv
    客户,付款条件
    -甲,预付50%
    --help,30天

    产品.csv
    产品,最低库存,供应商
    -5V电源,10,-乙

    订单.csv
    单号,日期,类型,客户,产品,数量,单价,金额,交期
    SO20261101-001,2026-11-01,下单,-甲,-5V电源,1,6,6,2026-11-20
    SO20261101-001,2026-11-01,下单,-甲,,1,6,6,2026-11-20

    库存变动.csv
    单号,日期,类型,产品,数量
    ST20261101-001,2026-11-01,期初,-5V电源,3

    出货.csv
    单号,日期,类型,订单号,客户,产品,数量,单价,金额,应收日期
    SH20260930-001,2026-09-30,期初,,--help,,,,500,2026-10-31

    收款.csv
    收款单号,日期,客户,付款人,金额,订单号
    PY20261120-001,2026-11-20,,-丙,7,
    """
    rows = desk.rows("today")
    assert {row["part"] for row in rows} == {"ship", "prepay", "low", "collect", "receipt"}
    for row in rows:
        done = desk.run(shlex.split(row["command"])[1:])
        assert done.code == (row["command"] == "salesaid stock check"), (row["command"], done.err)
        assert not done.out.startswith("用法"), row["command"]


# ── single parts ───────────────────────────────────────────────────────────────────────────────────


def test_goods_that_are_not_there_are_put_off_until_some_come(desk):
    """
    订单.csv
    单号,日期,类型,客户,产品,数量,单价,交期
    SO20261101-001,2026-11-01,下单,骏业,主板,10,6,2026-11-20
    SO20261102-001,2026-11-02,下单,骏业,电源线,10,6,2026-11-23
    SO20261103-001,2026-11-03,下单,骏业,机箱,10,6,2026-11-24

    采购.csv
    采购单号,日期,类型,供应商,产品,数量,交期
    PO20261101-001,2026-11-01,采购,联芯,主板,20,2026-11-27
    """
    late, today = part(desk, "ship")
    assert late["command"] == "salesaid order change 1101-1 --due 2026-11-27 --why 缺货"
    assert (late["days"], late["on_hand"]) == (3, 0)
    assert today["command"] == "salesaid order change 1102-1 --due 2026-11-30 --why 缺货"
    assert today["days"] == 0
    assert "今天" in desk.run("today").out


def test_services_and_bundles_say_what_there_is_of_them(desk):
    """
    产品.csv
    产品,管库存,组成
    运费,否,
    套装,,主板*2; 电源线*1
    主板,,
    电源线,,

    订单.csv
    单号,日期,类型,客户,产品,数量,单价,交期
    SO20261101-001,2026-11-01,下单,骏业,运费,1,6,2026-11-20
    SO20261101-001,2026-11-01,下单,骏业,套装,5,6,2026-11-20

    库存变动.csv
    单号,日期,类型,产品,数量
    ST20261101-001,2026-11-01,期初,主板,7
    ST20261101-001,2026-11-01,期初,电源线,9
    """
    found = {row["product"]: (row["on_hand"], row["command"]) for row in part(desk, "ship")}
    assert found == {
        "运费": (None, "salesaid order ship 1101-1 -i 运费×1"), "套装": (3, "salesaid order ship 1101-1 -i 套装×3"),
    }  # fmt: skip


def test_money_that_is_to_come_first_is_asked_for_until_it_has(desk):
    """
    客户.csv
    客户,付款条件
    骏业,预付50%
    万安达,款到发货
    佐客,30天

    订单.csv
    单号,日期,类型,客户,产品,数量,单价,金额,交期
    SO20261101-001,2026-11-01,下单,骏业,主板,10,6,60,2026-11-20
    SO20261101-002,2026-11-01,下单,万安达,主板,10,6,60,2026-12-20
    SO20261101-003,2026-11-01,下单,佐客,主板,10,6,60,2026-11-20

    收款.csv
    收款单号,日期,客户,金额,订单号
    PY20261101-001,2026-11-01,骏业,10,SO20261101-001
    """
    found = {row["customer"]: (row["amount"], row["days"]) for row in part(desk, "prepay")}
    assert found == {"骏业": (20, 3), "万安达": (60, -27)}
    assert "款未到" in next(row["text"] for row in part(desk, "ship") if row["customer"] == "骏业")
    assert desk.run("payment add 骏业 20 --order 1101-1").code == 0
    assert [row["customer"] for row in part(desk, "prepay")] == ["万安达"]


def test_a_late_purchase_says_which_orders_it_keeps_waiting(desk):
    """
    客户.csv
    客户,业务员
    骏业,王磊
    万安达,赵丽

    订单.csv
    单号,日期,类型,客户,产品,数量,单价,交期
    SO20261101-001,2026-11-01,下单,骏业,主板,10,6,2026-12-20
    SO20261101-002,2026-11-01,下单,万安达,主板,10,6,2026-12-20

    采购.csv
    采购单号,日期,类型,供应商,产品,数量,交期
    PO20261101-001,2026-11-01,采购,联芯,主板,20,2026-11-20
    """
    [row] = part(desk, "purchase")
    assert row["owner"] == "王磊、赵丽"
    assert "SO20261101-001、SO20261101-002 在等" in row["text"]
    assert part(desk, "purchase", "today --owner 王磊") == part(desk, "purchase", "today --owner 赵丽") == [row]


def test_a_book_that_signs_for_nothing_is_not_asked_whether_it_arrived(desk):
    """
    出货.csv
    单号,日期,类型,订单号,客户,产品,数量
    SH20261101-001,2026-11-01,发货,SO1,骏业,主板,1
    """
    assert part(desk, "arrive") == []


def test_stale_receipts_are_said_before_anybody_is_dunned(desk):
    """
    出货.csv
    单号,日期,类型,客户,产品,金额,应收日期
    SH20260930-001,2026-09-30,期初,骏业,,500,2026-10-31
    """
    answer = desk.run("today")
    assert "还没有收款记录" in answer.out
    assert [row["command"] for row in part(desk, "collect")] == ["salesaid receivable remind 骏业"]


SALES = """
    salesaid.toml
    [book]
    language = "zh"
    [ledgers.orders]
    ships = "at_once"

    订单.csv
    订单号,日期,客户,产品,数量,单价
    S1,2026-11-02,骏业,电源线,10,5
    S2,2026-11-03,骏业,数据线,3,5
    """


def test_a_book_of_sales_alone_says_nothing_of_stock_and_looks_at_no_order_line(desk, monkeypatch):
    desk.lay_out(SALES)
    monkeypatch.setattr("salesaid.balances.order_lines.OrderLines._lines", lambda *_: pytest.fail("orders were read"))
    assert desk.rows("today") == []


def test_what_is_open_is_shipped_where_no_stock_is_kept(desk):
    desk.lay_out("""
        订单.csv
        订单号,日期,客户,产品,数量,单价,交期
        S1,2026-11-02,骏业,电源线,10,5,2026-11-10
        """)
    (row,) = desk.rows("today")
    assert (row["on_hand"], row["text"], row["command"]) == (None, "骏业 电源线×10", "salesaid order ship S1")
    desk.write("盘点.csv", "单号,日期,产品,实盘数量\nCT1,2026-11-01,电源线,4")
    assert part(desk, "ship")[0]["command"] == "salesaid order ship S1 -i 电源线×4"


def test_goods_are_low_by_the_book_once_it_keeps_its_stock(desk):
    desk.lay_out(SALES)
    desk.write("库存变动.csv", "单号,日期,类型,产品,数量\nST1,2026-11-01,期初,电源线,50")
    assert [(row["product"], row["on_hand"]) for row in part(desk, "low")] == [("数据线", -3)]


def test_rows_that_make_no_sense_stop_nothing(desk):
    """
    借用.csv
    借用单号,日期,类型,客户,产品,数量,应还日期
    LN1,2026-11-01,归还,骏业,主板,5,2026-11-02
    ,,,,,,

    返修.csv
    返修单号,日期,类型,客户,产品,数量
    RT1,2026-08-01,寄回,骏业,主板,2
    RT2,2026-08-01,收到,,,2

    出货.csv
    单号,日期,类型,订单号,客户,产品,数量,单价
    ,2026-08-01,签收,没有这一单,,,,
    SH9,2026-08-01,发货,没有这一单,,,3,5

    采购.csv
    采购单号,日期,类型,供应商,产品,数量,交期
    PO9,2026-08-01,到货,,主板,3,2026-08-02
    """
    for words in ("today", "today -f json", "today --owner me", "today -f md", "today -f csv"):
        assert desk.run(words).code == 0, words
    assert [row["no"] for row in part(desk, "repair")] == ["RT2"]


# ── whose it is ────────────────────────────────────────────────────────────────────────────────────


def test_every_duty_is_somebodys_or_is_counted(sample):
    every = sample.rows("today")
    people = sorted({row["owner"] for row in every if row["owner"]})
    assert len(people) == 6  # four who sell, two at the desk
    nobodys = [row for row in every if not row["owner"]]
    found = []
    for person in people:
        answer = sample.json(f"today --owner {person}")["data"]
        assert all(row["owner"] == person for row in answer["rows"])
        [note] = [note["text"] for note in answer["notes"] if note["code"] == "without_owner"]
        assert f" {len(nobodys)} 件" in note
        found += answer["rows"]
    assert sorted(map(str, [*found, *nobodys])) == sorted(map(str, every))


def test_the_orders_salesperson_comes_before_the_customers(desk):
    """
    客户.csv
    客户,业务员
    骏业,王磊

    订单.csv
    单号,日期,类型,客户,产品,数量,单价,交期,业务员
    SO1,2026-11-01,下单,骏业,主板,1,6,2026-11-20,赵丽
    SO2,2026-11-01,下单,骏业,主板,1,6,2026-11-20,
    """
    assert {row["no"]: row["owner"] for row in part(desk, "ship")} == {"SO1": "赵丽", "SO2": "王磊"}


def test_me_is_who_asks(sample):
    mine = sample.rows("today --owner me", SALESAID_USER="王磊")
    assert mine == sample.rows("today --owner 王磊")
    refused = sample.run("today --owner me", SALESAID_USER="外人")
    assert (refused.code, "SALESAID_USER" in refused.err) == (2, True)
    assert [row["part"] for row in sample.rows("today --owner me", SALESAID_USER="小郑")] == ["todo"]
    assert sample.run("today --owner 王").code == 0
    assert sample.run("today --owner 没有").code == 2


# ── how it looks ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("lang", "said"), [("zh", "今天没有必办的事"), ("en", "Nothing has to be done")])
def test_an_empty_book_has_one_friendly_sentence(desk, lang, said):
    lines = desk.run(["--lang", lang, "today"]).out.splitlines()
    assert said in lines[-1]
    assert len(lines) == 3


@pytest.mark.parametrize("width", [40, 60, 80, 100, 120, 160])
def test_on_a_terminal_no_line_is_too_wide_and_no_command_broken(sample, width):
    from salesaid.render.cell_width import cell_len

    out = sample.run("today", stdin="", COLUMNS=str(width)).out
    shown = [row["command"] for row in sample.rows("today")]
    lines = out.splitlines()
    for line in lines:
        command = line[line.find("salesaid ") :] if "salesaid " in line else ""
        assert cell_len(line) <= max(width, cell_len(command)) or line.startswith(("! ", "全部")), line
        if command and not line.startswith(("! ", "全部")):
            assert command in shown
    assert len(lines) < (110 if width >= 80 else 160)


def test_on_a_terminal_long_parts_are_cut_and_say_so_elsewhere_they_are_whole(sample):
    on_terminal, piped = sample.run("today", stdin="").out, sample.run("today").out
    assert "… 还有 3 件" in on_terminal
    assert "salesaid today --out" in on_terminal
    assert "… 还有" not in piped
    assert piped.count("salesaid receivable remind") == 8 > on_terminal.count("salesaid receivable remind")


def test_as_of_a_day_only_what_was_due_then(sample):
    then = sample.rows("today --as-of 2026-10-30")
    assert then == sample.rows(["--today", "2026-10-30", "today"])
    assert all(row["due"] is None or row["due"] <= "2026-10-30" for row in then if row["part"] != "prepay")
    assert len(then) < len(sample.rows("today"))


@pytest.mark.parametrize("ending", ["md", "csv", "json", "xlsx"])
def test_it_is_written_to_files(sample, ending):
    answer = sample.run(["today", "--out", str(sample.folder.parent / f"today.{ending}")])
    assert answer.code == 0, answer.err
    assert (sample.folder.parent / f"today.{ending}").stat().st_size > 1000


def test_json_has_the_columns_of_the_contract(sample):
    columns = [column["name"] for column in sample.json("today")["data"]["columns"]]
    assert columns == [
        "part", "days", "due", "no", "customer", "supplier", "product", "qty", "on_hand", "amount", "owner", "text",
        "command",
    ]  # fmt: skip
    assert sample.json(["--lang", "en", "today"])["data"]["rows"][0]["part"] == "ship"


def test_it_loads_neither_pandas_nor_any_library_of_workbooks():
    script = """
import os, sys
from salesaid import cli
code = cli.main(["--book", sys.argv[1], "today"], dict(os.environ), sys.stdin, sys.stdout, sys.stderr)
heavy = {"pandas", "numpy", "openpyxl", "pyarrow", "python_calamine", "rich.console", "duckdb"} & set(sys.modules)
sys.exit(f"{code} {sorted(heavy)}" if code or heavy else 0)
"""
    done = subprocess.run(
        [sys.executable, "-c", script, str(DATA)], capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)}, encoding="utf-8",
    )  # fmt: skip
    assert (done.returncode, "今日必办" in done.stdout) == (0, True), done.stderr

"""--out writes the answer and nothing else: never over the book, and what was left out is said."""

from __future__ import annotations

import pytest


@pytest.fixture
def desk_with_orders(desk):
    desk.lay_out(
        """
        订单.csv
        单号,日期,客户,产品,数量,单价
        SO20261120-001,2026-11-20,骏业,电源线,2,5
        SO20261121-001,2026-11-21,骏业,电源线,约3,5
        """
    )
    return desk


@pytest.mark.parametrize("name", ["订单.csv", "salesaid.toml", ".salesaid/x.csv", "link.csv"])
def test_no_answer_is_written_over_the_book(desk_with_orders, name):
    desk = desk_with_orders
    (desk.folder / "link.csv").symlink_to(desk.folder / "订单.csv")
    before = desk.text("订单.csv"), desk.text("salesaid.toml")
    answer = desk.run(["order", "list", "--out", str(desk.folder / name)])
    assert answer.code == 2
    assert ("账本自己的文件" if name != "salesaid.toml" else "哪种格式") in answer.err
    assert (desk.text("订单.csv"), desk.text("salesaid.toml")) == before


@pytest.mark.parametrize("name", ["拜访.xlsx", "visits.csv", "VISITS.CSV", "行情.csv", "日记账.xlsx"])
def test_no_answer_is_left_where_a_ledger_would_be_found(desk_with_orders, name):
    desk = desk_with_orders
    refused = desk.run(["order", "list", "--out", str(desk.folder / name)])
    assert (refused.code, "会被当成账本的台账" in refused.err) == (2, True)
    assert not (desk.folder / name).exists()
    (desk.folder / "报表").mkdir()
    assert desk.run(["order", "list", "--out", str(desk.folder / "报表" / name)]).code == 0


def test_a_name_is_free_that_no_ledger_of_the_book_has(desk_with_orders):
    desk = desk_with_orders
    desk.write("salesaid.toml", desk.text("salesaid.toml") + '[ledgers.visits]\nfile = "访/记录.csv"\n')
    (desk.folder / "访").mkdir()
    desk.write("访/记录.csv", "日期,客户\r\n2026-11-20,骏业\r\n")
    assert desk.run(["order", "list", "--out", str(desk.folder / "拜访.csv")]).code == 0
    assert [row["customer"] for row in desk.rows("visit list")] == ["骏业"]


def test_what_a_csv_answer_leaves_out_is_said_beside_it(desk_with_orders):
    answer = desk_with_orders.run("order list --format csv")
    assert "约3" in answer.err
    assert answer.out.count("SO2026112") == 1


def test_another_header_row_in_the_settings_counts_at_once(desk):
    desk.lay_out(
        """
        订单.csv
        单号,日期,客户,产品,数量
        订单号,单据日期,客户名称,品名,订货数量
        SO20261120-001,2026-11-20,骏业,电源线,2
        """
    )
    settings = desk.text("salesaid.toml")
    desk.write("salesaid.toml", settings + "[ledgers.orders]\nheader_row = 1\n")
    assert desk.run("order add 骏业 电源线×1").code == 0
    desk.write("salesaid.toml", settings + "[ledgers.orders]\nheader_row = 2\n")
    assert desk.run("order add 骏业 电源线×1").code == 0
    assert [row["ordered"] for row in desk.rows("order list")] == [1, 1, 2]
    assert not any("品名" in note["text"] for note in desk.json("order list")["data"]["notes"])


@pytest.mark.parametrize(("name", "code", "said"), [("账龄.pdf", 2, "哪种格式"), ("没有/账龄.xlsx", 3, "不存在")])
def test_a_file_that_cannot_be_is_refused_before_anything_is_read(desk_with_orders, monkeypatch, name, code, said):
    monkeypatch.setattr("salesaid.book.Book._made", lambda *_: pytest.fail("the book was read"))
    answer = desk_with_orders.run(f"report month --out {desk_with_orders.folder}/{name}")
    assert (answer.code, said in answer.err) == (code, True)


def test_a_folder_that_is_not_there_is_named_as_the_folder_of_the_file(desk):
    gone = desk.folder / "没有的"
    answer = desk.run(f"receivable list --out {gone}/账龄.xlsx")
    assert answer.code == 3
    assert f"要写 账龄.xlsx 的文件夹 {gone} 不存在" in answer.err
    assert not gone.exists()

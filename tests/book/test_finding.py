"""Where a ledger lies that the settings place outside the book."""

from __future__ import annotations

from salesaid.book.finding import spot_of
from salesaid.settings import parse_settings


def test_a_file_beside_the_book_is_named_without_the_way_there(tmp_path):
    book, beside = tmp_path / "book", tmp_path / "订单表.csv"
    book.mkdir()
    beside.write_text("日期,客户,产品,数量\n", encoding="utf-8")
    settings = parse_settings({"ledgers": {"orders": {"file": "../订单表.csv"}}}, ("orders",))
    spot = spot_of(book, settings, "orders")
    assert spot is not None
    assert spot.path == beside


def test_a_way_back_over_a_link_is_the_way_of_the_link(tmp_path):
    book, beside = tmp_path / "real" / "book", tmp_path / "real" / "订单表.csv"
    book.mkdir(parents=True)
    beside.write_text("日期,客户,产品,数量\n", encoding="utf-8")
    (tmp_path / "link").symlink_to(book)
    settings = parse_settings({"ledgers": {"orders": {"file": "../订单表.csv"}}}, ("orders",))
    spot = spot_of(tmp_path / "link", settings, "orders")
    assert spot is not None
    assert spot.path.samefile(beside)

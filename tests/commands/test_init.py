from __future__ import annotations

import tomllib

import pytest

from tests.desk import Desk


def test_a_new_book_has_settings_and_no_ledger(desk, tmp_path):
    assert desk.run(["init", str(tmp_path / "账本"), "--store", "xlsx"]).code == 0
    assert sorted(each.name for each in (tmp_path / "账本").iterdir()) == [".salesaid", "salesaid.toml"]
    settings = tomllib.loads((tmp_path / "账本" / "salesaid.toml").read_text("utf-8"))
    assert settings["book"] == settings["book"] | {"name": "账本", "language": "zh", "store": "xlsx"}


def test_a_folder_that_is_a_book_is_refused(desk, tmp_path):
    before = desk.text("salesaid.toml")
    assert desk.run(["init", str(tmp_path)]).code == 2
    assert desk.text("salesaid.toml") == before


def test_an_unknown_store_is_refused_and_makes_no_folder(desk, tmp_path):
    assert desk.run(["init", str(tmp_path / "b"), "--store", "ods"]).code == 2
    assert not (tmp_path / "b").exists()


@pytest.mark.parametrize(("lang", "file", "heading"), [("zh", "订单.csv", "日期"), ("en", "orders.csv", "Date")])
def test_the_first_post_makes_a_ledger_in_the_books_language(desk, tmp_path, lang, file, heading):
    desk.run(["--lang", lang, "init", str(tmp_path / "b")])
    made = Desk(tmp_path / "b", (tmp_path / "b" / "salesaid.toml").read_text("utf-8"))
    assert made.run("order add A B×1@2 --new").code == 0
    raw = (tmp_path / "b" / file).read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.count(b"\r\n") == raw.count(b"\n") == 2
    assert heading in raw.decode("utf-8-sig").splitlines()[0].split(",")


def test_the_first_post_of_an_xlsx_book_makes_a_workbook_that_reads_the_same(desk, tmp_path):
    desk.run(["init", str(tmp_path / "b"), "--store", "xlsx"])
    made = Desk(tmp_path / "b", (tmp_path / "b" / "salesaid.toml").read_text("utf-8"))
    made.run("order add 骏业 主板×1@2 --new")
    assert (tmp_path / "b" / "订单.xlsx").exists()
    assert made.rows("order list")[0]["amount"] == 2


@pytest.mark.parametrize("words", ["init 文件", "init 文件/账本"])
def test_a_file_is_no_folder_for_a_book_and_is_named_itself(desk, tmp_path, words):
    (tmp_path / "文件").write_text("x", encoding="utf-8")
    answer = desk.run(words.replace("文件", str(tmp_path / "文件"), 1))
    assert (answer.code, f"{tmp_path / '文件'} 是文件，不是文件夹" in answer.err) == (2, True)
    assert ".salesaid" not in answer.err

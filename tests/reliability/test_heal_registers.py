"""What posts entered and changed in registers, and an old copy took back: named, healed; what people edit is theirs."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salesaid.storage import receipts
from tests.desk import SETTINGS, Desk

BOOK = """
    客户.csv
    客户,电话,联系人,自定
    灵龙,1,何,甲

    $ salesaid product add 主板 --price 100 --min 5
    $ salesaid stock in -i 主板×3
    $ salesaid customer add 骏业 --phone 123
"""


@pytest.fixture
def book(desk):
    desk.lay_out(BOOK)
    return desk


def old_copy(desk, *names):
    """What a person has open, to be saved later."""
    kept = {name: (desk.folder / name).read_bytes() for name in names or ("客户.csv", "产品.csv")}

    def save():
        for name, content in kept.items():
            (desk.folder / name).unlink()
            (desk.folder / name).write_bytes(content)

    return save


def told(desk, words="stock list"):
    return [note["text"] for note in desk.json(words)["data"]["notes"] if note["code"] == "receipts_lost"]


def codes(data):
    return [note["code"] for note in data["notes"]]


def customers(desk):
    return {row["客户"]: row["电话"] for row in csv.DictReader(io.StringIO(desk.text("客户.csv")))}


def test_a_row_and_a_cell_that_an_old_copy_took_back_are_named_and_put_right(book):
    save = old_copy(book)
    for line in (
        "product set 主板 --price 120", "customer add 安卡 --phone 555", "customer set 安卡 --phone 556",
        "customer set 灵龙 --phone 2 --contact 李", "product set 主板 --price 130",
    ):  # fmt: skip
        assert book.run(line).code == 0
    wanted = customers(book)
    save()
    assert "安卡 不见了" in told(book)[0]
    assert "电话 2 → 1" in told(book)[0]
    assert "单价 130 → 100" in told(book)[0]
    assert "Price 130 → 100" in book.run("stock list", SALESAID_LANG="en").out
    assert {row["code"] for row in book.rows("check A14")} == {"A14"}
    assert "改回：salesaid heal" in book.run("doctor").out
    before = old_copy(book)
    assert book.json("heal --dry-run")["data"]["dry_run"]
    assert customers(book) != wanted
    assert "once_more" in codes(book.json("heal")["data"])
    assert book.rows("product list")[0]["price"] == 130
    book.run("heal")
    assert customers(book) == wanted
    assert told(book) == []
    assert codes(book.json("heal")["data"]) == []
    assert book.run("heal --dry-run").out.startswith("记过账的行都在")
    assert book.run("undo").code == 0
    assert customers(book) == {**wanted, "灵龙": "1"}
    assert "put_back" in codes(book.json("heal")["data"])
    before()
    assert "安卡 不见了" in told(book)[0]


def test_what_people_write_in_a_register_is_theirs(book):
    book.run("customer set 骏业 --phone 124")
    book.run("customer add 安卡 --phone 555")
    rows = list(csv.reader(io.StringIO(book.text("客户.csv"))))
    phone = rows[0].index("电话")
    rows[2][phone] = "999"  # something new
    rows[3][phone] = ""
    rows.append(["新客", "7", "", ""])
    text = io.StringIO()
    csv.writer(text).writerows([[*reversed(row), "更多"] for row in [rows[0], *reversed(rows[1:])]])
    (book.folder / "客户.csv").write_text(text.getvalue(), encoding="gb18030")
    assert told(book) == []
    assert codes(book.json("heal")["data"]) == []
    assert book.rows("check A14") == []


def test_a_row_that_was_deleted_on_purpose_is_accepted_once_and_for_all(book):
    lines = book.lines("客户.csv")
    book.write("客户.csv", "\n".join(lines[:-1]))
    assert "骏业 不见了" in told(book)[0]
    assert book.json("heal --accept")["data"]["receipt"]
    assert told(book) == []
    assert codes(book.json("heal")["data"]) == []
    assert book.run("customer add 骏业 --phone 5").code == 0
    assert told(book) == []


def test_an_old_value_that_is_meant_is_accepted(book):
    save = old_copy(book, "产品.csv")
    book.run("product set 主板 --price 120")
    book.run("product set 主板 --price 130")
    save()
    assert told(book)
    book.run("heal --accept")
    assert told(book) == []
    assert book.rows("product list")[0]["price"] == 100
    assert codes(book.json("heal")["data"]) == []


def test_the_next_post_names_it_and_says_so_only_once(book):
    save = old_copy(book)
    book.run("product set 主板 --price 120")
    save()
    assert "receipts_lost" in codes(book.json("stock in -i 主板×1")["data"])
    assert told(book) == []
    assert "put_back" in codes(book.json("heal --dry-run")["data"])


def test_what_was_undone_is_not_missed(book):
    book.run("product set 主板 --price 120")
    book.run("customer add 安卡")
    for _ in range(2):
        assert book.run("undo").code == 0
    assert told(book) == []
    assert codes(book.json("heal")["data"]) == []


def test_a_name_that_was_decided_and_a_target_that_was_set_are_watched(book):
    book.run("product add 主版")
    book.run("name different 主版 主板")
    book.run("target set 2026-11 徐峰 50000")
    save = old_copy(book, "名称对照.csv", "目标.csv")
    book.run("name later 主版 主板")
    book.run("target set 2026-11 徐峰 60000")
    save()
    said = told(book)[0]
    assert "60000 → 50000" in said
    assert "判定 later → different" in said
    book.run("heal")
    assert told(book) == []
    assert "60000" in book.text("目标.csv")
    assert "待定" in book.text("名称对照.csv")


def test_goods_of_one_name_are_told_apart_by_their_models(desk):
    desk.write("清单.csv", "产品,型号,单价\n主板,ZB1,100\n主板,ZB2,200\n主板,,300\n")
    assert desk.run(f"import {desk.folder}/清单.csv --as products").code == 0
    head, *rows = desk.lines("产品.csv")
    assert len(rows) == 3
    for at in range(3):
        desk.write("产品.csv", "\n".join([head, *rows[:at], *rows[at + 1 :]]))
        assert len(desk.rows("check A14")) == 1
        desk.run("heal")
        assert sorted(desk.lines("产品.csv")[1:]) == sorted(rows)


def test_registers_in_workbooks_are_watched_too(desk):
    desk.write("salesaid.toml", SETTINGS + 'store = "xlsx"\n')
    desk.run("product add 主板 --price 100 --min 5")
    desk.run("customer add 骏业 --phone 007")
    save = old_copy(desk, "产品.xlsx", "客户.xlsx")
    desk.run("product set 主板 --price 120.50")
    desk.run("customer add 安卡 --phone 555")
    save()
    assert "单价 120.5 → 100" in told(desk, "product list")[0]
    desk.run("heal")
    assert told(desk, "product list") == []
    for name in ("产品.xlsx", "客户.xlsx"):  # opened and saved by a person: no alarm
        again = openpyxl.load_workbook(desk.folder / name)
        again.save(desk.folder / name)
    assert told(desk, "product list") == []
    assert [row["price"] for row in desk.rows("product list")] == [120.5]


def test_a_save_between_a_post_and_the_look_at_its_file_is_named(book, monkeypatch):
    from salesaid.book import indexing

    save, keep = old_copy(book, "客户.csv"), indexing.keep_index

    def saved_meanwhile(*given):
        save()
        keep(*given)

    monkeypatch.setattr(indexing, "keep_index", saved_meanwhile)
    assert book.run("customer add 安卡").code == 0
    monkeypatch.undo()
    assert "安卡 不见了" in told(book)[0]


def test_a_long_journal_is_not_read_through_for_registers(book, monkeypatch):
    for _ in range(5):
        book.run("stock in -i 主板×1")
    book.write("客户.csv", book.text("客户.csv") + "新客,7,,")
    read, made = [], receipts.as_receipt

    def counted(folder, record, state):
        read.append(record["id"])
        return made(folder, record, state)

    monkeypatch.setattr(receipts, "as_receipt", counted)
    about = list(receipts.receipts_with(book.folder, b'["customers",'))
    assert [each.id for each in about] == read == ["R3"]
    every = [each for each in receipts.receipts(book.folder) if any(e[0] == "customers" for e in each.facts["entries"])]
    assert about == every


# ── any course of things ─────────────────────────────────────────────────────────────────────────

UNDO = ("undo", "", "")
NAMES, PHONES = ("骏业", "安卡", "灵龙"), ("1", "2", "3")
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.sampled_from(NAMES), st.sampled_from(PHONES)),
        st.tuples(st.just("set"), st.sampled_from(NAMES), st.sampled_from(PHONES)),
        st.just(UNDO),
    ),
    min_size=1,
    max_size=6,
)


def done(desk, step):
    what, name, phone = step
    return desk.run("undo" if what == "undo" else f"customer {what} {name} --phone {phone}").code == 0


def went_back(history, at, now):
    """What an old copy takes back of what was posted after it: rows that are gone, cells that say what they said."""
    old = history[at]
    gone = {name for name in now if name not in old}
    changed = {name for name in now if name in old and now[name] != old[name]}
    return gone, changed


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(STEPS, st.integers(0, 6))
def test_whatever_was_posted_after_an_old_copy_is_named_and_comes_back(steps, at):
    with TemporaryDirectory() as folder:
        desk = Desk(Path(folder))
        desk.lay_out("客户.csv\n客户,电话\n灵龙,1\n")
        history = [customers(desk)]
        copies = [old_copy(desk, "客户.csv")]
        for step in steps:
            if step != UNDO and done(desk, step):
                history.append(customers(desk))
                copies.append(old_copy(desk, "客户.csv"))
        if steps.count(UNDO) and done(desk, UNDO):  # what is undone was never there: a copy of it is of no post
            history[-1], copies[-1] = customers(desk), old_copy(desk, "客户.csv")
        now = customers(desk)
        at = min(at, len(history) - 1)
        copies[at]()
        gone, changed = went_back(history, at, now)
        said = told(desk, "customer list")
        assert bool(said) == bool(gone or changed), (history, at)
        for name in gone | changed:
            assert name in said[0]
        desk.run("heal")
        desk.run("heal")
        healed = customers(desk)
        assert {name: healed[name] for name in now} == now
        shutil.rmtree(desk.folder / ".salesaid" / "index", ignore_errors=True)
        assert told(desk, "customer list") == []

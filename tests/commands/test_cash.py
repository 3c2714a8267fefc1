"""The cash journal from the command line."""

from __future__ import annotations

import pytest

ASIDE = {"--format": "json"}


def entry(desk, words):
    return [each["row"] for each in desk.json(words)["data"]["entries"]]


def codes(answer):
    return [note["code"] for note in answer["data"]["notes"]]


def balances(desk, words="cash list"):
    return [(row["account"], row["balance"]) for row in desk.rows(words)]


def a_week(desk):
    for words in (
        "cash count 1000 -d 2026-11-01",
        "cash out 120.5 打车费 --category 交通费 -d 2026-11-02",
        "cash in 5000 骏业货款 --account 工行 -d 2026-11-02",
        "cash transfer 2000 工行 现金 -d 2026-11-20",
        "cash out --amount 30 --summary 快递",
    ):
        answer = desk.run(words)
        assert answer.code == 0, answer.err


@pytest.mark.parametrize("store", ["csv", "xlsx"])
def test_rows_have_their_accounts_balance_and_transfers_are_no_income(desk, store):
    desk.write("salesaid.toml", f'[book]\nlanguage = "zh"\nstore = "{store}"')
    a_week(desk)
    assert balances(desk) == [
        ("现金", 1000), ("现金", 879.5), ("工行", 5000), ("工行", 3000), ("现金", 2879.5), ("现金", 2849.5),
    ]  # fmt: skip
    answer = desk.json("cash list")["data"]
    assert answer["totals"] == {"income": 5000, "expense": 150.5, "balance": 5849.5}
    assert [row["kind"] for row in answer["rows"]] == [
        "opening", "entry", "entry", "transfer", "transfer", "entry",
    ]  # fmt: skip


def test_both_forms_write_the_same_row(desk):
    short = entry(desk, "cash out 120 打车费 去客户 --dry-run")
    long = entry(desk, "cash out --amount 120 --summary '打车费 去客户' --account 现金 --dry-run")
    assert short == long
    assert short[0] == {
        "voucher_no": "CJ20261123-001", "date": "2026-11-23", "account": "现金", "summary": "打车费 去客户",
        "expense": 120,
    }  # fmt: skip


def test_a_transfer_is_two_rows_under_one_number(desk):
    out_of, into = entry(desk, "cash transfer --amount 20 --from 工行 --to 现金 --summary 提现")
    assert out_of["voucher_no"] == into["voucher_no"]
    assert (out_of["account"], out_of["expense"], out_of["category"]) == ("工行", 20, "内部转账")
    assert (into["account"], into["income"], into["category"]) == ("现金", 20, "内部转账")


def test_people_see_what_days_months_and_years_come_to(desk):
    a_week(desk)
    out = desk.run("cash list --account 现金 --since 2026-11-20").out
    shown = {line.split()[3]: line.split()[4:] for line in out.splitlines() if line.startswith("2026-11-23 ")}
    assert shown["本月合计"] == ["0.00", "150.50", "2,849.50"]
    assert shown["本年累计"] == ["0.00", "150.50", "2,849.50"]
    assert shown["本月转账（不计收支）"] == ["2,000.00", "0.00"]
    assert "上期结余" in out
    english = desk.run("cash list", SALESAID_LANG="en").out
    assert "Total of the month" in english


def test_a_count_says_what_is_over_or_short_and_the_line_that_enters_it(desk):
    a_week(desk)
    answer = desk.json("cash count --counted 2840")
    assert codes(answer) == ["short"]
    text = answer["data"]["notes"][0]["text"]
    assert "短款 9.50" in text
    assert "长款" in desk.run("cash count 2850 现金 --dry-run").out
    line = text.partition("salesaid ")[2].rpartition(" -f")[0] or text.partition("salesaid ")[2]
    assert desk.run(line).code == 0
    assert codes(desk.json("cash count 2840")) == []
    kinds = [row["kind"] for row in desk.rows("cash list --account 现金")]
    assert kinds[-3:] == ["short", "entry", "agrees"]


def test_an_account_without_an_opening_balance_is_offered_one_before_its_first_row(desk):
    desk.run("cash in 10 货款 -d 2026-11-20")
    answer = desk.json("cash count 500")
    [note] = answer["data"]["notes"]
    assert note["code"] == "over"
    assert "长款 490.00：现金 还没有期初余额" in note["text"]
    line = "cash count --counted 490.00 --account 现金 --date 2026-11-19"
    assert note["text"].endswith(f"salesaid {line}")
    assert any(line in (each["suggestion"] or "") for each in desk.rows("check"))
    assert "期初余额" in desk.run(line).out
    assert [(row["kind"], row["balance"]) for row in desk.rows("cash list")] == [
        ("opening", 490), ("entry", 500), ("agrees", 500),
    ]  # fmt: skip


def test_a_balance_below_zero_is_counted_only_where_it_is_meant(desk):
    answer = desk.json("cash count --counted -5 --account 工行")
    assert (answer["status"], answer["errors"][0]["code"]) == ("error", "not-confirmed")
    assert not (desk.folder / "日记账.csv").exists()
    assert desk.run("cash count --counted -5 --account 工行 --yes").code == 0
    assert balances(desk) == [("工行", -5)]


def test_help_says_which_account_is_meant(desk):
    assert "只有一个账户的就是它" in desk.run("cash in --help").out
    assert "不写为全部" in desk.run("cash list --help").out


def test_a_first_count_opens_its_account(desk):
    assert "期初" in desk.run("cash count 500 招行").out
    assert balances(desk) == [("招行", 500)]
    assert desk.run("cash in 10 利息").code == 0
    assert balances(desk)[-1] == ("招行", 510)  # the one account there is


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("cash in 0 x", "not-above"),
        ("cash out -- -5 x", "not-above"),
        ("cash in 1.234 x", "no-such-cents"),
        ("cash count 1.234", "no-such-cents"),
        ("cash in abc x", "unreadable-value"),
        ("cash in - x", "unreadable-value"),
        ("cash in", "missing"),
        ("cash in 5", "missing"),
        ("cash transfer 5 工行", "missing"),
        ("cash transfer 5 工行 工　行", "same-account"),
        ("cash transfer 5 工行 现金 建行", "unreadable-value"),
        ("cash list --account 建行", "no-such-account"),
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_is_written(desk, words, code):
    answer = desk.json(words.replace(" -- ", " --format json -- ")) if " -- " not in words else None
    if answer is None:
        answer = __import__("json").loads(desk.run(words.replace(" -- ", " --format json -- ")).out)
    assert [error["code"] for error in answer["errors"]] == [code]
    assert not (desk.folder / "日记账.csv").exists()


def test_of_several_accounts_without_a_till_one_has_to_be_named(desk):
    """
    日记账.csv
    凭证号,日期,账户,摘要,收入,支出
    1,2026-11-01,工行,货款,100,
    2,2026-11-01,建行,货款,100,
    """
    assert desk.json("cash in 5 x")["errors"][0]["code"] == "which-account"
    assert desk.json("cash list --account 工银")["errors"][0]["code"] == "no-such-account"


def test_what_people_typed_is_shown_for_what_it_is(desk):
    """
    日记账.csv
    凭证号,日期,摘要,收入,支出
    1,2026-11-01,两栏都填,100,30
    2,2026-11-02,红字,-10,
    3,2026-11-03,三位小数,,1.255
    4,2026-11-04,本日合计,1,1
    """
    answer = desk.json("cash list")["data"]
    assert [row["balance"] for row in answer["rows"]] == [70, 60, 58.75]
    odd = next(note for note in answer["notes"] if note["code"] == "odd_rows")
    assert [row["row"] for row in odd["rows"]] == [2, 4]
    assert answer["totals"] == {"income": 90, "expense": 31.26, "balance": 58.75}


def test_a_file_without_accounts_refuses_one_and_takes_rows_without(desk):
    """
    日记账.csv
    凭证号,日期,摘要,收入,支出
    1,2026-11-01,货款,100,
    """
    assert desk.run("cash in 5 x").code == 0
    assert desk.run("cash in 5 x --account 工行").code == 2
    assert desk.run("cash transfer 5 现金 工行").code == 2
    assert len(desk.lines("日记账.csv")) == 3


def test_an_account_below_zero_and_a_new_one_much_like_another_are_said(desk):
    a_week(desk)
    answer = desk.json("cash out 5000 x --account 工商行")
    assert codes(answer) == ["new_account", "below_zero"]


def test_an_account_is_found_by_the_only_name_that_holds_what_was_typed(desk):
    desk.run("cash in 100 货款 --account 建行基本户")
    answer = desk.json("cash out 1 手续费 --account 建行")
    assert answer["data"]["entries"][0]["row"]["account"] == "建行基本户"
    assert codes(answer) == ["understood"]
    assert desk.rows("cash list --account 建行")[-1]["balance"] == 99
    assert desk.json("cash in 1 x --account 建行 --new --dry-run")["data"]["entries"][0]["row"]["account"] == "建行"
    desk.run("cash in 1 x --account 建行二户")
    assert desk.json("cash in 1 x --account 建行")["errors"][0]["code"] == "ambiguous-account"
    assert desk.json("cash list --account 建行")["errors"][0]["code"] == "no-such-account"


def test_undo_takes_a_row_back_to_the_bit(desk):
    a_week(desk)
    before = (desk.folder / "日记账.csv").read_bytes()
    desk.run("cash transfer 5 工行 现金")
    assert desk.run("undo").code == 0
    assert (desk.folder / "日记账.csv").read_bytes() == before


def test_the_journal_on_paper_has_a_sheet_an_account(desk):
    import openpyxl

    a_week(desk)
    assert desk.run(["cash", "list", "--out", str(desk.folder / "j.xlsx")]).code == 0
    book = openpyxl.load_workbook(desk.folder / "j.xlsx")
    assert book.sheetnames == ["现金日记账", "工行日记账"]
    sheet = book["工行日记账"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)]
    assert rows[0] == ["日期", "凭证号", "摘要", "类别", "借方（收入）", "贷方（支出）", "余额"]
    assert [row[6] for row in rows[1:4]] == [5000, 5000, 3000]
    assert sheet.page_setup.orientation == "portrait"
    assert sheet.print_title_rows == "$3:$3"


def test_a_void_writes_red_letters_into_both_accounts_of_a_transfer(desk):
    a_week(desk)
    number = desk.json("cash transfer 7 工行 现金")["data"]["no"]
    red = entry(desk, f"void {number} --why 转错")
    assert [(row["account"], row.get("expense"), row.get("income")) for row in red] == [
        ("工行", -7, None), ("现金", None, -7),
    ]  # fmt: skip
    assert desk.json("cash list")["data"]["totals"] == {"income": 5000, "expense": 150.5, "balance": 5849.5}
    assert dict(balances(desk)) == {"现金": 2849.5, "工行": 3000}
    assert desk.json(f"void {number} --why 再")["errors"][0]["code"] == "already-void"


def test_a_void_of_a_count_takes_the_assertion_back(desk):
    a_week(desk)
    number = desk.json("cash count 1")["data"]["no"]
    assert desk.run(f"void {number} --why 点错").code == 0
    assert "short" not in [row["kind"] for row in desk.rows("cash list")]
    assert desk.json(f"void {number} --why 再")["errors"][0]["code"] == "already-void"
    assert dict(balances(desk)) == {"现金": 2849.5, "工行": 3000}

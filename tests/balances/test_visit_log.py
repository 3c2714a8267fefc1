"""What visits ask for and who did it, over random rows, held against a search that looks at every pair of them."""

from __future__ import annotations

import csv
from contextlib import closing
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salesaid.book import Book
from salesaid.core.periods import between, holding
from salesaid.reports.visits import KINDS, visits

FIRST = date(2026, 11, 2)
TODAY = FIRST + timedelta(20)
COLUMNS = [
    "visit_no", "date", "customer", "kind", "direction", "count", "result", "next_date", "salesperson", "basis", "note",
]  # fmt: skip
quick = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

days = st.integers(0, 24).map(lambda n: (FIRST + timedelta(n)).isoformat())
rows = st.fixed_dictionaries(
    {
        "visit_no": st.sampled_from(["", "V1", "V2", "V3", "V4", "V5"]),
        "date": days,
        "customer": st.sampled_from(["", "甲", "乙", "丙"]),
        "kind": st.sampled_from(["", "visit", "phone", "微信"]),
        "direction": st.sampled_from(["", "in", "来", "out"]),
        "count": st.sampled_from(["", "1", "3"]),
        "result": st.sampled_from(["", "ok"]),
        "next_date": st.one_of(st.just(""), days),
        "salesperson": st.sampled_from(["", "徐峰", "赵丽"]),
        "basis": st.sampled_from(["", "recorded", "估计"]),
        "note": st.sampled_from(["", "", "", "回复 V1", "reply to V2; later", "作废：错", "x"]),
    }
)
histories = st.lists(rows, max_size=12)


def lay_out(folder, history):
    (folder / "salesaid.toml").write_text('[book]\nlanguage = "en"\n', "utf-8")
    (folder / ".salesaid").mkdir(exist_ok=True)
    with (folder / "visits.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(history)


def log_of(folder):
    return Book(folder, TODAY, "en", "me")


# ── what is meant, over cells ──────────────────────────────────────────────────────────────────────


def standing(history):
    """The rows that count, each with its row in the file, by day and number."""
    counted = [(at, row) for at, row in enumerate(history, 2) if row["date"] <= TODAY.isoformat()]
    void = {row["visit_no"] or at for at, row in counted if row["note"].startswith("作废")}
    left = [(at, row) for at, row in counted if (row["visit_no"] or at) not in void]
    return sorted(left, key=lambda each: (each[1]["date"], each[1]["visit_no"], each[0]))


def is_in(row):
    return row["direction"] in {"in", "来"}


def kind(row):
    return {"": "phone" if is_in(row) else "visit", "微信": "wechat"}.get(row["kind"], row["kind"])


def wanted(row):
    """The kind of thing a row asks for and the day; None for nothing."""
    if row["basis"] == "估计":
        return None
    if is_in(row) and kind(row) != "visit" and not row["result"]:
        return "call", row["next_date"] or row["date"]
    return ("follow", row["next_date"]) if row["next_date"] else None


def does(what, asker, other):
    """Whether one row does what another asks for."""
    if other["basis"] == "估计":
        return False
    named = {"回复 V1": "V1", "reply to V2; later": "V2"}.get(other["note"])
    if named is not None and named == asker["visit_no"]:
        return True
    is_same = asker["customer"] != "" and other["customer"] == asker["customer"]
    return is_same and (what == "follow" or not is_in(other) or other["result"] != "")


def expected(history):
    """By row: what is asked for, the day, and the row that did it."""
    every = standing(history)
    found = {}
    for place, (at, row) in enumerate(every):
        asks = wanted(row)
        if asks is not None:
            done = [(other_at, other) for other_at, other in every[place + 1 :] if does(asks[0], row, other)]
            found[at] = (*asks, done[0][0] if done else None)
    return found


@quick
@given(histories)
def test_what_is_asked_for_and_who_did_it(tmp_path, history):
    lay_out(tmp_path, history)
    with closing(log_of(tmp_path)) as book:
        log = book.supply("visit_log")
        found = {
            each.visit.row: (each.visit.asks, each.visit.due.isoformat(), each.done_by.row if each.done_by else None)
            for each in log.asked
        }
        assert found == expected(history)
        assert {each.visit.row for each in log.open} == {at for at, what in expected(history).items() if not what[2]}


@quick
@given(histories, st.randoms(use_true_random=False))
def test_rows_that_have_numbers_may_stand_in_any_order(tmp_path, history, chance):
    history = [row | {"visit_no": f"V{at}"} for at, row in enumerate(history)]

    def asked():
        lay_out(tmp_path, history)
        with closing(log_of(tmp_path)) as book:
            return sorted(
                (each.visit.visit_no, each.visit.day, each.visit.asks, each.done_by and each.done_by.day)
                for each in book.supply("visit_log").asked
            )

    before = asked()
    chance.shuffle(history)
    assert asked() == before


# ── the report, held against the cells ─────────────────────────────────────────────────────────────


@quick
@given(histories, st.tuples(st.integers(0, 24), st.integers(0, 24)).map(sorted))
def test_the_report_counts_what_the_cells_say(tmp_path, history, ends):
    lay_out(tmp_path, history)
    period = between(*(FIRST + timedelta(n) for n in ends))
    with closing(log_of(tmp_path)) as book:
        table = book.call(visits, {"period": period})
    found = [dict(zip((field.name for field in table.fields), row, strict=True)) for row in table.rows]
    first, last = period.first.isoformat(), min(period.last, TODAY).isoformat()
    own = [row for _, row in standing(history) if first <= row["date"] <= last]
    asked = [
        (what, history[at - 2]["salesperson"])
        for at, what in expected(history).items()
        if first <= what[1] <= last and (what[2] or what[1] < TODAY.isoformat())
    ]
    people = {row["salesperson"] for row in own} | {who for _, who in asked}
    assert {line["salesperson"] or "" for line in found} == people
    for line in found:
        mine = [row for row in own if row["salesperson"] == (line["salesperson"] or "")]
        assert line["visits"] == total(mine) == sum(line[each] for each in KINDS) == line["out"] + line["in"]
        assert line["estimated"] == total(row for row in mine if row["basis"] == "估计")
        assert line["in"] == total(row for row in mine if is_in(row))
        assert line["wechat"] == total(row for row in mine if kind(row) == "wechat")
        assert line["customers"] == len({row["customer"] for row in mine} - {""})
    assert table.totals["visits"] == total(own)
    assert table.totals["recorded"] == sum(line["recorded"] for line in found)
    assert table.totals["follow_ups"] == len(asked)
    kept = [what for what, _ in asked if what[2] and history[what[2] - 2]["date"] <= what[1]]
    assert table.totals["kept"] == len(kept)


def total(found):
    return sum(int(row["count"] or 1) for row in found)


def test_people_with_customers_stand_there_with_nothing_and_days_are_those_that_are_worked(desk):
    desk.lay_out("""
        客户.csv
        客户,业务员,客户状态
        骏业,徐峰,合作
        万安达,赵丽,合作
        恒丰,陈静,流失

        拜访.csv
        日期,客户,业务员,次数,依据
        2026-10-12,骏业,徐峰,,
        2026-11-02,骏业,徐峰,21,估计
        2026-11-03,骏业,徐峰,,
        """)
    found = {(row["salesperson"], row["month"]): row for row in desk.rows("visit report")}
    assert set(found) == {(who, month) for who in ("徐峰", "赵丽") for month in ("2026-10", "2026-11")}
    november = found["徐峰", "2026-11"]
    # Until Monday the 23rd three weeks of five days and one day more.
    assert (november["working_days"], november["recorded"], november["estimated"]) == (16, 1, 21)
    assert (november["per_day"], november["per_day_estimated"]) == (0.06, 1.38)
    assert found["赵丽", "2026-11"]["visits"] == 0
    totals = desk.json("visit report 2026-11 --by 徐")["data"]["totals"]
    assert (totals["visits"], totals["customers"], totals["working_days"]) == (22, 1, 16)
    assert desk.run("visit report --by 谁").code == 2


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_it_is_a_report_by_its_name_too(desk, lang):
    assert desk.run("visit add 骏业 --new").code == 0
    assert desk.json(f"--lang {lang} report visits 2026-11")["data"] == desk.json(
        f"--lang {lang} visit report 2026-11"
    )["data"]  # fmt: skip
    assert desk.run(f"--lang {lang} visit report --out {desk.folder}/拜访统计.xlsx").code == 0
    assert holding(date(2026, 11, 23), "month").first == date(2026, 11, 1)


def test_estimated_visits_stand_in_the_quality_of_the_data(desk):
    assert desk.run("visit add --estimated --count 20 -d 2026-11-03").code == 0
    assert desk.run("visit add --estimated --count 5 -d 2026-10-03").code == 0
    (row,) = [row for row in desk.rows("report data-quality 2026-11") if row["what"] == "estimated_visits"]
    assert (row["count"], row["command"]) == (20, "salesaid visit report")

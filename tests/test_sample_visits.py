"""The sample book's visits and to-dos: what is to be done, counted and found is worked out anew from the cells."""

from __future__ import annotations

import shutil
from collections import defaultdict
from datetime import date

import pytest

from tests.desk import Desk
from tests.sample_cells import AS_OF, DATA, cells

VISITS, TODOS = cells("拜访.csv"), cells("待办.csv")
TODAY = f"{AS_OF}"


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sample") / "book"
    shutil.copytree(DATA, folder)
    return Desk(folder, (DATA / "salesaid.toml").read_text("utf-8"), TODAY)


def standing():
    """The visits that are not void, each with its row."""
    void = {row["单号"] for row in VISITS if row["备注"].startswith("作废")}
    return [(at, row) for at, row in enumerate(VISITS, 2) if row["单号"] not in void]


def met_later(at, row):
    return [other for place, other in standing() if place > at and other["客户"] == row["客户"] != ""]


def found(desk, code):
    return [(row["file"], row["row"]) for row in desk.rows(f"check {code}")]


def part(desk, name):
    return sorted(row["no"] for row in desk.rows("today") if row["part"] == name)


def test_whom_to_be_in_touch_with_is_whom_nobody_met_since(desk):
    passed = [
        (at, row) for at, row in standing() if "" < row["下次跟进日期"] < TODAY and not met_later(at, row)
    ]  # fmt: skip
    calls = [
        (at, row)
        for at, row in standing()
        if row["方向"] == "来" and row["拜访方式"] != "拜访" and not row["结果"]
        if not any(other["方向"] == "去" or other["结果"] for other in met_later(at, row))
    ]
    assert [row["单号"] for _, row in passed] == ["VS20260916-001"]
    assert [row["单号"] for _, row in calls] == ["VS20261119-001"]
    assert found(desk, "V01") == [("拜访.csv", at) for at, _ in passed]
    assert found(desk, "V02") == [("拜访.csv", at) for at, _ in calls]
    assert part(desk, "call") == sorted(row["单号"] for _, row in [*passed, *calls])


def test_what_is_to_be_done_is_what_no_later_row_closes(desk):
    due = {}
    for row in TODOS:
        if row["类型"] in {"完成", "取消"}:
            due.pop(row["单号"])
        else:
            due[row["单号"]] = row["期限"] or due.get(row["单号"], "")
    assert {row["todo_no"]: row["due"] or "" for row in desk.rows("todo list")} == due
    assert part(desk, "todo") == sorted(no for no, day in due.items() if day <= TODAY)
    late = [no for no, day in due.items() if "" < day < TODAY]
    assert [(row["file"], TODOS[row["row"] - 2]["单号"]) for row in desk.rows("check T")] == [
        ("待办.csv", no) for no in late
    ]
    assert len(late) == 1


def test_visits_by_person_and_month_are_what_the_cells_say(desk):
    counted, estimated = defaultdict(int), defaultdict(int)
    for _, row in standing():
        (estimated if row["依据"] == "估计" else counted)[row["业务员"], row["日期"][:7]] += int(row["次数"])
    rows = {(row["salesperson"], row["month"]): row for row in desk.rows("visit report")}
    assert {key: row["recorded"] for key, row in rows.items() if row["recorded"]} == counted
    assert {key: row["estimated"] for key, row in rows.items() if row["estimated"]} == estimated
    assert sum(estimated.values()) == 20
    assert {month for _, month in rows} == {f"2026-{month:02}" for month in range(7, 12)}


def test_nothing_else_about_visits_and_to_dos_is_flagged(desk):
    flagged = [(row["code"], row["file"]) for row in desk.rows("check") if row["file"] in {"拜访.csv", "待办.csv"}]
    assert sorted(flagged) == [("T01", "待办.csv"), ("V01", "拜访.csv"), ("V02", "拜访.csv")]


def test_each_trouble_stands_where_it_is_said_to_stand():
    assert date.fromisoformat(TODAY) == AS_OF
    assert [row["备注"] for row in VISITS if row["单号"] == "VS20261110-002"][-1].startswith("作废")
    assert {row["类型"] for row in TODOS} == {"新增", "完成", "取消", "延期"}

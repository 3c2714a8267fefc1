from __future__ import annotations

import shlex
from datetime import date

from salesaid.core.posts import Post
from salesaid.reports.log import log


def test_posts_are_listed_newest_first_with_who_and_how(desk):
    desk.run("order add 骏业 主板×1 --new")
    desk.run("stock in -i 主板×5 --why 采购")
    posts = desk.rows("log")
    assert [row["no"] for row in posts] == ["ST20261123-001", "SO20261123-001"]
    assert posts[0]["user"] == "小郑"
    assert shlex.split(posts[1]["command"]) == ["salesaid", "order", "add", "骏业", "主板×1", "--new"]


def test_the_log_of_one_ledger_lists_its_posts_only(desk):
    desk.run("order add 骏业 主板×1 --new")
    desk.run("stock in -i 主板×5 --why 采购")
    assert [row["no"] for row in desk.rows("log --ledger 订单")] == ["SO20261123-001"]
    assert [row["no"] for row in desk.rows("log --ledger stock_moves --limit 1")] == ["ST20261123-001"]
    assert desk.run("log --ledger 没有").code == 2


def test_what_was_taken_back_says_so(desk):
    desk.run("order add 骏业 主板×1 --new")
    desk.run("undo")
    assert [row["state"] for row in desk.rows("log")] == ["done", "undone"]


def test_a_repeated_request_and_a_dry_run_are_no_posts(desk):
    desk.run("order add 骏业 主板×1 --new --request-id a")
    desk.run("order add 骏业 主板×1 --request-id a")
    desk.run("order add 骏业 主板×1 --dry-run")
    assert len(desk.rows("log")) == 1


def test_a_post_that_was_taken_back_and_redone_stands(desk):
    desk.run("order add 骏业 主板×1 --new")
    desk.run("undo")
    desk.run("undo")
    assert [row["state"] for row in desk.rows("log")] == ["done", "undone", "done"]


def test_an_undo_names_the_rows_it_took_back_or_brought_again(desk):
    desk.run("order add 骏业 主板×1@2 电源×2@3 --new --ship")
    desk.run("undo")
    desk.run("undo")
    assert [(row["rows"], row["ledgers"]) for row in desk.rows("log")] == [
        (7, "customers, products, orders, shipments")
    ] * 3
    assert len(desk.rows("log --ledger shipments")) == 3


def test_the_log_as_of_a_day_knows_nothing_of_what_came_later(desk):
    desk.run("order add 骏业 主板×1 --new")
    desk.run("undo")
    day = desk.rows("log")[0]["at"][:10]
    assert desk.rows(f"log --as-of {day}") == desk.rows("log")
    assert desk.rows("log --as-of 2026-01-01") == []


def test_what_was_taken_back_later_stands_in_the_log_of_the_day_before():
    posts = [
        Post("R2", "2026-11-23 08:00:00", "小郑", "salesaid undo", "A1", {"orders": 1}, "done", "R1"),
        Post("R1", "2026-11-22 23:59:59", "小郑", "salesaid order add", "A1", {"orders": 1}, "done", ""),
    ]
    states = [[row[6] for row in log(posts, upto=date(2026, 11, day)).rows] for day in (21, 22, 23)]
    assert states == [[], ["done"], ["done", "undone"]]

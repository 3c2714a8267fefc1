from __future__ import annotations

import shlex


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

"""The log: every post with its time, its user and its command."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from salesaid import ledgers
from salesaid.core.kinds import NUMBER_NO, QTY, TEXT, Choice
from salesaid.core.posts import Post
from salesaid.core.tables import Field, Table, more
from salesaid.core.text import Text, joined

_STATE = Choice(
    {
        "done": Text("已记", "done"),
        "undone": Text("已撤销", "undone"),
        "taken back": Text("未成", "taken back"),
        "left alone": Text("待核对", "left alone"),
        "pending": Text("未完成", "pending"),
        "queued": Text("已排队", "queued"),
    }
)
_FIELDS = (
    Field("receipt", Text("回执", "Receipt"), NUMBER_NO),
    Field("at", Text("时间", "Time"), TEXT),
    Field("user", Text("谁", "Who"), TEXT),
    Field("no", Text("单号", "No"), NUMBER_NO),
    Field("rows", Text("行数", "Rows"), QTY),
    Field("ledgers", Text("台账", "Ledgers"), TEXT),
    Field("state", Text("状态", "State"), _STATE),
    Field("command", Text("命令", "Command"), TEXT, folds=True),
)
_DAY = len("2026-11-22")
_LEDGERS = [field.name for field in _FIELDS].index("ledgers")


def _ledgers_field(posts: Iterable[Post]) -> Field:
    """The field of the ledgers' ids, which a person sees as their titles."""
    titles = {
        ", ".join(post.rows): joined([ledgers.load(id_).title for id_ in post.rows]) for post in posts if post.rows
    }
    return _FIELDS[_LEDGERS]._replace(kind=Choice(titles))


def _undone(posts: Iterable[Post]) -> set[str]:
    """The receipts that stand taken back: an undo that was undone itself takes nothing back."""
    undone: set[str] = set()
    for post in posts:
        if post.undoes and post.state == "done" and post.receipt not in undone:
            undone.add(post.undoes)
    return undone


def log(
    posts: Iterable[Post], *, ledger: str | None = None, upto: date | None = None, limit: int | None = None,
    newest: int | None = None,
) -> Table:  # fmt: skip
    """The posts, newest first, as they are given; only those that wrote to `ledger` where one is named.

    With `upto` as the log stood at the end of that day: what was taken back later is not taken back yet.
    """
    posts = [post for post in posts if upto is None or post.at[:_DAY] <= upto.isoformat()]
    undone = _undone(posts)
    chosen = [post for post in posts if ledger is None or ledger in post.rows]
    rows = [
        (
            post.receipt, post.at, post.user, post.no or None, Decimal(sum(post.rows.values())),
            ", ".join(post.rows) or None,
            "undone" if post.receipt in undone and post.state == "done" else post.state, post.command,
        )
        for post in chosen[:limit]
    ]  # fmt: skip
    fields = (*_FIELDS[:_LEDGERS], _ledgers_field(posts), *_FIELDS[_LEDGERS + 1 :])
    return Table(Text("记账记录", "Posts"), fields, rows, notes=more(len(chosen), limit), newest=newest)

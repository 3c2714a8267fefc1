"""示例账本，一步一步看主要的工作。 | A sample book, and the main job on it step by step."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from salesaid.book.sample import copy_sample
from salesaid.core.text import Text, same
from salesaid.options import both, plain
from salesaid.session import Session

app = typer.Typer()

Folder = Annotated[
    str | None,
    typer.Argument(metavar=both("[文件夹]", "[DIR]"), help=both("示例账本放在哪里。", "Where to put the sample book.")),
]
_DEFAULT = "salesaid-demo"

_STEPS: tuple[tuple[Text, tuple[str, ...]], ...] = (
    (Text("早上先看：今天必办的事，每行后面就是办它的命令", "the morning: what has to be done, and how"), ("today",)),
    (
        Text(
            "客户来电下单：简写的名称认得出，单价取上次的，够不够货马上看到",
            "a customer calls: names are understood, prices known",
        ),
        ("order", "add", "深圳骏业", "bvm7—710×10", "电源线×20", "--due", "+7", "--reviewed-by", "赵经理"),
    ),
    (
        Text("先发一部分，逐行与订单核对", "part of it is shipped, held against the order"),
        ("order", "ship", "{no}", "-i", "BVM7-710×6"),
    ),
    (Text("这张订单现在怎样", "how the order stands now"), ("order", "show", "{no}")),
    (Text("发错型号会被拦下", "another model is refused"), ("order", "ship", "{no}", "-i", "BVM7-720×4")),
    (Text("哪些货该补了，为什么", "what runs low, and why"), ("stock", "check")),
    (Text("过了交期还没发的订单", "orders past their due date"), ("order", "list", "--late")),
    (Text("借出去到期没还的", "what is lent and should be back"), ("loan", "list", "--overdue")),
    (Text("供应商说了又拖的", "what suppliers promised and did not bring"), ("purchase", "list", "--late")),
    (
        Text(
            "催款之前先看收款：有一笔没写客户的，金额正好对得上，就不催",
            "before a debt is chased: a receipt of an unknown payer is just as much",
        ),
        ("receivable", "remind", "--customer", "广隆"),
    ),
    (
        Text(
            "交财务的月报：汇总、图表、明细都在一个工作簿里",
            "the month for finance: summary, charts and details in one workbook",
        ),
        ("report", "month", "--out", "{book}/report.xlsx"),
    ),
    (Text("记错了？最近一次记账可以原样撤销", "a mistake? the newest post is taken back to the byte"), ("undo",)),
    (Text("谁在什么时候记了什么", "who posted what and when"), ("log", "--limit", "4")),
)


@app.command()
@plain
def demo(session: Session, folder: Folder = None) -> None:
    """复制一本示例账本，演示今日必办、接单、库存、借货、采购、催款、月报。 | Copy a sample book and show the main jobs.

    salesaid demo
    salesaid demo 示例
    """
    book = folder or _free_name(session)
    copy_sample(session.here / book)
    session.say(Text(f"示例账本：{book}", f"sample book: {book}"), "bold")
    number = ""
    for what, words in _STEPS:
        typed = [word.format(no=number, book=book) for word in words]
        session.say(same(""))
        session.say(Text(f"# {what.zh}", f"# {what.en}"), "dim")
        session.say(same(f"$ salesaid {' '.join(typed)}"), "bold")
        _run(session, book, typed)
        number = number or _newest_order(session, book)
    session.say(same(""))
    session.say(Text(f"接着试：cd {book}，然后 salesaid --help", f"go on: cd {book}, then salesaid --help"), "dim")


def _free_name(session: Session) -> str:
    """The usual folder, or the next that is not there yet."""
    names = (_DEFAULT, *(f"{_DEFAULT}-{count}" for count in range(2, 1000)))
    return next((name for name in names if not (session.here / name).exists()), _DEFAULT)


def _command(session: Session, book: str, words: Sequence[str]) -> list[str]:
    return [sys.executable, "-m", "salesaid", "--book", book, "--lang", session.lang, *words]


def _run(session: Session, book: str, words: Sequence[str]) -> None:
    """One step as a person would run it; a step that finds or refuses something has its own exit code, and goes on."""
    stdout, stderr = session.streams.stdout, session.streams.stderr
    stdout.flush()
    if stdout.isatty():
        subprocess.run(_command(session, book, words), stdin=subprocess.DEVNULL, check=False)
        return
    done = subprocess.run(
        _command(session, book, words), stdin=subprocess.DEVNULL, capture_output=True, check=False, env=_plain_text()
    )
    stdout.write(done.stdout.decode())
    stdout.flush()
    stderr.write(done.stderr.decode())


def _newest_order(session: Session, book: str) -> str:
    words = ("order", "list", "--limit", "1", "--format", "json")
    done = subprocess.run(_command(session, book, words), capture_output=True, check=False, env=_plain_text())
    return str(json.loads(done.stdout)["data"]["rows"][0]["order_no"])


def _plain_text() -> dict[str, str]:
    return {**os.environ, "PYTHONUTF8": "1"}

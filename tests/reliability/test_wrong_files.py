"""Files that are not what a book needs: one sentence that names the file, exit 3 (a book that is not there: 2)."""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest

from tests.reliability import stops

ADD = "order add 骏业 A-1×1"
LIST = "order list"


@pytest.fixture(scope="module", params=["csv", "xlsx"])
def model(request, memory):
    return stops.made(stops.Case("void", request.param), memory / f"wrong files {request.param}"), request.param


@pytest.fixture
def desk(model, place):
    shutil.copytree(model[0].folder, place / "book")
    return stops.at(place / "book")


@pytest.fixture
def orders(desk, model):
    return desk.folder / f"订单.{model[1]}"


def refused(desk, words: str, code: int = 3) -> str:
    """What a command was refused with: one sentence, in JSON too; the files stay as they were."""
    before = names_and_bytes(desk)
    answer = desk.run(words)
    assert answer.code == code, answer
    assert answer.out == ""
    assert answer.err.count("错误：") == 1
    assert desk.json(words)["errors"][0]["message"]
    assert names_and_bytes(desk) == before
    return answer.err


def names_and_bytes(desk):
    regular = (path for path in desk.folder.iterdir() if path.is_file() and os.access(path, os.R_OK))
    return sorted(path.name for path in desk.folder.iterdir()), {path.name: path.read_bytes() for path in regular}


def test_a_folder_in_place_of_a_ledger(desk, orders):
    orders.unlink()
    orders.mkdir()
    for words in (ADD, LIST):
        assert orders.name in refused(desk, words)


def test_a_pipe_in_place_of_a_ledger_is_not_waited_for(desk, orders):
    orders.unlink()
    os.mkfifo(orders)
    for words in (ADD, LIST):
        assert orders.name in refused(desk, words)


@pytest.mark.parametrize("target", ["nowhere.csv", "self", "/dev/null"])
def test_a_link_to_nothing_to_itself_or_to_a_device(desk, orders, target):
    orders.unlink()
    orders.symlink_to(orders.name if target == "self" else target)
    for words in (ADD, LIST):
        assert orders.name in refused(desk, words)


def test_a_file_of_several_names_is_read_but_not_written(desk, orders):
    os.link(orders, orders.with_name("副本"))
    assert desk.run(LIST).code == 0
    assert orders.name in refused(desk, ADD)


def test_a_file_that_is_cut_short(desk, orders):
    orders.write_bytes(orders.read_bytes()[: 40 if orders.suffix == ".csv" else 900])
    for words in (ADD, LIST):  # of a CSV the columns behind the cut are missing
        assert "订单" in refused(desk, words, code=2 if orders.suffix == ".csv" else 3)


def test_an_empty_file(desk, orders):
    orders.write_bytes(b"")
    for words in (ADD, LIST):
        assert orders.name in refused(desk, words)


def test_a_file_full_of_zeros(desk, orders):
    orders.write_bytes(bytes(4096))
    for words in (ADD, LIST):
        assert orders.name in refused(desk, words)


def test_zeros_at_the_end_as_a_power_cut_leaves_them(desk, orders):
    orders.write_bytes(orders.read_bytes() + bytes(300))
    if orders.suffix == ".csv":
        told = refused(desk, ADD)
        assert orders.name in told
        assert "NUL" in told
    assert desk.run(LIST).code in {0, 3}


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04 a workbook, somehow", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), b"%PDF-1.7 \xff\xfe\x00",
        b"<html><table><tr><td>1</td></tr></table></html>", b"\x89PNG\r\n\x1a\n" + bytes(100), b"\xff\xd8\xff\xe0" * 50,
    ],
    ids=["zip", "encrypted or old", "pdf", "html", "png", "jpeg"],
)  # fmt: skip
def test_a_file_that_is_not_what_its_ending_says(desk, orders, content):
    orders.write_bytes(content)
    for words in (ADD, LIST):
        assert orders.name in refused(desk, words)


def test_a_csv_named_xlsx_and_a_workbook_named_csv(desk, orders):
    other = orders.with_suffix(".csv" if orders.suffix == ".xlsx" else ".xlsx")
    orders.rename(other)
    for words in (ADD, LIST):
        assert other.name in refused(desk, words)


def test_an_ending_that_is_no_format(desk, orders):
    orders.rename(orders.with_name("订单.xls"))
    set_file(desk, "订单.xls")
    for words in (ADD, LIST):
        assert "订单.xls" in refused(desk, words)


def set_file(desk, name: str) -> None:
    with (desk.folder / "salesaid.toml").open("a", encoding="utf-8") as file:
        file.write(f'[ledgers.orders]\nfile = "{name}"\n')


def test_a_configured_file_that_is_gone(desk):
    set_file(desk, "总账/订单 2026.xlsx")
    for words in (ADD, LIST):
        assert "订单 2026.xlsx" in refused(desk, words)


def test_two_files_of_one_ledger(desk, orders):
    shutil.copy(orders, orders.with_name(f"orders{orders.suffix}"))
    for words in (ADD, LIST):
        told = refused(desk, words)
        assert orders.name in told
        assert f"orders{orders.suffix}" in told


def test_a_ledger_that_was_written_and_is_gone(desk, orders):
    assert desk.run(ADD).code == 0
    orders.unlink()
    for words in (ADD, LIST):
        assert orders.name in refused(desk, words)


SETTINGS = {
    "no toml": b"[book\nname=",
    "bytes": b"\xff\xfe\x00\x01",
    "zeros": bytes(100),
    "unknown key": b"[book]\nnam = 'x'\n",
    "wrong type": b"[book]\nas_of = 'soon'\n",
    "a value for a table": b"book = 3\n",
    "zone": b"[book]\ntimezone = '../x'\n",
}


@pytest.mark.parametrize("content", SETTINGS.values(), ids=SETTINGS)
def test_settings_that_cannot_be_read(desk, content):
    (desk.folder / "salesaid.toml").write_bytes(content)
    for words in (ADD, LIST):
        answer = desk.run(words)
        assert answer.code in {2, 3}, answer
        assert "salesaid.toml" in answer.err, answer


def test_settings_that_are_a_folder_or_a_pipe(desk):
    settings = desk.folder / "salesaid.toml"
    settings.unlink()
    settings.mkdir()
    assert desk.run(LIST).code in {2, 3}
    settings.rmdir()
    os.mkfifo(settings)
    assert desk.run(LIST).code in {2, 3}


def test_a_book_that_is_nowhere(tmp_path):
    desk = stops.at(tmp_path / "nowhere")
    for words in (ADD, LIST, "undo", "log"):
        answer = desk.run(words)
        assert (answer.code, answer.out) == (2, "")
        assert "nowhere" in answer.err
    assert not desk.folder.exists()


def test_names_that_lead_out_of_a_ledgers_folder_stay_names(desk):
    before = sorted(desk.folder.parent.iterdir())
    for name in ("../外面", "/etc/passwd", "CON", "a\u202eb", "x" * 300):
        assert desk.run(["order", "add", name, "A-1×1", "--new"]).code in {0, 2}
    assert sorted(desk.folder.parent.iterdir()) == before


def as_clerk(desk, words: str) -> subprocess.CompletedProcess:
    """The command by a user who may not do everything."""
    import sys

    program = f"import sys; sys.path[:0] = {sys.path!r}; from salesaid.__main__ import main; main()"
    around = {
        "SALESAID_BOOK": str(desk.folder),
        "SALESAID_TODAY": desk.today,
        "SALESAID_LANG": "zh",
        "HOME": "/nowhere",
    }
    return subprocess.run(
        ["setpriv", "--reuid=1000", "--regid=1000", "--clear-groups", sys.executable, "-c", program, *words.split()],
        env={**os.environ, **around}, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip


@pytest.fixture
def clerk(desk, tmp_path):
    """The desk, owned by a plain user."""
    if os.geteuid() or not shutil.which("setpriv"):
        pytest.skip("only root can try what another user may not do")
    for path in (desk.folder, *desk.folder.rglob("*")):
        os.chown(path, 1000, 1000)
    for folder in (desk.folder.parent, desk.folder.parent.parent):
        folder.chmod(0o755)
    if as_clerk(desk, "order list").returncode:
        pytest.skip("the program cannot be run by another user here")
    return desk


@pytest.mark.slow
def test_a_read_only_file_or_folder_refuses_in_one_sentence(clerk, orders):
    orders.chmod(0o444)
    told = as_clerk(clerk, ADD)
    assert told.returncode == 3
    assert orders.name in told.stderr
    orders.chmod(0o644)
    (clerk.folder / ".salesaid").chmod(0o555)
    assert as_clerk(clerk, ADD).returncode == 3
    (clerk.folder / ".salesaid").chmod(0o755)
    assert as_clerk(clerk, ADD).returncode == 0


@pytest.mark.slow
def test_a_file_that_may_not_be_read_is_named(clerk, orders):
    orders.chmod(0o000)
    for words in (ADD, LIST):
        told = as_clerk(clerk, words)
        assert told.returncode == 3
        assert orders.name in told.stderr


@pytest.mark.slow
def test_a_book_that_may_only_be_read_is_read(clerk):
    for path in (clerk.folder, *clerk.folder.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    assert as_clerk(clerk, LIST).returncode == 0
    assert as_clerk(clerk, ADD).returncode == 3


def test_a_ledger_that_changes_while_it_is_read(desk, orders, monkeypatch):
    """Somebody saves between opening and the end of reading: told, or answered from one moment."""
    from salesaid.storage import system

    assert desk.run(LIST).code == 0
    once = []

    def hook(name, path, size):
        if name == "read" and path.endswith(orders.name) and not once:
            once.append(path)
            orders.write_bytes(orders.read_bytes() + "SO20261121-009,2026-11-21,下单,骏业,A-1,1\n".encode())

    monkeypatch.setattr(system, "hook", hook)
    answer = desk.run(ADD)
    assert answer.code in {0, 3}
    if answer.code == 3:
        assert orders.name in answer.err

"""Rows for a ledger that a person has open wait in the spool: durable, counted by every reader, merged exactly once."""

from __future__ import annotations

import json
import shutil
import signal

import pytest

from salesaid.storage import spool, system
from salesaid.storage.spool import waiting
from tests.reliability import stops
from tests.reliability.stops import Case, World

OPEN = {"csv": ".~lock.订单.csv#", "xlsx": "~$订单.xlsx"}
FORMS = {
    "csv": ("~$订单.csv", ".~订单.csv", ".~lock.订单.csv#"), "xlsx": ("~$订单.xlsx", ".~订单.xlsx", ".~lock.订单.xlsx#")
}  # fmt: skip
ADD = "order add 骏业 A-1×2@119 B-2×1 --ship"
READS = (
    "order list --limit 99", "stock list --by-warehouse", "product list", "customer show 骏业", "report sales 2026-11",
)  # fmt: skip
SHARE = {"csv": 9, "xlsx": 31}
STORES = ("csv", "xlsx")


@pytest.fixture(scope="module", params=STORES)
def model(request, memory):
    """A book with two orders and a shipment, and an index that knows them."""
    desk = stops.made(Case("void", request.param), memory / f"queue {request.param}")
    assert desk.run("stock in -i A-1×1").code == 0
    return request.param, desk


@pytest.fixture
def store(model):
    return model[0]


@pytest.fixture
def desk(model, place):
    shutil.copytree(model[1].folder, place / "book")
    return stops.at(place / "book")


def opened(desk, store, *, form: str = ""):
    (desk.folder / (form or OPEN[store])).write_bytes(b"")
    return desk


def closed(desk):
    for path in desk.folder.iterdir():
        if path.name.startswith(("~$", ".~")):
            path.unlink()
    return desk


def data(desk, words):
    answer = desk.json(words)
    assert answer["status"] == "ok", answer
    return answer["data"]


def outs(desk):
    answers = [desk.run(words) for words in READS]
    assert [answer.code for answer in answers] == [0] * len(READS)
    return [answer.out for answer in answers]


def codes(given):
    return [note["code"] for note in given["notes"]]


def straight(desk, *lines):
    """What readers answer where the same commands find the files free."""
    twin = desk.folder.with_name("twin")
    shutil.copytree(desk.folder, twin)
    other = closed(stops.at(twin))
    for line in lines:
        assert other.run(line).code == 0
    found, files = outs(other), stops.ledgers(twin)
    shutil.rmtree(twin)
    return found, files


# ── one post ─────────────────────────────────────────────────────────────────────────────────────


def test_a_post_to_an_open_ledger_is_queued_under_its_number(desk, store):
    before = stops.ledgers(opened(desk, store).folder)
    given = data(desk, ADD)
    assert given["queued"] is True
    assert given["no"] == "SO20261123-001"
    assert given["receipt"].startswith("Q")
    assert codes(given)[-1] == "queued"
    assert stops.ledgers(desk.folder) == before
    assert desk.run(ADD).code == 0
    assert data(desk, f"{ADD} --dry-run")["no"] == "SO20261123-003"


@pytest.mark.parametrize("number", range(3))
def test_every_form_of_an_owner_file_makes_a_post_wait(desk, store, number):
    opened(desk, store, form=FORMS[store][number])
    assert data(desk, ADD)["queued"] is True


def test_every_list_counts_what_waits_with_an_index_and_without(desk, store):
    expected, _ = straight(desk, ADD)
    assert data(opened(desk, store), ADD)["queued"]
    assert outs(desk) == expected
    shutil.rmtree(desk.folder / ".salesaid" / "index")
    assert outs(desk) == expected
    assert codes(data(desk, "order list")) == ["waiting"]


def test_the_next_command_that_writes_merges_before_its_own_rows(desk, store):
    expected, files = straight(desk, ADD, "order add 万安达 A-1×1")
    opened(desk, store)
    assert data(desk, ADD)["queued"]
    given = data(closed(desk), "order add 万安达 A-1×1")
    assert codes(given)[-1] == "merged"
    assert given["no"] == "SO20261123-002"
    assert outs(desk) == expected
    assert [name for name, bytes_ in stops.ledgers(desk.folder).items() if bytes_ != files[name]] == []
    assert waiting(desk.folder) == []
    assert outs(stops.without_index(desk)) == expected


def test_rows_written_meanwhile_to_other_ledgers_are_counted_once(desk, store):
    lines = (ADD, "stock in -i A-1×5", "stock in -i B-2×9")
    expected, _ = straight(desk, *lines)
    opened(desk, store)
    for line in lines:
        assert desk.run(line).code == 0
    assert outs(desk) == expected
    assert outs(stops.without_index(desk)) == expected
    assert closed(desk).run("stock in -i B-2×9 --dry-run").code == 0
    assert len(waiting(desk.folder)) == 1
    assert outs(desk) == expected


def test_what_rests_on_a_post_that_waits_is_posted_where_its_file_is_free(desk, store):
    lines = ("order add 骏业 A-1×4@119", "order ship SO20261123-001 -i A-1×1")
    expected, _ = straight(desk, *lines)
    opened(desk, store)
    queued = data(desk, lines[0])["receipt"]
    assert "queued" not in data(desk, lines[1])
    assert outs(desk) == expected
    assert desk.run(f"undo {queued}").code == 2
    assert closed(desk).run("stock in -i B-2×9 --dry-run").code == 0
    assert outs(desk) == expected
    assert outs(stops.without_index(desk)) == expected


def test_a_ledger_without_a_file_can_wait_to_be_made(place):
    desk = stops.made(Case("void", "csv", is_new=True), place / "new")
    stops.lay_down(desk, "订单", stops.ORDERS, "csv")
    opened(desk, "csv")
    assert data(desk, "order add 骏业 A-1×2 --ship")["queued"]
    assert [row["shipped"] for row in desk.rows("order list") if row["order_no"] == "SO20261123-001"] == [2]
    assert data(desk, "stock in -i A-1×5")["entries"]
    assert [row["on_hand"] for row in desk.rows("stock list") if row["product"] == "A-1"] == [3]
    assert closed(desk).run("stock in -i A-1×1").code == 0
    assert desk.lines("出货.csv")[1].startswith("SH20261123-001")


def test_a_person_may_move_the_columns_before_the_merge(place):
    desk = stops.made(Case("void", "csv"), place / "moved")
    opened(desk, "csv")
    assert data(desk, "order add 骏业 A-1×4@119")["queued"]
    rows = [line.split(",") for line in desk.lines("订单.csv")]
    desk.write("订单.csv", "\n".join(",".join(reversed(row)) for row in rows))
    assert closed(desk).run("stock in -i B-2×9").code == 0
    last = desk.lines("订单.csv")[-1].split(",")
    assert [last[-1], last[-2], last[-4], last[-6]] == ["SO20261123-001", "2026-11-23", "骏业", "4"]


def test_what_cannot_be_merged_keeps_waiting_and_says_why(place):
    desk = stops.made(Case("void", "csv"), place / "cut")
    opened(desk, "csv")
    assert data(desk, "order add 骏业 A-1×4@119")["queued"]
    whole = desk.text("订单.csv")
    desk.write("订单.csv", "品名,颜色\nA-1,红")
    closed(desk)
    desk.run("customer add 新客 --yes")
    assert len(waiting(desk.folder)) == 1
    desk.write("订单.csv", whole)
    assert desk.run("stock in -i B-2×9").code == 0
    assert waiting(desk.folder) == []


def test_an_export_has_the_rows_that_wait_in_the_words_of_the_file(desk, store, place):
    opened(desk, store)
    assert data(desk, "order add 骏业 A-1×2@119")["queued"]
    assert desk.run(f"export orders --out {place}/订单.csv").code == 0
    last = (place / "订单.csv").read_text("utf-8-sig").splitlines()[-1]
    assert last.startswith("SO20261123-001,2026-11-23,下单,骏业,A-1,2,")


# ── undo, log, request ids, edits ────────────────────────────────────────────────────────────────


def test_undo_takes_a_waiting_post_out_and_its_number_stays_used(desk, store):
    before = outs(desk)
    opened(desk, store)
    assert data(desk, ADD)["queued"]
    assert desk.rows("log")[0]["state"] == "queued"
    assert data(desk, "undo --dry-run")["dry_run"]
    assert data(desk, "undo")["no"] == "SO20261123-001"
    assert outs(desk) == before
    assert waiting(desk.folder) == []
    assert desk.run("undo").code == 2
    assert data(closed(desk), ADD)["no"] == "SO20261123-002"


def test_only_the_newest_post_is_undone(desk, store):
    opened(desk, store)
    first, second = (data(desk, ADD)["receipt"] for _ in range(2))
    assert desk.run(f"undo {first}").code == 2
    assert desk.run("undo Q999").code == 2
    assert desk.run("undo R1").code == 2
    assert desk.run(f"undo {second}").code == 0
    assert [each.id for each in waiting(desk.folder)] == [first]
    assert desk.run("stock in -i B-2×9").code == 0
    assert data(desk, "undo")["receipt"].startswith("R")
    assert [each.id for each in waiting(desk.folder)] == [first]


def test_a_request_is_done_once_waiting_or_merged(desk, store):
    opened(desk, store)
    line = f"{ADD} --request-id 一"
    first = data(desk, line)
    again = data(desk, line)
    assert (again["no"], again["receipt"], again["queued"]) == (first["no"], first["receipt"], True)
    assert desk.run("stock in -i A-1×1 --request-id 一").code == 2
    merged = data(closed(desk), line)
    assert (merged["no"], "queued" in merged) == (first["no"], False)
    assert merged["receipt"].startswith("R")
    assert len(stops.numbers(desk)) == 3


def test_a_merged_post_is_undone_to_the_byte(desk, store):
    before = stops.ledgers(desk.folder)
    opened(desk, store)
    assert data(desk, ADD)["queued"]
    assert closed(desk).run("undo --dry-run").code == 0
    assert data(desk, "undo")["no"] == "SO20261123-001"
    assert stops.ledgers(desk.folder) == before


def test_void_of_a_waiting_document_waits_too(desk, store):
    opened(desk, store)
    assert data(desk, ADD)["queued"]
    assert data(desk, "void SO20261123-001 --why 错")["queued"]
    assert data(closed(desk), "stock in -i B-2×9")["entries"]
    rows = [row for row in desk.rows("order list --limit 99") if row["order_no"] == "SO20261123-001"]
    assert all(row["open"] == 0 for row in rows)


def test_an_edit_of_an_open_register_is_refused(desk, store):
    form = OPEN[store].replace("订单", "产品")
    opened(desk, store, form=form)
    answer = desk.run("product set A-1 --price 130")
    assert (answer.code, "产品" in answer.err) == (3, True)
    assert waiting(desk.folder) == []
    assert data(desk, "product add C-3 --unit 个")["queued"]
    assert "C-3" in {row["product"] for row in desk.rows("product list")}
    assert "C-3" in {row["product"] for row in closed(desk).rows("product list")}
    assert desk.run("product set C-3 --price 5").code == 0
    assert waiting(desk.folder) == []


# ── stopped anywhere ─────────────────────────────────────────────────────────────────────────────


def queueing(store, folder):
    """A book whose orders are open."""
    return opened(stops.made(Case("void", store), folder), store)


def merging(store, folder):
    """A book with two posts waiting for orders that nobody has open any more."""
    desk = queueing(store, folder)
    for _ in range(2):
        assert data(desk, ADD)["queued"]
    return closed(desk)


LINES = {queueing: f"{ADD} --request-id 每日-1", merging: "stock in -i A-1×5 --request-id 每日-1"}


def param(make, store):
    return pytest.param((make, store), id=f"{make.__name__} {store}")


@pytest.fixture(scope="module", params=[param(make, store) for make in LINES for store in STORES])
def world(request, memory):
    """The book before, the steps of the command, and the ledgers once all of it is merged."""
    make, store = request.param
    place = memory / f"{make.__name__} {store}"
    place.mkdir()
    make(store, place / "book")
    shutil.copytree(place / "book", place / "trial")
    steps: list[str] = []
    system.hook = lambda name, path, size: steps.append(name)
    try:
        ran = stops.at(place / "trial").run(LINES[make])
    finally:
        system.hook = None
    assert ran.code == 0, ran
    after = settled(stops.at(place / "trial"))
    return World(Case(LINES[make], store), place / "book", steps, stops.ledgers(place / "book"), after)


def settled(desk):
    assert closed(desk).run("stock in -i B-2×3 --request-id 最后").code == 0
    assert waiting(desk.folder) == []
    assert spool.look(desk.folder).merged == []
    return stops.ledgers(desk.folder)


@pytest.fixture(scope="module")
def seen(world):
    """What readers answer before the command and after it."""
    folder = world.folder.with_name("once")
    shutil.copytree(world.folder, folder)
    desk = stops.at(folder)
    assert desk.run(world.case.name).code == 0
    return [outs(stops.at(world.folder)), outs(desk)]


def assert_exactly_once(world, seen, place, step, *, half):
    desk = world.copy(place)
    assert stops.run(desk, world.case.name, stops.killer(step, half=half)).code == -signal.SIGKILL
    before = stops.tree(desk.folder)
    assert outs(desk) in seen
    assert stops.tree(desk.folder) == before
    for _ in range(2):
        ran = stops.run(desk, world.case.name)
        assert ran.code == 0, ran
    assert outs(desk) == seen[1]
    assert outs(stops.without_index(desk)) == seen[1]
    assert settled(desk) == world.after
    assert stops.stray(desk.folder) == []


def test_a_share_of_the_stops(world, seen, place):
    tried = list(stops.stops(world, every=SHARE[world.case.store], first=3))
    for step, half in tried:
        assert_exactly_once(world, seen, place / str(step + half / 2), step, half=half)
    assert tried


@pytest.mark.slow
def test_every_stop(world, seen, place):
    tried = list(stops.stops(world))
    for step, half in tried:
        assert_exactly_once(world, seen, place / str(step + half / 2), step, half=half)
        shutil.rmtree(place)
        place.mkdir()
    assert json.dumps(tried)


@pytest.mark.parametrize("line", [READS[0], *(pytest.param(line, marks=pytest.mark.slow) for line in READS[1:])])
@pytest.mark.parametrize("store", STORES)
def test_a_merge_at_any_step_of_a_reader_is_counted_once(store, line, place):
    whole = merging(store, place / "book")
    steps: list[str] = []
    system.hook = lambda name, path, size: steps.append(name)
    try:
        expected = whole.run(line).out
    finally:
        system.hook = None
    for step in range(len(steps)):
        desk = stops.at(shutil.copytree(whole.folder, place / str(step)))
        assert read_while_merging(desk, line, step) == expected
        assert waiting(desk.folder) == []


def read_while_merging(desk, line, step) -> str:
    """What a reader answers that meets a merge at one of its steps, by a command that adds nothing of its own."""
    count = -1

    def hook(name: str, path: str, size: int) -> None:
        nonlocal count
        count += 1
        if count == step:
            system.hook = None
            stops.run(desk, "undo Q999")

    system.hook = hook
    try:
        return desk.run(line).out
    finally:
        system.hook = None

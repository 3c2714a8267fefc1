"""A folder of ledgers: read them, call a pure function with what its signature names, post what it decides."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date
from functools import cached_property
from importlib import import_module
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any, TypeVar

from salesaid import ledgers
from salesaid.book import folding
from salesaid.book.finding import OWN_FOLDER, read_settings
from salesaid.book.past import Past
from salesaid.book.reading import Shelf, Watch
from salesaid.core import inject
from salesaid.core.entries import Decision
from salesaid.core.state import Afresh, State
from salesaid.core.tables import Note
from salesaid.core.text import Lang, Text
from salesaid.settings import Settings
from salesaid.storage import index, recovery
from salesaid.storage.lock import QUEUE_FOLDER

if TYPE_CHECKING:
    from salesaid.book.posting import Posted
    from salesaid.book.queued_rows import Waiting
    from salesaid.storage.post import Desk

COLUMNS = "_columns"  # orders_columns: the rows of the orders, column by column as they are asked for

_FRAMES = Path(__file__).parents[1] / "frames"

T = TypeVar("T")
Decide = Callable[..., Decision]
_IN_THE_INDEX_AS_A_WHOLE = {"products", "aliases"}  # registers that it was made from: what waits for them is not in it
_LONG = 1.0  # seconds after which a person wants to know why


class Book(Past):
    """A book as it is on one day, to one person. `exact`: balances are the answer, so no stamp is trusted."""

    def __init__(self, folder: Path, today: date, lang: Lang, user: str, *, exact: bool = False) -> None:
        self.folder = folder
        self.today = today
        self.lang = lang
        self.user = user
        self.exact = exact
        self.settings: Settings
        self.settings, self.settings_crc = read_settings(folder)
        self.watch: Watch | None = None  # is told how far a long read has come
        self.said: list[Note] = []  # what a person should know of the files
        self.tells_later = True  # how many rows are dated after the day; an answer may tell that of its own,
        self.tells_lost = True  # and of rows that were posted and are gone
        self._for_writing = False
        self._supplied: dict[str, Any] = {}
        self.asked: set[str] = set()  # what functions were given by name: answers rest on it

    # ── reading ──────────────────────────────────────────────────────────────────────────────────

    def call(self, function: Callable[..., T], given: Mapping[str, Any] | None = None) -> T:
        """Call a pure function with what its signature names."""
        if any(map(_is_grouped, inject.names(function))):
            from salesaid.book.framing import prepare

            prepare(self.shelf, self.today)
        self.asked |= set(inject.names(function)).difference(given or ())
        try:
            return inject.call(function, self._supply, given)
        except (index.IndexDamagedError, Afresh):
            self._read_afresh()
            return inject.call(function, self._supply, given)

    def supply(self, name: str) -> Any:
        """What a parameter of this name stands for: a ledger's rows, a balance, the settings, the day, who I am."""
        self.asked.add(name)
        return self._supply(name)

    def _supply(self, name: str) -> Any:
        if name not in self._supplied:
            self._supplied[name] = self._made(name)
        return self._supplied[name]

    def _made(self, name: str) -> Any:
        own: dict[str, Callable[[], Any]] = {
            "settings": lambda: self.settings,
            "today": lambda: self.today,
            "user": lambda: self.user,
            "lang": lambda: self.lang,
            "state": lambda: self.state,
            "supply": lambda: self.supply,
            "is_long": lambda: any(map(self.shelf.is_long, ("orders", "shipments"))),
            "journals": lambda: {id_: self._supply(id_) for id_ in folding.journals()},
            "every_ledger": lambda: {id_: self._supply(id_) for id_ in ledgers.names()},
            "file_facts": lambda: import_module("salesaid.book.surveying").file_facts(self),
            "paper_files": lambda: import_module("salesaid.book.paper_files").paper_files(self),
            "posted_rows": lambda: self._posted_rows(self.shelf),
            "acknowledged": lambda: self._acknowledged(self.shelf),
            "taken_back": self._taken_back,
        }
        if name in own:
            return own[name]()
        if name in ledgers.names():
            return self.shelf.rows(name, self.today)
        if name.removesuffix(COLUMNS) in ledgers.names():
            from salesaid.book.framing import by_columns

            return by_columns(self.shelf, name.removesuffix(COLUMNS), self.today)
        return inject.call(worked_out(name), self._supply)

    @cached_property
    def shelf(self) -> Shelf:
        """The ledger files, as readers are to see them while a post is unfinished or waits."""
        if not self.queue:
            return self._shelf()
        from salesaid.book import queueing

        return self._shelf(queueing.rows_of(self)) if self._for_writing else queueing.steady(self, self._shelf)

    def _shelf(self, waiting: Waiting | None = None) -> Shelf:
        views = {}
        if not self._for_writing:
            unfinished = recovery.unfinished(self.folder) if (self.folder / OWN_FOLDER).is_dir() else None
            if unfinished is not None:
                note = Note("unfinished_post", "warning", unfinished.text)
                self.said += [] if note in self.said else [note]
                views = unfinished.views
        return Shelf(self.folder, self.settings, views, self._known_facts(), self._known_files(), self.watch, waiting)

    def _known_facts(self) -> dict[str, Any]:
        # Nothing where the settings, which say how to read a file, were changed since.
        meta = folding.meta_in(self.stored) if self.stored is not None else {}
        if meta.get("settings") != self.settings_crc:
            return {}
        return {id_: known["facts"] for id_, known in meta.get("ledgers", {}).items()}

    @cached_property
    def stored(self) -> index.Index | None:
        """The stored index, if there is one to be believed."""
        return index.open_index(self.folder / folding.INDEX, write=self._for_writing)

    @cached_property
    def warm(self) -> folding.Warm | None:
        """The index brought up to now; None where the ledgers have to be read."""
        if self.stored is None or any(each.ledgers & _IN_THE_INDEX_AS_A_WHOLE for each in self.queue):
            return None
        with suppress(Afresh, index.IndexDamagedError):
            found = folding.warm(self.stored, self.shelf, self.settings_crc, self.today, exact=self.exact)
            if found is not None:
                self._supplied["state"] = found.state
                found.catch_up(self.shelf, self._supply, self.today)
            return found
        self._supplied.clear()
        return None

    @cached_property
    def state(self) -> State:
        """What the folds keep."""
        if self.warm is not None:
            return self.warm.state
        began = monotonic()
        state = self._supplied["state"] = folding.afresh(self.shelf, self._supply, self.today)
        if self._for_writing and not self.queue:  # the post will store it all
            folding.fold_everything(state, self.shelf, self._supply, self.today)
        if self.stored is not None and monotonic() - began > _LONG:
            text = Text(
                "台账有大的改动（导入或在别处），已通读一遍", "ledgers changed, by an import or elsewhere: read again"
            )
            self.said.append(Note("read_again", "info", text))
        return state

    @cached_property
    def folds(self) -> list[str]:
        """The balances that keep a state."""
        return self.warm.meta["folds"] if self.warm is not None else folding.folds()

    def _read_afresh(self) -> None:
        self.close()
        self.__dict__["stored"] = None

    def fresh(self) -> Book:
        """The same book with nothing read yet, and no index believed."""
        book = self.without_queue()
        book.__dict__["stored"] = None
        return book

    def without_queue(self) -> Book:
        """The same book with nothing read yet, as its files are: without what waits for them."""
        book = Book(self.folder, self.today, self.lang, self.user)
        book.__dict__.update(queue=(), registers_seen=self.registers_seen)
        book._for_writing, book.watch = self._for_writing, self.watch
        return book

    @cached_property
    def plain(self) -> Book:
        """The book as its files are, which is what a post writes to; itself where nothing waits for them."""
        return self.without_queue() if self.queue else self

    def left_out(self) -> list[Note]:
        """Which rows of the ledgers behind what was asked were not used, and why."""
        from salesaid.book import accounting

        found = accounting.notes(self, self.asked)
        if self.tells_lost and self.has_posts:
            from salesaid.book import watching

            found = [*found, *watching.notes(self)]
        return found

    def require_not_ours(self, path: Path) -> None:
        """Raises IsOfTheBook for a file that an answer must not be written over: a ledger, the settings, our own."""
        from salesaid.book.protecting import require_not_ours

        require_not_ours(self.folder, self.settings, self._known_files(), path)

    def close(self) -> None:
        """Let all files go; what is asked for next is read anew."""
        self.let_go()
        for name in ("shelf", "stored", "warm", "state", "plain", "queue"):
            self.__dict__.pop(name, None)
        self._supplied.clear()

    def let_go(self) -> None:
        """Let all files go; what was read of them stays."""
        if "shelf" in self.__dict__:
            self.shelf.let_go()
        if self.__dict__.get("stored") is not None:
            self.stored.close()  # type: ignore[union-attr]
        if self.__dict__.get("plain", self) is not self:
            self.plain.let_go()

    # ── writing ──────────────────────────────────────────────────────────────────────────────────

    def try_out(self, decide: Decide, given: Mapping[str, Any], *, literal: bool = False) -> Posted:
        """What a post would be, without writing anything."""
        from salesaid.book import posting

        return posting.try_out(self, decide, given, literal=literal)

    def post(
        self, decide: Decide, given: Mapping[str, Any], *, command: str, name: str, request_id: str | None = None,
        literal: bool = False,
    ) -> Posted:  # fmt: skip
        """Decide under the lock and post: all of it or nothing, durable once this returns.

        Raises what the decision and the files refuse; nothing is changed then.
        """
        from salesaid.book import posting

        return posting.post(self, decide, given, command=command, name=name, request_id=request_id, literal=literal)

    def undo(
        self, receipt: str | None, *, command: str, dry_run: bool = False, request_id: str | None = None
    ) -> Posted:
        """Take back the newest post. Raises OlderPost, Overtaken, NothingToUndo, OtherRequest."""
        from salesaid.book import posting

        return posting.undo(self, receipt, command=command, dry_run=dry_run, request_id=request_id)

    def sit_down(self, desk: Desk) -> None:
        """What was read before the lock was ours is read again; what an earlier command left has been settled."""
        self.said = [Note("settled", "warning", settled.text) for settled in desk.settled]
        self.close()
        self._for_writing = True
        from salesaid.book import watching

        watching.tell(self, desk)
        if (self.folder / QUEUE_FOLDER).is_dir():
            from salesaid.book import queueing

            queueing.merge(self, desk)

    def ledger_named(self, text: str) -> str:
        """The id of a ledger from its id or its Chinese title. Raises UnknownLedger."""
        for id_ in ledgers.names():
            if text.strip() in {id_, ledgers.load(id_).title.zh}:
                return id_
        return ledgers.load(text.strip()).id


def _is_grouped(name: str) -> bool:
    """Whether a frame has that name: who takes one gets all long journals by columns."""
    return name.endswith(COLUMNS) or (_FRAMES / f"{name}.py").is_file()


def worked_out(name: str) -> Callable[..., Any]:
    """The function that answers a balance, else a frame, of that name."""
    for folder in ("balances", "frames"):
        module = f"salesaid.{folder}.{name}"
        try:
            found: Callable[..., Any] = getattr(import_module(module), name)
        except ModuleNotFoundError as missing:
            if missing.name != module:
                raise
        else:
            return found
    raise LookupError(name)

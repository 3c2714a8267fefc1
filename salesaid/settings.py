"""The book's settings: salesaid.toml as plain values. Every key is optional, an unknown one is an error."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from salesaid.core.limits import LIMITS
from salesaid.core.setting_errors import SETTINGS_FILE, BadSetting, UnknownSetting

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

FILE_NAME = SETTINGS_FILE
Ships = Literal["later", "at_once"]
_ANY, _ROWS, _YEARS = range(10**9), range(1, 2**20 + 1), range(1000, 10_000)  # rows are counted from 1, as Excel does
_DAYS = range(1, 32)


class LedgerSettings(NamedTuple):
    """Where one ledger lies and how its file says things. Headings and words map to canonical ids."""

    file: str | None = None
    sheet: str | None = None
    header_row: int | None = None
    ships: Ships = "later"
    date_order: Literal["ymd", "dmy", "mdy"] | None = None
    year: int | None = None
    columns: Mapping[str, str] = {}
    words: Mapping[str, str] = {}
    fixed: Mapping[str, str] = {}


# A book may be shared with a salesaid that keeps more ledgers: what is said of these is accepted and not read.
OTHER_LEDGERS = ("quotes",)


WAREHOUSE_COLUMNS = ("warehouse", "to_warehouse")


class Settings(NamedTuple):
    """All of salesaid.toml. `limits` are days and amounts that rules use, by name."""

    name: str = ""
    language: Literal["zh", "en"] | None = None
    timezone: str = "Asia/Shanghai"
    as_of: date | None = None
    store: Literal["csv", "xlsx"] = "csv"
    ambiguous_width: Literal[1, 2] = 1
    warehouse: str = ""
    not_for_sale: tuple[str, ...] = ()
    ledgers: Mapping[str, LedgerSettings] = {}
    numbering: Mapping[str, str] = {}
    terms: str = ""
    terms_month_end: int = 31
    report_month_end: int = 31
    report_holidays: tuple[date, ...] = ()  # days off, and days worked, other than the public calendar has them
    report_workdays: tuple[date, ...] = ()
    mute: tuple[str, ...] = ()
    documents_needed: tuple[str, ...] | None = None  # None: the book does not say, and has what others have
    documents_since: date | None = None
    limits: Mapping[str, int] = {}

    def ledger(self, id_: str) -> LedgerSettings:
        """The settings of one ledger; the defaults where it has none."""
        return self.ledgers.get(id_, LedgerSettings())

    def limit(self, name: str) -> int:
        """A limit, or its default."""
        return self.limits.get(name, LIMITS[name].default)

    def prefix(self, ledger: str, default: str) -> str:
        """The prefix of a ledger's document numbers."""
        return self.numbering.get(ledger) or default

    @property
    def main_warehouse(self) -> str:
        """Where goods are whose row names no warehouse."""
        return self.warehouse or "主仓"

    def warehouse_of(self, ledger: str) -> str:
        """Where goods are whose row in a ledger names no warehouse: the one fixed for all its rows, else the book's."""
        return self.ledger(ledger).fixed.get("warehouse", "").strip() or self.main_warehouse

    @property
    def warehouses(self) -> set[str]:
        """Every warehouse that the settings name."""
        fixed = {own.fixed.get(name, "").strip() for own in self.ledgers.values() for name in WAREHOUSE_COLUMNS}
        return {self.main_warehouse, *self.not_for_sale, *fixed} - {""}

    @property
    def at_once(self) -> bool:
        """Whether order rows are the sales themselves (DOMAIN 3, "Which book is it?")."""
        return self.ledger("orders").ships == "at_once"


def parse_settings(data: Mapping[str, Any], ledgers: tuple[str, ...]) -> Settings:
    """The settings of a parsed salesaid.toml; `ledgers` are the ids there are.

    Raises UnknownSetting and BadSetting.
    """
    _only(data, ("book", "stock", "ledgers", "numbering", "terms", "report", "check", "documents", "limits"), "")
    book = _part(data, "book", ("name", "language", "timezone", "as_of", "store", "ambiguous_width"))
    stock = _part(data, "stock", ("warehouse", "not_for_sale"))
    terms = _part(data, "terms", ("default", "month_end"))
    report = _part(data, "report", ("month_end", "holidays", "workdays"))
    check = _part(data, "check", ("mute",))
    documents = _part(data, "documents", ("needed", "since"))
    return Settings(
        name=_text(book, "book.name", ""),
        language=_one_of(book, "book.language", ("zh", "en"), None),
        timezone=_text(book, "book.timezone", "Asia/Shanghai"),
        as_of=_day(book, "book.as_of"),
        store=_one_of(book, "book.store", ("csv", "xlsx"), "csv"),
        ambiguous_width=_one_of(book, "book.ambiguous_width", (1, 2), 1),
        warehouse=_text(stock, "stock.warehouse", ""),
        not_for_sale=_texts(stock, "stock.not_for_sale"),
        ledgers=_ledgers(data.get("ledgers", {}), ledgers),
        numbering=_numbering(data.get("numbering", {}), ledgers),
        terms=_terms(terms, "terms.default"),
        terms_month_end=_whole(terms, "terms.month_end", 31, _DAYS),
        report_month_end=_whole(report, "report.month_end", 31, _DAYS),
        report_holidays=_days(report, "report.holidays"),
        report_workdays=_days(report, "report.workdays"),
        mute=_texts(check, "check.mute"),
        documents_needed=_texts(documents, "documents.needed") if "needed" in documents else None,
        documents_since=_day(documents, "documents.since"),
        limits=_limits(data.get("limits", {})),
    )


def _ledgers(data: object, ids: tuple[str, ...]) -> dict[str, LedgerSettings]:
    table = _table(data, "ledgers")
    _only(table, (*ids, *OTHER_LEDGERS), "ledgers.")
    return {id_: _ledger(_table(table[id_], f"ledgers.{id_}"), f"ledgers.{id_}") for id_ in table if id_ in ids}


def _ledger(data: Mapping[str, Any], where: str) -> LedgerSettings:
    _only(data, LedgerSettings._fields, where + ".")
    return LedgerSettings(
        file=_text(data, f"{where}.file", None),
        sheet=_text(data, f"{where}.sheet", None),
        header_row=_whole(data, f"{where}.header_row", None, _ROWS),
        ships=_one_of(data, f"{where}.ships", ("later", "at_once"), "later"),
        date_order=_one_of(data, f"{where}.date_order", ("ymd", "dmy", "mdy"), None),
        year=_whole(data, f"{where}.year", None, _YEARS),
        columns=_words(data, f"{where}.columns"),
        words=_words(data, f"{where}.words"),
        fixed=_words(data, f"{where}.fixed"),
    )


def _numbering(data: object, ids: tuple[str, ...]) -> dict[str, str]:
    table = _table(data, "numbering")
    _only(table, (*ids, *OTHER_LEDGERS), "numbering.")
    return {id_: _text(table, f"numbering.{id_}", "") for id_ in table if id_ in ids}


def _limits(data: object) -> dict[str, int]:
    table = _table(data, "limits")
    _only(table, tuple(LIMITS), "limits.")
    return {name: _whole(table, f"limits.{name}", limit.default) for name, limit in LIMITS.items()}


def _part(data: Mapping[str, Any], name: str, keys: tuple[str, ...]) -> Mapping[str, Any]:
    part = _table(data.get(name, {}), name)
    _only(part, keys, name + ".")
    return part


def _table(data: object, key: str) -> Mapping[str, Any]:
    if not isinstance(data, Mapping):
        raise BadSetting(key, data, f"[{key}] …")
    return data


def _only(data: Mapping[str, Any], known: tuple[str, ...], prefix: str) -> None:
    for key in data:
        if key not in known:
            raise UnknownSetting(prefix + key, known)


def _get(data: Mapping[str, Any], key: str) -> Any:
    return data.get(key.rpartition(".")[2])


def _text(data: Mapping[str, Any], key: str, default: Any) -> Any:
    value = _get(data, key)
    if value is None:
        return default
    if not isinstance(value, str):
        raise BadSetting(key, value, '"…"')
    return value


def zone_of(settings: Settings) -> ZoneInfo:
    """The book's time zone. Raises BadSetting."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return ZoneInfo(settings.timezone)
    except (ZoneInfoNotFoundError, OSError, ValueError) as error:
        raise BadSetting("book.timezone", settings.timezone, "Asia/Shanghai") from error


def _terms(data: Mapping[str, Any], key: str) -> str:
    text: str = _text(data, key, "")
    if text:
        from salesaid.core.reading import Unreadable
        from salesaid.core.terms import ACCEPTED, parse_terms

        try:
            parse_terms(text)
        except Unreadable as unreadable:
            raise BadSetting(key, text, ACCEPTED) from unreadable
    return text


def _texts(data: Mapping[str, Any], key: str) -> tuple[str, ...]:
    value = _get(data, key)
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise BadSetting(key, value, '["…", "…"]')
    return tuple(value)


def _words(data: Mapping[str, Any], key: str) -> dict[str, str]:
    table = _table(_get(data, key) or {}, key)
    for heading, word in table.items():
        if not isinstance(word, str):
            raise BadSetting(f"{key}.{heading}", word, '"…"')
    return dict(table)


def _whole(data: Mapping[str, Any], key: str, default: Any, within: range = _ANY) -> Any:
    value = _get(data, key)
    if value is None:
        return default
    if not isinstance(value, int) or isinstance(value, bool) or value not in within:
        accepted = "0, 1, 2, …" if within is _ANY else f"{within.start} … {within.stop - 1}"
        raise BadSetting(key, value, accepted)
    return value


def _one_of(data: Mapping[str, Any], key: str, choices: tuple[Any, ...], default: Any) -> Any:
    value = _get(data, key)
    if value is None:
        return default
    if value not in choices or isinstance(value, bool):
        raise BadSetting(key, value, " | ".join(repr(choice) for choice in choices))
    return value


def _days(data: Mapping[str, Any], key: str) -> tuple[date, ...]:
    value = _get(data, key)
    if value is None:
        return ()
    if not isinstance(value, list) or not all(type(item) is date for item in value):
        raise BadSetting(key, value, "[2026-12-31, 2027-01-04]")
    return tuple(value)


def _day(data: Mapping[str, Any], key: str) -> date | None:
    value = _get(data, key)
    if value is not None and type(value) is not date:
        raise BadSetting(key, value, "2026-11-22")
    return value

"""Names that may be blank: rows without a customer sum under (无客户), without a product under (无品名)."""

from __future__ import annotations

from salesaid.core.kinds import IN_FILES, TEXT, Kind, Reading
from salesaid.core.text import Lang, Text


class Named(Kind):
    """Text whose blank is shown by a phrase; scripts see null."""

    name = "text"

    def __init__(self, blank: Text) -> None:
        self.blank = blank

    def parse(self, text: str, reading: Reading = IN_FILES) -> object:
        """The text, character for character; None for a blank one."""
        return TEXT.parse(text, reading)

    def format(self, value: object) -> str:
        """The text."""
        return TEXT.format(value)

    def show(self, value: object, lang: Lang) -> str:
        """The text, or the phrase for none."""
        return str(value) if value else self.blank.in_(lang)


CUSTOMER = Named(Text("(无客户)", "(no customer)"))
SUPPLIER = Named(Text("(无供应商)", "(no supplier)"))
PRODUCT = Named(Text("(无品名)", "(no product)"))

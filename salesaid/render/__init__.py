"""One file a format: a Table becomes a terminal table, JSON, CSV, Markdown or a workbook."""

"""The pure ground: text, kinds, schema, headers, names, dates, money, places, tables, findings, entries."""

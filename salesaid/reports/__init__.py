"""One file a report: ledgers and balances become a Table."""

"""One file a ledger, nothing but declarations; a ledger is found by its file's name."""

"""The one door to the disk: stores, receipts, index, lock. Cells only, no meaning."""

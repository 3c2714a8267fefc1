"""The night's run: the check, the pages of the morning, the reports that are due; each day has its own folder."""

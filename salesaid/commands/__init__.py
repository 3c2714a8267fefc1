"""One file a group of the command line: parse, call, show."""

"""One file a frame: what period reports group, as DataFrames. Pandas is imported inside the functions."""

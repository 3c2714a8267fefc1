"""One file a state: pure folds over journals. What is open, promised or on the shelf is never stored, only derived."""

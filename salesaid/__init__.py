"""salesaid: a sales assistant's desk over plain CSV and Excel ledgers."""

__version__ = "0.1.0"

"""The signature is the contract: a pure function's positional parameters name what it reads, the rest are options."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

T = TypeVar("T")
Supply = Callable[[str], Any]


def call(function: Callable[..., T], supply: Supply, given: Mapping[str, Any] | None = None) -> T:
    """Call a function with its positional parameters supplied by name, and its keyword-only ones from `given`.

    A positional parameter that `given` holds is taken from there. Raises TypeError for an option that the function
    does not have: that is a mistake in the caller.
    """
    options = dict(given or {})
    read = [options.pop(name) if name in options else supply(name) for name in names(function)]
    return function(*read, **options)


def names(function: Callable[..., Any]) -> tuple[str, ...]:
    """What a function reads: the names of its positional parameters."""
    code = function.__code__
    return code.co_varnames[: code.co_argcount]

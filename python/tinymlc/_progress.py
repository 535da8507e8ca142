# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""A bar on a terminal's standard error; elsewhere nothing."""
import sys
import warnings
from collections.abc import Callable
from types import TracebackType
from typing import Optional, TypeAlias, Union

# Called with what is being done, and how much of all of it is; all is 0 where nobody knows. None: a bar on a terminal. False: no
# word.
Progress: TypeAlias = Union[None, bool, Callable[[str, int, int], None]]

_WIDTH = 30


class Bar:
    """What a function of the package tells while it works; a line that is written over, and goes at the end."""

    def __init__(self, progress: Progress) -> None:
        self._listener = progress if callable(progress) else None
        self._is_shown = progress is True or (progress is None and sys.stderr.isatty())
        self._length = 0

    def __enter__(self) -> "Bar":
        return self

    def __exit__(self, kind: Optional[type], error: Optional[BaseException], trace: Optional[TracebackType]) -> None:
        self._write("")

    def __call__(self, what: str, done: int, all_of_it: int) -> None:
        if self._listener:
            self._listener(what, done, all_of_it)
        elif self._is_shown:
            filled = _WIDTH * done // all_of_it if all_of_it else 0
            bar = f"|{'#' * filled}{'-' * (_WIDTH - filled)}| {done}/{all_of_it} " if all_of_it else ""
            self._write(f"{bar}{what}")

    def warn(self, text: str) -> None:
        warnings.warn(text, stacklevel=2)

    def _write(self, line: str) -> None:
        if self._length or line:
            sys.stderr.write(f"\r{' ' * self._length}\r{line}")
            sys.stderr.flush()
        self._length = len(line)

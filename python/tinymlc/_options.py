# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Keyword arguments to the words of a command: `stream_rows="96K"` is `--stream-rows=96K`."""
import contextlib
import os
import pathlib
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias, Union

import numpy as np

# True is a flag that is given, None or False one that is not. A mapping gives NAME=VALUE for each of its names, a sequence of
# texts the option several times, one of numbers a shape. Arrays, or a mapping of such, take the place of a file of arrays.
Option: TypeAlias = Union[None, bool, int, float, str, "os.PathLike[str]", "np.ndarray[Any, Any]", Sequence[Any], Mapping[str, Any]]


def _text(value: Any) -> str:
    if isinstance(value, (tuple, list)):
        return "x".join(str(extent) for extent in value)
    return os.fspath(value) if isinstance(value, os.PathLike) else str(value)


def _is_arrays(value: Option) -> bool:
    return isinstance(value, Mapping) and bool(value) and all(isinstance(each, np.ndarray) for each in value.values())


def _values(value: Option) -> list[str]:
    if isinstance(value, Mapping):
        return [f"{name}={_text(each)}" for name, each in value.items()]
    if isinstance(value, (tuple, list)) and any(isinstance(each, (str, os.PathLike)) for each in value):
        return [_text(each) for each in value]
    return [_text(value)]


@contextlib.contextmanager
def words_of(model: "str | os.PathLike[str]", options: Mapping[str, Option]) -> Iterator[list[str]]:
    """The words; what had to become a file for them is there as long as the context lasts."""
    path = os.fspath(model)
    words = [f"./{path}" if path.startswith("-") else path]
    with tempfile.TemporaryDirectory(prefix="tinymlc-") as folder:
        for name, value in options.items():
            option = "--" + name.rstrip("_").replace("_", "-")
            if _is_arrays(value):
                file = pathlib.Path(folder, f"{name}.npz")
                np.savez(file, **value)  # type: ignore[arg-type]
                value = file
            elif isinstance(value, np.ndarray):
                file = pathlib.Path(folder, f"{name}.npy")
                np.save(file, value)
                value = file
            if value is None or value is False:
                continue
            words += [option] if value is True else [f"{option}={each}" for each in _values(value)]
        yield words

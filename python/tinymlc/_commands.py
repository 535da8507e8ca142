# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""The commands of `tinymlc` as functions. Each releases the interpreter's lock while it works."""
import os
from collections.abc import Callable
from typing import Optional, TypeAlias, TypeVar, Union

from . import _native
from ._options import Option, words_of
from ._progress import Bar, Progress
from ._report import Report

Path: TypeAlias = Union[str, "os.PathLike[str]"]
T = TypeVar("T")


def _run(function: Callable[..., T], model: Path, progress: Progress, options: dict[str, Option]) -> T:
    with words_of(model, options) as words, Bar(progress) as bar:
        return function(words, bar, bar.warn)


class Model(Report):
    """A compiled model: the report of what it takes, and what a Session runs."""

    def __init__(self, native: _native.Compiled) -> None:
        super().__init__("compiled", native.report())
        self._native = native

    def image(self) -> bytes:
        """The model image (docs/model-image.md)."""
        return self._native.image()


def compile(model: Path, output: Optional[Path] = None, *, progress: Progress = None, **options: Option) -> Model:
    """Compiles `model`, and writes what `emit` says ("cpp": a folder of sources, "image": one file) where there is an output."""
    return Model(_run(_native.compile, model, progress, {**options, "output": output}))


def quantize(model: Path, *, progress: Progress = None, **options: Option) -> Report:
    """What making a float model integer costs, layer by layer; `calibrate` takes arrays as well as files."""
    return Report("quantised", _run(_native.quantize, model, progress, options))


def verify(model: Path, oracle: Option, *, progress: Progress = None, **options: Option) -> Report:
    """Compares with an independent implementation. Whether they agree is the report's "pass"; nothing is raised."""
    return Report("verified", _run(_native.verify, model, progress, {"oracle": oracle, **options}))


def bench(model: Path, *, progress: Progress = None, **options: Option) -> Report:
    """What the model costs on its target, measured here or counted on an emulated board."""
    return Report("measured", _run(_native.bench, model, progress, options))


def cost(model: Path, *, progress: Progress = None, **options: Option) -> Report:
    """What the model will cost on its target: predicted, nothing is built or run."""
    return Report("predicted", _run(_native.cost, model, progress, options))

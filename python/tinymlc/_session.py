# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Runs compiled models in this process, on the caller's arrays."""
import os
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Optional, TypeAlias, Union

import numpy as np

from . import _native
from ._commands import Model, compile as compile_model
from ._error import Error
from ._options import Option
from ._progress import Progress

Array: TypeAlias = "np.ndarray[Any, Any]"
Arrays: TypeAlias = Union[Mapping[str, Any], Sequence[Any], Any]

# NumPy has no bf16: its bits.
_DTYPES = {"f32": "float32", "f16": "float16", "bf16": "uint16", "f64": "float64", "i8": "int8", "u8": "uint8", "i16": "int16",
           "u16": "uint16", "i32": "int32", "u32": "uint32", "i64": "int64", "u64": "uint64", "bool": "bool"}


@dataclass(frozen=True)
class Tensor:
    """An input or an output. A number is scale * (integer - zero point) for each of `scales`: one, or one along `scale_axis`."""

    name: str
    dtype: "np.dtype[Any]"
    shape: tuple[int, ...]
    scales: tuple[tuple[float, int], ...]
    scale_axis: int


def _tensor(native: _native.Tensor) -> Tensor:
    return Tensor(native.name, np.dtype(_DTYPES[native.dtype]), tuple(native.shape), tuple(native.scales), native.scale_axis)


def _array(value: Any) -> Array:
    """The same memory: of an array, of what gives it by DLPack, as tensors of torch do, or of a buffer."""
    if not isinstance(value, np.ndarray) and hasattr(value, "__dlpack__"):
        return np.from_dlpack(value)
    return np.asarray(value)


def _check(array: Array, tensor: Tensor, kind: str) -> None:
    if array.dtype != tensor.dtype:
        raise Error("TMC201", f"{kind} '{tensor.name}' is {tensor.dtype}, not {array.dtype}", node=tensor.name,
                    hint=f"convert it, as with array.astype('{tensor.dtype}'): nothing is converted unasked")
    if array.shape != tensor.shape:
        raise Error("TMC201", f"{kind} '{tensor.name}' has the shape {tensor.shape}, not {array.shape}", node=tensor.name,
                    hint="a run takes one sample, as the model has it")


def _in_order(given: Arrays, tensors: tuple[Tensor, ...], kind: str) -> list[Any]:
    if isinstance(given, Mapping):
        names = [tensor.name for tensor in tensors]
        wrong = sorted(set(given) ^ set(names))
        if wrong:
            raise Error("TMC201", f"the {kind}s are {names}, and '{wrong[0]}' is {'no' if wrong[0] in given else 'a missing'} one",
                        node=wrong[0], hint="give each of them, by its name")
        return [given[name] for name in names]
    values = list(given) if isinstance(given, (list, tuple)) else [given]
    if len(values) != len(tensors):
        raise Error("TMC201", f"the model has {len(tensors)} {kind}s, not {len(values)}",
                    hint="give them in their order, or a mapping by their names")
    return values


def _load(model: Any, trusted: bool, progress: Progress, options: dict[str, Option]) -> _native.Model:
    if not isinstance(model, Model):
        if not options and _native.is_image(os.fspath(model)):
            return _native.Model.load(os.fspath(model), trusted)
        model = compile_model(model, None, progress=progress, **options)
    return _native.Model.from_bytes(model.image(), True)


class Session:
    """A compiled model and memory to run it in. What the model keeps from run to run is the session's, until `reset`.

    `model` is what `compile` gave, a model image, which is mapped and shared between processes, or any model's file, which is
    compiled with `options`. `trusted` says that an image is your own: without it the engine refuses kernels whose constants
    nobody can check. Threads may share a session, one after the other; several sessions run at the same time.
    """

    def __init__(self, model: "Model | str | os.PathLike[str]", *, trusted: bool = False, progress: Progress = None,
                 **options: Option) -> None:
        self._model = _load(model, trusted, progress, options)
        self._context = _native.Context(self._model)
        self._lock = threading.Lock()
        self._bound: list[Array] = []
        self.inputs = tuple(_tensor(each) for each in self._model.inputs())
        self.outputs = tuple(_tensor(each) for each in self._model.outputs())
        self.copied: tuple[str, ...] = ()

    def run(self, inputs: Arrays, outputs: Optional[Arrays] = None) -> dict[str, Array]:
        """The outputs of one sample by their names: new arrays, or those of `outputs`, into which the kernels write.

        Arrays in C order at multiples of 16 bytes, as NumPy and torch have them, are read and written where they are, but for those
        whose place in the arena the model uses for something else as well; `copied` names these after a run.
        """
        sources = [_array(value) for value in _in_order(inputs, self.inputs, "input")]
        results = ([np.empty(tensor.shape, tensor.dtype) for tensor in self.outputs] if outputs is None else
                   [_array(value) for value in _in_order(outputs, self.outputs, "output")])
        for kind, arrays, tensors in (("input", sources, self.inputs), ("output", results, self.outputs)):
            for array, tensor in zip(arrays, tensors):
                _check(array, tensor, kind)
        sources = [np.ascontiguousarray(array).reshape(array.shape) for array in sources]
        with self._lock:
            self._bind(sources, results)
            self._context.run()
        return {tensor.name: array for tensor, array in zip(self.outputs, results)}

    def reset(self) -> None:
        """The state becomes what it was before the first run."""
        with self._lock:
            self._context.reset()

    @property
    def state(self) -> bytes:
        """What lasts from one run to the next, for saving; set it to go on from there."""
        with self._lock:
            return self._context.state()

    @state.setter
    def state(self, state: bytes) -> None:
        with self._lock:
            self._context.set_state(state)

    def _bind(self, sources: list[Array], results: list[Array]) -> None:
        for array, tensor in zip(results, self.outputs):
            if not (array.flags.c_contiguous and array.flags.writeable):
                raise Error("TMC201", f"output '{tensor.name}' cannot be written to in C order", node=tensor.name)
        copied = [tensor.name for index, (array, tensor) in enumerate(zip(sources, self.inputs))
                  if self._context.bind_input(index, array)]
        copied += [tensor.name for index, (array, tensor) in enumerate(zip(results, self.outputs))
                   if self._context.bind_output(index, array)]
        self.copied = tuple(copied)
        self._bound = sources + results  # as long as the context knows where they are

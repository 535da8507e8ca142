# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Collects the cases of one operator and writes them to NAME.cases (generate.py describes the file)."""

import contextlib
import importlib.metadata

import numpy as np

from single_op import run

LIMITS = (-128, 127)  # of int8, between which zero points lie
ACTIVATIONS = {"none": 0, "relu": 1, "relu_n1_to_1": 2, "relu6": 3}  # as ActivationFunctionType numbers them
# Attributes that a case leaves out.
DEFAULTS = {"stride_h": 1, "stride_w": 1, "dilation_h": 1, "dilation_w": 1, "groups": 1, "pad_top": 0, "pad_left": 0,
            "pad_bottom": 0, "pad_right": 0, "axis": 0, "dtype": "i8", "activation": "none", "beta": 1.0,
            "value": 0, "keep_dims": False, "asymmetric_quantize_inputs": False, "transpose_b": False}


def every_int8():
    return np.arange(-128, 128).astype(np.int8)


def attribute_text(value):
    """As a graph in text form writes it."""
    if isinstance(value, list):
        return "[" + ",".join(map(str, value)) + "]"
    return str(value).lower() if isinstance(value, bool) else str(value)


def input_line(data):
    every = data.dtype == np.int8 and np.array_equal(data, every_int8())
    return "input every int8" if every else f"input {data.tobytes().hex()}"


class Cases:
    """The cases of one file, and the random numbers they are made of."""

    def __init__(self, folder, name, seed):
        self.path, self.rng, self.text = folder / f"{name}.cases", np.random.default_rng(seed), []

    def integer(self, low, high):
        """Between low and high, both included."""
        return int(self.rng.integers(low, high + 1))

    def integers(self, low, high, count):
        return [self.integer(low, high) for _ in range(count)]

    def scale(self, low=0.002, high=0.5):
        return float(np.float32(np.exp(self.rng.uniform(np.log(low), np.log(high)))))

    def affine(self, low=0.002, high=0.5):
        """Scale and zero point; every fourth zero point is a limit."""
        zero_point = LIMITS[self.integer(0, 1)] if self.integer(0, 3) == 0 else self.integer(*LIMITS)
        return self.scale(low, high), zero_point

    def values(self, shape, dtype=np.int8):
        if dtype == np.float32:
            return self.rng.normal(size=shape).astype(np.float32)
        info = np.iinfo(dtype)
        return self.rng.integers(info.min, info.max + 1, shape).astype(dtype)

    def add(self, op, attributes, inputs, output, builtin, builtin_options=None, litert_inputs=None):
        """One case. `litert_inputs` where the TFLite operator takes other inputs than ours."""
        result = run(builtin, litert_inputs or inputs, output, builtin_options)
        said = {key: value for key, value in attributes.items() if value != DEFAULTS.get(key)}
        words = "".join(f" {key}={attribute_text(value)}" for key, value in said.items())
        names = ", ".join(tensor.name for tensor in inputs)
        lines = [f'graph "{op}" {{']
        lines += [f"  input {tensor.text()}" for tensor in inputs if not tensor.constant]
        lines += [f'  const {tensor.text()} = x"{tensor.data.tobytes().hex()}"' for tensor in inputs if tensor.constant]
        lines += [f"  {output.text()} = {op}({names}){words}", f"  output {output.name}", "}"]
        lines += [input_line(tensor.data) for tensor in inputs if not tensor.constant]
        lines += [f"output {result.tobytes().hex()}"]
        self.text.append("\n".join(lines) + "\n")

    def write(self):
        version = importlib.metadata.version("ai-edge-litert")
        header = f"# Made by generate.py with ai-edge-litert {version}; do not edit.\n"
        self.path.write_text(header + "\n".join(self.text))


@contextlib.contextmanager
def cases_of(folder, name, seed):
    """Collects cases and writes them at the end."""
    cases = Cases(folder, name, seed)
    yield cases
    cases.write()

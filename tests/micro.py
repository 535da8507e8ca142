# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""TensorFlow Lite Micro as an oracle, where scripts/setup could install it."""
import pathlib
import sys

import numpy
import pytest

sys.path.append(str(pathlib.Path(sys.prefix) / "tflm"))


def micro():
    """The module of its interpreter, or the test is skipped."""
    return pytest.importorskip("tflite_micro", reason="tflite-micro is not there: scripts/setup installs it").runtime


def micro_steps(content, steps, outputs=1):
    """What it gives for each step of its inputs, one array an output."""
    interpreter = micro().Interpreter.from_bytes(content, arena_size=1 << 22)
    results = []
    for inputs in steps:
        for index, array in enumerate(inputs):
            interpreter.set_input(array, index)
        interpreter.invoke()
        results.append([interpreter.get_output(index).copy() for index in range(outputs)])
    return [numpy.array(rows) for rows in zip(*results)]

# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Recurrent layers as Keras exports them (tests/keras), as loops in graphs of their own or unrolled, against LiteRT."""
import re

import numpy
import pytest

from conftest import ROOT, tinymlc

# The time steps of each model.
STEPS = {"lstm": 9, "lstm_last": 7, "lstm_unrolled": 8, "lstm_hybrid": 8, "gru_batch": 9, "gru_unrolled": 8,
         "gru_reset_before": 7, "gru_backwards": 7, "rnn": 6, "bidirectional": 8, "stack": 9, "stack_unrolled": 8,
         "hard_gates": 6}


def path_of(name):
    return ROOT / f"tests/keras/{name}.tflite"


def litert(path, rows):
    from ai_edge_litert.interpreter import Interpreter
    interpreter = Interpreter(str(path))
    interpreter.allocate_tensors()
    given, wanted = interpreter.get_input_details()[0], interpreter.get_output_details()[0]
    outputs = []
    for row in rows:
        interpreter.set_tensor(given["index"], row)
        interpreter.invoke()
        outputs.append(interpreter.get_tensor(wanted["index"]).copy())
    return numpy.array(outputs), given["shape"]


def compare(name, target, count, folder):
    _, shape = litert(path_of(name), [])
    rng = numpy.random.default_rng(3)
    rows = rng.normal(0, 1, (count, *shape)).astype(numpy.float32)
    rows[-1] *= 30  # where functions are flat
    expected, _ = litert(path_of(name), rows)
    numpy.save(folder / "rows.npy", rows)
    tinymlc("run", path_of(name), "--target", target, "--input", folder / "rows.npy", "-o", folder / "out")
    ours = numpy.load(next((folder / "out").glob("*.npy")))
    numpy.testing.assert_allclose(ours, expected, rtol=1e-5, atol=2e-5)


@pytest.mark.parametrize("name", STEPS)
def test_gives_what_litert_does(name, tmp_path):
    compare(name, "host", 6, tmp_path)


@pytest.mark.long
@pytest.mark.parametrize("name", ["lstm", "gru_batch", "stack_unrolled", "bidirectional"])
def test_gives_the_same_on_the_board(name, tmp_path):
    compare(name, "mps2-an500", 2, tmp_path)


@pytest.mark.parametrize("name", STEPS)
def test_runs_as_a_loop_of_the_program(name):
    """The first steps may stand apart, where the state is constant zeros, and the last, where they give the output."""
    text = tinymlc("inspect", path_of(name), "--after", "select").stdout
    loops = dict(re.findall(r", loop (\d+) of (\d+) trips", text))
    assert len(loops) >= (2 if name == "bidirectional" else 1)
    assert all(int(trips) >= STEPS[name] - 4 for trips in loops.values())


def test_every_model_is_tested():
    assert sorted(STEPS) == sorted(path.stem for path in (ROOT / "tests/keras").glob("*.tflite"))

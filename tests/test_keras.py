# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Recurrent layers as Keras exports them (tests/keras), as loops in graphs of their own or unrolled, against LiteRT."""
import re

import numpy
import pytest

from conftest import ROOT, tinymlc

# How often the loops of the program run: the first step of the sequence stands apart where its state is constant zeros.
TRIPS = {"lstm": [8], "lstm_last": [6], "lstm_unrolled": [7], "lstm_hybrid": [6], "gru_batch": [7], "gru_unrolled": [7],
         "gru_reset_before": [6], "gru_backwards": [6], "rnn": [5], "bidirectional": [7, 7], "stack": [6],
         "stack_unrolled": [5], "hard_gates": [4]}


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


@pytest.mark.parametrize("name", TRIPS)
def test_gives_what_litert_does(name, tmp_path):
    compare(name, "host", 6, tmp_path)


@pytest.mark.long
@pytest.mark.parametrize("name", ["lstm", "gru_batch", "stack_unrolled", "bidirectional"])
def test_gives_the_same_on_the_board(name, tmp_path):
    compare(name, "mps2-an500", 2, tmp_path)


@pytest.mark.parametrize("name", TRIPS)
def test_runs_as_a_loop_of_the_program(name):
    text = tinymlc("inspect", path_of(name), "--after", "select").stdout
    loops = dict(re.findall(r", loop (\d+) of (\d+) trips", text))
    assert [int(loops[str(loop)]) for loop in range(len(loops))] == TRIPS[name]


def test_every_model_is_tested():
    assert sorted(TRIPS) == sorted(path.stem for path in (ROOT / "tests/keras").glob("*.tflite"))

# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Recurrent layers as Keras exports them (tests/keras), as loops in graphs of their own or unrolled, against LiteRT."""
import re

import numpy
import pytest

from conftest import ROOT, tinymlc
from tflite_quantized import to_int8

# The time steps of each model.
STEPS = {"lstm": 9, "lstm_last": 7, "lstm_unrolled": 8, "lstm_hybrid": 8, "gru_batch": 9, "gru_unrolled": 8,
         "gru_reset_before": 7, "gru_backwards": 7, "rnn": 6, "bidirectional": 8, "stack": 9, "stack_unrolled": 8,
         "hard_gates": 6}
# Of int8, where every step has scales of its own, so that none is another's repetition.
INT8_UNROLLED = ["int8_lstm_unrolled", "int8_gru_unrolled", "int8_rnn_unrolled"]
# As one operator, whose state is a variable.
INT8_FUSED = ["int8_lstm_fused"]
# What the float models are with loops of int8.
INT8_LOOPS = ["lstm", "lstm_last", "gru_batch", "gru_reset_before", "gru_backwards", "rnn", "bidirectional", "stack", "hard_gates"]


def path_of(name):
    return ROOT / f"tests/keras/{name}.tflite"


def litert(path, rows, reference=False):
    from ai_edge_litert.interpreter import Interpreter, OpResolverType
    kernels = OpResolverType.BUILTIN_REF if reference else OpResolverType.AUTO
    interpreter = Interpreter(str(path), experimental_op_resolver_type=kernels)
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


def compare_int8(path, target, count, folder, *options):
    _, shape = litert(path, [])
    rng = numpy.random.default_rng(4)
    rows = rng.integers(-128, 128, (count, *shape)).astype(numpy.int8)
    rows[-1] = rng.choice([-128, 127], shape)
    expected, _ = litert(path, rows, reference=True)
    numpy.save(folder / "rows.npy", rows)
    tinymlc("run", path, "--target", target, "--input", folder / "rows.npy", "-o", folder / "out", *options)
    assert len(numpy.unique(expected)) > 2
    numpy.testing.assert_array_equal(numpy.load(next((folder / "out").glob("*.npy"))), expected)


def int8_loop(name, folder):
    path = folder / f"{name}.tflite"
    path.write_bytes(to_int8(path_of(name)))
    return path


@pytest.mark.parametrize("name", INT8_UNROLLED)
def test_int8_has_the_bits_of_litert(name, tmp_path):
    compare_int8(path_of(name), "host", 6, tmp_path)


@pytest.mark.parametrize("name", INT8_FUSED)
def test_int8_has_them_as_one_operator(name, tmp_path):
    compare_int8(path_of(name), "host", 6, tmp_path, "--stream")


@pytest.mark.parametrize("name", INT8_LOOPS)
def test_int8_loops_have_the_bits_of_litert(name, tmp_path):
    compare_int8(int8_loop(name, tmp_path), "host", 6, tmp_path)


@pytest.mark.long
@pytest.mark.parametrize("name", ["lstm", "gru_batch"])
def test_int8_loops_have_them_on_the_board(name, tmp_path):
    compare_int8(int8_loop(name, tmp_path), "mps2-an500", 2, tmp_path)


@pytest.mark.parametrize("name", INT8_LOOPS)
def test_int8_loops_run_as_loops_of_the_program(name, tmp_path):
    text = tinymlc("inspect", int8_loop(name, tmp_path), "--after", "select").stdout
    loops = dict(re.findall(r", loop (\d+) of (\d+) trips", text))
    assert len(loops) >= (2 if name == "bidirectional" else 1)
    assert all(int(trips) >= STEPS[name] - 4 for trips in loops.values())


def test_every_model_is_tested():
    assert sorted([*STEPS, *INT8_UNROLLED, *INT8_FUSED]) == sorted(path.stem for path in (ROOT / "tests/keras").glob("*.tflite"))

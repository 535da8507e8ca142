# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""DFT, STFT, windows and mel matrices of ONNX against numpy and ONNX's reference, on this host and on an emulated board."""
import numpy
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper
from onnx.reference import ReferenceEvaluator

from conftest import tinymlc, tinymlc_json
from single_node import save_node

TARGETS = ["host", pytest.param("mps2-an500", marks=pytest.mark.full)]
TOLERANCE = 2e-6  # of the largest element


def run(model, x, folder, target="host"):
    numpy.save(folder / "x.npy", x[None])
    tinymlc("run", model, "--target", target, "--input", folder / "x.npy", "-o", folder / "out")
    return numpy.load(folder / "out/y.npy")[0]


def expect_near(ours, expected):
    assert ours.shape == expected.shape
    numpy.testing.assert_allclose(ours, expected, rtol=0, atol=TOLERANCE * numpy.abs(expected).max())


def parts(spectrum):
    return numpy.stack([spectrum.real, spectrum.imag], -1)


def complex_of(array):
    return array[..., 0] + 1j * array[..., 1] if array.shape[-1] == 2 else array[..., 0]


def save_dft(path, shape, axis, length=None, opset=20, **attributes):
    constants = {"axis": numpy.int64(axis)} if opset >= 20 else {}
    if length is not None:
        constants["length"] = numpy.int64(length)
    names = ["x", "length" if length is not None else "", "axis" if opset >= 20 else ""]
    if opset < 20:
        attributes["axis"] = axis
    save_node(path, helper.make_node("DFT", names, ["y"], **attributes), shape, constants, opset)
    return path


# Shape, axis and length: powers of two, mixed lengths, primes; cut, and filled up with zeros.
LINES = [((2, 16, 1), 1, None), ((2, 16, 2), 1, None), ((3, 50, 2, 1), 1, None), ((2, 3, 480, 1), -2, None),
         ((1, 101, 2), 1, None), ((1, 40, 1), 1, 64), ((1, 40, 2), 1, 30), ((2, 1, 1), 1, None), ((2, 7, 3, 2), 0, 9)]


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("shape, axis, length", LINES)
@pytest.mark.parametrize("opset", [17, 20])
def test_dft(shape, axis, length, opset, target, tmp_path):
    x = numpy.random.default_rng(1).normal(0, 1, shape).astype(numpy.float32)
    model = tmp_path / "one.onnx"
    lines, along = complex_of(x.astype(numpy.float64)), axis if axis >= 0 else axis + 1
    for inverse, function in ((0, numpy.fft.fft), (1, numpy.fft.ifft)):
        save_dft(model, shape, axis, length, opset, inverse=inverse)
        expect_near(run(model, x, tmp_path, target), parts(function(lines, length, along)))
    if shape[-1] == 1:
        save_dft(model, shape, axis, length, opset, onesided=1)
        expect_near(run(model, x, tmp_path, target), parts(numpy.fft.rfft(lines, length, along)))


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("bins, length", [(9, None), (9, 16), (9, 17), (26, 50), (5, 12), (20, 30)])
def test_half_a_spectrum_is_turned_back(bins, length, target, tmp_path):
    x = numpy.random.default_rng(2).normal(0, 1, (2, bins, 3, 2)).astype(numpy.float32)
    model = save_dft(tmp_path / "one.onnx", x.shape, 1, length, inverse=1, onesided=1)
    expected = numpy.fft.irfft(complex_of(x.astype(numpy.float64)), length, 1)[..., None]
    expect_near(run(model, x, tmp_path, target), expected)


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("shape, step, length, windowed, onesided", [
    ((2, 300, 1), 40, 100, True, 1), ((1, 128, 1), 16, 32, False, 1), ((1, 100, 2), 7, 31, True, 0)])
def test_stft(shape, step, length, windowed, onesided, target, tmp_path):
    rng = numpy.random.default_rng(3)
    x = rng.normal(0, 1, shape).astype(numpy.float32)
    window = rng.normal(0, 1, length).astype(numpy.float32) if windowed else numpy.ones(length, numpy.float32)
    constants = {"step": numpy.int64(step), "length": numpy.int64(length)}
    if windowed:
        constants["window"] = window
    node = helper.make_node("STFT", ["x", "step", "window" if windowed else "", "length"], ["y"], onesided=onesided)
    save_node(tmp_path / "one.onnx", node, shape, constants)
    frames = numpy.stack([complex_of(x)[:, at:at + length] for at in range(0, shape[1] - length + 1, step)], 1)
    transform = numpy.fft.rfft if onesided else numpy.fft.fft
    expect_near(run(tmp_path / "one.onnx", x, tmp_path, target), parts(transform(frames.astype(complex) * window)
                if not onesided else transform(frames.astype(numpy.float64) * window)))


def constants_model(path, op, operands, **attributes):
    """A model that adds what the operator makes of constants to its input, and that alone."""
    made = helper.make_node(op, list(operands), ["w"], **attributes)
    tensors = [numpy_helper.from_array(array, name) for name, array in operands.items()]
    alone = helper.make_model(helper.make_graph(
        [made], "made", [], [helper.make_tensor_value_info("w", TensorProto.FLOAT, None)], tensors),
        opset_imports=[helper.make_opsetid("", 20)])
    expected = ReferenceEvaluator(alone).run(None, {})[0]
    graph = helper.make_graph(
        [made, helper.make_node("Add", ["x", "w"], ["y"])], "one",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, expected.shape)],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, None)], tensors)
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=9), path)
    return expected


@pytest.mark.parametrize("periodic", [0, 1])
@pytest.mark.parametrize("op", ["HannWindow", "HammingWindow", "BlackmanWindow"])
@pytest.mark.parametrize("size", [2, 9, 400])
def test_windows_are_constants(op, periodic, size, tmp_path):
    expected = constants_model(tmp_path / "one.onnx", op, {"size": numpy.int64(size)}, periodic=periodic)
    ours = run(tmp_path / "one.onnx", numpy.zeros(expected.shape, numpy.float32), tmp_path)
    numpy.testing.assert_allclose(ours, expected, rtol=0, atol=1e-6)
    graph = tinymlc("inspect", tmp_path / "one.onnx", "--after", "import").stdout
    assert " cos(" not in graph


@pytest.mark.parametrize("bands, length, rate, low, high", [(8, 16, 8192, 0, 4096), (40, 512, 16000, 20, 7600),
                                                            (80, 400, 16000, 0, 8000)])
def test_mel_matrices_are_constants(bands, length, rate, low, high, tmp_path):
    operands = {"bands": numpy.int64(bands), "length": numpy.int64(length), "rate": numpy.int64(rate),
                "low": numpy.float32(low), "high": numpy.float32(high)}
    expected = constants_model(tmp_path / "one.onnx", "MelWeightMatrix", operands)
    ours = run(tmp_path / "one.onnx", numpy.zeros(expected.shape, numpy.float32), tmp_path)
    numpy.testing.assert_allclose(ours, expected, rtol=0, atol=1e-6)


@pytest.mark.long
def test_a_real_transform_is_fast(tmp_path):
    model = save_dft(tmp_path / "one.onnx", (1, 512, 1), 1, onesided=1)
    report = tinymlc_json("bench", model, "--target", "mps2-an500")
    assert report["instructions"] < 30_000, report


@pytest.mark.parametrize("shape, attributes, length, text", [
    ((1, 8, 3), {}, None, "neither real [.., 1] nor complex [.., 2]"),
    ((1, 8, 1), {}, 1 << 21, "a transform of 2097152 points"),
    ((1, 8, 1), {"inverse": 1, "onesided": 1}, None, "half a spectrum is not complex")])
def test_refusals(shape, attributes, length, text, tmp_path):
    model = save_dft(tmp_path / "one.onnx", shape, 1, length, **attributes)
    assert text in tinymlc("inspect", model, code=2).stderr

# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Local response normalisation against onnxruntime and LiteRT, on ordinary and extreme numbers."""
import sys

import numpy
import onnxruntime
import pytest
from onnx import helper

from conftest import ROOT, tinymlc
from single_node import save_node

sys.path.insert(0, str(ROOT / "tests/operators"))
from single_op import BuiltinOperator, Interpreter, Tensor, build, options  # noqa: E402

# The numbers' size, the window, and the weight, power and bias. Roots of large sums keep large numbers apart.
FORMS = [(2, 5, 1e-4, 0.75, 1.0), (1e3, 3, 0.5, 0.5, 2.0), (1e-3, 4, 1.5, 1.0, 0.25), (2, 1, 0.1, 0.75, 1.0),
         (1e12, 7, 1e-2, 0.75, 1.0), (2, 1001, 0.5, 0.25, 1.0)]
SHAPES = [(1, 7, 4, 5), (2, 5, 6), (3, 1, 2, 2)]


def ours(model, x, folder, target):
    numpy.save(folder / "x.npy", x[None])
    tinymlc("run", model, "--target", target, "--input", folder / "x.npy", "-o", folder / "out")
    return numpy.load(folder / "out/y.npy")[0]


def as_onnx_says(x, window, alpha, beta, bias):
    """The definition in double. onnxruntime adds squares to a sum, and takes them off again, which loses some of it; it
    has no even windows and only images."""
    squares, sums = x.astype(numpy.float64)**2, numpy.zeros(x.shape)
    for channel in range(x.shape[1]):
        first, last = max(channel - (window - 1) // 2, 0), channel + window // 2
        sums[:, channel] = squares[:, first:last + 1].sum(axis=1)
    return x / (bias + alpha / window * sums)**beta


@pytest.mark.parametrize("target", ["host", "mps2-an500"])
@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: "x".join(map(str, shape)))
def test_as_onnxruntime_does(shape, target, tmp_path):
    rng = numpy.random.default_rng(3)
    for size, window, *numbers in FORMS:
        x = rng.normal(0, size, shape).astype(numpy.float32)
        names = dict(zip(("alpha", "beta", "bias"), numbers))
        model = save_node(tmp_path / "lrn.onnx", helper.make_node("LRN", ["x"], ["y"], size=window, **names), shape)
        y = ours(tmp_path / "lrn.onnx", x, tmp_path, target)
        numpy.testing.assert_allclose(y, as_onnx_says(x, window, *numbers), rtol=5e-6)
        if window % 2 == 1 and len(shape) == 4:
            session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
            numpy.testing.assert_allclose(y, session.run(None, {"x": x})[0], rtol=2e-4)


@pytest.mark.parametrize("target", ["host", "mps2-an500"])
def test_as_litert_does(target, tmp_path):
    rng = numpy.random.default_rng(4)
    for size, window, alpha, beta, bias in FORMS:
        x = rng.normal(0, size, (1, 3, 4, 7)).astype(numpy.float32)
        form = options("LocalResponseNormalizationOptions", radius=window // 2, alpha=alpha, beta=beta, bias=bias)
        tensors = [Tensor("x", x)], Tensor("y", numpy.zeros_like(x))
        content = build(BuiltinOperator.LOCAL_RESPONSE_NORMALIZATION, *tensors, form)
        (tmp_path / "lrn.tflite").write_bytes(content)
        # Its reference kernel leaves out the last neighbour, unlike this one and TensorFlow.
        interpreter = Interpreter(model_content=content)
        interpreter.allocate_tensors()
        interpreter.set_tensor(interpreter.get_input_details()[0]["index"], x)
        interpreter.invoke()
        expected = interpreter.get_tensor(interpreter.get_output_details()[0]["index"])
        numpy.testing.assert_allclose(ours(tmp_path / "lrn.tflite", x, tmp_path, target), expected, rtol=1e-5)

# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Models that onnxruntime's tools quantise into operators of integers, against onnxruntime."""
import numpy
import pytest
from onnx import TensorProto, helper, numpy_helper, save

from conftest import tinymlc


def network(path):
    rng = numpy.random.default_rng(6)
    weights = {"w": (8, 3, 3, 3), "b": (8,), "d": (8, 8, 3, 3), "g": (5, 8), "h": (5,)}
    nodes = [helper.make_node("Conv", ["x", "w", "b"], ["conv"], pads=[1, 1, 1, 1]),
             helper.make_node("LeakyRelu", ["conv"], ["leaky"], alpha=0.125),
             helper.make_node("Conv", ["leaky", "d"], ["second"], pads=[1, 1, 1, 1]),
             helper.make_node("Add", ["second", "leaky"], ["sum"]),
             helper.make_node("Sigmoid", ["sum"], ["gate"]),
             helper.make_node("Mul", ["gate", "sum"], ["gated"]),
             helper.make_node("GlobalAveragePool", ["gated"], ["mean"]),
             helper.make_node("Flatten", ["mean"], ["flat"]),
             helper.make_node("Gemm", ["flat", "g", "h"], ["y"], transB=1)]
    graph = helper.make_graph(
        nodes, "network", [helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, 3, 6, 7])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, [1, 5])],
        [numpy_helper.from_array(rng.normal(0, 0.3, shape).astype(numpy.float32), name) for name, shape in weights.items()])
    save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8), path)


def reader():
    from onnxruntime.quantization import CalibrationDataReader

    class Reader(CalibrationDataReader):
        def __init__(self):
            rng = numpy.random.default_rng(1)
            self.samples = iter([{"x": rng.normal(size=(1, 3, 6, 7)).astype(numpy.float32)} for _ in range(8)])

        def get_next(self):
            return next(self.samples, None)

    return Reader()


@pytest.mark.parametrize("target", ["host", pytest.param("mps2-an500", marks=pytest.mark.long)])
@pytest.mark.parametrize("per_channel", [False, True])
def test_static_models_agree_with_onnxruntime(per_channel, target, tmp_path):
    from onnxruntime.quantization import QuantFormat, QuantType, quantize_static
    network(tmp_path / "float.onnx")
    quantize_static(tmp_path / "float.onnx", tmp_path / "q.onnx", reader(), QuantFormat.QOperator, per_channel=per_channel,
                    activation_type=QuantType.QInt8, weight_type=QuantType.QInt8)
    tinymlc("verify", tmp_path / "q.onnx", "--oracle", "onnxruntime", "--target", target)


def test_dynamic_models_agree_with_onnxruntime(tmp_path):
    from onnxruntime.quantization import quantize_dynamic
    import onnxruntime
    network(tmp_path / "float.onnx")
    quantize_dynamic(tmp_path / "float.onnx", tmp_path / "q.onnx", op_types_to_quantize=["Conv", "MatMul"])
    x = numpy.random.default_rng(2).normal(size=(1, 3, 6, 7)).astype(numpy.float32)
    numpy.save(tmp_path / "x.npy", x[None])
    tinymlc("run", tmp_path / "q.onnx", "--input", tmp_path / "x.npy", "-o", tmp_path / "out")
    session = onnxruntime.InferenceSession(tmp_path / "q.onnx", providers=["CPUExecutionProvider"])
    numpy.testing.assert_allclose(numpy.load(tmp_path / "out/y.npy")[0], session.run(None, {"x": x})[0], atol=1e-4)

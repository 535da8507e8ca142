# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Layers as ONNX has them: operators that TFLite does not have, and the quantised ones of layers.py in the QDQ form, which are
requantised with one rounding where TFLite's have two."""
import copy
import dataclasses
import pathlib
import re

import numpy as np

from attention_layers import AttentionLayer, ProductLayer, SiluLayer, SoftmaxLayer, attention_layers
from norm_layers import NormLayer, RotaryLayer, affine, norm_layers

TO_NCHW, TO_NHWC = [0, 3, 1, 2], [0, 2, 3, 1]
CLAMPS = {"relu": (0, None), "relu6": (0, 6), "relu_n1_to_1": (-1, 1)}


class Graph:
    """Nodes in the making. `name` is the layer's that is being written, with which its names begin."""

    def __init__(self):
        self.nodes, self.inputs, self.outputs, self.constants = [], [], [], []
        self.name = ""

    def node(self, op, inputs, output, **attributes):
        from onnx import helper

        output = f"{self.name}_{output}"
        self.nodes.append(helper.make_node(op, inputs, [output], name=output, **attributes))
        return output

    def value(self, values, name, shape, dtype=np.int8):
        """Adds an input or output of the model to `values`."""
        from onnx import helper

        name = f"{self.name}_{name}"
        values.append(helper.make_tensor_value_info(name, helper.np_dtype_to_tensor_dtype(np.dtype(dtype)), shape))
        return name

    def constant(self, name, data):
        from onnx import numpy_helper

        name = f"{self.name}_{name}"
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(data), name))
        return name

    def affine(self, tensor):
        """Names of its scale and zero point."""
        scale = tensor.scale if tensor.axis is not None else tensor.scale.reshape(())
        return [self.constant(f"{tensor.name}_scale", scale),
                self.constant(f"{tensor.name}_zero_point", np.full(scale.shape, tensor.zero_point, tensor.data.dtype))]

    def dequantised(self, tensor, value):
        axis = {} if tensor.axis is None else {"axis": tensor.axis}
        return self.node("DequantizeLinear", [value, *self.affine(tensor)], f"{tensor.name}_real", **axis)

    def clamped(self, value, activation):
        if activation == "none":
            return value
        low, high = CLAMPS[activation]
        if high is None:
            return self.node("Relu", [value], "relu")
        limits = [self.constant(f"limit{limit}", np.float32(limit)) for limit in (low, high)]
        return self.node("Clip", [value, *limits], "clip")


@dataclasses.dataclass(frozen=True)
class FloatLayer:
    """An operator that TFLite does not have, on floats of a shape: of each, of pairs with the elements of another shape, or
    over axes."""

    op: str
    shape: tuple
    other: tuple = None
    axes: tuple = ()
    attributes: tuple = ()
    weight_bytes, activation = 0, "none"

    def write(self, graph):
        inputs = [graph.value(graph.inputs, "x", self.shape, np.float32)]
        if self.other is not None:
            inputs.append(graph.value(graph.inputs, "z", self.other, np.float32))
        attributes = dict(self.attributes)
        if self.op.startswith("Reduce"):
            inputs.append(graph.constant("axes", np.int64(self.axes)))
        elif self.axes:
            attributes["axis"] = self.axes[0]
        if self.axes:
            attributes["keepdims"] = 0
        graph.node(self.op, inputs, self.op, **attributes)
        kept = tuple(extent for axis, extent in enumerate(self.shape) if axis not in self.axes)
        graph.value(graph.outputs, self.op, kept, self.result())

    def result(self):
        if self.op.startswith("Arg"):
            return np.int64
        return np.bool_ if self.op.startswith(("Is", "Equal", "Less", "Greater")) else np.float32


@dataclasses.dataclass(frozen=True)
class PlainLayer:
    """A cast of truth values to floats, or a choice between floats."""

    op: str
    shape: tuple
    weight_bytes, activation = 0, "none"

    def write(self, graph):
        inputs = [graph.value(graph.inputs, "c", self.shape, np.bool_)]
        if self.op == "Where":
            inputs += [graph.value(graph.inputs, "x", self.shape, np.float32), graph.value(graph.inputs, "z", (1,), np.float32)]
        graph.node(self.op, inputs, self.op, **({"to": 1} if self.op == "Cast" else {}))
        graph.value(graph.outputs, self.op, self.shape, np.float32)


@dataclasses.dataclass(frozen=True)
class ConstantsLayer:
    """An operator of floats of a shape with constants behind them: numbers, or floats as text says how many, all ones."""

    op: str
    shape: tuple
    result: tuple
    constants: tuple = ()
    attributes: tuple = ()
    weight_bytes, activation = 0, "none"

    def write(self, graph):
        inputs = [graph.value(graph.inputs, "x", self.shape, np.float32)]
        for place, constant in enumerate(self.constants):
            data = np.ones(int(constant), np.float32) if isinstance(constant, str) else np.int64(constant)
            inputs.append(graph.constant(f"constant{place}", data))
        graph.node(self.op, inputs, self.op, **dict(self.attributes))
        graph.value(graph.outputs, self.op, self.result, np.float32)


def spectra():
    for length, parts, samples in ((512, 1, 512), (512, 1, 480), (256, 1, 256), (1024, 1, 1000), (1024, 1, 1024), (128, 1, 128),
                                   (64, 1, 50), (64, 2, 64), (256, 2, 256), (128, 2, 128), (60, 1, 60), (480, 1, 480), (100, 1, 100),
                                   (400, 1, 400), (90, 2, 90), (240, 1, 240), (32, 2, 30)):
        bins = length // 2 + 1 if parts == 1 else length
        yield ConstantsLayer("DFT", (1, samples, parts), (1, bins, 2), (length,), (("axis", 1), ("onesided", int(parts == 1))))
    for length, step, frames in ((512, 256, 1), (256, 100, 2), (128, 64, 3), (64, 20, 4), (1024, 256, 1), (32, 16, 5), (60, 30, 3),
                                 (480, 160, 2), (100, 40, 2), (240, 80, 1), (400, 160, 1)):
        samples = step * (frames - 1) + length
        yield ConstantsLayer("STFT", (1, samples, 1), (1, frames, length // 2 + 1, 2), (step, str(length), length))


def sums():
    for shape, axis in (((30, 40), 1), ((1, 7), 1), ((10, 24, 6), 1), ((300,), 0), ((5, 60), 0), ((2, 9, 30), 2)):
        yield ConstantsLayer("CumSum", shape, shape, (axis,))


@dataclasses.dataclass(frozen=True)
class QdqLayer:
    """An int8 convolution or fully connected layer as Cases.add describes it; an image is nhwc outside."""

    op: str
    attributes: dict
    inputs: list  # x, weights and bias
    output: object
    table: bool = False  # a sigmoid behind it

    @property
    def weight_bytes(self):
        return sum(tensor.data.nbytes for tensor in self.inputs if tensor.constant)

    @property
    def activation(self):
        return self.attributes["activation"]

    def write(self, graph):
        x, weights, bias = self.inputs
        real = graph.dequantised(x, graph.value(graph.inputs, x.name, x.data.shape))
        result = (self.convolution if self.op == "conv2d" else self.product)(graph, real, weights, bias)
        y = graph.node("QuantizeLinear", [result, *graph.affine(self.output)], self.output.name)
        if self.table:
            share = graph.node("Sigmoid", [graph.dequantised(self.output, y)], "share")
            y = graph.node("QuantizeLinear", [share, *affine(graph, "share", 1 / 256, np.int8, -128)], "integers")
        graph.value(graph.outputs, y.removeprefix(f"{graph.name}_"), self.output.data.shape)

    def convolution(self, graph, x, weights, bias):
        said = self.attributes
        planar = copy.copy(weights)
        planar.data = np.moveaxis(weights.data, 3, 1)
        both = {side: [said[f"{side}_h"], said[f"{side}_w"]] for side in ("stride", "dilation")}
        pads = [said[f"pad_{side}"] for side in ("top", "left", "bottom", "right")]
        x = graph.node("Transpose", [x], "planes", perm=TO_NCHW)
        result = graph.node("Conv", [x, *self.constants(graph, planar, bias)], self.op, strides=both["stride"],
                            dilations=both["dilation"], pads=pads, group=said["groups"])
        return graph.node("Transpose", [graph.clamped(result, self.activation)], "pixels", perm=TO_NHWC)

    def product(self, graph, x, weights, bias):
        result = graph.node("Gemm", [x, *self.constants(graph, weights, bias)], self.op, transB=1)
        return graph.clamped(result, self.activation)

    @staticmethod
    def constants(graph, *tensors):
        return [graph.dequantised(tensor, graph.constant(tensor.name, tensor.data)) for tensor in tensors]


FUNCTIONS = pathlib.Path(__file__).resolve().parents[2] / "src/tmc/function"
# What ONNX has no operator of its own for.
BY_ATTRIBUTE = [("Mod", (("fmod", 1),)), ("ArgMax", (("select_last_index", 1),)), ("ArgMin", (("select_last_index", 1),))]


def functions(folder):
    """The operators of ONNX that the functions in a folder of src/tmc/function are, where floats have them."""
    for path in sorted((FUNCTIONS / folder).glob("*.hpp")):
        text = path.read_text(encoding="utf-8")
        operator = re.search(r'kOnnx = "(\w+)"', text)
        if operator and not re.search(r"using Types = (Integers|Unsigned|Truths);", text):
            yield operator.group(1), ()


def function_layers():
    for op, attributes in functions("unary"):
        yield from (FloatLayer(op, shape, attributes=attributes) for shape in ((1, 24, 24, 8), (1, 300), (1, 7)))
    pairs = [*functions("binary"), BY_ATTRIBUTE[0]]
    for op, attributes in pairs:
        for shape, other in (((1, 24, 24, 8), (1, 24, 24, 8)), ((1, 300), (1, 1)), ((40, 7), (7,)), ((9, 30, 2), (9, 1, 2))):
            yield FloatLayer(op, shape, other, attributes=attributes)
    yield from (PlainLayer(op, shape) for op in ("Cast", "Where") for shape in ((1, 24, 24, 8), (1, 300), (1, 7)))
    for op, attributes in [*functions("reduction"), *BY_ATTRIBUTE[1:]]:
        several = [] if op.startswith("Arg") else [((1, 12, 12, 16), (1, 2)), ((6, 5, 4), (0, 2))]
        for shape, axes in (((30, 40), (1,)), ((1, 7), (1,)), ((10, 24, 6), (1,)), *several):
            yield FloatLayer(op, shape, axes=axes, attributes=attributes)


ONNX_LAYERS = [*function_layers(), *spectra(), *sums(), *norm_layers(), *attention_layers()]


def is_onnx(layer):
    """Whether it is one of these, or a chain of TFLite's operators."""
    return isinstance(layer, (FloatLayer, PlainLayer, ConstantsLayer, QdqLayer, NormLayer, RotaryLayer, AttentionLayer, ProductLayer,
                              SoftmaxLayer, SiluLayer))


def build_onnx(layers):
    """A model of them side by side, whose names begin with layer, their number and the operator."""
    from onnx import helper

    graph = Graph()
    for index, layer in enumerate(layers):
        graph.name = f"layer{index}_{layer.op}"
        layer.write(graph)
    graph = helper.make_graph(graph.nodes, "layers", graph.inputs, graph.outputs, graph.constants)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 23), helper.make_opsetid("com.microsoft", 1)], ir_version=10).SerializeToString()

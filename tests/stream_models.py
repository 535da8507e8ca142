# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Models over time for the tests of --stream-axis, as exporters write them: built layer by layer in ONNX."""
import numpy
import onnx
from onnx import TensorProto, helper, numpy_helper


class Net:
    """A chain of layers over a value [1, c, time, width], or over [1, c, time] where `width` is None."""

    def __init__(self, rng, frames, channels, width=None):
        self.rng, self.width = rng, width
        self.nodes, self.initializers = [], []
        self.shape = [1, channels, frames] if width is None else [1, channels, frames, width]
        self.input, self.value = helper.make_tensor_value_info("x", TensorProto.FLOAT, self.shape), "x"
        self.channels = channels

    @property
    def axis(self):
        return 2

    def constant(self, value):
        name = f"c{len(self.initializers)}"
        self.initializers.append(numpy_helper.from_array(numpy.asarray(value), name))
        return name

    def node(self, operator, inputs, **attributes):
        self.value = f"v{len(self.nodes)}"
        self.nodes.append(helper.make_node(operator, inputs, [self.value], name=f"{operator.lower()}_{self.value}",
                                           **attributes))
        return self

    def per_axis(self, time, width):
        return [time] if self.width is None else [time, width]

    def conv(self, channels, kernel=3, stride=1, dilation=1, depthwise=False, causal=False, pads=None):
        groups = self.channels if depthwise else 1
        out = self.channels if depthwise else channels
        size = self.per_axis(kernel, 3)
        weights = self.rng.normal(size=[out, self.channels // groups, *size]) / numpy.sqrt(kernel * self.channels / groups)
        bias = self.rng.normal(size=out) * 0.1 + 0.3
        before = (kernel - 1) * dilation if causal else 0
        pads = pads or [*self.per_axis(before, 1), *self.per_axis(0, 1)]
        inputs = [self.value, self.constant(weights.astype("f4")), self.constant(bias.astype("f4"))]
        self.channels = out
        return self.node("Conv", inputs, kernel_shape=size, strides=self.per_axis(stride, 1),
                         dilations=self.per_axis(dilation, 1), group=groups, pads=pads)

    def pool(self, operator, kernel, stride):
        return self.node(operator, [self.value], kernel_shape=self.per_axis(kernel, 1),
                         strides=self.per_axis(stride, 1))

    def relu(self):
        return self.node("Relu", [self.value])

    def add_last(self, other, frames):
        """Adds the last `frames` frames of an earlier value, as residual networks without padding do."""
        here = self.value
        starts, ends, axes = (self.constant(numpy.array([n])) for n in (-frames, 2**31, self.axis))
        self.node("Slice", [other, starts, ends, axes])
        return self.node("Add", [here, self.value])

    def mean(self):
        return self.node("GlobalAveragePool", [self.value]).node("Flatten", [self.value])

    def dense(self, rows, columns):
        weights = self.rng.normal(size=[rows, columns]) / numpy.sqrt(columns)
        return self.node("Gemm", [self.value, self.constant(weights.astype("f4"))], transB=1)

    def save(self, path, opset=17):
        outputs = [helper.make_empty_tensor_value_info(self.value)]
        graph = helper.make_graph(self.nodes, "net", [self.input], outputs, self.initializers)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)])
        model.ir_version = 8
        onnx.save(onnx.shape_inference.infer_shapes(model), path)
        return path


def random_net(seed):
    """Layers drawn at random, and the frames by which the model steps."""
    rng = numpy.random.default_rng(seed)
    width = None if rng.random() < 0.4 else int(rng.integers(3, 7))
    net = Net(rng, frames=int(rng.integers(40, 61)), channels=int(rng.integers(1, 5)), width=width)
    left, hop = net.shape[2], 1
    for _ in range(rng.integers(2, 5)):
        kernel, dilation = int(rng.integers(1, 5)), int(rng.integers(1, 4))
        stride = 2 if hop < 4 and rng.random() < 0.3 else 1
        if left < (kernel - 1) * dilation + 4 * stride:
            break
        kind = rng.integers(4)
        if kind == 3:
            net.pool(("MaxPool", "AveragePool")[rng.integers(2)], kernel, stride)
            left = (left - kernel) // stride + 1
        else:
            net.conv(int(rng.integers(2, 9)), kernel, stride, dilation, depthwise=kind == 2).relu()
            left = (left - (kernel - 1) * dilation - 1) // stride + 1
        hop *= stride
    if rng.random() < 0.5:
        net.mean().dense(3, net.channels)
    elif rng.random() < 0.5:
        net.node("Flatten", [net.value])
    elif net.channels > 1:
        net.node("Softmax", [net.value], axis=1)
    return net, hop * int(rng.integers(1, 3))

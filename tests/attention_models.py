# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""ONNX models of one attention, in the operators of ONNX and of onnxruntime, with samples of their inputs."""
import dataclasses

import numpy
import onnx
from onnx import TensorProto, helper, numpy_helper

MICROSOFT = "com.microsoft"


@dataclasses.dataclass
class Attention:
    """A node with inputs by name: arrays without a leading axis of samples; those in `constants` are initialisers."""

    node: onnx.NodeProto
    inputs: dict
    constants: dict = dataclasses.field(default_factory=dict)
    outputs: tuple = ("y",)
    apart: onnx.NodeProto | None = None  # the same with its operands apart, where onnxruntime has no packed form on CPUs

    def oracle(self, inputs):
        """Its model for onnxruntime, and these inputs of it."""
        if self.apart is None:
            return self.model(), inputs
        rest = {name: array for name, array in inputs.items() if array.ndim != 5}
        (packed, array), = ((name, array) for name, array in inputs.items() if array.ndim == 5)
        parts = [part.reshape(*part.shape[:2], -1) for part in numpy.moveaxis(array, 3, 0)]
        operands = dict(zip("qkv" if packed == "q" else "kv", parts, strict=True))
        twin = Attention(self.apart, operands | rest, self.constants, self.outputs)
        return twin.model(), twin.inputs

    def model(self):
        def port(name, array):
            return helper.make_tensor_value_info(name, helper.np_dtype_to_tensor_dtype(array.dtype), array.shape)
        graph = helper.make_graph(
            [self.node], "one", [port(name, array) for name, array in self.inputs.items()],
            [helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in self.outputs],
            [numpy_helper.from_array(array, name) for name, array in self.constants.items()])
        return helper.make_model(
            graph, opset_imports=[helper.make_opsetid("", 23), helper.make_opsetid(MICROSOFT, 1)], ir_version=10)

    def save(self, path):
        onnx.save(self.model(), path)
        return path


def reals(rng, *shape, scale=1.0):
    return rng.normal(0, scale, shape).astype(numpy.float32)


def of_onnx(rng, queries=12, keys=12, heads=4, kv_heads=4, size=8, apart=False, mask=None, given=None, batch=2, **attributes):
    """ONNX's Attention; heads side by side or apart; a mask that is a constant, or an input that is given."""
    def operand(length, count):
        return reals(rng, batch, count, length, size) if apart else reals(rng, batch, length, count * size)
    inputs = {"q": operand(queries, heads), "k": operand(keys, kv_heads), "v": operand(keys, kv_heads)}
    if not apart:
        attributes |= {"q_num_heads": heads, "kv_num_heads": kv_heads}
    names = ["q", "k", "v"]
    constants = {}
    if mask is not None or given is not None:
        (constants if given is None else inputs)["mask"] = mask if given is None else given
        names.append("mask")
    return Attention(helper.make_node("Attention", names, ["y"], **attributes), inputs, constants)


def packed(rng, mask=None, bias=None, past=0, batch=2, length=10, width=16, heads=2, **attributes):
    """onnxruntime's Attention with its projections."""
    inputs = {"x": reals(rng, batch, length, width)}
    constants = {"w": reals(rng, width, 3 * width, scale=width**-0.5), "b": reals(rng, 3 * width)}
    names = ["x", "w", "b", "", "", ""]
    if mask is not None:
        inputs["mask"] = mask
        names[3] = "mask"
    if bias is not None:
        inputs["bias"] = bias
        names[5] = "bias"
    outputs = ("y",)
    if past:
        inputs["past"] = reals(rng, 2, batch, heads, past, width // heads)
        names[4], outputs = "past", ("y", "present")
    node = helper.make_node("Attention", names, outputs, domain=MICROSOFT, num_heads=heads, **attributes)
    return Attention(node, inputs, constants, outputs)


def multi_head(rng, form="apart", bias=False, mask=None, added=None, past=0, batch=2, length=9, heads=2, size=8,
               **attributes):
    """onnxruntime's MultiHeadAttention; `form`: apart, qkv (packed), kv (packed)."""
    width = heads * size
    inputs = {}
    names = ["q", "", "", "", "", "", "", ""]
    if form == "qkv":
        inputs["q"] = reals(rng, batch, length, heads, 3, size)
    else:
        inputs["q"] = reals(rng, batch, length, width)
        names[1] = "k"
        if form == "kv":
            inputs["k"] = reals(rng, batch, length, heads, 2, size)
        else:
            inputs["k"], inputs["v"] = reals(rng, batch, length, width), reals(rng, batch, length, width)
            names[2] = "v"
    constants = {}
    if bias:
        constants["b"] = reals(rng, 3 * width)
        names[3] = "b"
    if mask is not None:
        inputs["mask"] = mask
        names[4] = "mask"
    if added is not None:
        inputs["added"] = added
        names[5] = "added"
    outputs = ["y"]
    if past:
        for at, name in ((6, "past_k"), (7, "past_v")):
            inputs[name] = reals(rng, batch, heads, past, size)
            names[at] = name
        outputs += ["present_k", "present_v"]
    def node(operands):
        return helper.make_node("MultiHeadAttention", [*operands, *names[len(operands):]], outputs, domain=MICROSOFT,
                                num_heads=heads, **attributes)
    return Attention(node(names), inputs, constants, tuple(outputs), node("qkv") if form != "apart" else None)


def grouped(rng, packed_heads=False, rotary=False, batch=1, length=10, heads=4, kv_heads=2, size=16, **attributes):
    """onnxruntime's GroupQueryAttention of a whole prompt."""
    constants = {"lengths": numpy.full(batch, length - 1, numpy.int32), "total": numpy.int32(length)}
    names = ["q", "", "", "", "", "lengths", "total", "", ""]
    if packed_heads:
        inputs = {"q": reals(rng, batch, length, (heads + 2 * kv_heads) * size)}
    else:
        inputs = {"q": reals(rng, batch, length, heads * size), "k": reals(rng, batch, length, kv_heads * size),
                  "v": reals(rng, batch, length, kv_heads * size)}
        names[1:3] = ["k", "v"]
    if rotary:
        angles = numpy.arange(2 * length)[:, None] / 10000 ** (numpy.arange(size // 2) * 2 / size)
        constants |= {"cos": numpy.cos(angles).astype(numpy.float32), "sin": numpy.sin(angles).astype(numpy.float32)}
        names[7:9] = ["cos", "sin"]
        attributes |= {"do_rotary": 1}
    constants = {name: numpy.asarray(array) for name, array in constants.items()}
    outputs = ("y", "present_k", "present_v")
    node = helper.make_node("GroupQueryAttention", names, list(outputs), domain=MICROSOFT, num_heads=heads,
                            kv_num_heads=kv_heads, **attributes)
    return Attention(node, inputs, constants, outputs)

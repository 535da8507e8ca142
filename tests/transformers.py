# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Transformers with random weights in ONNX, made when tests run: encoders of the shapes of BERT and ViT, and Linformer's
attention (Wang et al. 2020), whose keys and values are projected from n positions to k.

  transformers.py FOLDER      writes bert.onnx, vit.onnx and linformer_N_K.onnx there, to look at
"""
import pathlib
import sys

import numpy
import onnx
from onnx import TensorProto, helper, numpy_helper

OPSET = 17


class Builder:
    """Appends nodes and constants; every method gives the name of what it computes."""

    def __init__(self, seed=5):
        self.rng = numpy.random.default_rng(seed)
        self.nodes, self.constants = [], []

    def constant(self, array):
        name = f"c{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(numpy.asarray(array), name))
        return name

    def weights(self, *shape):
        """Of a variance that keeps activations of about one."""
        return self.constant((self.rng.standard_normal(shape) / numpy.sqrt(shape[-2] if len(shape) > 1 else 10)).astype("f4"))

    def node(self, op, *inputs, **attributes):
        output = f"v{len(self.nodes)}"
        self.nodes.append(helper.make_node(op, list(inputs), [output], name=f"{op.lower()}{len(self.nodes)}", **attributes))
        return output

    def linear(self, x, inputs, outputs):
        return self.node("Add", self.node("MatMul", x, self.weights(inputs, outputs)), self.weights(outputs))

    def norm(self, x, width):
        gain = self.constant((1 + 0.1 * self.rng.standard_normal(width)).astype("f4"))
        return self.node("LayerNormalization", x, gain, self.weights(width), epsilon=1e-6)

    def reshape(self, x, *shape):
        return self.node("Reshape", x, self.constant(numpy.array(shape, "i8")))

    def gelu(self, x):
        half, one, root = (self.constant(numpy.float32(number)) for number in (0.5, 1, 2**0.5))
        erf = self.node("Erf", self.node("Div", x, root))
        return self.node("Mul", self.node("Mul", x, self.node("Add", erf, one)), half)

    def heads(self, x, length, heads, size, perm=(0, 2, 1, 3)):
        return self.node("Transpose", self.reshape(x, 1, length, heads, size), perm=perm)

    def attend(self, q, k, v, lengths, heads, size):
        """Softmax of products of heads that lie side by side, from `lengths[0]` queries to `lengths[1]` keys."""
        queries, keys = lengths
        scores = self.node("MatMul", self.heads(q, queries, heads, size), self.heads(k, keys, heads, size, (0, 2, 3, 1)))
        scores = self.node("Mul", scores, self.constant(numpy.float32(size**-0.5)))
        seen = self.node("MatMul", self.node("Softmax", scores, axis=-1), self.heads(v, keys, heads, size))
        return self.reshape(self.node("Transpose", seen, perm=(0, 2, 1, 3)), 1, queries, heads * size)

    def encoder(self, x, length, width, heads, hidden):
        """A layer with its norms first."""
        y = self.norm(x, width)
        q, k, v = (self.linear(y, width, width) for _ in range(3))
        y = self.linear(self.attend(q, k, v, (length, length), heads, width // heads), width, width)
        x = self.node("Add", x, y)
        y = self.linear(self.gelu(self.linear(self.norm(x, width), width, hidden)), hidden, width)
        return self.node("Add", x, y)

    def model(self, shape, output, output_shape, input_name="x", input_type=TensorProto.FLOAT):
        self.nodes[-1].output[0] = "y"
        inputs = [helper.make_tensor_value_info(input_name, input_type, shape)]
        outputs = [helper.make_tensor_value_info("y", TensorProto.FLOAT, output_shape)]
        assert output == f"v{len(self.nodes) - 1}"
        graph = helper.make_graph(self.nodes, "transformer", inputs, outputs, self.constants)
        return helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=8)


def bert(length=128, width=128, heads=4, layers=3, hidden=512, classes=8):
    """Embedded words in, with positions added; the first position is classified. 0.6 million parameters."""
    make = Builder()
    x = make.node("Add", "x", make.constant((0.1 * make.rng.standard_normal((1, length, width))).astype("f4")))
    x = make.norm(x, width)
    for _ in range(layers):
        x = make.encoder(x, length, width, heads, hidden)
    first = make.node("Gather", x, make.constant(numpy.int64(0)), axis=1)
    y = make.linear(make.node("Tanh", make.linear(first, width, width)), width, classes)
    return make.model([1, length, width], y, [1, classes])


def vit(side=64, patch=8, width=96, heads=3, layers=5, hidden=384, classes=10):
    """An image in patches (64 of them), the mean of which is classified. 0.6 million parameters."""
    make = Builder()
    patches = (side // patch)**2
    kernel = make.constant((make.rng.standard_normal((width, 3, patch, patch)) / (patch * 3**0.5)).astype("f4"))
    x = make.node("Conv", "x", kernel, make.weights(width), strides=[patch, patch])
    x = make.node("Transpose", make.reshape(x, 1, width, patches), perm=(0, 2, 1))
    x = make.node("Add", x, make.constant((0.1 * make.rng.standard_normal((1, patches, width))).astype("f4")))
    for _ in range(layers):
        x = make.encoder(x, patches, width, heads, hidden)
    y = make.linear(make.node("ReduceMean", make.norm(x, width), axes=[1], keepdims=0), width, classes)
    return make.model([1, 3, side, side], y, [1, classes])


def attention_layer(length, width=64, heads=4):
    """Full attention from X through its projections."""
    make = Builder()
    q, k, v = (make.linear("x", width, width) for _ in range(3))
    y = make.linear(make.attend(q, k, v, (length, length), heads, width // heads), width, width)
    return make.model([1, length, width], y, [1, length, width])


def linformer_layer(length, kept, width=64, heads=4, shared="layer"):
    """The same with keys and values of `kept` positions. `shared`: one matrix for both ("layer"), one for keys and one for
    values ("heads"), or one of each head ("none"); or without a matrix, runs of positions: their means ("pool"), or a
    convolution of its own for both ("convolution")."""
    make = Builder()
    size = width // heads
    q, k, v = (make.linear("x", width, width) for _ in range(3))
    if shared == "none":
        # [heads, kept, length] times [heads, length, size]
        e, f = (make.constant((make.rng.standard_normal((1, heads, kept, length)) / length**0.5).astype("f4")) for _ in range(2))
        k, v = (make.node("MatMul", by, make.heads(x, length, heads, size)) for by, x in ((e, k), (f, v)))
        scores = make.node("MatMul", make.heads(q, length, heads, size), make.node("Transpose", k, perm=(0, 1, 3, 2)))
        scores = make.node("Mul", scores, make.constant(numpy.float32(size**-0.5)))
        y = make.node("MatMul", make.node("Softmax", scores, axis=-1), v)
        y = make.reshape(make.node("Transpose", y, perm=(0, 2, 1, 3)), 1, length, width)
    elif shared in ("pool", "convolution"):
        k, v = (run_by_run(make, x, length // kept, width, shared) for x in (k, v))
        y = make.attend(q, k, v, (length, kept), heads, size)
    else:
        e, f = (make.constant((make.rng.standard_normal((kept, length)) / length**0.5).astype("f4")) for _ in range(2))
        k = make.node("MatMul", e, k)
        v = make.node("MatMul", e if shared == "layer" else f, v)
        y = make.attend(q, k, v, (length, kept), heads, size)
    y = make.linear(y, width, width)
    return make.model([1, length, width], y, [1, length, width])


def run_by_run(make, x, run, width, how):
    """Rows [1, length, width] with each run of positions as one."""
    x = make.node("Transpose", x, perm=(0, 2, 1))
    if how == "pool":
        x = make.node("AveragePool", x, kernel_shape=[run], strides=[run])
    else:
        kernel = make.constant((make.rng.standard_normal((width, width, run)) / (width * run)**0.5).astype("f4"))
        x = make.node("Conv", x, kernel, make.weights(width), strides=[run])
    return make.node("Transpose", x, perm=(0, 2, 1))


def turned_layer(length, width=64, heads=4, how="computed"):
    """Attention whose queries and keys are turned by their positions, which are an input, as Hugging Face's Llama has it:
    angles are products of positions and frequencies ("computed"), or cosines and sines are looked up ("looked up")."""
    make = Builder()
    size = width // heads
    frequencies = 1 / 10000**(numpy.arange(0, size, 2) / size)
    if how == "computed":
        at = make.reshape(make.node("Cast", "positions", to=TensorProto.FLOAT), 1, 1, length)
        angles = make.node("MatMul", make.constant(frequencies[None, :, None].astype("f4")), at)
        angles = make.node("Transpose", angles, perm=(0, 2, 1))
        angles = make.node("Concat", angles, angles, axis=-1)
        one = make.constant(numpy.float32(1))
        cosines, sines = (make.node("Mul", make.node(op, angles), one) for op in ("Cos", "Sin"))
    else:
        table = numpy.outer(numpy.arange(4 * length), numpy.concatenate([frequencies, frequencies]))
        cosines, sines = (make.node("Gather", make.constant(f(table).astype("f4")), "positions", axis=0)
                          for f in (numpy.cos, numpy.sin))
    cosines, sines = (make.reshape(angles, 1, 1, length, size) for angles in (cosines, sines))
    bounds = [make.constant(numpy.array([number], "i8")) for number in (0, size // 2, size, 3)]

    def turned(x):
        x = make.heads(x, length, heads, size)
        first, second = (make.node("Slice", x, bounds[at], bounds[at + 1], bounds[3]) for at in (0, 1))
        swapped = make.node("Concat", make.node("Neg", second), first, axis=-1)
        return make.node("Add", make.node("Mul", x, cosines), make.node("Mul", swapped, sines))

    q, k, v = (make.linear("x", width, width) for _ in range(3))
    scores = make.node("MatMul", turned(q), make.node("Transpose", turned(k), perm=(0, 1, 3, 2)))
    scores = make.node("Mul", scores, make.constant(numpy.float32(size**-0.5)))
    y = make.node("MatMul", make.node("Softmax", scores, axis=-1), make.heads(v, length, heads, size))
    y = make.reshape(make.node("Transpose", y, perm=(0, 2, 1, 3)), 1, length, width)
    y = make.linear(y, width, width)
    model = make.model([1, length, width], y, [1, length, width])
    model.graph.input.append(helper.make_tensor_value_info("positions", TensorProto.INT64, [1, length]))
    return model


class Planter:
    """Changes constants of a model so that channels or heads differ much, and what it computes does not."""

    def __init__(self, model):
        self.model = model
        self.constants = {constant.name: constant for constant in model.graph.initializer}

    def readers(self, name):
        return [node for node in self.model.graph.node if name in node.input]

    def scale(self, name, factors):
        array = numpy_helper.to_array(self.constants[name]) * factors
        self.constants[name].CopyFrom(numpy_helper.from_array(array.astype("f4"), name))

    def outliers(self, factors=(10, 30, 100)):
        """Some channels of every norm that only layers read are that much larger, and their weights as much smaller."""
        rng = numpy.random.default_rng(3)
        for norm in [node for node in self.model.graph.node if node.op_type == "LayerNormalization"]:
            readers = self.readers(norm.output[0])
            if any(node.op_type != "MatMul" for node in readers):
                continue
            by = numpy.ones(self.constants[norm.input[1]].dims[0])
            by[rng.choice(len(by), len(factors), replace=False)] = factors
            for name in norm.input[1:]:
                self.scale(name, by)
            for node in readers:
                self.scale(node.input[1], 1 / by[:, None])
        return self

    def uneven_heads(self, heads, ratio=8):
        """Ranges of the heads of queries and values differ by up to that to either side, those of keys the other way."""
        rng = numpy.random.default_rng(4)
        layers = [node for node in self.model.graph.node if node.op_type == "MatMul" and node.input[1] in self.constants]
        for at, (q, k, v) in enumerate(zip(layers, layers[1:], layers[2:])):
            if not q.input[0] == k.input[0] == v.input[0]:
                continue
            width = self.constants[v.input[1]].dims[1]
            of_scores, of_values = (numpy.repeat(ratio**rng.uniform(-1, 1, heads), width // heads) for _ in range(2))
            for layer, by in ((q, of_scores), (k, 1 / of_scores), (v, of_values)):
                self.scale(layer.input[1], by)
                self.scale(next(name for name in self.readers(layer.output[0])[0].input if name in self.constants), by)
            self.scale(layers[at + 3].input[1], 1 / of_values[:, None])
        return self


def parameters(model):
    return sum(numpy_helper.to_array(constant).size for constant in model.graph.initializer)


def main():
    folder = pathlib.Path(sys.argv[1])
    models = {"bert": bert(), "vit": vit()}
    for length in (64, 128, 256, 512):
        models[f"attention_{length}"] = attention_layer(length)
        for kept in (16, 32, 64, 128):
            if kept < length:
                models[f"linformer_{length}_{kept}"] = linformer_layer(length, kept)
    for name, model in models.items():
        onnx.save(model, folder / f"{name}.onnx")
        print(f"{name}: {parameters(model)} parameters")


if __name__ == "__main__":
    main()

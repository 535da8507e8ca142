# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Sparse constants of TFLite: weights of layers and DENSIFY, against LiteRT, with every width of indices, with blocks and in
any order of axes. The files are made here from dense arrays, of which the format's own reading is in LiteRT."""
import itertools
import sys

import numpy
import pytest

from conftest import ROOT, tinymlc
from many_outputs import by_litert, by_tinymlc

sys.path.insert(0, str(ROOT / "tests/operators"))
from single_op import BuiltinOperator, Tensor, flatbuffers, options, schema  # noqa: E402

WIDTHS = {"Int32Vector": numpy.int32, "Uint16Vector": numpy.uint16, "Uint8Vector": numpy.uint8}
DENSE, SPARSE = 0, 1


def vector(width, values):
    table = getattr(schema, width + "T")()
    table.values = numpy.array(values, WIDTHS[width])
    return getattr(schema.SparseIndexVector, width), table


def sparsity_of(array, order, formats, blocks, width):
    """The elements that are kept, and the parameters that say where they are. `order`: of the axes; `formats`: of these in
    that order; `blocks`: sizes by axis, the blocks being dense and last."""
    parameters = schema.SparsityParametersT()
    rank = array.ndim
    parameters.traversalOrder = [*order, *range(rank, rank + len(blocks))]
    parameters.blockMap, parameters.dimMetadata = list(blocks), []
    split = [size for axis, extent in enumerate(array.shape)
             for size in (extent // blocks.get(axis, 1), blocks.get(axis, 1))]
    # First the axes in their order, each as counted in blocks, then the blocks.
    levels = array.reshape(split).transpose([2 * axis for axis in order] + [2 * axis + 1 for axis in blocks]
                                            + [2 * axis + 1 for axis in range(rank) if axis not in blocks])
    levels = levels.reshape(levels.shape[:rank + len(blocks)])
    places = [()]
    for level, size in enumerate(levels.shape):
        metadata = schema.DimensionMetadataT()
        metadata.format = formats[level] if level < rank else DENSE
        if metadata.format == DENSE:
            metadata.denseSize = size
            places = [(*place, index) for place in places for index in range(size)]
        else:
            found = [[index for index in range(size) if levels[(*place, index)].any()] for place in places]
            segments = numpy.cumsum([0, *map(len, found)])
            metadata.arraySegmentsType, metadata.arraySegments = vector(width, segments)
            metadata.arrayIndicesType, metadata.arrayIndices = vector(width, list(itertools.chain(*found)))
            places = [(*place, index) for place, indices in zip(places, found) for index in indices]
        parameters.dimMetadata.append(metadata)
    return numpy.array([levels[place] for place in places], array.dtype), parameters


class SparseTensor(Tensor):
    """A constant of which the file holds some elements."""

    def __init__(self, name, data, order, formats, blocks, width, **quantised):
        super().__init__(name, data, constant=True, **quantised)
        self.form = order, formats, blocks, width

    def flat(self, model):
        tensor = super().flat(model)
        kept, tensor.sparsity = sparsity_of(self.data, *self.form)
        model.buffers[tensor.buffer].data = numpy.frombuffer(kept.tobytes(), numpy.uint8)
        return tensor


def model_of(nodes, inputs, output):
    """`nodes`: builtin, inputs, output, options; tensors are shared where they are the same."""
    model, graph = schema.ModelT(), schema.SubGraphT()
    model.version, model.buffers, model.operatorCodes, model.subgraphs = 3, [schema.BufferT()], [], [graph]
    graph.tensors, graph.operators, places = [], [], {}
    for builtin, read, written, form in nodes:
        for tensor in [*read, written]:
            if id(tensor) not in places:
                places[id(tensor)] = len(graph.tensors)
                graph.tensors.append(tensor.flat(model))
        code, operator = schema.OperatorCodeT(), schema.OperatorT()
        code.builtinCode, code.deprecatedBuiltinCode, code.version = builtin, min(builtin, 127), 1
        operator.inputs, operator.outputs = [places[id(tensor)] for tensor in read], [places[id(written)]]
        operator.opcodeIndex = len(model.operatorCodes)
        if form:
            operator.builtinOptionsType, operator.builtinOptions = getattr(schema.BuiltinOptions, form[0]), form[1]
        model.operatorCodes.append(code)
        graph.operators.append(operator)
    graph.inputs, graph.outputs = [places[id(tensor)] for tensor in inputs], [places[id(output)]]
    builder = flatbuffers.Builder(1024)
    builder.Finish(model.Pack(builder), b"TFL3")
    return bytes(builder.Output())


def thinned(rng, shape, dtype=numpy.float32, blocks=None):
    """Most of it zeros, in whole blocks; something is left."""
    array = rng.normal(0, 1, shape) if dtype != numpy.int8 else rng.integers(-127, 128, shape)
    kept = rng.random([extent // (blocks or {}).get(axis, 1) for axis, extent in enumerate(shape)]) < 0.3
    for axis, size in (blocks or {}).items():
        kept = kept.repeat(size, axis)
    array = (array * kept).astype(dtype)
    array.reshape(-1)[0] = 3
    return array


def same(content, samples, folder, target="host", **tolerance):
    (folder / "one.tflite").write_bytes(content)
    for ours, theirs in zip(by_tinymlc(folder / "one.tflite", samples, folder, target), by_litert(content, samples)):
        numpy.testing.assert_allclose(ours["y"], theirs["y"], **tolerance)


FORMS = [((6, 8), (0, 1), (DENSE, SPARSE), {}), ((6, 8), (1, 0), (DENSE, SPARSE), {}),
         ((6, 8), (0, 1), (SPARSE, SPARSE), {}), ((6, 8), (0, 1), (DENSE, SPARSE), {1: 4}),
         ((6, 8), (0, 1), (DENSE, SPARSE), {0: 2, 1: 2}), ((2, 3, 4, 4), (0, 3, 1, 2), (DENSE, SPARSE, SPARSE, DENSE), {}),
         ((4, 3, 3, 8), (0, 1, 2, 3), (DENSE, DENSE, DENSE, SPARSE), {0: 2, 3: 4}), ((9,), (0,), (SPARSE,), {})]


@pytest.mark.parametrize("dtype", [numpy.float32, numpy.int8, numpy.float16], ids=["float", "int8", "half"])
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("form", FORMS, ids=range(len(FORMS)))
def test_densify(form, width, dtype, tmp_path):
    shape, order, formats, blocks = form
    array = thinned(numpy.random.default_rng(3), shape, dtype, blocks)
    quantised = {"scale": 0.5} if dtype == numpy.int8 else {}
    weights = SparseTensor("w", array, order, formats, blocks, width, **quantised)
    dense = Tensor("dense", numpy.zeros_like(array), **quantised)
    nodes = [(BuiltinOperator.DENSIFY, [weights], dense, None)]
    if dtype != numpy.float32:
        real = Tensor("real", numpy.zeros(shape, numpy.float32))
        nodes.append((BuiltinOperator.DEQUANTIZE, [dense], real, options("DequantizeOptions")))
        dense = real
    x, y = (Tensor(name, numpy.zeros(shape, numpy.float32)) for name in "xy")
    nodes.append((BuiltinOperator.ADD, [x, dense], y, options("AddOptions")))
    content = model_of(nodes, [x], y)
    same(content, [{"x": numpy.zeros(shape, numpy.float32)}], tmp_path, rtol=0)


@pytest.mark.parametrize("target", ["host", "mps2-an500"])
@pytest.mark.parametrize("blocks", [{}, {1: 4}], ids=["single", "of-four"])
def test_weights_of_a_fully_connected_layer(blocks, target, tmp_path):
    rng = numpy.random.default_rng(4)
    weights = SparseTensor("w", thinned(rng, (12, 32), blocks=blocks), (0, 1), (DENSE, SPARSE), blocks, "Uint8Vector")
    x, y = Tensor("x", numpy.zeros([1, 32], numpy.float32)), Tensor("y", numpy.zeros([1, 12], numpy.float32))
    bias = Tensor("b", rng.normal(0, 1, 12).astype(numpy.float32), constant=True)
    content = model_of([(BuiltinOperator.FULLY_CONNECTED, [x, weights, bias], y, options("FullyConnectedOptions"))], [x], y)
    same(content, [{"x": rng.normal(0, 1, (1, 32)).astype(numpy.float32)} for _ in range(4)], tmp_path, target, rtol=1e-4,
         atol=1e-5)


def test_densified_weights_of_a_convolution(tmp_path):
    rng = numpy.random.default_rng(5)
    array = thinned(rng, (4, 3, 3, 8), blocks={3: 4})
    weights = SparseTensor("w", array, (0, 1, 2, 3), (DENSE, DENSE, DENSE, SPARSE), {3: 4}, "Uint16Vector")
    dense = Tensor("dense", numpy.zeros_like(array))
    x, y = Tensor("x", numpy.zeros([1, 5, 5, 8], numpy.float32)), Tensor("y", numpy.zeros([1, 3, 3, 4], numpy.float32))
    bias = Tensor("b", numpy.zeros(4, numpy.float32), constant=True)
    form = options("Conv2DOptions", padding=1, strideW=1, strideH=1)
    content = model_of([(BuiltinOperator.DENSIFY, [weights], dense, None),
                        (BuiltinOperator.CONV_2D, [x, dense, bias], y, form)], [x], y)
    same(content, [{"x": rng.normal(0, 1, (1, 5, 5, 8)).astype(numpy.float32)} for _ in range(3)], tmp_path, rtol=1e-4,
         atol=1e-5)


def wrong(change):
    """The file of a sparse matrix whose parameters were changed."""
    class Changed(SparseTensor):
        def flat(self, model):
            tensor = super().flat(model)
            change(tensor, model)
            return tensor
    array = thinned(numpy.random.default_rng(3), (6, 8))
    weights = Changed("w", array, (0, 1), (DENSE, SPARSE), {1: 4}, "Int32Vector")
    x, y = (Tensor(name, numpy.zeros(array.shape, numpy.float32)) for name in "xy")
    return model_of([(BuiltinOperator.ADD, [x, weights], y, options("AddOptions"))], [x], y)


def set_in(level, **fields):
    def change(tensor, _):
        for name, value in fields.items():
            setattr(tensor.sparsity.dimMetadata[level], name, value)
    return change


def set_sparsity(**fields):
    def change(tensor, _):
        for name, value in fields.items():
            setattr(tensor.sparsity, name, value)
    return change


def set_indices(tensor, _):
    tensor.sparsity.dimMetadata[1].arrayIndices.values[0] = 7


def reverse_segments(tensor, _):
    segments = tensor.sparsity.dimMetadata[1].arraySegments
    segments.values = segments.values.copy()
    segments.values[1] = segments.values[-1] + 5


def cut_buffer(tensor, model):
    model.buffers[tensor.buffer].data = model.buffers[tensor.buffer].data[:-4]


WRONG = {
    "its axes do not fit its shape": set_sparsity(traversalOrder=[0, 1]),
    "its traversal order is none": set_sparsity(traversalOrder=[0, 0, 2]),
    "its blocks are not traversed last": set_sparsity(traversalOrder=[2, 1, 0]),
    "its blocks are of no axes in order": set_sparsity(blockMap=[2]),
    "its blocks of 3 do not fit an axis of 8": set_in(2, denseSize=3),
    "its axis 0 has 1000000000 places, not 6": set_in(0, denseSize=1_000_000_000),
    "its segments do not cover its indices": set_in(1, arraySegments=None, arraySegmentsType=0),
    "it has the index 7 along an axis of 2": set_indices,
    "its segments are not in order": reverse_segments,
    "bytes for": cut_buffer,
}


@pytest.mark.parametrize("message", WRONG)
def test_what_does_not_hold_together_is_refused(message, tmp_path):
    (tmp_path / "one.tflite").write_bytes(wrong(WRONG[message]))
    assert message in tinymlc("compile", tmp_path / "one.tflite", "-o", tmp_path / "out", code=2).stderr

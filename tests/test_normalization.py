# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Norms of rows, rotary positions, embeddings and GELUs, of ONNX and of onnxruntime's domain com.microsoft, against
onnxruntime."""
import numpy
import onnx
import pytest
from onnx import helper, numpy_helper

from conftest import REFUSED, tinymlc

MICROSOFT = "com.microsoft"


def normal(*shape, seed=3, mean=0.2, deviation=2):
    return numpy.random.default_rng(seed).normal(mean, deviation, shape).astype(numpy.float32)


def angles(positions, pairs):
    turns = numpy.outer(numpy.arange(positions), 100 ** -(numpy.arange(pairs) / pairs))
    return numpy.cos(turns).astype(numpy.float32), numpy.sin(turns).astype(numpy.float32)


def save(path, op, domain, opset, attributes, inputs, constants, outputs=("y",)):
    """A model of one node, whose operands are `inputs` and `constants` in the order of their names; "" is absent."""
    operands = {**inputs, **constants}
    names = [name if operands[name] is not None else "" for name in sorted(operands)]
    node = helper.make_node(op, names, list(outputs), name="the_node", domain=domain, **attributes)
    declared = [helper.make_tensor_value_info(name, helper.np_dtype_to_tensor_dtype(array.dtype), array.shape)
                for name, array in inputs.items()]
    held = [numpy_helper.from_array(array, name) for name, array in constants.items() if array is not None]
    graph = helper.make_graph([node], "one", declared,
                              [helper.make_empty_tensor_value_info(name) for name in outputs if name], held)
    imports = [helper.make_opsetid("", opset), helper.make_opsetid(MICROSOFT, 1)]
    model = helper.make_model(graph, opset_imports=imports, ir_version=10)
    onnx.save(model, path)
    return model


def expected_of(model, inputs):
    import onnxruntime
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    names = [output.name for output in session.get_outputs()]
    return dict(zip(names, session.run(None, inputs)))


def outputs_of(path, inputs, *options):
    folder = path.parent
    numpy.savez(folder / "in.npz", **{name: array[None] for name, array in inputs.items()})
    tinymlc("run", path, "--input", folder / "in.npz", "-o", folder / "out", *options)
    return {file.stem: numpy.load(file)[0] for file in (folder / "out").glob("*.npy")}


def check(path, op, domain, opset, attributes, inputs, constants, outputs=("y",)):
    model = save(path, op, domain, opset, attributes, inputs, constants, outputs)
    expected, actual = expected_of(model, inputs), outputs_of(path, inputs)
    assert sorted(expected) == sorted(actual)
    for name, array in expected.items():
        largest = numpy.abs(array).max()
        assert actual[name].shape == array.shape
        assert numpy.abs(actual[name] - array).max() <= 1e-5 * largest, name


X = normal(2, 5, 8)
ROW, OTHER_ROW = normal(8, seed=4), normal(8, seed=5)
COS, SIN = angles(9, 4)
COS2, SIN2 = angles(9, 2)
IDS = numpy.array([[1, 0, 3, 2, 1], [4, 4, 0, 1, 2]], numpy.int32)
MASK = numpy.array([[1, 1, 1, 0, 0], [1, 1, 1, 1, 1]], numpy.int32)

# The operator, its domain, the opset, attributes, inputs and constants; operands are in the order of their names.
NODES = {
    "layer_norm": ("LayerNormalization", "", 17, {}, {"a": X}, {"b": ROW, "c": OTHER_ROW}),
    "layer_norm_before_onnx_had_it": ("LayerNormalization", "", 13, {"epsilon": 1e-3}, {"a": X}, {"b": ROW}),
    "layer_norm_of_two_axes": ("LayerNormalization", "", 17, {"axis": 1}, {"a": X}, {"b": normal(5, 8, seed=6)}),
    "layer_norm_of_computed_scales": ("LayerNormalization", "", 17, {}, {"a": X, "b": ROW, "c": OTHER_ROW}, {}),
    "layer_norm_of_long_rows": ("LayerNormalization", "", 17, {}, {"a": normal(2, 4096, mean=9)}, {"b": normal(4096)}),
    "rms_norm": ("RMSNormalization", "", 23, {}, {"a": X}, {"b": ROW}),
    "rms_norm_of_two_axes": ("RMSNormalization", "", 23, {"axis": -2}, {"a": X}, {"b": normal(5, 8, seed=6)}),
    "simplified": ("SimplifiedLayerNormalization", "", 17, {"epsilon": 1e-6}, {"a": X}, {"b": ROW}),
    "skip": ("SkipLayerNormalization", MICROSOFT, 17, {}, {"a": X, "b": normal(2, 5, 8, seed=7)},
             {"c": ROW, "d": OTHER_ROW, "e": normal(8, seed=8)}),
    "skip_without_bias": ("SkipLayerNormalization", MICROSOFT, 17, {"epsilon": 1e-3}, {"a": X, "b": X[::-1].copy()},
                          {"c": ROW}),
    "skip_simplified": ("SkipSimplifiedLayerNormalization", MICROSOFT, 17, {}, {"a": X, "b": normal(2, 5, 8, seed=7)},
                        {"c": ROW, "d": OTHER_ROW}),
    "fast_gelu": ("FastGelu", MICROSOFT, 17, {}, {"a": X}, {}),
    "fast_gelu_with_bias": ("FastGelu", MICROSOFT, 17, {}, {"a": X}, {"b": ROW}),
    "bias_gelu": ("BiasGelu", MICROSOFT, 17, {}, {"a": X}, {"b": ROW}),
    "gelu": ("Gelu", MICROSOFT, 17, {}, {"a": X}, {}),
    "quick_gelu": ("QuickGelu", MICROSOFT, 17, {}, {"a": X}, {}),
    "quick_gelu_of_alpha": ("QuickGelu", MICROSOFT, 17, {"alpha": 1.5}, {"a": X}, {}),
    "rotary": ("RotaryEmbedding", "", 23, {"num_heads": 2}, {"a": X},
               {"b": normal(2, 5, 2), "c": normal(2, 5, 2, seed=9)}),
    "rotary_at_positions": ("RotaryEmbedding", "", 23, {"num_heads": 2},
                            {"a": X, "d": numpy.array([[0, 1, 2, 3, 4], [8, 7, 1, 1, 0]], numpy.int64)},
                            {"b": COS2, "c": SIN2}),
    "rotary_interleaved_of_a_part": ("RotaryEmbedding", "", 23, {"interleaved": 1, "rotary_embedding_dim": 4},
                                     {"a": normal(2, 3, 5, 6)}, {"b": normal(2, 5, 2), "c": normal(2, 5, 2, seed=9)}),
    "rotary_of_heads_apart": ("RotaryEmbedding", "", 23, {}, {"a": normal(1, 3, 5, 8)},
                              {"b": COS, "c": SIN, "d": numpy.arange(5)[None]}),
    "rotary_from_a_position": ("RotaryEmbedding", MICROSOFT, 17, {},
                               {"a": normal(2, 5, 24), "b": numpy.array([3], numpy.int64)}, {"c": COS, "d": SIN}),
    "rotary_from_a_known_position": ("RotaryEmbedding", MICROSOFT, 17, {"interleaved": 1}, {"a": normal(2, 5, 24)},
                                     {"b": numpy.array([4], numpy.int64), "c": COS, "d": SIN}),
    "rotary_of_each_item": ("RotaryEmbedding", MICROSOFT, 17, {"num_heads": 2, "rotary_embedding_dim": 4},
                            {"a": normal(2, 5, 24), "b": numpy.array([[0, 1, 2, 3, 4], [8, 7, 1, 1, 0]], numpy.int64)},
                            {"c": COS2, "d": SIN2}),
    "rotary_of_heads_of_each_item": ("RotaryEmbedding", MICROSOFT, 17, {},
                                     {"a": normal(2, 3, 5, 8),
                                      "b": numpy.array([[0, 1, 2, 3, 4], [8, 7, 1, 1, 0]], numpy.int64)},
                                     {"c": COS, "d": SIN}),
}


@pytest.mark.parametrize("node", NODES.values(), ids=NODES)
def test_is_what_onnxruntime_gives(node, tmp_path):
    check(tmp_path / "one.onnx", *node)


@pytest.mark.parametrize("node", NODES.values(), ids=NODES)
def test_is_exported_as_what_it_is(node, tmp_path):
    model, inputs = save(tmp_path / "one.onnx", *node), node[4]
    tinymlc("export", tmp_path / "one.onnx", "-o", tmp_path / "exported.onnx")
    expected, actual = (expected_of(each, inputs)["y"] for each in (model, onnx.load(tmp_path / "exported.onnx")))
    assert numpy.abs(actual - expected).max() <= 1e-5 * numpy.abs(expected).max()


def test_further_outputs_of_a_norm(tmp_path):
    check(tmp_path / "one.onnx", "LayerNormalization", "", 17, {}, {"a": X}, {"b": ROW}, ("y", "mean", "inverse"))


def test_the_sum_that_is_normalised(tmp_path):
    check(tmp_path / "one.onnx", "SkipLayerNormalization", MICROSOFT, 17, {}, {"a": X, "b": X}, {"c": ROW, "d": ROW},
          ("y", "", "", "sum"))


@pytest.mark.parametrize("has_segments", [True, False])
@pytest.mark.parametrize("has_mask", [True, False])
@pytest.mark.parametrize("has_positions", [True, False])
def test_embeddings(has_segments, has_mask, has_positions, tmp_path):
    inputs = {"a": IDS}
    if has_segments:
        inputs["b"] = IDS % 2
    if has_mask:
        inputs["h"] = MASK
    if has_positions:
        inputs["i"] = (IDS + 1) % 6
    absent = {name: None for name in "behi" if name not in inputs}
    constants = {**absent, "c": normal(5, 8), "d": normal(6, 8, seed=8), "f": ROW, "g": OTHER_ROW}
    if has_segments:
        constants["e"] = normal(2, 8, seed=9)
    check(tmp_path / "one.onnx", "EmbedLayerNormalization", MICROSOFT, 17, {"epsilon": 1e-5}, inputs, constants,
          ("y", "counts", "sum"))


REFUSED_NODES = {
    "packed": ("RotaryEmbedding", {"is_packed_batching": 1, "num_heads": 2},
               {"a": normal(2, 5, 16), "b": numpy.array([0])}, {"c": COS, "d": SIN}, ("y",), "is_packed_batching"),
    "scaled": ("RotaryEmbedding", {"scale": 2.0}, {"a": normal(2, 5, 16), "b": numpy.array([0])}, {"c": COS, "d": SIN},
               ("y",), "scales what it turned by 2"),
    "for_training": ("SkipLayerNormalization", {}, {"a": X, "b": X}, {"c": ROW}, ("y", "mean"), "only training needs"),
    "half_a_segment": ("EmbedLayerNormalization", {}, {"a": IDS, "b": IDS},
                       {"c": normal(5, 8), "d": normal(6, 8), "e": None, "f": ROW, "g": ROW}, ("y",), "not both"),
    "unknown": ("MoE", {}, {"a": X}, {}, ("y",), "com.microsoft:MoE"),
}


@pytest.mark.parametrize("node", REFUSED_NODES.values(), ids=REFUSED_NODES)
def test_what_is_not_supported_is_said(node, tmp_path):
    op, attributes, inputs, constants, outputs, reason = node
    save(tmp_path / "one.onnx", op, MICROSOFT, 17, attributes, inputs, constants, outputs)
    assert reason in tinymlc("inspect", tmp_path / "one.onnx", code=REFUSED).stderr

# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Norms of rows, rotary positions and embeddings in int8: of QDQ files, and of float models that are quantised here."""
import re

import numpy
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from conftest import tinymlc
from test_normalization import angles, expected_of, normal


def save(path, nodes, inputs, constants, outputs=("y",), opset=21):
    graph = helper.make_graph(
        [helper.make_node(op, operands, results, **attributes) for op, operands, results, attributes in nodes], "some",
        [helper.make_tensor_value_info(name, helper.np_dtype_to_tensor_dtype(array.dtype), array.shape)
         for name, array in inputs.items()],
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in outputs],
        [numpy_helper.from_array(numpy.asarray(array), name) for name, array in constants.items()])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)], ir_version=10)
    onnx.save(model, path)
    return model


def run(path, inputs, *options):
    folder = path.parent
    numpy.savez(folder / "in.npz", **{name: array[None] for name, array in inputs.items()})
    tinymlc("run", path, "--input", folder / "in.npz", "-o", folder / "out", *options)
    return numpy.load(folder / "out/y.npy")[0]


def kernels_of(path, *options):
    text = tinymlc("inspect", path, *options, "--after", "select").stdout
    return text


def decibels(wanted, got):
    return 10 * numpy.log10((wanted ** 2).sum() / ((wanted - got) ** 2).sum())


def rows_of(depth):
    """Random rows, and such as are constant, have one spike, or lie at the ends of the range."""
    rng = numpy.random.default_rng(depth)
    spike, ends = numpy.full(depth, 0.5), numpy.where(rng.random(depth) < 0.5, -4.0, 4.0)
    spike[depth // 2] = -3.9
    rows = numpy.stack([*rng.normal(0, 1.2, (6, depth)), numpy.full(depth, 1.25), spike, ends])
    return rows.clip(-4, 4).astype(numpy.float32)


NORMS = {"layer_norm": ("LayerNormalization", 21), "rms_norm": ("RMSNormalization", 23)}
TYPES = {"int8": (numpy.int8, 30), "uint8": (numpy.uint8, 30), "int16": (numpy.int16, 50)}


def pair(name, source, result, dtype, scale, zero_point, constants):
    """The nodes that round a tensor to integers of that scale."""
    constants |= {f"{name}_scale": numpy.float32(scale), f"{name}_zero": dtype(zero_point)}
    parameters = [f"{name}_scale", f"{name}_zero"]
    return [("QuantizeLinear", [source, *parameters], [name], {}), ("DequantizeLinear", [name, *parameters], [result], {})]


@pytest.mark.parametrize("depth", [1, 7, 64, 4096])
@pytest.mark.parametrize("kind", TYPES)
@pytest.mark.parametrize("norm", NORMS)
def test_a_norm_between_quantize_and_dequantize_is_integer(norm, kind, depth, tmp_path):
    (op, opset), (dtype, least) = NORMS[norm], TYPES[kind]
    x, constants = rows_of(depth), {"s": normal(depth, mean=1, deviation=0.3), "b": normal(depth, deviation=0.5)}
    operands = ["x_real", "s", "b"] if norm == "layer_norm" else ["x_real", "s"]
    plain = save(tmp_path / "plain.onnx", [(op, ["x", *operands[1:]], ["y"], {})], {"x": x},
                 {name: constants[name] for name in operands[1:]}, opset=opset)
    steps, middle = (65535, 0) if kind == "int16" else (255, 3 if kind == "int8" else 131)
    wanted = expected_of(plain, {"x": x})["y"]
    step = max(2.02 * numpy.abs(wanted).max() / steps, 1e-3 if steps == 255 else 1e-5)
    nodes = [*pair("x_int", "x", "x_real", dtype, 8.2 / steps, middle, constants), (op, operands, ["z"], {}),
             *pair("z_int", "z", "y", dtype, step, 0 if kind == "int16" else middle, constants)]
    names = {name for _, inputs, _, _ in nodes for name in inputs}
    model = save(tmp_path / "qdq.onnx", nodes, {"x": x}, {k: v for k, v in constants.items() if k in names}, opset=opset)
    got = run(tmp_path / "qdq.onnx", {"x": x})
    assert f"norm_{'s16' if kind == 'int16' else 's8'}" in kernels_of(tmp_path / "qdq.onnx")
    qdq = expected_of(model, {"x": x})["y"]
    if steps == 255:
        assert numpy.abs(got - qdq).max() <= 1.01 * step
    if depth > 1:
        # The spikes of long rows leave the others few steps, whoever rounds to them.
        assert decibels(wanted, got) >= min(least, decibels(wanted, qdq) - 0.5)


def test_a_scale_of_integers_is_taken_for_its_reals(tmp_path):
    x, constants = rows_of(32), {"s_int": numpy.arange(-16, 16).astype(numpy.int8), "s_step": numpy.float32(0.1)}
    nodes = [*pair("x_int", "x", "x_real", numpy.int8, 0.033, 1, constants),
             ("DequantizeLinear", ["s_int", "s_step"], ["s"], {}),
             ("LayerNormalization", ["x_real", "s"], ["z"], {}), *pair("z_int", "z", "y", numpy.int8, 0.07, 0, constants)]
    model = save(tmp_path / "qdq.onnx", nodes, {"x": x}, constants)
    assert numpy.abs(run(tmp_path / "qdq.onnx", {"x": x}) - expected_of(model, {"x": x})["y"]).max() <= 0.071
    assert "norm_s8" in kernels_of(tmp_path / "qdq.onnx")


def test_scales_that_are_computed_keep_the_norm_in_float(tmp_path):
    x, constants = rows_of(32), {}
    nodes = [*pair("x_int", "x", "x_real", numpy.int8, 0.033, 1, constants),
             ("LayerNormalization", ["x_real", "s"], ["z"], {}), *pair("z_int", "z", "y", numpy.int8, 0.07, 0, constants)]
    inputs = {"x": x, "s": normal(32)}
    model = save(tmp_path / "qdq.onnx", nodes, inputs, constants)
    assert numpy.abs(run(tmp_path / "qdq.onnx", inputs) - expected_of(model, inputs)["y"]).max() <= 0.071
    assert "norm_f32" in kernels_of(tmp_path / "qdq.onnx")


@pytest.mark.parametrize("interleaved", [0, 1])
def test_rotary_positions_are_integer(interleaved, tmp_path):
    x = normal(1, 9, 24, deviation=1)
    cosine, sine = (table[None] for table in angles(9, 4))
    constants = {"c": cosine, "d": sine}
    turn = {"num_heads": 2, "interleaved": interleaved, "rotary_embedding_dim": 8}
    nodes = [*pair("x_int", "x", "x_real", numpy.int8, 0.03, -4, constants),
             ("RotaryEmbedding", ["x_real", "c", "d"], ["z"], turn), *pair("z_int", "z", "y", numpy.int8, 0.041, 2, constants)]
    model = save(tmp_path / "qdq.onnx", nodes, {"x": x}, constants, opset=23)
    got, wanted = run(tmp_path / "qdq.onnx", {"x": x}), expected_of(model, {"x": x})["y"]
    assert numpy.abs(got - wanted).max() <= 0.0411
    assert (got != wanted).mean() < 0.02
    assert "rotary_embedding_s8" in kernels_of(tmp_path / "qdq.onnx")


def encoder(path, norm, length=12, width=32):
    """Embeddings of tokens and a feed-forward layer with its norms and its residual sum."""
    constants = {"table": normal(50, width, deviation=1), "places": normal(length, width, seed=8, deviation=1),
                 "w1": normal(width, 2 * width, seed=9, deviation=0.2), "b1": normal(2 * width, seed=10, deviation=0.2),
                 "w2": normal(2 * width, width, seed=11, deviation=0.2), "b2": normal(width, seed=12, deviation=0.2),
                 "s1": normal(width, seed=13, mean=1, deviation=0.2), "s2": normal(width, seed=14, mean=1, deviation=0.2)}
    nodes = [("Gather", ["table", "ids"], ["words"], {}), ("Add", ["words", "places"], ["embedded"], {}),
             (norm, ["embedded", "s1"], ["x"], {}), ("MatMul", ["x", "w1"], ["h1"], {}),
             ("Add", ["h1", "b1"], ["h2"], {}), ("Gelu", ["h2"], ["h3"], {}), ("MatMul", ["h3", "w2"], ["h4"], {}),
             ("Add", ["h4", "b2"], ["h5"], {}), ("Add", ["h5", "x"], ["sum"], {}), (norm, ["sum", "s2"], ["y"], {})]
    ids = {"ids": numpy.random.default_rng(1).integers(0, 50, (1, length))}
    return save(path, nodes, ids, constants, opset=23)


@pytest.mark.parametrize("norm", ["LayerNormalization", "RMSNormalization"])
def test_an_encoder_becomes_integer(norm, tmp_path):
    model = encoder(tmp_path / "encoder.onnx", norm)
    rng = numpy.random.default_rng(2)
    numpy.savez(tmp_path / "rows.npz", ids=rng.integers(0, 50, (64, 1, 12)))
    quantized = ("--quantize", "int8", "--calibrate", tmp_path / "rows.npz")
    text = kernels_of(tmp_path / "encoder.onnx", *quantized)
    assert text.count("norm_s8") >= 2 and "lookup" in text
    # What is given is float; nothing else is.
    floats = {kernel for kernel in re.findall(r"\w+_f32", text)} - {"dequantize_f32"}
    assert not floats and "f32[50,32]" not in text, text
    ids = {"ids": rng.integers(0, 50, (1, 12))}
    wanted = expected_of(model, ids)["y"]
    assert decibels(wanted, run(tmp_path / "encoder.onnx", ids, *quantized)) >= 20
    tinymlc("verify", tmp_path / "encoder.onnx", "--oracle", "onnxruntime", *quantized)


def test_a_table_of_integers_stays_one(tmp_path):
    table, ids = numpy.random.default_rng(1).integers(-128, 128, (50, 16)).astype(numpy.int8), numpy.array([[3, 0, 49]])
    constants = {"table": table, "scale": numpy.float32(0.05), "zero": numpy.int8(4), "s": normal(16)}
    reads = [("DequantizeLinear", ["table", "scale", "zero"], ["reals"], {}), ("Gather", ["reals", "ids"], ["x"], {})]
    nodes = [*reads, ("LayerNormalization", ["x", "s"], ["z"], {}), *pair("z_int", "z", "y", numpy.int8, 0.041, 0, constants)]
    model = save(tmp_path / "qdq.onnx", nodes, {"ids": ids}, constants)
    got, wanted = run(tmp_path / "qdq.onnx", {"ids": ids}), expected_of(model, {"ids": ids})["y"]
    assert numpy.abs(got - wanted).max() <= 0.0411
    text = kernels_of(tmp_path / "qdq.onnx")
    assert "norm_s8" in text and "f32[50,16]" not in text

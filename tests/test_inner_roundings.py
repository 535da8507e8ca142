# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Decomposed transformers that onnxruntime quantised, with a pair between any two steps: with --drop-roundings they are
the operators that the float model is, and no further from it than onnxruntime is."""
import json

import numpy
import pytest

from conftest import ROOT, tinymlc, tinymlc_json
from test_attention_forms import FORMS

FOLDER = ROOT / "tests/attention"
MODELS = ("trace_bert", "trace_layer_norm_first", "trace_vit", "trace_written", "trace_functions",
          pytest.param("dynamo_bert", marks=pytest.mark.full))
OPERATORS = ("attention", "layer_norm", "rms_norm", "rotary_embedding", "gelu", "silu")


def samples(path, count, seed):
    import onnxruntime
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    rng = numpy.random.default_rng(seed)
    return [{port.name: rng.standard_normal(port.shape).astype("f4") for port in session.get_inputs()} for _ in range(count)]


def by_onnxruntime(path, inputs):
    import onnxruntime
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    return session.run(None, inputs)[0]


def quantized(source, path):
    from onnxruntime.quantization import CalibrationDataReader, QuantFormat, QuantType, quantize_static

    class Rows(CalibrationDataReader):
        def __init__(self):
            self.rows = iter(samples(source, 32, 1))

        def get_next(self):
            return next(self.rows, None)

    quantize_static(source, path, Rows(), quant_format=QuantFormat.QDQ, activation_type=QuantType.QInt8,
                    weight_type=QuantType.QInt8, per_channel=True)
    return path


def decibels(wanted, got):
    return 10 * numpy.log10((wanted**2).sum() / ((wanted - got)**2).sum())


@pytest.mark.parametrize("name", MODELS)
def test_steps_with_pairs_are_one_operator(name, tmp_path):
    source = FOLDER / f"{name}.onnx"
    path = quantized(source, tmp_path / "qdq.onnx")
    report = tinymlc_json("inspect", path, "--drop-roundings", "--after", "read_planes")
    left = report["nodes_by_op"]
    wanted = {op: count for op, count in FORMS[source.name].items() if op in OPERATORS}
    assert {op: left.get(op, 0) for op in wanted} == wanted, left
    graph = json.loads(report["graph"])
    integers = 0
    types = {value["name"]: value["dtype"] for value in graph["values"]}
    for node in graph["nodes"]:
        # What the model is given is not rounded where onnxruntime's quantiser knows none of the steps that read it.
        if node["op"] in OPERATORS and types[node["inputs"][0]] == "i8":
            integers += 1
            assert types[node["outputs"][0]] == "i8", node["name"]
    assert integers >= sum(wanted.values()) - 1

    ours, theirs = [], []
    for inputs in samples(source, 4, 2):
        files = []
        for number, (port, array) in enumerate(inputs.items()):
            numpy.save(tmp_path / f"{number}.npy", array[None])
            files += ["--input", f"{port}={tmp_path}/{number}.npy"]
        done = tinymlc("run", path, "--drop-roundings", *files, "-o", tmp_path / "out", "--json")
        got = numpy.load(json.loads(done.stdout)["outputs"][0]["file"])[0]
        wanted = by_onnxruntime(source, inputs)
        ours.append(decibels(wanted, got))
        theirs.append(decibels(wanted, by_onnxruntime(path, inputs)))
    print(f"{name}: {numpy.mean(ours):.1f} dB here, {numpy.mean(theirs):.1f} dB as onnxruntime has it")
    assert numpy.mean(ours) >= numpy.mean(theirs) - 1

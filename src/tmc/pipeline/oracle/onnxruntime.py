# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Runs an ONNX model with onnxruntime: onnxruntime.py MODEL INPUTS.npz OUTPUTS.npz

INPUTS holds under each input's name the samples, stacked along a new first axis. OUTPUTS gets every tensor that a node of
the main graph produces, under its name in the same form. Graph optimisations are off: every node computes what it says.
"""
import collections
import pathlib
import sys

# A folder that holds this file must not shadow the package of the same name.
sys.path = [entry for entry in sys.path if pathlib.Path(entry or ".").resolve() != pathlib.Path(__file__).resolve().parent]

import numpy
import onnx
import onnxruntime


def main(model_path, inputs_path, outputs_path):
    model = onnx.load(model_path)
    declared = {value.name for value in model.graph.output}
    produced = [name for node in model.graph.node for name in node.output if name]
    model.graph.output.extend(onnx.ValueInfoProto(name=name) for name in produced if name not in declared)

    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    options.log_severity_level = 3
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])
    samples = numpy.load(inputs_path)
    names = [value.name for value in session.get_inputs()]
    if set(names) != set(samples.files):
        raise SystemExit(f"onnxruntime: the model's inputs are {sorted(names)}, not {sorted(samples.files)}")
    kept = collections.defaultdict(list)
    outputs = [value.name for value in session.get_outputs()]
    for index in range(len(samples[names[0]])):
        values = session.run(outputs, {name: samples[name][index] for name in names})
        for name, value in zip(outputs, values):
            kept[name].append(value)
    numpy.savez(outputs_path, **{name: numpy.stack(rows) for name, rows in kept.items()})


if __name__ == "__main__":
    main(*sys.argv[1:])

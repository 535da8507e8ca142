# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Runs an ONNX model with onnxruntime: onnxruntime.py MODEL INPUTS.npz OUTPUTS.npz

The files are as oracle.hpp says. Graph optimisations are off: every node computes what it says.
"""
import pathlib
import sys

# A folder that holds this file must not shadow the package of the same name.
sys.path = [entry for entry in sys.path if pathlib.Path(entry or ".").resolve() != pathlib.Path(__file__).resolve().parent]
CANNOT_IMPORT = 3  # the exit code for it

try:
    import numpy
    import onnx
    import onnxruntime
except ImportError as missing:
    print(f"onnxruntime: {missing}", file=sys.stderr)
    sys.exit(CANNOT_IMPORT)


def widened(model):
    """A model of half precision in float32, as tinymlc computes it: weights, ports and casts."""
    half = (onnx.TensorProto.FLOAT16, onnx.TensorProto.BFLOAT16)

    def widen(tensor):
        if tensor.data_type in half:
            values = onnx.numpy_helper.to_array(tensor).astype(numpy.float32)
            tensor.CopyFrom(onnx.numpy_helper.from_array(values, tensor.name))

    graph = model.graph
    for tensor in graph.initializer:
        widen(tensor)
    for port in [*graph.input, *graph.output, *graph.value_info]:
        if port.type.tensor_type.elem_type in half:
            port.type.tensor_type.elem_type = onnx.TensorProto.FLOAT
    for node in graph.node:
        for attribute in node.attribute:
            widen(attribute.t)
            if node.op_type == "Cast" and attribute.name == "to" and attribute.i in half:
                attribute.i = onnx.TensorProto.FLOAT
    return model


def class_lists(model):
    """What classifiers and maps call their classes: by output, and all lists of names."""
    by_output, named = {}, []
    for node in model.graph.node:
        for attribute in node.attribute:
            if node.domain != "ai.onnx.ml" or not attribute.name.startswith("classlabels_"):
                continue
            labels = onnx.helper.get_attribute_value(attribute)
            labels = [label.decode() if isinstance(label, bytes) else label for label in labels]
            by_output.update({name: labels for name in node.output})
            if labels and isinstance(labels[0], str):
                named.append(labels)
    return by_output, named


def as_numbers(name, value, classes):
    """A value as tinymlc gives it: a map for each row as a matrix, names of classes as their numbers."""
    by_output, named = classes
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return numpy.array([[row[label] for label in by_output[name]] for row in value], numpy.float32)
    value = numpy.asarray(value)
    if value.dtype.kind not in "OU":
        return value
    for labels in named:
        if set(value.ravel()) <= set(labels):
            return numpy.array([labels.index(label) for label in value.ravel()], numpy.int64).reshape(value.shape)
    return value


def compute(model_path, samples, count):
    """Every tensor that a node of the main graph produces, and the outputs, by name, the samples stacked."""
    model = widened(onnx.load(model_path))
    declared = {value.name for value in model.graph.output}
    produced = [name for node in model.graph.node for name in node.output if name]
    model.graph.output.extend(onnx.ValueInfoProto(name=name) for name in produced if name not in declared)

    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    options.log_severity_level = 3
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])
    inputs = [value.name for value in session.get_inputs()]
    if len(inputs) != len(samples):
        raise ValueError(f"the model has {len(inputs)} inputs, not {len(samples)}")
    outputs = [value.name for value in session.get_outputs()]
    kept = {name: [] for name in outputs}
    classes = class_lists(model)
    for sample in range(count):
        feeds = {name: numpy.asarray(array[sample]) for name, array in zip(inputs, samples)}
        for name, value in zip(outputs, session.run(outputs, feeds)):
            kept[name].append(as_numbers(name, value, classes))
    return {name: numpy.stack(rows) for name, rows in kept.items()}


def readable(tensors):
    """What load_npz takes: plain numbers, at least one."""
    return [(key, array) for key, array in tensors.items() if array.size and array.dtype.kind in "biuf" and array.ndim <= 8]


def main(model_path, inputs_path, outputs_path):
    stored = numpy.load(inputs_path)
    samples = [stored[f"tensor{index}"] for index in range(len(stored.files) - 1)]
    try:
        tensors = compute(model_path, samples, int(stored["samples"]))
    except Exception as problem:  # the package has its own for every kind of refusal
        text = str(problem).strip().splitlines()
        raise SystemExit(f"onnxruntime: {text[0] if text else repr(problem)}")
    arrays = {"oracle": numpy.frombuffer(b"onnxruntime", numpy.uint8)}
    for position, (name, array) in enumerate(readable(tensors)):
        arrays[f"name{position}"] = numpy.frombuffer(name.encode(), numpy.uint8)
        arrays[f"tensor{position}"] = array
    numpy.savez(outputs_path, **arrays)


if __name__ == "__main__":
    main(*sys.argv[1:])

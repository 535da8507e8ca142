# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Runs an ONNX model with onnxruntime: onnxruntime.py MODEL INPUTS.npz OUTPUTS.npz [custom.json]

The files are as oracle.hpp says. Graph optimisations are off: every node computes what it says.
"""
import pathlib
import sys

FOLDER = pathlib.Path(__file__).resolve().parent
# A folder that holds this file must not shadow the package of the same name.
sys.path = [entry for entry in sys.path if pathlib.Path(entry or ".").resolve() != FOLDER]
CANNOT_IMPORT = 3  # the exit code for it

try:
    import numpy
    import onnx
    import onnxruntime
except ImportError as missing:
    print(f"onnxruntime: {missing}", file=sys.stderr)
    sys.exit(CANNOT_IMPORT)

sys.path.append(str(FOLDER))
import custom_nodes  # noqa: E402, behind the packages whose names this folder may have


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
    return numpy.char.encode(value.astype(str), "utf-8")  # strings are bytes to tinymlc


def as_fed(array):
    """An input as onnxruntime takes it."""
    array = numpy.asarray(array)
    return numpy.asarray(numpy.char.decode(array, "utf-8"), object) if array.dtype.kind == "S" else array


def pad_chosen_boxes(graph, values):
    """NonMaxSuppression gives as many rows as it chooses, tinymlc as many as the file declares or as can be chosen, with -1
    behind the last (docs/detection.md). `values`: what is known by name, changed in its place."""
    declared = {value.name: [dim.dim_value for dim in value.type.tensor_type.shape.dim]
                for value in [*graph.output, *graph.value_info]}
    constants = {constant.name: constant for constant in graph.initializer}
    for node in graph.node:
        if node.op_type != "NonMaxSuppression" or node.output[0] not in values or len(node.input) < 3:
            continue
        scores = values.get(node.input[1])
        rows = (declared.get(node.output[0]) or [0])[0]
        if not rows and scores is not None:
            batch, classes, most = scores.shape
            if node.input[2] in constants:
                most = min(most, int(onnx.numpy_helper.to_array(constants[node.input[2]]).reshape(-1)[0]))
            rows = batch * classes * most
        if not rows:
            continue
        chosen = values[node.output[0]][:rows]
        values[node.output[0]] = numpy.pad(chosen, ((0, rows - len(chosen)), (0, 0)), constant_values=-1)


def stacked(kept):
    """By name; what has another shape in another sample is left out, as there is nothing of ours that it is compared with."""
    return {name: numpy.stack(rows) for name, rows in kept.items() if len({row.shape for row in rows}) == 1}


def open_session(model):
    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    options.log_severity_level = 3
    options.intra_op_num_threads = 1
    return onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])


def names_read(node):
    """By the node, and by those in its bodies."""
    bodies = [body for attribute in node.attribute for body in [attribute.g, *attribute.graphs]]
    return [*node.input, *(name for body in bodies for inner in body.node for name in names_read(inner))]


class Part:
    """Some nodes of a model as a model of their own, which gives every tensor that they produce."""

    def __init__(self, model, nodes):
        self.model, self.nodes, self.session = model, nodes, None
        self.read = dict.fromkeys(name for node in nodes for name in names_read(node))

    def run(self, known):
        if not self.nodes:
            return {}
        if self.session is None:
            self.open(known)
        feeds = {value.name: known[value.name] for value in self.session.get_inputs()}
        outputs = [value.name for value in self.session.get_outputs()]
        return dict(zip(outputs, self.session.run(outputs, feeds)))

    def open(self, known):
        graph = self.model.graph
        part = onnx.ModelProto()
        part.CopyFrom(self.model)
        part.graph.ClearField("node")
        part.graph.node.extend(self.nodes)
        for field in ("input", "output", "value_info", "initializer"):
            part.graph.ClearField(field)
        part.graph.initializer.extend(constant for constant in graph.initializer if constant.name in self.read)
        constants = {constant.name for constant in graph.initializer}
        for name in self.read:
            if name in known and name not in constants:
                array = known[name]
                kind = onnx.helper.np_dtype_to_tensor_dtype(array.dtype)
                part.graph.input.append(onnx.helper.make_tensor_value_info(name, kind, array.shape))
        produced = [name for node in self.nodes for name in node.output if name]
        part.graph.output.extend(onnx.ValueInfoProto(name=name) for name in produced)
        self.session = open_session(part)


def compute_in_parts(model_path, samples, count, custom):
    """As `compute`, of a model with nodes that `custom` has by their outputs."""
    model = widened(onnx.load(model_path))
    graph = model.graph
    split = custom_nodes.levels(graph.node, names_read, lambda node: node.output,
                                lambda node: any(name in custom for name in node.output))
    parts = [(Part(model, others), special) for others, special in split]
    constants = {constant.name: onnx.numpy_helper.to_array(constant) for constant in graph.initializer}
    inputs = [value.name for value in graph.input if value.name not in constants]
    kept = {}
    for sample in range(count):
        known = dict(constants)
        known.update((name, as_fed(array[sample])) for name, array in zip(inputs, samples))
        for part, special in parts:
            known.update(part.run(known))
            for node in special:
                entry = next(custom[name] for name in node.output if name in custom)
                known.update(zip(node.output, entry.compute([known[name] for name in node.input])))
        pad_chosen_boxes(graph, known)
        for name, value in known.items():
            if name and name not in constants:
                kept.setdefault(name, []).append(as_numbers(name, value, class_lists(model)))
    return stacked(kept)


def compute(model_path, samples, count):
    """Every tensor that a node of the main graph produces, and the outputs, by name, the samples stacked."""
    model = widened(onnx.load(model_path))
    declared = {value.name for value in model.graph.output}
    produced = [name for node in model.graph.node for name in node.output if name]
    model.graph.output.extend(onnx.ValueInfoProto(name=name) for name in produced if name not in declared)
    session = open_session(model)
    inputs = [value.name for value in session.get_inputs()]
    if len(inputs) != len(samples):
        raise ValueError(f"the model has {len(inputs)} inputs, not {len(samples)}")
    outputs = [value.name for value in session.get_outputs()]
    kept = {name: [] for name in outputs}
    classes = class_lists(model)
    for sample in range(count):
        feeds = {name: as_fed(array[sample]) for name, array in zip(inputs, samples)}
        values = feeds | dict(zip(outputs, session.run(outputs, feeds)))
        pad_chosen_boxes(model.graph, values)
        for name, value in ((name, values[name]) for name in outputs):
            kept[name].append(as_numbers(name, value, classes))
    return stacked(kept)


def readable(tensors):
    """What load_npz takes: plain numbers, at least one."""
    return [(key, array) for key, array in tensors.items() if array.size and array.dtype.kind in "biufS" and array.ndim <= 8]


def main(model_path, inputs_path, outputs_path, custom_path=None):
    stored = numpy.load(inputs_path)
    samples = [stored[f"tensor{index}"] for index in range(len(stored.files) - 1)]
    try:
        if custom_path:
            tensors = compute_in_parts(model_path, samples, int(stored["samples"]), custom_nodes.load(custom_path))
        else:
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

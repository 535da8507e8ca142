# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Runs a TFLite model with LiteRT's reference kernels: litert.py MODEL INPUTS.npz OUTPUTS.npz [custom.json]

The files are as oracle.hpp says. Tensors are known by their index, since names may be missing, equal or no text; they are
named as frontend/tflite names them. The release that scripts/setup pins is asked first, and the newest one, which lies
beside it, where that lacks an operator's version. TensorFlow Lite Micro is asked of custom operators and of an LSTM of int16,
where it is there.
"""
import os
import pathlib
import struct
import sys

CANNOT_IMPORT = 3  # the exit code for it
NEWEST = pathlib.Path(sys.prefix) / "litert-newest"  # where scripts/setup puts the newest release
MICRO = pathlib.Path(sys.prefix) / "tflm"  # and TensorFlow Lite Micro

try:
    import numpy
    from ai_edge_litert.interpreter import Interpreter, OpResolverType
    from flatbuffers import number_types
    from flatbuffers.table import Table
except ImportError as missing:
    print(f"litert: {missing}", file=sys.stderr)
    sys.exit(CANNOT_IMPORT)

import custom_nodes  # noqa: E402, which needs what is imported above
import detections  # noqa: E402


def tables(table, slot):
    """The tables of a vector field; `slot` counts fields from 0."""
    offset = table.Offset(4 + 2 * slot)
    if not offset:
        return
    start = table.Vector(offset)
    for index in range(table.VectorLen(offset)):
        yield Table(table.Bytes, table.Indirect(start + 4 * index))


def integers(table, slot):
    """The elements of a vector field of int32."""
    offset = table.Offset(4 + 2 * slot)
    start = table.Vector(offset) if offset else 0
    return [table.Get(number_types.Int32Flags, start + 4 * index)
            for index in range(table.VectorLen(offset) if offset else 0)]


def root(content):
    return Table(content, int.from_bytes(content[:4], "little"))


def main_graph(content):
    return next(tables(root(content), 2))


def mend_quantized_dimensions(content):
    """Older converters wrote the weights' quantised axis on one-dimensional biases too. The reference kernels ignore it,
    but the loader of today refuses it: set it to 0, the only axis there is."""
    for subgraph in tables(root(content), 2):
        for tensor in tables(subgraph, 0):
            shape = tensor.Offset(4)
            rank = tensor.VectorLen(shape) if shape else 0
            quantization = tensor.Offset(12)
            if not quantization or rank != 1:
                continue
            quantized = Table(content, tensor.Indirect(tensor.Pos + quantization))
            axis = quantized.Offset(16)
            if axis and quantized.Get(number_types.Int32Flags, quantized.Pos + axis) >= rank:
                content[quantized.Pos + axis : quantized.Pos + axis + 4] = bytes(4)


def tensor_names(graph):
    """As bytes, each once: what frontend/tflite/model_view.cpp does."""
    names, seen = [], set()
    for tensor in tables(graph, 0):
        offset = tensor.Offset(10)
        name = tensor.String(tensor.Pos + offset) if offset else b""
        name = name or b"tensor_%d" % len(names)
        while name in seen:
            name += b"_t%d" % len(names)
        seen.add(name)
        names.append(name)
    return names


def number(tensor, slot, flags):
    offset = tensor.Offset(4 + 2 * slot)
    return tensor.Get(flags, tensor.Pos + offset) if offset else 0


def is_resource(tensor):
    return number(tensor, 1, number_types.Int8Flags) == 13


def keeps_state(graph):
    """Whether a tensor is a variable, or a handle of one."""
    return any(number(tensor, 5, number_types.BoolFlags) or is_resource(tensor) for tensor in tables(graph, 0))


class MicroInterpreter:
    """TensorFlow Lite Micro with the methods of LiteRT's interpreter that are called here."""

    def __init__(self, content, inputs):
        from tflite_micro import runtime
        self.inputs = inputs
        self.micro = runtime.Interpreter.from_bytes(bytes(content), arena_size=10 * len(content) + (1 << 24),
                                                    intrepreter_config=runtime.InterpreterConfig.kPreserveAllTensors)

    def set_tensor(self, index, array):
        self.micro.set_input(array, self.inputs.index(index))

    def invoke(self):
        self.micro.invoke()

    def get_tensor(self, index):
        tensor = self.micro.GetTensor(index, 0)
        return numpy.asarray(tensor["tensor_data"]).reshape(tensor["shape"])


def prepare(content, inputs, shapes):
    interpreter = Interpreter(model_content=bytes(content), experimental_op_resolver_type=OpResolverType.BUILTIN_REF,
                              experimental_preserve_all_tensors=True, num_threads=1)
    for index, shape in zip(inputs, shapes):
        interpreter.resize_tensor_input(index, shape)
    interpreter.allocate_tensors()
    return interpreter


def part_of(content, operators, inputs, outputs):
    """The model with some of the main graph's operators, which are tables, and other inputs and outputs."""
    part = bytearray(content)
    graph = main_graph(part)
    start = graph.Vector(graph.Offset(4 + 2 * 3))
    part[start - 4 : start] = struct.pack("<I", len(operators))
    for place, operator in enumerate(operators):
        here = start + 4 * place
        part[here : here + 4] = struct.pack("<I", operator.Pos - here)
    for slot, tensors in ((1, inputs), (2, outputs)):
        field = graph.Pos + graph.Offset(4 + 2 * slot)
        part += bytes(-len(part) % 4)
        part[field : field + 4] = struct.pack("<I", len(part) - field)
        part += struct.pack(f"<{len(tensors) + 1}i", len(tensors), *tensors)
    return part


class Part:
    """Some operators of the main graph as a model of their own."""

    def __init__(self, content, operators):
        self.content, self.operators, self.interpreter = content, operators, None
        self.written = {tensor for operator in operators for tensor in integers(operator, 2)}
        self.read = {tensor for operator in operators for tensor in integers(operator, 1)} - self.written - {-1}

    def run(self, known):
        if not self.operators:
            return {}
        inputs = [tensor for tensor in sorted(self.read) if tensor in known]
        if self.interpreter is None:
            content = part_of(self.content, self.operators, inputs, sorted(self.written))
            self.interpreter = prepare(content, inputs, [known[tensor].shape for tensor in inputs])
        for tensor in inputs:
            self.interpreter.set_tensor(tensor, known[tensor])
        self.interpreter.invoke()
        return {tensor: self.interpreter.get_tensor(tensor).copy() for tensor in self.written}


def constant_of(content, tensor):
    """The array that the file holds for a tensor; None where it holds none."""
    buffer = list(tables(root(content), 4))[number(tensor, 2, number_types.Uint32Flags)]
    offset = buffer.Offset(4)
    if not offset:
        return None
    kinds = {0: "float32", 2: "int32", 7: "int16", 9: "int8"}
    kind = numpy.dtype(kinds[number(tensor, 1, number_types.Int8Flags)])
    values = numpy.frombuffer(bytes(content[buffer.Vector(offset) : buffer.Vector(offset) + buffer.VectorLen(offset)]), kind)
    return values.reshape(integers(tensor, 0))


def compute_in_parts(content, samples, count, custom):
    """As `compute`, of a model with operators that `custom` has by the names of their outputs."""
    graph = main_graph(content)
    if keeps_state(graph):
        raise ValueError("models with variables and custom operators are not run here")
    names = [name.decode(errors="replace") for name in tensor_names(graph)]
    stored = list(tables(graph, 0))
    entry_of = lambda operator: next((custom[names[out]] for out in integers(operator, 2) if names[out] in custom), None)
    split = custom_nodes.levels(list(tables(graph, 3)), lambda operator: integers(operator, 1),
                                lambda operator: integers(operator, 2), lambda operator: entry_of(operator) is not None)
    parts = [(Part(content, others), special) for others, special in split]
    kept = {}
    for sample in range(count):
        known = {tensor: numpy.asarray(array[sample]) for tensor, array in zip(integers(graph, 1), samples)}
        for part, special in parts:
            known.update(part.run(known))
            for operator in special:
                arrays = [known[tensor] if tensor in known else constant_of(content, stored[tensor])
                          for tensor in integers(operator, 1)]
                known.update(zip(integers(operator, 2), entry_of(operator).compute(arrays)))
        for tensor, array in known.items():
            kept.setdefault(tensor, []).append(array)
    return {tensor: numpy.stack(rows) for tensor, rows in sorted(kept.items())}


def compute(content, samples, count, oracle):
    """The tensors of the main graph that it gives or an operator writes, by index, the samples stacked."""
    graph = main_graph(content)
    inputs = integers(graph, 1)
    if len(inputs) != len(samples):
        raise ValueError(f"the model has {len(inputs)} inputs, not {len(samples)}")

    def prepared():
        if oracle == "tflite micro":
            return MicroInterpreter(content, inputs)
        return prepare(content, inputs, [array.shape[1:] for array in samples])

    interpreter = prepared()
    wanted = {tensor for operator in tables(graph, 3) for tensor in integers(operator, 2)} | set(integers(graph, 2))
    handles = {index for index, tensor in enumerate(tables(graph, 0)) if is_resource(tensor)}
    stateful = keeps_state(graph) or oracle == "tflite micro"
    detectors = detections.detectors(list(tables(root(content), 1)), list(tables(graph, 3)), integers)
    kept = {index: [] for index in sorted(wanted - handles) if index >= 0}
    for sample in range(count):
        if sample > 0 and stateful:
            interpreter = prepared()  # every sample begins anew
        for index, array in zip(inputs, samples):
            interpreter.set_tensor(index, numpy.asarray(array[sample]))
        interpreter.invoke()
        arrays = {index: interpreter.get_tensor(index).copy() for index in kept}
        detections.clear(detectors, arrays)
        for index, rows in kept.items():
            rows.append(arrays[index])
    return {index: numpy.stack(rows) for index, rows in kept.items()}


def readable(tensors):
    """What load_npz takes: plain numbers, at least one."""
    return [(key, array) for key, array in tensors.items() if array.size and array.dtype.kind in "biuf" and array.ndim <= 8]


def another(refusal):
    """Who may know more, and where it lies; or none."""
    if "find op" in refusal and NEWEST.is_dir():
        return "newest litert", NEWEST
    is_int16_lstm = "sequence_lstm.cc" in refusal and "INT64 != FLOAT32" in refusal
    if ("unresolved custom op" in refusal or is_int16_lstm) and (MICRO / "tflite_micro").is_dir():
        return "tflite micro", MICRO
    return None, None


def main(model_path, inputs_path, outputs_path, custom_path="", oracle="litert"):
    with open(model_path, "rb") as file:
        content = bytearray(file.read())
    mend_quantized_dimensions(content)
    stored = numpy.load(inputs_path)
    samples = [stored[f"tensor{index}"] for index in range(len(stored.files) - 1)]
    try:
        count = int(stored["samples"])
        if custom_path:
            tensors = compute_in_parts(content, samples, count, custom_nodes.load(custom_path))
        else:
            tensors = compute(content, samples, count, oracle)
    except (ValueError, RuntimeError) as problem:
        text = str(problem).strip().splitlines()
        text = text[0] if text else repr(problem)
        other, folder = another(text)
        if oracle == "litert" and other:
            os.execve(sys.executable, [sys.executable, *sys.argv[:4], custom_path, other],
                      {**os.environ, "PYTHONPATH": str(folder)})
        raise SystemExit(f"litert: {text}" + (" (neither the pinned release nor the newest)"
                                              if oracle == "newest litert" else ""))
    names = tensor_names(main_graph(content))
    arrays = {"oracle": numpy.frombuffer(oracle.encode(), numpy.uint8)}
    for position, (index, array) in enumerate(readable(tensors)):
        arrays[f"name{position}"] = numpy.frombuffer(names[index], numpy.uint8)
        arrays[f"tensor{position}"] = array
    numpy.savez(outputs_path, **arrays)


if __name__ == "__main__":
    main(*sys.argv[1:])

# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Runs a TFLite model with LiteRT's reference kernels: litert.py MODEL INPUTS.npz OUTPUTS.npz

INPUTS holds under each input's name the samples, stacked along a new first axis. OUTPUTS gets every tensor that an
operator produces, under its name in the same form; names that occur twice are left out.
"""
import collections
import sys

import numpy
from ai_edge_litert.interpreter import Interpreter, OpResolverType
from flatbuffers import number_types
from flatbuffers.table import Table


def tables(table, slot):
    """The tables of a vector field; `slot` counts fields from 0."""
    offset = table.Offset(4 + 2 * slot)
    if not offset:
        return
    start = table.Vector(offset)
    for index in range(table.VectorLen(offset)):
        yield Table(table.Bytes, table.Indirect(start + 4 * index))


def mend_quantized_dimensions(content):
    """Older converters wrote the weights' quantised axis on one-dimensional biases too. The reference kernels ignore it,
    but the loader of today refuses it: set it to 0, the only axis there is."""
    model = Table(content, int.from_bytes(content[:4], "little"))
    for subgraph in tables(model, 2):
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


def produced_tensors(content):
    """Indices of the tensors of the main graph that an operator writes."""
    model = Table(content, int.from_bytes(content[:4], "little"))
    produced = set()
    for operator in tables(next(tables(model, 2)), 3):
        offset = operator.Offset(8)
        start = operator.Vector(offset) if offset else 0
        for index in range(operator.VectorLen(offset) if offset else 0):
            produced.add(operator.Get(number_types.Int32Flags, start + 4 * index))
    return produced


def main(model_path, inputs_path, outputs_path):
    with open(model_path, "rb") as file:
        content = bytearray(file.read())
    mend_quantized_dimensions(content)
    interpreter = Interpreter(model_content=bytes(content),
                              experimental_op_resolver_type=OpResolverType.BUILTIN_REF,
                              experimental_preserve_all_tensors=True, num_threads=1)
    interpreter.allocate_tensors()
    samples = numpy.load(inputs_path)
    inputs = {detail["name"]: detail for detail in interpreter.get_input_details()}
    if set(inputs) != set(samples.files):
        raise SystemExit(f"litert: the model's inputs are {sorted(inputs)}, not {sorted(samples.files)}")
    wanted = produced_tensors(content)
    details = [detail for detail in interpreter.get_tensor_details() if detail["index"] in wanted]
    counts = collections.Counter(detail["name"] for detail in details)
    kept = collections.defaultdict(list)
    for index in range(len(next(iter(samples.values())))):
        for name, detail in inputs.items():
            interpreter.set_tensor(detail["index"], samples[name][index].reshape(detail["shape"]))
        interpreter.invoke()
        for detail in details:
            if counts[detail["name"]] == 1:
                kept[detail["name"]].append(interpreter.get_tensor(detail["index"]).copy())
    numpy.savez(outputs_path, **{name: numpy.stack(rows) for name, rows in kept.items()})


if __name__ == "__main__":
    main(*sys.argv[1:])

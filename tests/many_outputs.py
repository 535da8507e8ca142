# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""TFLite files of one operator with several outputs, a builtin or a custom one, run by LiteRT and by tinymlc."""
import sys

import flatbuffers
import numpy
from flatbuffers import flexbuffers

from conftest import ROOT, tinymlc_json

sys.path.insert(0, str(ROOT / "tests/operators"))
from single_op import BuiltinOperator, Interpreter, OpResolverType, schema  # noqa: E402


def model_of(operator, inputs, outputs, custom_options=None):
    """`operator`: a builtin's number, or the name of a custom one with these options. Inputs and outputs are Tensors."""
    model, graph, code, op = schema.ModelT(), schema.SubGraphT(), schema.OperatorCodeT(), schema.OperatorT()
    model.version, model.buffers, model.operatorCodes, model.subgraphs = 3, [schema.BufferT()], [code], [graph]
    builtin = BuiltinOperator.CUSTOM if isinstance(operator, str) else operator
    code.builtinCode, code.deprecatedBuiltinCode, code.version = builtin, min(builtin, 127), 1
    if isinstance(operator, str):
        code.customCode = operator
        op.customOptions = numpy.frombuffer(flexbuffers.Dumps(custom_options), numpy.uint8)
    graph.tensors = [tensor.flat(model) for tensor in [*inputs, *outputs]]
    op.inputs, op.outputs = list(range(len(inputs))), list(range(len(inputs), len(graph.tensors)))
    graph.inputs = [place for place, tensor in enumerate(inputs) if not tensor.constant]
    graph.outputs, graph.operators = op.outputs, [op]
    builder = flatbuffers.Builder(1024)
    builder.Finish(model.Pack(builder), b"TFL3")
    return bytes(builder.Output())


def by_litert(content, samples):
    """Its outputs, by name, for each sample: the inputs by name. Without XNNPACK, which takes sparse weights for dense ones."""
    interpreter = Interpreter(model_content=content,
                              experimental_op_resolver_type=OpResolverType.BUILTIN_WITHOUT_DEFAULT_DELEGATES)
    interpreter.allocate_tensors()
    results = []
    for sample in samples:
        for detail in interpreter.get_input_details():
            interpreter.set_tensor(detail["index"], sample[detail["name"]])
        interpreter.invoke()
        results.append({detail["name"]: interpreter.get_tensor(detail["index"]).copy()
                        for detail in interpreter.get_output_details()})
    return results


def by_tinymlc(model, samples, folder, target):
    """The same of tinymlc."""
    numpy.savez(folder / "inputs.npz", **{name: numpy.array([sample[name] for sample in samples]) for name in samples[0]})
    report = tinymlc_json("run", model, "--target", target, "--input", folder / "inputs.npz", "-o", folder / "out")
    arrays = {output["name"]: numpy.load(output["file"]) for output in report["outputs"]}
    return [{name: array[index] for name, array in arrays.items()} for index in range(len(samples))]

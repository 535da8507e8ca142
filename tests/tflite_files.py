# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""TFLite files made operator by operator, and LiteRT's answer beside ours."""
import sys

import numpy
from ai_edge_litert.interpreter import Interpreter

from conftest import ROOT, tinymlc

sys.path.insert(0, str(ROOT / "tests/operators"))
from single_op import Tensor, flatbuffers, schema  # noqa: E402

F32, I32, BOOL = numpy.float32, numpy.int32, numpy.bool_
OPTIONS = {"ADD": "AddOptions", "SUB": "SubOptions", "MUL": "MulOptions", "IF": "IfOptions", "WHILE": "WhileOptions",
           "LSTM": "LSTMOptions", "RNN": "RNNOptions", "UNIDIRECTIONAL_SEQUENCE_LSTM": "UnidirectionalSequenceLSTMOptions",
           "BIDIRECTIONAL_SEQUENCE_LSTM": "BidirectionalSequenceLSTMOptions",
           "UNIDIRECTIONAL_SEQUENCE_RNN": "SequenceRNNOptions",
           "BIDIRECTIONAL_SEQUENCE_RNN": "BidirectionalSequenceRNNOptions",
           "REDUCE_MAX": "ReducerOptions", "CONCATENATION": "ConcatenationOptions", "GATHER": "GatherOptions"}


class Model:
    def __init__(self):
        self.model = schema.ModelT()
        self.model.version, self.model.buffers = 3, [schema.BufferT()]
        self.model.operatorCodes, self.model.subgraphs = [], []

    def graph(self):
        self.model.subgraphs.append(Graph(self.model))
        return self.model.subgraphs[-1]

    def write(self, path):
        builder = flatbuffers.Builder(1024)
        builder.Finish(self.model.Pack(builder), b"TFL3")
        path.write_bytes(bytes(builder.Output()))
        return path


class Graph(schema.SubGraphT):
    def __init__(self, model):
        super().__init__()
        self.model = model
        self.tensors, self.operators, self.inputs, self.outputs = [], [], [], []

    def tensor(self, shape=(), kind=F32, data=None, variable=False, scale=None, zero_point=0):
        array = numpy.zeros(shape, kind) if data is None else numpy.asarray(data, kind)
        tensor = Tensor(f"t{len(self.tensors)}", array, scale, zero_point, constant=data is not None, variable=variable)
        self.tensors.append(tensor.flat(self.model))
        return len(self.tensors) - 1

    def variable(self, shape, kind=F32, **quantization):
        """A state, zero before the first run."""
        return self.tensor(shape, kind, variable=True, **quantization)

    def input(self, shape=(), kind=F32, **quantization):
        self.inputs.append(self.tensor(shape, kind, **quantization))
        return self.inputs[-1]

    def op(self, name, inputs, outputs, intermediates=(), **options):
        code, operator = schema.OperatorCodeT(), schema.OperatorT()
        code.builtinCode = getattr(schema.BuiltinOperator, name)
        code.deprecatedBuiltinCode, code.version = min(code.builtinCode, 127), 1
        operator.opcodeIndex, operator.inputs, operator.outputs = len(self.model.operatorCodes), inputs, outputs
        operator.intermediates = list(intermediates)
        if name in OPTIONS:
            operator.builtinOptionsType = getattr(schema.BuiltinOptions, OPTIONS[name])
            operator.builtinOptions = getattr(schema, OPTIONS[name] + "T")()
            for field, value in options.items():
                setattr(operator.builtinOptions, field, value)
        self.model.operatorCodes.append(code)
        self.operators.append(operator)
        return outputs[0]


def litert(path, arrays):
    """Outputs by name, for inputs in their order."""
    interpreter = Interpreter(str(path))
    interpreter.allocate_tensors()
    for detail, array in zip(interpreter.get_input_details(), arrays):
        interpreter.set_tensor(detail["index"], array)
    interpreter.invoke()
    return {detail["name"]: interpreter.get_tensor(detail["index"]) for detail in interpreter.get_output_details()}


def ours(path, model, arrays, folder, target="host"):
    arguments = []
    graph = model.model.subgraphs[0]
    for name, array in zip((graph.tensors[index].name.decode() for index in graph.inputs), arrays):
        numpy.save(folder / f"{name}.npy", array[None])
        arguments += ["--input", f"{name}={folder}/{name}.npy"]
    tinymlc("run", path, "--target", target, *arguments, "-o", folder / "out")
    names = [graph.tensors[index].name.decode() for index in graph.outputs]
    return {name: numpy.load(folder / f"out/{name}.npy")[0] for name in names}


def compare(model, arrays, folder, target="host", tolerance=1e-6):
    path = model.write(folder / "model.tflite")
    found = ours(path, model, arrays, folder, target)
    for name, expected in litert(path, arrays).items():
        numpy.testing.assert_allclose(found[name], expected, rtol=tolerance, atol=tolerance)

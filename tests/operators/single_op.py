# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Builds TFLite models of one operator, or of several side by side, and runs one in LiteRT's reference kernels."""

import flatbuffers
import numpy as np
from ai_edge_litert import schema_py_generated as schema
from ai_edge_litert.interpreter import Interpreter, OpResolverType
from flatbuffers import flexbuffers

BuiltinOperator = schema.BuiltinOperator
BuiltinOptions = schema.BuiltinOptions

TYPES = {np.dtype(np.int8): ("i8", schema.TensorType.INT8), np.dtype(np.uint8): ("u8", schema.TensorType.UINT8),
         np.dtype(np.int16): ("i16", schema.TensorType.INT16), np.dtype(np.int32): ("i32", schema.TensorType.INT32),
         np.dtype(np.uint32): ("u32", schema.TensorType.UINT32), np.dtype(np.uint64): ("u64", schema.TensorType.UINT64),
         np.dtype(np.int64): ("i64", schema.TensorType.INT64), np.dtype(np.float32): ("f32", schema.TensorType.FLOAT32),
         np.dtype(np.float16): ("f16", schema.TensorType.FLOAT16), np.dtype(np.bool_): ("bool", schema.TensorType.BOOL)}


class Tensor:
    """Data with its quantisation; `scale` is a number, a list of one for each index of `axis`, or None. A variable keeps
    from one run to the next what the operator leaves in it; its data say the shape and type alone."""

    def __init__(self, name, data, scale=None, zero_point=0, axis=None, constant=False, variable=False):
        self.name, self.data, self.zero_point, self.constant, self.variable = name, data, zero_point, constant, variable
        self.scale = None if scale is None else np.asarray(scale, np.float32)
        self.axis = axis if self.scale is not None and self.scale.size > 1 else None

    def text(self):
        """As a graph in text form declares it."""
        text = f"{self.name}: {TYPES[self.data.dtype][0]}[{','.join(map(str, self.data.shape))}]"
        if self.scale is None:
            return text
        if self.axis is not None:
            return text + f" axis={self.axis} scale=[{','.join(f'{scale:.9g}' for scale in self.scale)}]"
        text += f" scale={self.scale.item():.9g}"
        return text + (f" zero_point={self.zero_point}" if self.zero_point else "")

    def flat(self, model):
        """The tensor of a TFLite model, to which its data are added where it is constant."""
        tensor = schema.TensorT()
        tensor.name, tensor.shape, tensor.type = self.name.encode(), list(self.data.shape), TYPES[self.data.dtype][1]
        tensor.isVariable = self.variable
        if self.constant:
            buffer = schema.BufferT()
            buffer.data = np.frombuffer(np.ascontiguousarray(self.data).tobytes(), np.uint8)
            model.buffers.append(buffer)
            tensor.buffer = len(model.buffers) - 1
        if self.scale is not None:
            quantization = schema.QuantizationParametersT()
            quantization.scale = np.atleast_1d(self.scale)
            quantization.zeroPoint = np.full(quantization.scale.size, self.zero_point, np.int64)
            quantization.quantizedDimension = self.axis or 0
            tensor.quantization = quantization
        return tensor


def options(kind, **fields):
    """The builtin options table `kind` with these fields."""
    table = getattr(schema, kind + "T")()
    for name, value in fields.items():
        assert hasattr(table, name), (kind, name)
        setattr(table, name, value)
    return kind, table


def build(builtin, inputs, output, builtin_options, absent=()):
    """`absent`: places of optional inputs that are left out."""
    return build_model([(builtin, inputs, output, builtin_options)], absent)


def outputs_of(operator):
    """Of an operator as build_model takes it."""
    output = operator[2]
    return output if isinstance(output, list) else [output]


def build_model(operators, absent=()):
    """A model of operators side by side: (builtin, inputs, output, builtin_options). Each has tensors of its own, but for
    an input that is the very tensor of an operator before it. `builtin` is the name of a custom operator where it is a text, and
    its options a dictionary; several outputs are a list."""
    model, graph = schema.ModelT(), schema.SubGraphT()
    model.version, model.buffers, model.operatorCodes, model.subgraphs = 3, [schema.BufferT()], [], [graph]
    graph.tensors, graph.operators, graph.inputs, graph.outputs = [], [], [], []
    places, read = {}, {id(tensor) for _, inputs, *_ in operators for tensor in inputs}
    for each in operators:
        builtin, inputs, _, builtin_options = each
        operator, outputs = schema.OperatorT(), outputs_of(each)
        given = [tensor for tensor in inputs if id(tensor) not in places]
        for tensor in [*given, *outputs]:
            places[id(tensor)] = len(graph.tensors)
            graph.tensors.append(tensor.flat(model))
        operator.inputs, operator.outputs = ([places[id(tensor)] for tensor in those] for those in (inputs, outputs))
        for place in absent:
            operator.inputs.insert(place, -1)
        operator.opcodeIndex = len(model.operatorCodes)
        model.operatorCodes.append(code_of(builtin))
        if isinstance(builtin, str):
            operator.customOptions = np.frombuffer(flexbuffers.Dumps(builtin_options), np.uint8)
        elif builtin_options:
            operator.builtinOptionsType = getattr(BuiltinOptions, builtin_options[0])
            operator.builtinOptions = builtin_options[1]
        graph.operators.append(operator)
        graph.outputs += [places[id(tensor)] for tensor in outputs if id(tensor) not in read]
        graph.inputs += [places[id(tensor)] for tensor in given if not (tensor.constant or tensor.variable)]
    builder = flatbuffers.Builder(1024)
    builder.Finish(model.Pack(builder), b"TFL3")
    return bytes(builder.Output())


def code_of(builtin):
    code = schema.OperatorCodeT()
    code.version = 1
    if isinstance(builtin, str):
        code.customCode, builtin = builtin, BuiltinOperator.CUSTOM
    code.builtinCode, code.deprecatedBuiltinCode = builtin, min(builtin, 127)
    return code


def run(builtin, inputs, output, builtin_options=None):
    """The output's data."""
    interpreter = Interpreter(model_content=build(builtin, inputs, output, builtin_options),
                              experimental_op_resolver_type=OpResolverType.BUILTIN_REF)
    interpreter.allocate_tensors()
    variable = [tensor for tensor in inputs if not tensor.constant]
    for detail, tensor in zip(interpreter.get_input_details(), variable):
        interpreter.set_tensor(detail["index"], tensor.data)
    interpreter.invoke()
    result = interpreter.get_tensor(interpreter.get_output_details()[0]["index"])
    assert result.shape == output.data.shape and result.dtype == output.data.dtype, (result.shape, output.data.shape)
    return result

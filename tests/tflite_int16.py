# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""int8 TFLite models as ones of int16 activations and int8 weights, as requantize_flatbuffer.py of TensorFlow Lite Micro makes
them: TensorFlow's converter refuses an LSTM there."""
import numpy
from ai_edge_litert import schema_py_generated as schema

from tflite_files import flatbuffers

# Where operators have weights, and the biases that go with them.
BIASES = {schema.BuiltinOperator.FULLY_CONNECTED: ({1}, {2: 1}),
          schema.BuiltinOperator.UNIDIRECTIONAL_SEQUENCE_LSTM: (set(range(1, 9)), {12 + gate: 1 + gate for gate in range(4)})}


def to_int16(content):
    """The content of a file with its int8 tensors, but for weights, in int16 of the range that they had."""
    model = schema.ModelT.InitFromObj(schema.Model.GetRootAsModel(content, 0))
    graph = model.subgraphs[0]
    weights, biases = set(), {}
    for operator in graph.operators:
        code = model.operatorCodes[operator.opcodeIndex]
        of_weights, of_biases = BIASES.get(max(code.builtinCode, code.deprecatedBuiltinCode), (set(), {}))
        weights |= {operator.inputs[place] for place in of_weights}
        biases |= {operator.inputs[place]: (operator.inputs[0], operator.inputs[of]) for place, of in of_biases.items()}
    for index, tensor in enumerate(graph.tensors):
        if tensor.type == schema.TensorType.INT8 and index not in weights:
            widen(tensor)
    for bias, operands in biases.items():
        widen_bias(model, graph.tensors[bias], *(graph.tensors[operand].quantization.scale for operand in operands))
    builder = flatbuffers.Builder(1024)
    builder.Finish(model.Pack(builder), b"TFL3")
    return bytes(builder.Output())


def widen(tensor):
    scale, zero_point = tensor.quantization.scale[0], tensor.quantization.zeroPoint[0]
    most = scale * max(128 - zero_point, 128 + zero_point)
    tensor.type = schema.TensorType.INT16
    tensor.quantization.scale = numpy.array([most / 32767], numpy.float32)
    tensor.quantization.zeroPoint = numpy.array([0], numpy.int64)


def widen_bias(model, tensor, input_scales, weight_scales):
    stored = numpy.asarray(model.buffers[tensor.buffer].data, numpy.uint8).view(numpy.int32)
    scales = numpy.asarray(input_scales[0] * numpy.asarray(weight_scales), numpy.float32)
    wide = numpy.round(stored * tensor.quantization.scale / scales).astype(numpy.int64)
    tensor.type, tensor.quantization.scale = schema.TensorType.INT64, scales
    buffer = schema.BufferT()
    buffer.data = numpy.frombuffer(wide.tobytes(), numpy.uint8)
    model.buffers.append(buffer)
    tensor.buffer = len(model.buffers) - 1

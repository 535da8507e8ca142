# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Float TFLite models of recurrent layers as int8 ones, with the graphs of their loops: what a quantiser leaves of them where
every trip of a loop has the same scales. The scales fit no data; it is the bits that tests are about."""
import numpy
from ai_edge_litert import schema_py_generated as schema

from tflite_files import flatbuffers

NAMES = {value: name for name, value in vars(schema.BuiltinOperator).items() if isinstance(value, int)}
# Their results have the scale of their operands.
MOVES = {"RESHAPE", "TRANSPOSE", "GATHER", "SLICE", "STRIDED_SLICE", "SPLIT", "CONCATENATION", "REVERSE_V2"}
RANGES = {"LOGISTIC": (1 / 256, -128), "TANH": (1 / 128, 0)}
DEFAULT = (0.03, -4)


class Quantizer:
    def __init__(self, content):
        self.model = schema.ModelT.InitFromObj(schema.Model.GetRootAsModel(content, 0))
        self.parents, self.ranges, self.biases, self.weights = {}, {}, {}, set()

    def name_of(self, operator):
        code = self.model.operatorCodes[operator.opcodeIndex]
        return NAMES[max(code.builtinCode, code.deprecatedBuiltinCode)]

    def root(self, tensor):
        while tensor in self.parents:
            tensor = self.parents[tensor]
        return tensor

    def unite(self, tensors):
        roots = {self.root(tensor) for tensor in tensors if self.is_float(tensor)}
        first = roots.pop() if roots else None
        self.parents.update({root: first for root in roots})

    def tensor(self, tensor):
        return self.model.subgraphs[tensor[0]].tensors[tensor[1]]

    def is_float(self, tensor):
        return tensor[1] >= 0 and self.tensor(tensor).type == schema.TensorType.FLOAT32

    def collect(self):
        for g, graph in enumerate(self.model.subgraphs):
            for operator in graph.operators:
                name = self.name_of(operator)
                inputs, outputs = [(g, i) for i in operator.inputs], [(g, i) for i in operator.outputs]
                if name in MOVES:
                    self.unite(inputs + outputs)
                elif name == "FULLY_CONNECTED":
                    self.weights.add(inputs[1])
                    if len(inputs) > 2 and inputs[2][1] >= 0:
                        self.biases[inputs[2]] = inputs[:2]
                elif name == "WHILE":
                    self.unite_loop(inputs, outputs, operator.builtinOptions)
        for g, graph in enumerate(self.model.subgraphs):
            for operator in graph.operators:
                if self.name_of(operator) in RANGES:
                    self.ranges[self.root((g, operator.outputs[0]))] = RANGES[self.name_of(operator)]

    def unite_loop(self, inputs, outputs, options):
        body, condition = options.bodySubgraphIndex, options.condSubgraphIndex
        for place, (given, result) in enumerate(zip(inputs, outputs)):
            parts = [(body, self.model.subgraphs[body].inputs[place]), (body, self.model.subgraphs[body].outputs[place]),
                     (condition, self.model.subgraphs[condition].inputs[place])]
            self.unite([given, result, *parts])

    def range_of(self, tensor):
        if tensor in self.weights:
            return float(numpy.abs(self.values(tensor)).max() or 1) / 127, 0
        return self.ranges.get(self.root(tensor), DEFAULT)

    def values(self, tensor):
        data = self.model.buffers[self.tensor(tensor).buffer].data
        return None if data is None or len(data) == 0 else numpy.asarray(data, numpy.uint8).view(numpy.float32)

    def run(self):
        self.collect()
        changed = [(g, i) for g, graph in enumerate(self.model.subgraphs) for i in range(len(graph.tensors))
                   if self.is_float((g, i))]
        # Weights are looked at for the scales of biases, so all scales come before all changes.
        scales = {tensor: self.range_of(tensor) for tensor in changed}
        for bias, (x, weights) in self.biases.items():
            scales[bias] = (numpy.float32(scales[x][0]) * numpy.float32(scales[weights][0]), 0)
        contents = {tensor: self.values(tensor) for tensor in changed}
        for tensor in changed:
            self.change(tensor, *scales[tensor], contents[tensor], tensor in self.biases)
        builder = flatbuffers.Builder(1024)
        builder.Finish(self.model.Pack(builder), b"TFL3")
        return bytes(builder.Output())

    def change(self, tensor, scale, zero_point, values, is_bias):
        flat = self.tensor(tensor)
        flat.type = schema.TensorType.INT32 if is_bias else schema.TensorType.INT8
        flat.quantization = schema.QuantizationParametersT()
        flat.quantization.scale = numpy.array([scale], numpy.float32)
        flat.quantization.zeroPoint = numpy.array([zero_point], numpy.int64)
        if values is None:
            return
        whole = numpy.round(values / scale) + zero_point
        stored = whole.astype(numpy.int32) if is_bias else numpy.clip(whole, -128, 127).astype(numpy.int8)
        buffer = schema.BufferT()
        buffer.data = numpy.frombuffer(stored.tobytes(), numpy.uint8)
        self.model.buffers.append(buffer)
        flat.buffer = len(self.model.buffers) - 1


def to_int8(path):
    """The content of a file with the model of the file at `path` in int8, inputs and outputs included."""
    return Quantizer(path.read_bytes()).run()

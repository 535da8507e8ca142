# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""ONNX models of one node."""
import onnx
from onnx import TensorProto, helper, numpy_helper


def save_node(path, node, shape, constants=None, opset=17):
    """Writes the model, and returns it: from a float input x of that shape to y, with these arrays as initialisers."""
    graph = helper.make_graph([node], "one", [helper.make_tensor_value_info("x", TensorProto.FLOAT, shape)],
                              [helper.make_tensor_value_info("y", TensorProto.FLOAT, None)],
                              [numpy_helper.from_array(array, name) for name, array in (constants or {}).items()])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)], ir_version=9)
    onnx.save(model, path)
    return model

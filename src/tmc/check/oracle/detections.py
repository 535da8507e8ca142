# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""What LiteRT leaves behind the detections of TFLite_Detection_PostProcess, which is any number, as the zeros that we have."""
from flatbuffers import flexbuffers, number_types


def detectors(codes, operators, integers):
    """The outputs of such operators, with how many rows a detection has. Codes and operators are tables; `integers` reads
    a vector of them."""
    found = []
    for operator in operators:
        offset = operator.Offset(4)
        code = codes[operator.Get(number_types.Uint32Flags, operator.Pos + offset) if offset else 0]
        name, options = code.Offset(6), operator.Offset(14)
        if not name or code.String(code.Pos + name) != b"TFLite_Detection_PostProcess" or not options:
            continue
        start = operator.Vector(options)
        said = flexbuffers.Loads(bytes(operator.Bytes[start : start + operator.VectorLen(options)]))
        found.append((integers(operator, 2), 1 if said.get("use_regular_nms") else said["max_classes_per_detection"],
                      said["num_classes"]))
    return found


def clear(found, arrays):
    """`arrays`: by tensor, of one sample; they are changed in their place."""
    for (boxes, kinds, scores, count), each, classes in found:
        if not all(tensor in arrays for tensor in (boxes, kinds, scores, count)):
            continue
        taken = int(arrays[count].reshape(-1)[0])
        for tensor in (boxes, kinds, scores):
            rows = arrays[tensor][0]
            rows[taken * each:] = 0
            for first in range(0, taken * each, each):
                rows[first + min(each, classes) : first + each] = 0

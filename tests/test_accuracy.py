# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Right answers on labelled data: as many as the reference implementation gets on the same rows."""
import numpy
import pytest

from conftest import shared, tinymlc_json
from test_bit_exact import TFLITE, input_name, real_input

LABELS = {"kws": "data/kws_labels_i32.bin", "ic": "data/cifar_labels_i32.bin", "vww": "data/vww_labels_i32.bin"}


def right_answers(name, tmp_path):
    model = shared(TFLITE[name])
    numpy.save(tmp_path / "in.npy", real_input(name))
    report = tinymlc_json("run", model, "--target", "host", "--input", f"{input_name(model)}={tmp_path / 'in.npy'}", "-o",
                          tmp_path)
    scores = numpy.load(report["outputs"][0]["file"]).reshape(report["samples"], -1)
    labels = numpy.fromfile(shared(LABELS[name]), numpy.int32)
    assert len(labels) == len(scores)
    return int((scores.argmax(axis=1) == labels).sum())


def litert_right_answers(name):
    from ai_edge_litert.interpreter import Interpreter, OpResolverType
    interpreter = Interpreter(str(shared(TFLITE[name])),
                              experimental_op_resolver_type=OpResolverType.BUILTIN_WITHOUT_DEFAULT_DELEGATES)
    interpreter.allocate_tensors()
    at_in, at_out = interpreter.get_input_details()[0]["index"], interpreter.get_output_details()[0]["index"]
    answers = []
    for row in real_input(name):
        interpreter.set_tensor(at_in, row)
        interpreter.invoke()
        answers.append(interpreter.get_tensor(at_out).argmax())
    return int((numpy.array(answers) == numpy.fromfile(shared(LABELS[name]), numpy.int32)).sum())


def test_keywords(tmp_path):
    assert right_answers("kws", tmp_path) == 902


@pytest.mark.parametrize("name", ["ic", "vww"])
def test_as_many_as_litert(name, tmp_path):
    assert right_answers(name, tmp_path) == litert_right_answers(name)

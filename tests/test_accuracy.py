# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Right answers on labelled data: as many as the reference implementation gets on the same rows."""
import numpy
import pytest

from conftest import shared, tinymlc_json
from test_bit_exact import TFLITE, input_name, real_input

pytestmark = pytest.mark.long

LABELS = {"kws": "data/kws_labels_i32.bin", "ic": "data/cifar_labels_i32.bin", "vww": "data/vww_labels_i32.bin"}


def our_scores(name, tmp_path):
    model = shared(TFLITE[name])
    numpy.save(tmp_path / "in.npy", real_input(name))
    report = tinymlc_json("run", model, "--target", "host", "--input", f"{input_name(model)}={tmp_path / 'in.npy'}", "-o",
                          tmp_path)
    return numpy.load(report["outputs"][0]["file"]).reshape(report["samples"], -1)


def litert_scores(name):
    from ai_edge_litert.interpreter import Interpreter, OpResolverType
    interpreter = Interpreter(str(shared(TFLITE[name])), experimental_op_resolver_type=OpResolverType.BUILTIN_REF)
    interpreter.allocate_tensors()
    at_in, at_out = interpreter.get_input_details()[0]["index"], interpreter.get_output_details()[0]["index"]
    scores = []
    for row in real_input(name):
        interpreter.set_tensor(at_in, row)
        interpreter.invoke()
        scores.append(interpreter.get_tensor(at_out).ravel().copy())
    return numpy.array(scores)


def right_answers(name, scores):
    """Rows whose label has the highest score, and those where it is the first to have it."""
    labels = numpy.fromfile(shared(LABELS[name]), numpy.int32)
    assert len(labels) == len(scores)
    of_label = scores[numpy.arange(len(labels)), labels]
    return int((of_label == scores.max(axis=1)).sum()), int((scores.argmax(axis=1) == labels).sum())


def test_keywords(tmp_path):
    # In three rows two words share the highest score; in one of them the label is the second.
    assert right_answers("kws", our_scores("kws", tmp_path)) == (902, 901)


@pytest.mark.parametrize("name", ["ic", "vww"])
def test_as_many_as_litert(name, tmp_path):
    ours, theirs = our_scores(name, tmp_path), litert_scores(name)
    assert right_answers(name, ours) == right_answers(name, theirs)
    assert (ours == theirs).all()

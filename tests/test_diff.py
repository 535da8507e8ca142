# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""What changed between two models, and between two builds."""
import onnx
import onnx.numpy_helper
import pytest

from conftest import example_model, tinymlc, tinymlc_json


@pytest.fixture(scope="module")
def changed_model(tmp_path_factory):
    """The example with one more weight of its last dense layer negated."""
    model = onnx.load(example_model())
    weights = max((t for t in model.graph.initializer if t.data_type == onnx.TensorProto.INT8 and len(t.dims) == 2),
                  key=lambda t: len(t.raw_data))
    array = onnx.numpy_helper.to_array(weights).copy()
    array.flat[0] = -array.flat[0] or 1
    weights.CopyFrom(onnx.numpy_helper.from_array(array, weights.name))
    path = tmp_path_factory.mktemp("changed") / "keywords.onnx"
    onnx.save(model, path)
    return path


def build(folder, *options):
    tinymlc("compile", example_model(), "-o", folder, *options)
    return folder


def test_a_model_is_the_same_as_itself():
    done = tinymlc("diff", example_model(), example_model(), "--target", "mps2-an500", "--exit-code")
    assert done.stdout == "no difference\n"


def test_changed_weights_show_in_the_graph_only(changed_model):
    seen = tinymlc_json("diff", example_model(), changed_model, "--target", "mps2-an500")
    assert {(change["part"], change["field"]) for change in seen["changes"]} == {("graph", "constants")}
    assert len(seen["changes"]) == 1
    tinymlc("diff", example_model(), changed_model, "--target", "mps2-an500", "--exit-code", code=1)
    tinymlc("diff", example_model(), changed_model, "--target", "mps2-an500")


def test_builds_for_speed_and_size_differ_in_their_footprint(tmp_path):
    fast = build(tmp_path / "fast", "--target", "mps2-an500", "--optimize", "speed")
    small = build(tmp_path / "small", "--target", "mps2-an500", "--optimize", "size")
    changes = tinymlc_json("diff", fast, small)["changes"]
    by_field = {(change["part"], change["name"], change["field"]): change for change in changes}
    assert by_field["graph", "settings", "optimize"]["after"] == "size"
    assert by_field["footprint", "model", "predicted_instructions"]["delta"] > 0
    assert by_field["footprint", "model", "predicted_code_bytes"]["delta"] != 0
    table = tinymlc("diff", fast, small).stdout
    assert "predicted_code_bytes" in table and "graph" in table and "(+" in table


def test_builds_with_kept_inputs_differ_in_their_plan(tmp_path):
    plain = build(tmp_path / "plain", "--target", "mps2-an500")
    kept = build(tmp_path / "kept", "--target", "mps2-an500", "--keep-inputs")
    changes = tinymlc_json("diff", plain, kept)["changes"]
    assert any(change["part"] == "plan" and change["name"].startswith("buffer ") for change in changes)


def test_a_model_and_a_folder_are_refused(tmp_path):
    folder = build(tmp_path / "out", "--target", "mps2-an500")
    done = tinymlc("diff", folder, example_model(), code=2)
    assert "TMC200" in done.stderr and "two models" in done.stderr


def test_a_folder_of_others_is_refused(tmp_path):
    (tmp_path / "manifest.json").write_text('{"generator": "somebody"}')
    assert "manifest.json" in tinymlc("diff", tmp_path, tmp_path, code=2).stderr

# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Rows by the names of their columns: CSV and JSON in and out of `run`, of models with named features, of one input a
column as skl2onnx exports them, and of a matrix."""
import csv
import json

import numpy
import pytest
from onnx import TensorProto, helper, save

from boosters import library
from conftest import REFUSED, tinymlc


def columns_model(path, types):
    """One input [rows, 1] for each column, of which the output is the sum in float."""
    nodes = [helper.make_node("Cast", [name], [f"{name}_real"], to=TensorProto.FLOAT) for name in types]
    nodes.append(helper.make_node("Sum", [f"{name}_real" for name in types], ["sum"]))
    inputs = [helper.make_tensor_value_info(name, kind, ["n", 1]) for name, kind in types.items()]
    graph = helper.make_graph(nodes, "columns", inputs, [helper.make_tensor_value_info("sum", TensorProto.FLOAT, ["n", 1])])
    save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9), path)


TYPES = {"age": TensorProto.FLOAT, "count, all": TensorProto.INT64, "is \"new\"": TensorProto.BOOL}
ROWS = [{"age": 1.5, "count, all": 3, "is \"new\"": True}, {"age": -2.25, "count, all": 2**20, "is \"new\"": False},
        {"age": 0.5, "count, all": -7, "is \"new\"": True}]
SUMS = [5.5, 2**20 - 2.25, -5.5]


def write(path, rows, columns=None):
    columns = columns or list(rows[0])
    if path.suffix == ".csv":
        with open(path, "w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, columns)
            writer.writeheader()
            writer.writerows(rows)
    elif path.suffix == ".json":
        path.write_text(json.dumps([{name: row[name] for name in columns} for row in rows]))
    else:
        path.write_text("".join(json.dumps({name: row[name] for name in columns}) + "\n" for row in rows))


def read(path):
    if path.suffix == ".csv":
        with open(path, newline="", encoding="utf-8") as file:
            return list(csv.DictReader(file))
    text = path.read_text()
    return json.loads(text) if path.suffix == ".json" else [json.loads(line) for line in text.splitlines()]


@pytest.mark.parametrize("suffix", [".csv", ".json", ".jsonl", ".ndjson"])
@pytest.mark.parametrize("rows", [1, 3])
def test_a_column_for_each_input_in_any_order(rows, suffix, tmp_path):
    columns_model(tmp_path / "model.onnx", TYPES)
    write(tmp_path / f"in{suffix}", ROWS, sorted(TYPES, reverse=True))
    tinymlc("run", tmp_path / "model.onnx", "--shape", f"n={rows}", "--input", tmp_path / f"in{suffix}", "-o",
            tmp_path / f"out{suffix}")
    assert [float(row["sum"]) for row in read(tmp_path / f"out{suffix}")] == SUMS


@pytest.mark.parametrize("change, says", [
    (lambda row: row.pop("age"), "it lacks the columns 'age'"),
    (lambda row: row.update(extra=1, other=2), "the model knows no columns 'extra', 'other'"),
    (lambda row: row.update({"count, all": 1.5}), "'count, all' of row 1 is '1.5', not a whole number"),
    (lambda row: row.update({"count, all": ""}), "'count, all' of row 1 is ''"),
    (lambda row: row.update({"is \"new\"": "maybe"}), "not true or false"),
    (lambda row: row.update({"age": "old"}), "'age' of row 1 is 'old', not a number"),
])
@pytest.mark.parametrize("suffix", [".csv", ".json"])
def test_errors_name_column_and_row(suffix, change, says, tmp_path):
    columns_model(tmp_path / "model.onnx", TYPES)
    rows = [dict(row) for row in ROWS]
    change(rows[0])
    for row in rows[1:]:
        for name in set(row) - set(rows[0]):
            row.pop(name)
        row.update({name: 0 for name in set(rows[0]) - set(row)})
    write(tmp_path / f"in{suffix}", rows)
    done = tinymlc("run", tmp_path / "model.onnx", "--shape", "n=1", "--input", tmp_path / f"in{suffix}", code=REFUSED)
    assert says in done.stderr and f"in{suffix}" in done.stderr


def test_rows_that_make_up_no_sample_are_refused(tmp_path):
    columns_model(tmp_path / "model.onnx", TYPES)
    write(tmp_path / "in.csv", ROWS)
    done = tinymlc("run", tmp_path / "model.onnx", "--shape", "n=2", "--input", tmp_path / "in.csv", code=REFUSED)
    assert "it has 3 rows, the model takes 2 at a time" in done.stderr


@pytest.mark.parametrize("names", [list("uvwx"), None], ids=["named", "unnamed"])
@pytest.mark.parametrize("suffix", [".csv", ".json"])
def test_features_of_xgboost(suffix, names, tmp_path):
    xgboost = library("xgboost")
    rng = numpy.random.default_rng(2)
    x = rng.normal(size=(60, 4)).astype(numpy.float32)
    x[rng.random(x.shape) < 0.2] = numpy.nan
    booster = xgboost.train({"objective": "multi:softprob", "num_class": 3, "max_depth": 3},
                            xgboost.DMatrix(x, rng.integers(0, 3, 60), feature_names=names), 5)
    booster.save_model(tmp_path / "model.json")
    order = [2, 0, 3, 1]
    columns = names or [f"f{i}" for i in range(4)]
    rows = [{columns[i]: None if numpy.isnan(row[i]) else float(row[i]) for i in order} for row in x]
    write(tmp_path / f"in{suffix}", rows)
    tinymlc("run", tmp_path / "model.json", "--input", tmp_path / f"in{suffix}", "-o", tmp_path / f"out{suffix}")
    found = read(tmp_path / f"out{suffix}")
    assert list(found[0]) == ["prediction_0", "prediction_1", "prediction_2"]
    wanted = booster.predict(xgboost.DMatrix(x, feature_names=names))
    numpy.testing.assert_allclose([[float(value) for value in row.values()] for row in found], wanted, rtol=1e-5)


def test_features_of_lightgbm(tmp_path):
    lightgbm = library("lightgbm")
    rng = numpy.random.default_rng(2)
    x = rng.normal(size=(60, 3)).astype(numpy.float32)
    booster = lightgbm.train({"objective": "regression", "min_data_in_leaf": 2, "verbose": -1},
                             lightgbm.Dataset(x, x[:, 0], feature_name=["p", "q", "r"]), 5)
    booster.save_model(tmp_path / "model.txt")
    write(tmp_path / "in.csv", [dict(zip("rpq", (float(v) for v in (row[2], row[0], row[1])))) for row in x])
    tinymlc("run", tmp_path / "model.txt", "--shape", "rows=20", "--input", tmp_path / "in.csv", "-o", tmp_path / "out.csv")
    found = [float(row["prediction"]) for row in read(tmp_path / "out.csv")]
    numpy.testing.assert_allclose(found, booster.predict(x), rtol=1e-5)


def test_pipeline_of_scikit_learn(tmp_path):
    """A ColumnTransformer, whose export has an input a column; labels and probabilities as rows."""
    skl2onnx, types = library("skl2onnx"), library("skl2onnx.common.data_types")
    compose, preprocessing = library("sklearn.compose"), library("sklearn.preprocessing")
    linear, pipeline = library("sklearn.linear_model"), library("sklearn.pipeline")
    rng = numpy.random.default_rng(5)
    x = rng.normal(size=(50, 3)).astype(numpy.float32)
    transform = compose.ColumnTransformer([("scaled", preprocessing.StandardScaler(), [0, 1]), ("left", "passthrough", [2])])
    model = pipeline.make_pipeline(transform, linear.LogisticRegression()).fit(x, x[:, 0] + x[:, 2] > 0)
    converted = skl2onnx.convert_sklearn(
        model, initial_types=[(name, types.FloatTensorType([None, 1])) for name in ("width", "height", "depth")],
        options={"zipmap": False})
    save(converted, tmp_path / "model.onnx")
    rows = [{"depth": float(row[2]), "width": float(row[0]), "height": float(row[1])} for row in x]
    write(tmp_path / "in.jsonl", rows)
    shapes = [word for name in ("width", "height", "depth") for word in ("--shape", f"{name}=1x1")]
    tinymlc("run", tmp_path / "model.onnx", *shapes, "--input", tmp_path / "in.jsonl", "-o", tmp_path / "out.jsonl")
    found = read(tmp_path / "out.jsonl")
    assert [row["label"] for row in found] == model.predict(x).astype(int).tolist()
    wanted = model.predict_proba(x)
    numpy.testing.assert_allclose([[row["probabilities_0"], row["probabilities_1"]] for row in found], wanted, atol=1e-5)

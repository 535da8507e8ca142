# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Operators of strings against onnxruntime, and against Python where that needs a locale that a machine may lack; tables
with columns of text, and scikit-learn's pipelines with such."""
import csv
import json
import unicodedata

import numpy
import onnxruntime
import pytest
from onnx import TensorProto, helper, save

from boosters import library
from conftest import REFUSED, tinymlc

STRING, FLOAT, INT64 = TensorProto.STRING, TensorProto.FLOAT, TensorProto.INT64
ML = "ai.onnx.ml"
WORDS = ["monday", "Tuesday", "", "MONDAY", "dimanche", "a longer text with spaces", "Zürich", "日本"]


def strings(*texts):
    return numpy.array(texts, object)


def build(path, nodes, arrays, outputs, opset=20):
    kinds = {"O": STRING, "f": FLOAT, "i": INT64}
    graph = helper.make_graph(nodes, "texts", [helper.make_tensor_value_info(name, kinds[array.dtype.kind], array.shape)
                                               for name, array in arrays.items()],
                              [helper.make_tensor_value_info(name, kind, None) for name, kind in outputs.items()])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset), helper.make_opsetid(ML, 4)], ir_version=10)
    save(model, path)
    return model


def oracle(model, arrays):
    return onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"]).run(None, arrays)


def as_bytes(array):
    return numpy.char.encode(array.astype(str), "utf-8") if array.dtype.kind in "OU" else array


def ours(folder, arrays, names, *arguments):
    for name, array in arrays.items():
        numpy.save(folder / f"{name}.npy", as_bytes(array)[None])
        arguments += ("--input", f"{name}={folder / name}.npy")
    tinymlc("run", folder / "model.onnx", *arguments, "-o", folder / "out")
    return [numpy.load(folder / "out" / f"{name}.npy")[0] for name in names]


def compare(folder, nodes, arrays, outputs):
    model = build(folder / "model.onnx", nodes, arrays, outputs)
    for wanted, found in zip(oracle(model, arrays), ours(folder, arrays, list(outputs))):
        numpy.testing.assert_array_equal(found, as_bytes(wanted))


@pytest.mark.parametrize("shape", [(8,), (4, 2), (2, 2, 2)], ids=str)
def test_label_encoders(shape, tmp_path):
    x = strings(*WORDS).reshape(shape)
    keys = ["monday", "Zürich", "", "monday", "日本"]
    nodes = [helper.make_node("LabelEncoder", ["x"], ["numbers"], domain=ML, keys_strings=keys, values_int64s=[5, 6, 7, 8, 9]),
             helper.make_node("LabelEncoder", ["x"], ["reals"], domain=ML, keys_strings=keys, values_floats=[.5, 2, 3, 4, 5],
                              default_float=-7.0),
             helper.make_node("LabelEncoder", ["x"], ["others"], domain=ML, keys_strings=keys[1:3],
                              values_strings=["eine Stadt, ü", "-"], default_string="?"),
             helper.make_node("LabelEncoder", ["numbers"], ["back"], domain=ML, keys_int64s=[5, 7],
                              values_strings=["five", "seven"])]
    compare(tmp_path, nodes, {"x": x}, {"numbers": INT64, "reals": FLOAT, "others": STRING, "back": STRING})


def test_category_mapper_and_one_hot(tmp_path):
    cats = ["monday", "MONDAY", "日本"]
    nodes = [helper.make_node("CategoryMapper", ["x"], ["numbers"], domain=ML, cats_strings=cats, cats_int64s=[3, 1, 4]),
             helper.make_node("CategoryMapper", ["numbers"], ["names"], domain=ML, cats_strings=cats, cats_int64s=[3, 1, 4]),
             helper.make_node("OneHotEncoder", ["x"], ["ones"], domain=ML, cats_strings=cats)]
    compare(tmp_path, nodes, {"x": strings(*WORDS)}, {"numbers": INT64, "names": STRING, "ones": FLOAT})


def test_equal_and_concat(tmp_path):
    a, b = strings(*WORDS)[:, None], strings("monday", "日本", "")
    nodes = [helper.make_node("Equal", ["a", "b"], ["same"]), helper.make_node("StringConcat", ["a", "b"], ["joined"])]
    model = build(tmp_path / "model.onnx", nodes, {"a": a, "b": b}, {"same": TensorProto.BOOL, "joined": STRING})
    same, joined = ours(tmp_path, {"a": a, "b": b}, ["same", "joined"])
    numpy.testing.assert_array_equal(same, a == b)
    numpy.testing.assert_array_equal(joined, as_bytes(a + b))
    numpy.testing.assert_array_equal(joined, as_bytes(oracle(model, {"a": a, "b": b})[1]))


def test_moves(tmp_path):
    """What only moves elements moves strings, at places that a run knows, too."""
    a, b, at = strings(*WORDS).reshape(4, 2), strings("x", "y").reshape(1, 2), numpy.array([3, 0, -1])
    nodes = [helper.make_node("Concat", ["a", "b"], ["all"], axis=0), helper.make_node("Transpose", ["all"], ["turned"]),
             helper.make_node("Gather", ["turned", "at"], ["picked"], axis=1),
             helper.make_node("ArrayFeatureExtractor", ["all", "one"], ["column"], domain=ML),
             helper.make_node("Constant", [], ["one"], value_ints=[1]), helper.make_node("Identity", ["a"], ["copy"]),
             helper.make_node("Shape", ["all"], ["shape"])]
    nodes.sort(key=lambda node: node.op_type != "Constant")
    compare(tmp_path, nodes, {"a": a, "b": b, "at": at},
            {"turned": STRING, "picked": STRING, "column": STRING, "copy": STRING, "shape": INT64})


@pytest.mark.parametrize("change", ["NONE", "LOWER", "UPPER"])
@pytest.mark.parametrize("sensitive", [0, 1])
@pytest.mark.parametrize("shape", [(8,), (1, 8)], ids=str)
def test_normalizer(shape, sensitive, change, tmp_path):
    """In the C locale, which onnxruntime needs no package for: only ASCII has cases."""
    x = strings(*WORDS).reshape(shape)
    node = helper.make_node("StringNormalizer", ["x"], ["y"], case_change_action=change, is_case_sensitive=sensitive,
                            locale="C", stopwords=["Monday", "日本", "tuesday"])
    model = build(tmp_path / "model.onnx", [node], {"x": x}, {"y": STRING})
    wanted = as_bytes(oracle(model, {"x": x})[0])
    found, count = ours(tmp_path, {"x": x}, ["y", "y_count"])
    assert count == wanted.shape[-1]
    numpy.testing.assert_array_equal(found[..., :count], wanted)
    assert (found[..., count:] == b"").all()
    bound = ours(tmp_path, {"x": x}, ["y"], "--bound", "y=3", "--bound", "x=40")[0]
    numpy.testing.assert_array_equal(bound, wanted[..., :3])


@pytest.mark.parametrize("change", ["LOWER", "UPPER"])
def test_cases_of_all_scripts(change, tmp_path):
    """Of every letter of two bytes whose other case has as many, in the scripts that are known here, as Unicode says."""
    turn = str.upper if change == "UPPER" else str.lower
    scripts = ("LATIN", "GREEK", "CYRILLIC", "ARMENIAN")
    known = [*range(0x80, 0x180), *range(0x1f9, 0x220), *range(0x386, 0x3cf), *range(0x400, 0x530), *range(0x531, 0x587)]
    letters = [chr(code) for code in known if unicodedata.name(chr(code), "").startswith(scripts)]
    letters = [one for one in letters if len(turn(one)) == 1 and len(turn(one).encode()) == 2]
    assert len(letters) > 500
    x = strings(*(f"a{one}Z{one}" for one in letters))
    node = helper.make_node("StringNormalizer", ["x"], ["y"], case_change_action=change, is_case_sensitive=1)
    build(tmp_path / "model.onnx", [node], {"x": x}, {"y": STRING})
    found = [text.decode() for text in ours(tmp_path, {"x": x}, ["y"], "--bound", "x=8")[0]]
    wanted = [f"{turn('a')}{turn(one)}{turn('Z')}{turn(one)}" for one in letters]
    assert {f: w for f, w in zip(found, wanted) if f != w} == {}


def test_code_points_and_widths(tmp_path):
    """Arrays of dtype U are UTF-8 to the program; a text that is too long is refused, and a bound makes room."""
    x = numpy.array([["Zürich", "x" * 40]])
    node = helper.make_node("Identity", ["x"], ["y"])
    build(tmp_path / "model.onnx", [node], {"x": x[0].astype(object)}, {"y": STRING})
    numpy.save(tmp_path / "x.npy", x)
    arguments = ["run", tmp_path / "model.onnx", "--input", f"x={tmp_path}/x.npy", "-o", tmp_path / "out"]
    assert "--bound x=40" in tinymlc(*arguments, code=REFUSED).stderr
    tinymlc(*arguments, "--bound", "x=40")
    numpy.testing.assert_array_equal(numpy.load(tmp_path / "out/y.npy"), as_bytes(x))


def test_tables(tmp_path):
    """A column of text and one of numbers in, one of text and one of numbers out."""
    nodes = [helper.make_node("StringConcat", ["city", "dot"], ["y"]),
             helper.make_node("LabelEncoder", ["city"], ["number"], domain=ML, keys_strings=["Bern, CH", "Ulm"],
                              values_floats=[1.5, 2.5]),
             helper.make_node("Add", ["number", "more"], ["sum"])]
    dot = helper.make_node("Constant", [], ["dot"], value_strings=["."])
    rows = [{"city": "Bern, CH", "more": 1}, {"city": "12", "more": 2}, {"city": "Ulm", "more": 3}]
    build(tmp_path / "model.onnx", [dot, *nodes],
          {"city": strings("x").reshape(1, 1), "more": numpy.zeros((1, 1), numpy.float32)}, {"y": STRING, "sum": FLOAT})
    with open(tmp_path / "rows.csv", "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, ["more", "city"])
        writer.writeheader()
        writer.writerows(rows)
    tinymlc("run", tmp_path / "model.onnx", "--input", tmp_path / "rows.csv", "-o", tmp_path / "out.json")
    wanted = [("Bern, CH.", 2.5), ("12.", 2.0), ("Ulm.", 5.5)]
    assert [(row["y"], row["sum"]) for row in json.loads((tmp_path / "out.json").read_text())] == wanted
    (tmp_path / "rows.json").write_text(json.dumps(rows))
    tinymlc("run", tmp_path / "model.onnx", "--input", tmp_path / "rows.json", "-o", tmp_path / "out.csv")
    with open(tmp_path / "out.csv", newline="", encoding="utf-8") as file:
        assert [(row["y"], float(row["sum"])) for row in csv.DictReader(file)] == wanted


@pytest.mark.parametrize("encoder", ["OneHotEncoder", "OrdinalEncoder"])
def test_scikit_learn_pipeline(encoder, tmp_path):
    """Columns of text and of numbers to a classifier, as skl2onnx exports it; verify asks onnxruntime the same."""
    skl2onnx, types = library("skl2onnx"), library("skl2onnx.common.data_types")
    compose, preprocessing = library("sklearn.compose"), library("sklearn.preprocessing")
    pipeline, linear_model = library("sklearn.pipeline"), library("sklearn.linear_model")
    rng = numpy.random.default_rng(2)
    town, kind = rng.choice(["Bern", "Ulm", "Graz"], 60), rng.choice(["a", "b"], 60)
    age = rng.normal(40, 10, 60).astype(numpy.float32)
    rows = numpy.array([town, kind, age], object).T
    y = (age + 10 * (town == "Ulm") - 15 * (kind == "a") > 38).astype(int)
    encode = getattr(preprocessing, encoder)()
    model = pipeline.make_pipeline(compose.ColumnTransformer([("texts", encode, [0, 1])], remainder="passthrough"),
                                   linear_model.LogisticRegression(max_iter=1000)).fit(rows, y)
    inputs = [("town", types.StringTensorType([None, 1])), ("kind", types.StringTensorType([None, 1])),
              ("age", types.FloatTensorType([None, 1]))]
    converted = skl2onnx.convert_sklearn(model, initial_types=inputs, options={id(model): {"zipmap": False}})
    save(converted, tmp_path / "model.onnx")
    with open(tmp_path / "rows.csv", "w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([["town", "kind", "age"], *rows])
    shapes = [word for name, _ in inputs for word in ("--shape", f"{name}=1x1")]
    tinymlc("run", tmp_path / "model.onnx", *shapes, "--input", tmp_path / "rows.csv", "-o", tmp_path / "out.csv")
    with open(tmp_path / "out.csv", newline="", encoding="utf-8") as file:
        answers = list(csv.DictReader(file))
    numpy.testing.assert_array_equal([int(row["label"]) for row in answers], model.predict(rows))
    found = numpy.array([[float(row[f"probabilities_{i}"]) for i in range(2)] for row in answers])
    numpy.testing.assert_allclose(found, model.predict_proba(rows), atol=1e-5)
    for name, column in (("town", as_bytes(town)), ("kind", kind), ("age", age)):
        numpy.save(tmp_path / f"{name}.npy", column.reshape(60, 1, 1))
    given = [word for name, _ in inputs for word in ("--input", f"{name}={tmp_path / name}.npy")]
    tinymlc("verify", tmp_path / "model.onnx", *shapes, "--oracle", "onnxruntime", *given)

# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Operators of the domain ai.onnx.ml on rows of features against onnxruntime: linear models and preprocessing.
tests/test_trees.py has the trees."""
import numpy
import pytest
from onnx import TensorProto, helper, numpy_helper, save

from conftest import shared, tinymlc

ML = "ai.onnx.ml"
NAN = float("nan")
TRANSFORMS = ["NONE", "LOGISTIC", "SOFTMAX", "SOFTMAX_ZERO", "PROBIT"]
TYPES = {"float32": TensorProto.FLOAT, "int64": TensorProto.INT64, "int32": TensorProto.INT32}


def build(path, op, arrays, outputs, version=3, **attributes):
    """Writes a model of one node, whose inputs are these arrays; returns it."""
    node = helper.make_node(op, list(arrays), outputs, domain=ML, **attributes)
    inputs = [helper.make_tensor_value_info(name, TYPES[array.dtype.name], array.shape)
              for name, array in arrays.items()]
    graph = helper.make_graph([node], "structured", inputs, [helper.make_empty_tensor_value_info(o) for o in outputs])
    model = helper.make_model(
        graph, opset_imports=[helper.make_opsetid("", 17), helper.make_opsetid(ML, version)], ir_version=9)
    save(model, path)
    return model


def oracle(model, arrays):
    import onnxruntime
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 4
    session = onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])
    return session.run(None, arrays)


def ours(folder, arrays, outputs, target="host"):
    arguments = []
    for name, array in arrays.items():
        numpy.save(folder / f"{name}.npy", array[None])
        arguments += ["--input", f"{name}={folder / name}.npy"]
    tinymlc("run", folder / "model.onnx", "--target", target, *arguments, "-o", folder / "out")
    return [numpy.load(folder / f"out/{name}.npy")[0] for name in outputs]


def compare(folder, op, arrays, outputs=("y",), **attributes):
    outputs = list(outputs)
    model = build(folder / "model.onnx", op, arrays, outputs, **attributes)
    expected = oracle(model, arrays)
    for name, wanted, actual in zip(outputs, expected, ours(folder, arrays, outputs)):
        assert actual.shape == wanted.shape, name
        assert actual.dtype == wanted.dtype, name
        numpy.testing.assert_allclose(actual, wanted, rtol=2e-5, atol=2e-6, err_msg=name)


def reals(*shape, seed=0):
    return numpy.random.default_rng(seed).normal(0, 1, shape).astype(numpy.float32)


# Between 0 and 1, where the probit is defined.
def shares(*shape, seed=0):
    return numpy.random.default_rng(seed).uniform(0.05, 0.95, shape).astype(numpy.float32)


@pytest.mark.parametrize("transform", TRANSFORMS)
@pytest.mark.parametrize("classes", [1, 2, 3])
def test_linear_classifier(classes, transform, tmp_path):
    if classes == 1 and transform == "PROBIT":
        pytest.skip("onnxruntime leaves the second score as it was in memory")
    weights = shares(classes, 4, seed=1) / 5
    labels = [4, 2, 9][:max(2, classes)]
    compare(tmp_path, "LinearClassifier", {"x": shares(7, 4)}, ("label", "scores"), coefficients=weights.ravel(),
            intercepts=[0.1, -0.05, 0.02][:classes] if classes > 1 else [-0.15], classlabels_ints=labels,
            post_transform=transform)


@pytest.mark.parametrize("transform", TRANSFORMS)
@pytest.mark.parametrize("targets", [1, 3])
def test_linear_regressor(targets, transform, tmp_path):
    compare(tmp_path, "LinearRegressor", {"x": shares(5, 4)}, coefficients=(shares(targets, 4) / 5).ravel(),
            intercepts=[0.05] * targets, targets=targets, post_transform=transform)


PREPROCESSING = [
    ("Normalizer", {"x": reals(4, 5)}, {"norm": "MAX"}),
    ("Normalizer", {"x": reals(4, 5) * [[1], [0], [2], [1]]}, {"norm": "L1"}),
    ("Normalizer", {"x": reals(5)}, {"norm": "L2"}),
    ("Scaler", {"x": reals(3, 4)}, {"offset": [1.0, 2, 3, 4], "scale": [0.5, 2, 1, 3]}),
    ("Scaler", {"x": numpy.arange(6).reshape(3, 2)}, {"offset": [1.0], "scale": [0.25]}),
    ("Imputer", {"x": numpy.array([[1, NAN, 0], [NAN, 2, 0]], numpy.float32)},
     {"imputed_value_floats": [7.0, 8, 9], "replaced_value_float": NAN}),
    ("Imputer", {"x": reals(2, 3).round()}, {"imputed_value_floats": [7.0]}),
    ("Imputer", {"x": numpy.arange(6).reshape(2, 3)}, {"imputed_value_int64s": [7, 8, 9], "replaced_value_int64": 4}),
    ("Binarizer", {"x": reals(3, 4)}, {"threshold": 0.25}),
    ("FeatureVectorizer", {"a": reals(3, 2), "b": reals(3, 4)}, {"inputdimensions": [2, 4]}),
    ("OneHotEncoder", {"x": numpy.array([[3, 1], [2, 8]])}, {"cats_int64s": [1, 2, 3]}),
    ("OneHotEncoder", {"x": numpy.array([[3, 1.5], [2, 8]], numpy.float32)}, {"cats_int64s": [1, 2, 3]}),
    ("LabelEncoder", {"x": numpy.array([[3, 1], [2, 8]])}, {"keys_int64s": [1, 2, 3, 2], "values_int64s": [4, 5, 6, 7]}),
    ("LabelEncoder", {"x": numpy.array([3, 1, 9])},
     {"keys_int64s": [1, 3], "values_floats": [0.5, 2], "default_float": 0.25}),
    ("LabelEncoder", {"x": numpy.array([0.5, NAN, 9], numpy.float32)},
     {"keys_floats": [0.5, NAN], "values_int64s": [4, 5], "version": 4}),
]


@pytest.mark.parametrize("index", range(len(PREPROCESSING)))
def test_preprocessing(index, tmp_path):
    op, arrays, attributes = PREPROCESSING[index]
    arrays = {name: array.astype(numpy.float32) if array.dtype == numpy.float64 else array
              for name, array in arrays.items()}
    compare(tmp_path, op, arrays, **attributes)


@pytest.mark.parametrize("rank", [1, 2])
def test_array_feature_extractor(rank, tmp_path):
    x = reals(*(3, 5)[2 - rank:])
    indices = numpy_helper.from_array(numpy.array([4, 0, 4]), "at")
    node = helper.make_node("ArrayFeatureExtractor", ["x", "at"], ["y"], domain=ML)
    graph = helper.make_graph([node], "extract", [helper.make_tensor_value_info("x", TensorProto.FLOAT, x.shape)],
                              [helper.make_empty_tensor_value_info("y")], [indices])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17), helper.make_opsetid(ML, 3)],
                              ir_version=9)
    save(model, tmp_path / "model.onnx")
    numpy.testing.assert_array_equal(ours(tmp_path, {"x": x}, ["y"])[0], oracle(model, {"x": x})[0])


def test_classes_with_names_are_numbers(tmp_path):
    model = build(tmp_path / "model.onnx", "LinearClassifier", {"x": reals(6, 4)}, ["label", "scores"],
                  coefficients=reals(3, 4, seed=1).ravel(), intercepts=[0.1, 0, 0.2],
                  classlabels_strings=["ant", "bee", "cow"])
    labels, scores = oracle(model, {"x": reals(6, 4)})
    numbers, values = ours(tmp_path, {"x": reals(6, 4)}, ["label", "scores"])
    assert [["ant", "bee", "cow"][number] for number in numbers] == list(labels)
    numpy.testing.assert_allclose(values, scores, rtol=1e-5)
    done = tinymlc("verify", tmp_path / "model.onnx", "--oracle", "onnxruntime")
    assert "'ant', 'bee', 'cow'" in done.stderr


def test_logistic_regression_of_scikit_learn():
    path = shared("models/zoo/lr_mnist_sklearn.onnx")
    assert "pass" in tinymlc("verify", path, "--oracle", "onnxruntime").stdout

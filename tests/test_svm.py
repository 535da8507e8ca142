# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Support vector machines of ai.onnx.ml against onnxruntime: at random, with all kernels, and as scikit-learn trains them
and skl2onnx exports them; and trees with thresholds in double."""
import numpy
import pytest
from onnx import TensorProto, helper, numpy_helper, save

from boosters import library
from conftest import REFUSED, tinymlc
from test_structured_data import ML, build, compare, oracle, ours, reals

KERNELS = ["LINEAR", "POLY", "RBF", "SIGMOID"]
FEATURES = 5


def attributes(kernel, classes, counts, seed=0, degree=3):
    rng = numpy.random.default_rng(seed)
    vectors = sum(counts)
    pairs = classes * (classes - 1) // 2
    return {"kernel_type": kernel, "kernel_params": [0.3, 0.4, float(degree)],
            "support_vectors": reals(vectors, FEATURES, seed=seed).ravel(),
            "coefficients": rng.normal(size=(max(classes - 1, 1), vectors)).astype(numpy.float32).ravel(),
            "rho": rng.normal(size=max(pairs, 1)).astype(numpy.float32)}


@pytest.mark.parametrize("transform", ["NONE", "LOGISTIC", "SOFTMAX", "SOFTMAX_ZERO"])
@pytest.mark.parametrize("classes", [2, 3, 5])
@pytest.mark.parametrize("kernel", KERNELS)
def test_classifiers(kernel, classes, transform, tmp_path):
    counts = [4, 7, 3, 1, 5][:classes]
    compare(tmp_path, "SVMClassifier", {"x": reals(40, FEATURES, seed=9)}, ("label", "scores"), version=1,
            classlabels_ints=[7, 3, 5, 11, 2][:classes], vectors_per_class=counts, post_transform=transform,
            **attributes(kernel, classes, counts, classes))


@pytest.mark.parametrize("degree", [1, 2, 3, 4])
def test_degrees(degree, tmp_path):
    compare(tmp_path, "SVMClassifier", {"x": reals(20, FEATURES)}, ("label", "scores"), version=1,
            classlabels_ints=[0, 1], vectors_per_class=[6, 5], **attributes("POLY", 2, [6, 5], degree=degree))


@pytest.mark.parametrize("a, b", [(-1.5, 0.2), (2.0, -0.1), (-6.0, 3.0), (-0.001, 0.001)])
@pytest.mark.parametrize("kernel", KERNELS)
def test_two_probabilities(kernel, a, b, tmp_path):
    compare(tmp_path, "SVMClassifier", {"x": reals(200, FEATURES, seed=3)}, ("label", "scores"), version=1,
            classlabels_ints=[0, 1], vectors_per_class=[6, 5], prob_a=[a], prob_b=[b], **attributes(kernel, 2, [6, 5]))


@pytest.mark.parametrize("classes", [3, 4, 6])
@pytest.mark.parametrize("kernel", KERNELS)
def test_probabilities_of_more_classes(kernel, classes, tmp_path):
    rng = numpy.random.default_rng(classes)
    counts, pairs = [4, 7, 3, 2, 5, 6][:classes], classes * (classes - 1) // 2
    compare(tmp_path, "SVMClassifier", {"x": reals(200, FEATURES, seed=3)}, ("label", "scores"), version=1,
            classlabels_ints=list(range(classes)), vectors_per_class=counts, prob_a=rng.uniform(-3, 1, pairs).tolist(),
            prob_b=rng.normal(size=pairs).tolist(), **attributes(kernel, classes, counts, seed=classes))


@pytest.mark.parametrize("one_class", [0, 1])
@pytest.mark.parametrize("vectors", [0, 9, 2500])
@pytest.mark.parametrize("kernel", KERNELS)
def test_regressors(kernel, vectors, one_class, tmp_path):
    given = attributes(kernel, 2, [vectors])
    if not vectors:
        given["coefficients"] = reals(FEATURES)
        del given["support_vectors"]
    compare(tmp_path, "SVMRegressor", {"x": reals(30, FEATURES, seed=8)}, version=1, n_supports=vectors,
            one_class=one_class, **{**given, "coefficients": given["coefficients"] / max(1, vectors / 10)})


def test_rows_far_from_zero(tmp_path):
    """Distances of close vectors a long way off: products taken apart would lose them."""
    given = attributes("RBF", 2, [6, 5])
    given["support_vectors"] = given["support_vectors"] + numpy.float32(1000)
    compare(tmp_path, "SVMClassifier", {"x": reals(50, FEATURES) + numpy.float32(1000)}, ("label", "scores"), version=1,
            classlabels_ints=[0, 1], vectors_per_class=[6, 5], **given)


def exported(model, folder, x, **options):
    skl2onnx = library("skl2onnx")
    types = library("skl2onnx.common.data_types")
    kind = types.DoubleTensorType if x.dtype == numpy.float64 else types.FloatTensorType
    converted = skl2onnx.convert_sklearn(model, initial_types=[("x", kind([None, x.shape[1]]))],
                                         options={id(model): options} if options else None)
    save(converted, folder / "model.onnx")
    return converted


def compare_exported(model, folder, x, **options):
    converted = exported(model, folder, x, **options)
    names = [value.name for value in converted.graph.output]
    numpy.save(folder / "x.npy", x[None])
    tinymlc("run", folder / "model.onnx", "--shape", f"x={x.shape[0]}x{x.shape[1]}", "--input", folder / "x.npy", "-o",
            folder / "out")
    for name, wanted in zip(names, oracle(converted, {"x": x})):
        found = numpy.load(folder / "out" / f"{name}.npy")[0]
        if isinstance(wanted, list):
            wanted = numpy.array([list(row.values()) for row in wanted])
        numpy.testing.assert_allclose(found.reshape(wanted.shape), wanted, rtol=2e-5, atol=1e-5, err_msg=name)


def trained_rows(classes):
    rng = numpy.random.default_rng(4)
    x = rng.normal(size=(120, FEATURES)).astype(numpy.float32)
    return x, numpy.digitize(x[:, 0] + x[:, 1] * x[:, 2], numpy.linspace(-1, 1, classes + 1)[1:-1])


@pytest.mark.parametrize("kernel", ["linear", "poly", "rbf", "sigmoid"])
@pytest.mark.parametrize("classes", [2, 4])
def test_scikit_learn_svc(classes, kernel, tmp_path):
    svm = library("sklearn.svm")
    x, y = trained_rows(classes)
    compare_exported(svm.SVC(kernel=kernel).fit(x, y), tmp_path, x, zipmap=False)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("classes", [2, 3, 5])
def test_scikit_learn_svc_with_probabilities(classes, tmp_path):
    svm = library("sklearn.svm")
    x, y = trained_rows(classes)
    compare_exported(svm.SVC(probability=True).fit(x, y), tmp_path, x)


@pytest.mark.parametrize("name", ["SVR", "NuSVR", "OneClassSVM", "LinearSVR"])
def test_scikit_learn_regressors(name, tmp_path):
    svm = library("sklearn.svm")
    x, y = trained_rows(4)
    compare_exported(getattr(svm, name)().fit(x, y.astype(float)), tmp_path, x)


def test_scikit_learn_forest_of_double_rows(tmp_path):
    ensemble = library("sklearn.ensemble")
    x, y = trained_rows(3)
    model = ensemble.RandomForestClassifier(random_state=0, max_depth=5).fit(x, y)
    compare_exported(model, tmp_path, x.astype(numpy.float64), zipmap=False)


def test_numbered_trees_in_double(tmp_path):
    """The older form, whose lists are tensors: x <= 0.1 in double, which no float is."""
    doubles = {"nodes_values_as_tensor": numpy.array([0.1, 0, 0]), "target_weights_as_tensor": numpy.array([0.3, -0.7]),
               "base_values_as_tensor": numpy.array([0.25])}
    node = helper.make_node(
        "TreeEnsembleRegressor", ["x"], ["y"], domain=ML, n_targets=1, nodes_treeids=[0, 0, 0], nodes_nodeids=[0, 1, 2],
        nodes_featureids=[0, 0, 0], nodes_modes=["BRANCH_LEQ", "LEAF", "LEAF"], nodes_truenodeids=[1, 0, 0],
        nodes_falsenodeids=[2, 0, 0], target_treeids=[0, 0], target_nodeids=[1, 2], target_ids=[0, 0],
        **{name: numpy_helper.from_array(array) for name, array in doubles.items()})
    near = numpy.float32(0.1)
    x = numpy.array([[numpy.nextafter(near, numpy.float32(0))], [near], [0.5], [-3]], numpy.float32)
    cast = helper.make_node("Cast", ["rows"], ["x"], to=TensorProto.DOUBLE)
    graph = helper.make_graph([cast, node], "trees", [helper.make_tensor_value_info("rows", TensorProto.FLOAT, x.shape)],
                              [helper.make_tensor_value_info("y", TensorProto.FLOAT, [len(x), 1])])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17), helper.make_opsetid(ML, 3)],
                              ir_version=9)
    save(model, tmp_path / "model.onnx")
    wanted = oracle(model, {"rows": x})[0]
    assert wanted[0] != wanted[1]
    numpy.testing.assert_allclose(ours(tmp_path, {"rows": x}, ["y"])[0], wanted, rtol=1e-6)


@pytest.mark.parametrize("mode", range(6))
def test_double_thresholds_between_floats(mode, tmp_path):
    """Each mode, with thresholds in double on, above and below floats, and rows of the floats themselves."""
    near = numpy.float32([0.1, -0.1, 3.3, -7.7, 1e-40, 0.0, 2e38])
    doubles = numpy.concatenate([near.astype(float) * (1 + shift) for shift in (0, 1e-10, -1e-10)])
    count = len(doubles)
    tensors = {"nodes_splits": doubles, "nodes_modes": numpy.full(count, mode, numpy.uint8),
               "leaf_weights": numpy.concatenate([2.0 ** numpy.arange(count), numpy.zeros(1)])}
    x = numpy.concatenate([near, numpy.nextafter(near, numpy.float32(3e38)), numpy.nextafter(near, numpy.float32(-3e38))])
    x = x.astype(numpy.float32)[:, None]
    node = helper.make_node(
        "TreeEnsemble", ["x"], ["y"], domain=ML, n_targets=1, tree_roots=list(range(count)),
        nodes_featureids=[0] * count, nodes_truenodeids=list(range(count)), nodes_falsenodeids=[count] * count,
        nodes_trueleafs=[1] * count, nodes_falseleafs=[1] * count, leaf_targetids=[0] * (count + 1),
        **{name: numpy_helper.from_array(array) for name, array in tensors.items()})
    cast = helper.make_node("Cast", ["rows"], ["x"], to=TensorProto.DOUBLE)
    graph = helper.make_graph([cast, node], "trees", [helper.make_tensor_value_info("rows", TensorProto.FLOAT, x.shape)],
                              [helper.make_tensor_value_info("y", TensorProto.DOUBLE, [len(x), 1])])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17), helper.make_opsetid(ML, 5)],
                              ir_version=9)
    save(model, tmp_path / "model.onnx")
    wanted = oracle(model, {"rows": x})[0]
    found = ours(tmp_path, {"rows": x}, ["y"])[0]
    assert found.dtype == wanted.dtype == numpy.float64
    numpy.testing.assert_array_equal(found, wanted)


@pytest.mark.parametrize("mode", range(6))
def test_double_features(mode, tmp_path):
    """Each mode, with features in double on, above and below thresholds that no float is, and what is no number."""
    thresholds = numpy.array([0.1, 0.1 + 1e-12, -7.7, 1e-300, 3.3])
    count = len(thresholds)
    tensors = {"nodes_splits": thresholds, "nodes_modes": numpy.full(count, mode, numpy.uint8),
               "leaf_weights": numpy.concatenate([2.0 ** numpy.arange(count) / 3, numpy.zeros(1)])}
    x = numpy.concatenate([thresholds, numpy.nextafter(thresholds, 9e9), numpy.nextafter(thresholds, -9e9), [numpy.nan, numpy.inf]])
    node = helper.make_node(
        "TreeEnsemble", ["x"], ["y"], domain=ML, n_targets=1, tree_roots=list(range(count)),
        nodes_featureids=[0] * count, nodes_truenodeids=list(range(count)), nodes_falsenodeids=[count] * count,
        nodes_trueleafs=[1] * count, nodes_falseleafs=[1] * count, leaf_targetids=[0] * (count + 1),
        **{name: numpy_helper.from_array(array) for name, array in tensors.items()})
    x = x[:, None]
    graph = helper.make_graph([node], "trees", [helper.make_tensor_value_info("x", TensorProto.DOUBLE, x.shape)],
                              [helper.make_tensor_value_info("y", TensorProto.DOUBLE, [len(x), 1])])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17), helper.make_opsetid(ML, 5)], ir_version=9)
    save(model, tmp_path / "model.onnx")
    wanted = oracle(model, {"x": x})[0]
    found = ours(tmp_path, {"x": x}, ["y"])[0]
    assert found.dtype == wanted.dtype == numpy.float64
    numpy.testing.assert_allclose(found, wanted, rtol=1e-15)
    refusal = tinymlc("inspect", tmp_path / "model.onnx", "--target", "mps2-an500", code=REFUSED).stderr
    assert "f64" in refusal

# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Tree ensembles of the domain ai.onnx.ml at random, with all their options, against onnxruntime, on the host and on the
board."""
import numpy
import pytest
from onnx import numpy_helper

from conftest import shared, tinymlc
from test_structured_data import build, oracle, ours

NAN = float("nan")
MODES = ["BRANCH_LEQ", "BRANCH_LT", "BRANCH_GTE", "BRANCH_GT", "BRANCH_EQ", "BRANCH_NEQ"]
TRANSFORMS = ["NONE", "LOGISTIC", "SOFTMAX"]
FEATURES = 5


def grid(rng, *shape):
    """Numbers of which many are equal, so that tests meet their thresholds."""
    return (rng.integers(-6, 7, shape) / 4).astype(numpy.float32)


def rows(rng, missing):
    x = grid(rng, 16, FEATURES)
    x[0, 0] = -0.0
    if missing:
        x[rng.random(x.shape) < 0.2] = NAN
    return x


class Trees:
    """The lists of nodes and weights; `leaf(rng)` gives the (target, weight) pairs of a leaf."""

    def __init__(self, rng, count, depth, modes, missing, leaf, full=False, shared_target=None):
        self.nodes = {key: [] for key in ("treeids", "nodeids", "featureids", "values", "modes", "truenodeids",
                                          "falsenodeids", "missing_value_tracks_true")}
        self.weights = {key: [] for key in ("treeids", "nodeids", "ids", "weights")}
        for tree in range(count):
            self.tree, self.next = tree, 0
            self.target = tree % shared_target if shared_target else None
            self.add(rng, depth, modes, missing, leaf, full or tree == 0)

    def add(self, rng, depth, modes, missing, leaf, full):
        number = self.next
        self.next += 1
        is_leaf = depth == 0 or (not full and rng.random() < 0.25)
        place = len(self.nodes["modes"])
        for key, value in {"treeids": self.tree, "nodeids": number, "featureids": int(rng.integers(FEATURES)),
                           "values": float(grid(rng, 1)[0]), "modes": "LEAF" if is_leaf else str(rng.choice(modes)),
                           "truenodeids": 0, "falsenodeids": 0,
                           "missing_value_tracks_true": int(missing and rng.random() < 0.5)}.items():
            self.nodes[key].append(value)
        if is_leaf:
            for target, weight in leaf(rng, self.target):
                for key, value in {"treeids": self.tree, "nodeids": number, "ids": target, "weights": weight}.items():
                    self.weights[key].append(value)
            return number
        for side in ("truenodeids", "falsenodeids"):
            self.nodes[side][place] = self.add(rng, depth - 1, modes, missing, leaf, full)
        return number

    def attributes(self, target):
        return {**{f"nodes_{key}": values for key, values in self.nodes.items()},
                **{f"{target}_{key}": values for key, values in self.weights.items()}}


def weight(rng, low=-1.0):
    return float(numpy.float32(rng.uniform(low, 1)))


def compare(folder, op, x, outputs, target="host", **attributes):
    model = build(folder / "model.onnx", op, {"x": x}, outputs, **attributes)
    for name, wanted, actual in zip(outputs, oracle(model, {"x": x}), ours(folder, {"x": x}, outputs, target)):
        assert actual.shape == wanted.shape, name
        numpy.testing.assert_allclose(actual, wanted, rtol=1e-5, atol=1e-6, err_msg=name)


def random_regressor(index, folder, target="host"):
    rng = numpy.random.default_rng(index)
    targets = int(rng.integers(1, 4))
    missing = index % 3 == 0
    aggregate = ["SUM", "AVERAGE", "MIN", "MAX"][index % 4]
    dense = bool(rng.integers(2))

    def leaf(rng, target):
        if dense:
            return [(target, weight(rng)) for target in range(targets)]
        return [(int(rng.integers(targets)) if target is None else target, weight(rng))]

    trees = Trees(rng, int(rng.integers(1, 9)), int(rng.integers(1, 7)), MODES[:2] if index % 2 else MODES, missing, leaf,
                  full=index % 5 == 0, shared_target=targets if index % 2 else None)
    base = {} if index % 2 else {"base_values": [weight(rng) for _ in range(targets)]}
    compare(folder, "TreeEnsembleRegressor", rows(rng, missing), ["y"], target, n_targets=targets,
            aggregate_function=aggregate, post_transform=TRANSFORMS[index % 3] if aggregate == "SUM" else "NONE",
            **trees.attributes("target"), **base)


@pytest.mark.parametrize("index", range(40))
def test_regressors(index, tmp_path):
    random_regressor(index, tmp_path)


@pytest.mark.long
@pytest.mark.parametrize("index", [0, 1, 2, 5, 15, 25])
def test_regressors_on_the_board(index, tmp_path):
    random_regressor(index, tmp_path, "mps2-an500")


@pytest.mark.parametrize("transform", TRANSFORMS)
@pytest.mark.parametrize("base", [0, 1, 2])
@pytest.mark.parametrize("low", [0.0, -1.0])
@pytest.mark.parametrize("classes", ["first", "second", "both"])
def test_two_classes(classes, low, base, transform, tmp_path):
    if classes == "second" and base == 2:
        pytest.skip("refused: onnxruntime adds them to what is not there")
    rng = numpy.random.default_rng(7)
    ids = {"first": [0], "second": [1], "both": [0, 1]}[classes]
    trees = Trees(rng, 3, 3, MODES, False, lambda rng, _: [(target, weight(rng, low) / 3) for target in ids])
    values = {"base_values": [0.125, -0.25][:base]} if base else {}
    compare(tmp_path, "TreeEnsembleClassifier", rows(rng, False), ["label", "scores"], post_transform=transform,
            classlabels_int64s=[3, 8], **trees.attributes("class"), **values)


@pytest.mark.parametrize("transform", TRANSFORMS)
@pytest.mark.parametrize("dense", [False, True])
def test_many_classes(dense, transform, tmp_path):
    rng = numpy.random.default_rng(11)

    def leaf(rng, target):
        return [(t, weight(rng)) for t in (range(4) if dense else [target])]

    trees = Trees(rng, 8, 4, MODES[:2], True, leaf, shared_target=4)
    compare(tmp_path, "TreeEnsembleClassifier", rows(rng, True), ["label", "scores"], post_transform=transform,
            classlabels_int64s=[0, 5, 2, 9], base_values=[0.5, 0, -0.5, 0.25], **trees.attributes("class"))


@pytest.mark.parametrize("mode", range(7))
def test_newest_form(mode, tmp_path):
    """TreeEnsemble of opset 5, with sets of numbers to which a feature may belong."""
    rng = numpy.random.default_rng(mode)
    members = [1.0, 3, NAN, -2, 0, 5, NAN] if mode == 6 else []
    tensors = {"nodes_modes": numpy.array([mode, mode], numpy.uint8), "nodes_splits": grid(rng, 2),
               "leaf_weights": grid(rng, 3)}
    if members:
        tensors["membership_values"] = numpy.array(members, numpy.float32)
    x = rows(rng, mode != 6) * (4 if mode == 6 else 1)
    model = build(tmp_path / "model.onnx", "TreeEnsemble", {"x": x}, ["y"], version=5,
                  nodes_featureids=[0, 1], nodes_truenodeids=[1, 1], nodes_falsenodeids=[0, 2], nodes_trueleafs=[0, 1],
                  nodes_falseleafs=[1, 1], leaf_targetids=[0, 1, 0], tree_roots=[0], n_targets=2,
                  nodes_missing_value_tracks_true=[0, 1] if mode < 4 else [0, 0],
                  **{name: numpy_helper.from_array(array, name) for name, array in tensors.items()})
    expected = oracle(model, {"x": x})[0]
    numpy.testing.assert_allclose(ours(tmp_path, {"x": x}, ["y"])[0], expected, rtol=1e-6)


def test_case_of_a_tree():
    path = shared("cases/11b-tree-ensemble/model.onnx")
    assert "pass" in tinymlc("verify", path, "--shape", "N=1", "--oracle", "onnxruntime").stdout

# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""LightGBM's text, read as it is saved, against LightGBM on 10,000 rows each: missing, extreme, and at the thresholds."""
import re

import numpy
import pytest

from boosters import CATEGORIES, extreme_rows, library, ours, training_rows
from conftest import REFUSED, tinymlc, tinymlc_json

CASES = {
    "regression": {"objective": "regression", "num_leaves": 31},
    "square_root": {"objective": "regression", "reg_sqrt": True},
    "l1": {"objective": "regression_l1"},
    "huber": {"objective": "huber"},
    "fair": {"objective": "fair"},
    "quantile": {"objective": "quantile", "alpha": 0.8},
    "mape": {"objective": "mape"},
    "poisson": {"objective": "poisson"},
    "gamma": {"objective": "gamma"},
    "tweedie": {"objective": "tweedie"},
    "binary": {"objective": "binary"},
    "steep": {"objective": "binary", "sigmoid": 2.5},
    "classes": {"objective": "multiclass", "num_class": 3},
    "one_against_all": {"objective": "multiclassova", "num_class": 4, "sigmoid": 0.7},
    "cross_entropy": {"objective": "cross_entropy"},
    "cross_entropy_lambda": {"objective": "cross_entropy_lambda"},
    "ranked": {"objective": "lambdarank"},
    "dart": {"objective": "binary", "boosting": "dart", "drop_rate": 0.5},
    "forest": {"objective": "regression", "boosting": "rf", "bagging_freq": 1, "bagging_fraction": 0.5},
    "forest_of_classes": {"objective": "multiclass", "num_class": 3, "boosting": "rf", "bagging_freq": 1,
                          "bagging_fraction": 0.5},
    "zero_is_missing": {"objective": "binary", "zero_as_missing": True},
    "never_missing": {"objective": "binary", "use_missing": False},
    "one_leaf": {"objective": "regression", "min_data_in_leaf": 5000},
}


def labels(parameters, target):
    objective = parameters["objective"]
    if "num_class" in parameters or objective == "lambdarank":
        count = parameters.get("num_class", 3)
        return numpy.digitize(target, numpy.quantile(target, numpy.linspace(0, 1, count + 1)[1:-1]))
    if "binary" in objective or "entropy" in objective:
        return (target > 0).astype(float)
    return numpy.abs(target) + 0.25 if re.search("gamma|tweedie|poisson", objective) else target


def train(parameters, folder, rounds=12, categories=0, missing=0.1, **more):
    lightgbm = library("lightgbm")
    rng = numpy.random.default_rng(len(str(parameters)))
    x, target = training_rows(rng, categories=categories, missing=missing)
    x[rng.random(x.shape) < 0.1] = 0
    group = {"group": [100] * 6} if parameters["objective"] == "lambdarank" else {}
    data = lightgbm.Dataset(x, labels(parameters, target), categorical_feature=list(range(categories)), **group, **more)
    booster = lightgbm.train({"seed": 1, "num_threads": 1, "verbose": -1, "num_leaves": 9, "min_data_in_leaf": 5,
                              **parameters}, data, rounds)
    booster.save_model(folder / "model.txt")
    return booster, rng


def compare(booster, rng, folder, categories=0):
    text = (folder / "model.txt").read_text()
    thresholds = [float(word) for line in re.findall("^threshold=(.*)$", text, re.M) for word in line.split()]
    x = extreme_rows(rng, thresholds or [0.5], categories)
    wanted = booster.predict(x)
    found = ours(folder, "model.txt", x)
    assert found.shape == wanted.shape
    numpy.testing.assert_allclose(found, wanted, rtol=2e-5, atol=2e-6)
    return text


@pytest.mark.parametrize("name", CASES)
def test_objectives_and_boosters(name, tmp_path):
    compare(*train(CASES[name], tmp_path), tmp_path)


def test_every_missing_type_is_met(tmp_path):
    """decision_type: what is missing goes left or right, and is nothing, zero, or no number."""
    met = set()
    for parameters in ({"zero_as_missing": True}, {"use_missing": False}, {}):
        for missing in (0, 0.2):
            booster, rng = train({"objective": "regression", **parameters}, tmp_path, 30, missing=missing)
            text = compare(booster, rng, tmp_path)
            met |= {int(word) for line in re.findall("^decision_type=(.*)$", text, re.M) for word in line.split()}
    assert {kind >> 2 for kind in met} == {0, 1, 2}
    assert {4, 6, 8, 10} <= met


@pytest.mark.parametrize("onehot", [1, 100], ids=["sets", "one category"])
def test_categories(onehot, tmp_path):
    booster, rng = train({"objective": "regression", "max_cat_to_onehot": onehot, "cat_smooth": 1, "min_data_per_group": 1},
                         tmp_path, categories=2)
    assert re.search("^num_cat=[1-9]", compare(booster, rng, tmp_path, categories=2), re.M)


def test_own_objective_gives_the_sums(tmp_path):
    lightgbm = library("lightgbm")
    rng = numpy.random.default_rng(1)
    x, target = training_rows(rng)
    booster = lightgbm.train({"objective": lambda scores, data: (scores - data.get_label(), numpy.ones_like(scores)),
                              "verbose": -1}, lightgbm.Dataset(x, target), 12)
    booster.save_model(tmp_path / "model.txt")
    compare(booster, rng, tmp_path)


def test_thresholds_between_floats(tmp_path):
    """A float32 beside each double: the way that it takes there is the way that it takes here."""
    booster, _ = train({"objective": "regression"}, tmp_path, 1)
    text = (tmp_path / "model.txt").read_text()
    doubles = [float(word) for word in re.search("^threshold=(.*)$", text, re.M)[1].split()]
    nearest = numpy.float32(doubles)
    assert (nearest.astype(float) != doubles).any()
    x = numpy.zeros((10000, 6), numpy.float32)
    for step in (-1, 0, 1):
        for column in range(6):
            picked = numpy.nextafter(nearest, numpy.float32(9e9 * step)) if step else nearest
            x[step + 1::3, column] = numpy.resize(picked, len(x[step + 1::3]))
    numpy.testing.assert_allclose(ours(tmp_path, "model.txt", x), booster.predict(x), rtol=1e-6)


def test_verify_asks_lightgbm(tmp_path):
    for name in ("classes", "forest", "binary"):
        train(CASES[name], tmp_path)
        report = tinymlc_json("verify", tmp_path / "model.txt", "--oracle", "lightgbm", "--samples", 50)
        assert report["pass"] and report["samples"] == 50 and report["oracle"] == "lightgbm"


@pytest.mark.long
@pytest.mark.parametrize("name", ["binary", "classes", "zero_is_missing"])
def test_on_the_board(name, tmp_path):
    train(CASES[name], tmp_path)
    assert tinymlc_json("verify", tmp_path / "model.txt", "--oracle", "lightgbm", "--target", "mps2-an500")["pass"]


def test_names_are_the_columns(tmp_path):
    train(CASES["binary"], tmp_path, feature_name=list("uvwxyz"))
    assert "columns=[u,v,w,x,y,z]" in tinymlc("inspect", tmp_path / "model.txt", "--after", "import").stdout


@pytest.mark.parametrize("old, new, says", [
    ("objective=binary sigmoid:1", "objective=mine", "objective is 'mine'"),
    ("is_linear=0", "is_linear=1", "linear models"),
    ("max_feature_idx=5", "max_feature_idx=70000", "70000"),
    ("max_feature_idx=5", "max_feature_idx=2", "names"),
    ("num_tree_per_iteration=1", "num_tree_per_iteration=5", "5 targets"),
    ("left_child=", "left_child=0 ", "numbers of 'left_child'"),
    ("split_feature=", "split_feature=x", "no number"),
    ("end of trees", "", "cut short"),
])
def test_what_is_damaged_or_not_supported_is_refused(old, new, says, tmp_path):
    train(CASES["binary"], tmp_path)
    text = (tmp_path / "model.txt").read_text()
    assert old in text
    (tmp_path / "model.txt").write_text(text.replace(old, new, 1))
    assert says in tinymlc("inspect", tmp_path / "model.txt", code=REFUSED).stderr


def test_linear_trees_are_refused(tmp_path):
    train({"objective": "regression", "linear_tree": True}, tmp_path, missing=0)
    assert "linear models" in tinymlc("inspect", tmp_path / "model.txt", code=REFUSED).stderr

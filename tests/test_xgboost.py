# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""XGBoost's JSON, read as it is saved, against XGBoost on 10,000 rows each: missing, extreme, and at the thresholds."""
import json
import re

import numpy
import pytest

from boosters import CATEGORIES, extreme_rows, library, ours, training_rows
from conftest import REFUSED, tinymlc, tinymlc_json

CASES = {
    "squared_error": {"objective": "reg:squarederror", "max_depth": 6},
    "no_base": {"objective": "reg:squarederror", "base_score": 0.0},
    "squared_log": {"objective": "reg:squaredlogerror"},
    "absolute": {"objective": "reg:absoluteerror"},
    "huber": {"objective": "reg:pseudohubererror"},
    "quantiles": {"objective": "reg:quantileerror", "quantile_alpha": [0.1, 0.5, 0.9]},
    "reg_logistic": {"objective": "reg:logistic"},
    "gamma": {"objective": "reg:gamma"},
    "tweedie": {"objective": "reg:tweedie"},
    "binary": {"objective": "binary:logistic"},
    "logitraw": {"objective": "binary:logitraw"},
    "hinge": {"objective": "binary:hinge"},
    "poisson": {"objective": "count:poisson"},
    "cox": {"objective": "survival:cox"},
    "aft": {"objective": "survival:aft"},
    "ranked": {"objective": "rank:ndcg"},
    "softprob": {"objective": "multi:softprob", "num_class": 3},
    "softmax": {"objective": "multi:softmax", "num_class": 4},
    "vectors": {"objective": "multi:softprob", "num_class": 3, "multi_strategy": "multi_output_tree"},
    "forest": {"objective": "binary:logistic", "num_parallel_tree": 4, "subsample": 0.5, "learning_rate": 1},
    "dart": {"objective": "binary:logistic", "booster": "dart", "rate_drop": 0.5},
    "lossguide": {"objective": "reg:squarederror", "grow_policy": "lossguide", "max_leaves": 20, "max_depth": 0},
    "pruned": {"objective": "reg:squarederror", "gamma": 2, "tree_method": "exact"},
    "linear": {"objective": "binary:logistic", "booster": "gblinear"},
    "linear_classes": {"objective": "multi:softprob", "booster": "gblinear", "num_class": 3},
}


def labels(parameters, target):
    objective = parameters["objective"]
    if "num_class" in parameters:
        return numpy.digitize(target, numpy.quantile(target, numpy.linspace(0, 1, parameters["num_class"] + 1)[1:-1]))
    if "logi" in objective or "hinge" in objective or "rank" in objective:
        return (target > 0).astype(float)
    return numpy.abs(target) + 0.25 if re.search("gamma|tweedie|poisson|survival|log", objective) else target


def train(parameters, rounds=12, categories=0, **names):
    xgboost = library("xgboost")
    rng = numpy.random.default_rng(len(str(parameters)))
    x, target = training_rows(rng, categories=categories)
    y = labels(parameters, target)
    types = ["c"] * categories + ["q"] * (x.shape[1] - categories) if categories else None
    data = xgboost.DMatrix(x, y, feature_types=types, enable_categorical=bool(categories), **names)
    if parameters["objective"] == "rank:ndcg":
        data.set_group([100] * 6)
    if parameters["objective"] == "survival:aft":
        data.set_float_info("label_lower_bound", y)
        data.set_float_info("label_upper_bound", y)
    return xgboost.train({"seed": 1, "nthread": 1, "max_depth": 4, **parameters}, data, rounds), rng


def save(booster, folder):
    booster.save_model(folder / "model.json")
    return json.loads((folder / "model.json").read_text())


def thresholds_of(model):
    booster = model["learner"]["gradient_booster"]
    booster = booster.get("gbtree", booster)
    found = [value for tree in booster["model"].get("trees", []) for value in tree["split_conditions"]]
    return found or [0.5]


def compare(booster, rng, folder, categories=0, model=None):
    model = model or save(booster, folder)
    x = extreme_rows(rng, thresholds_of(model), categories)
    types = booster.feature_types
    data = library("xgboost").DMatrix(x, feature_names=booster.feature_names, feature_types=types,
                                      enable_categorical=bool(categories))
    wanted = booster.predict(data)
    found = ours(folder, "model.json", x)
    assert found.shape == wanted.shape
    if found.dtype.kind == "i":
        assert (found != wanted).sum() == 0
        return
    # Linear models meet features of 1e38 with sums that depend on the order.
    sane = numpy.abs(numpy.nan_to_num(x)).max(axis=1) < 1e6 if "linear" in json.dumps(model)[:2000] else slice(None)
    numpy.testing.assert_allclose(found[sane], wanted[sane], rtol=2e-5, atol=2e-6)


@pytest.mark.parametrize("name", CASES)
def test_objectives_and_boosters(name, tmp_path):
    booster, rng = train(CASES[name])
    compare(booster, rng, tmp_path)


@pytest.mark.parametrize("onehot", [1, 100], ids=["sets", "one category"])
def test_categories(onehot, tmp_path):
    booster, rng = train({"objective": "reg:squarederror", "max_cat_to_onehot": onehot, "max_cat_threshold": CATEGORIES},
                         categories=2)
    compare(booster, rng, tmp_path, categories=2)


def test_weighted_forest_without_missing_values_and_one_leaf(tmp_path):
    booster, rng = train({"objective": "reg:squarederror", "min_child_weight": 1e6})  # nothing is split
    compare(booster, rng, tmp_path)


@pytest.mark.parametrize("score", [0.25, "2.5E-1", [0.25], "[2.5E-1]", 0], ids=str)
def test_base_scores_as_releases_write_them(score, tmp_path):
    booster, rng = train({"objective": "reg:squarederror", "base_score": 0.25 if score else 0})
    model = save(booster, tmp_path)
    model["learner"]["learner_model_param"]["base_score"] = score
    (tmp_path / "model.json").write_text(json.dumps(model, indent=1))
    compare(booster, rng, tmp_path, model=model)


def test_verify_asks_xgboost(tmp_path):
    for name in ("softprob", "softmax", "dart"):
        save(train(CASES[name])[0], tmp_path)
        report = tinymlc_json("verify", tmp_path / "model.json", "--oracle", "xgboost", "--samples", 50)
        assert report["pass"] and report["samples"] == 50 and report["oracle"] == "xgboost"


@pytest.mark.long
@pytest.mark.parametrize("name", ["binary", "vectors", "dart"])
def test_on_the_board(name, tmp_path):
    save(train(CASES[name])[0], tmp_path)
    assert tinymlc_json("verify", tmp_path / "model.json", "--oracle", "xgboost", "--target", "mps2-an500")["pass"]


def test_names_are_the_columns(tmp_path):
    booster, _ = train(CASES["binary"], feature_names=list("uvwxyz"))
    save(booster, tmp_path)
    assert "columns=[u,v,w,x,y,z]" in tinymlc("inspect", tmp_path / "model.json", "--after", "import").stdout


def test_best_iteration_is_said(tmp_path):
    booster, _ = train(CASES["binary"])
    booster.set_attr(best_iteration="3")
    save(booster, tmp_path)
    assert "best iteration is 3" in tinymlc("inspect", tmp_path / "model.json").stderr


def change(path, value):
    def changed(model):
        *steps, last = path
        for step in steps:
            model = model[step]
        model[last] = value
    return changed


TREE = ["learner", "gradient_booster", "model", "trees", 0]


@pytest.mark.parametrize("damage, says", [
    (change(["learner", "objective", "name"], "my:loss"), "objective is 'my:loss'"),
    (change(["learner", "gradient_booster", "name"], "gbforest"), "booster is 'gbforest'"),
    (change(["learner"], None), "no 'learner'"),
    (change([*TREE, "left_children"], [0]), "differ in length"),
    (change([*TREE, "left_children", 0], 0), "cycle"),
    (change([*TREE, "left_children", 0], 10**6), "not there"),
    (change([*TREE, "split_indices", 0], 6), "feature 6"),
    (change([*TREE, "split_type", 0], 2), "type"),
    (change(["learner", "learner_model_param", "base_score"], "1.5"), "base_score"),
    (change(["learner", "learner_model_param", "num_feature"], "100000"), "100000 features"),
])
def test_what_is_damaged_or_not_supported_is_refused(damage, says, tmp_path):
    model = save(train(CASES["binary"])[0], tmp_path)
    damage(model)
    (tmp_path / "model.json").write_text(json.dumps(model))
    assert says in tinymlc("inspect", tmp_path / "model.json", code=REFUSED).stderr


def test_other_forms_are_named(tmp_path):
    booster, _ = train(CASES["binary"])
    booster.save_model(tmp_path / "model.ubj")
    booster.dump_model(tmp_path / "dump.json", dump_format="json")
    for name in ("model.ubj", "dump.json"):
        assert "save_model('model.json')" in tinymlc("inspect", tmp_path / name, code=REFUSED).stderr

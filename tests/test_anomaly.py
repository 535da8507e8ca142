# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Anomaly scores by k-means and Gaussian mixtures against scikit-learn: of the preprocessing YAML, and as skl2onnx exports
them."""
import json

import numpy
import onnx
import pytest

from boosters import library
from conftest import REFUSED, tinymlc, tinymlc_json
from sensors import readings, run, sensor, write
from test_sensors import STATISTICS, TARGETS, flat, signals, small_model

pytestmark = pytest.mark.long

COVARIANCES = ["full", "tied", "diag", "spherical"]
FEATURES = 6


def training(count=400, features=FEATURES, seed=1):
    rng = numpy.random.default_rng(seed)
    centres = rng.normal(0, 4, (3, features))
    mixed = rng.normal(size=(features, features))
    return centres[rng.integers(0, 3, count)] + rng.normal(size=(count, features)) @ mixed


def trained(kind, rows):
    if kind == "kmeans":
        return library("sklearn.cluster").KMeans(4, n_init=2, random_state=0).fit(rows)
    return library("sklearn.mixture").GaussianMixture(3, covariance_type=kind, random_state=0).fit(rows)


def described(model):
    """As the three lines of docs/sensors.md do."""
    if hasattr(model, "cluster_centers_"):
        return {"kind": "kmeans", "centroids": model.cluster_centers_.tolist()}
    return {"kind": "gaussian_mixture", "covariance_type": model.covariance_type, "weights": model.weights_.tolist(),
            "means": model.means_.tolist(), "covariances": model.covariances_.tolist()}


def scores(model, rows):
    return model.transform(rows).min(1) if hasattr(model, "transform") else -model.score_samples(rows)


def probes():
    """Rows like those of the training, and far away."""
    rows = training(12, seed=2)
    rows[-3:] *= [[10], [1000], [1e6]]
    return rows.astype(numpy.float32).astype(numpy.float64)


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("scaled", [False, True])
@pytest.mark.parametrize("kind", ["kmeans", *COVARIANCES])
def test_score_beside_the_models_outputs(kind, scaled, target, tmp_path):
    rows = training()
    scaler = library("sklearn.preprocessing").StandardScaler().fit(rows)
    seen = scaler.transform(rows) if scaled else rows
    model = trained(kind, seen)
    how = described(model)
    if scaled:
        how |= {"mean": scaler.mean_.tolist(), "deviation": scaler.scale_.tolist()}
    (tmp_path / "anomaly.json").write_text(json.dumps(how))
    spec = write(tmp_path / "s.yaml", anomaly={"file": "anomaly.json", "threshold": 12.5})
    network = small_model(tmp_path / "small.onnx", FEATURES)
    data = probes()
    expected = scores(model, scaler.transform(data) if scaled else data)
    actual = run(spec, data[:, None].astype(numpy.float32), model=network, target=target)
    assert sorted(actual) == ["anomaly", "classes"]
    numpy.testing.assert_allclose(actual["anomaly"].ravel(), expected, rtol=2e-5, atol=2e-4)
    report = tinymlc_json("run", network, "--preprocess", spec, "--input", tmp_path / "in.npy")
    assert [one["is_above"] for one in report["anomaly"]] == list(expected > 12.5)
    assert tinymlc_json("verify", network, "--preprocess", spec, "--oracle", "onnxruntime", "--target", target)["pass"]


@pytest.mark.parametrize("target", TARGETS)
def test_sensor_and_score_without_a_model_file(target, tmp_path):
    data = readings(40)
    x = signals(data)
    features = flat([STATISTICS["rms"](x), STATISTICS["deviation"](x)])
    chosen = [0, 3]
    model = trained("kmeans", features[:, chosen])
    radii = [0.5, 0.25, 1, 0]
    spec = write(tmp_path / "s.yaml", sensor=sensor(["rms", "deviation"]),
                 anomaly={**described(model), "radii": radii, "features": ["x_rms", "y_deviation"], "threshold": 0})
    actual = run(spec, data, target=target)
    expected = (model.transform(features[:, chosen]) - radii).min(1)
    numpy.testing.assert_allclose(actual["anomaly"].ravel(), expected, rtol=1e-5, atol=1e-5)
    numpy.testing.assert_allclose(actual["features"].reshape(features.shape), features, rtol=1e-5, atol=1e-6)
    text = tinymlc("run", spec, "--input", tmp_path / "in.npy").stdout
    assert text.count(" above") + text.count("not above") >= len(data)


@pytest.mark.parametrize("target", TARGETS)
def test_readings_features_model_and_score(target, tmp_path):
    data = readings(20)
    x = signals(data)
    features = flat([STATISTICS["rms"](x), STATISTICS["deviation"](x)])
    model = trained("diag", features)
    spec = write(tmp_path / "s.yaml", sensor=sensor(["rms", "deviation"]), anomaly=described(model))
    network = small_model(tmp_path / "small.onnx", FEATURES)
    actual = run(spec, data, model=network, target=target)
    assert sorted(actual) == ["anomaly", "classes"]
    expected = -model.score_samples(features)
    assert numpy.abs(actual["anomaly"].ravel() - expected).max() < 2e-4 * max(1, numpy.abs(expected).max())
    options = ["--preprocess", spec, "--input-type", "readings", "--oracle", "onnxruntime", "--target", target]
    assert tinymlc_json("verify", network, *options)["pass"]
    if target != "host":
        report = tinymlc_json("bench", network, *options[:4], "--target", target)
        assert report


@pytest.mark.parametrize("kind", ["kmeans", *COVARIANCES])
def test_exports_of_skl2onnx(kind, tmp_path):
    skl2onnx = library("skl2onnx")
    rows = training()
    model = trained(kind, rows)
    options = {} if kind == "kmeans" else {"options": {id(model): {"score_samples": True}}}
    inputs = [("x", skl2onnx.common.data_types.FloatTensorType([1, FEATURES]))]
    exported = skl2onnx.convert_sklearn(model, initial_types=inputs, target_opset=17, **options)
    onnx.save(exported, tmp_path / "model.onnx")
    data = training(12, seed=2).astype(numpy.float32).astype(numpy.float64)
    numpy.save(tmp_path / "in.npy", data.astype(numpy.float32))
    for target in TARGETS:
        out = tmp_path / f"out-{target}"
        tinymlc("run", tmp_path / "model.onnx", "--input", tmp_path / "in.npy", "-o", out, "--target", target)
        actual = {path.stem: numpy.load(path).reshape(len(data), -1) for path in out.glob("*.npy")}
        assert (actual["label"].ravel() == model.predict(data)).all()
        if kind == "kmeans":
            numpy.testing.assert_allclose(actual["scores"], model.transform(data), rtol=2e-4, atol=1e-3)
        else:
            numpy.testing.assert_allclose(actual["score_samples"].ravel(), model.score_samples(data), 1e-3, 1e-2)
            numpy.testing.assert_allclose(actual["probabilities"], model.predict_proba(data), rtol=1e-2, atol=1e-3)


REFUSALS = {
    "lacks the key 'kind'": {"centroids": [[1]]},
    "no list of rows": {"kind": "kmeans", "centroids": [[1, 2], [3]]},
    "no list of 1 numbers": {"kind": "kmeans", "centroids": [[1] * FEATURES], "radii": [1, 2]},
    "is not above 0": {"kind": "kmeans", "centroids": [[1] * FEATURES], "mean": [0] * FEATURES,
                       "deviation": [0] * FEATURES},
    "unknown key 'centres'": {"kind": "kmeans", "centroids": [[1] * FEATURES], "centres": 1},
    "symmetric and positive definite": {"kind": "gaussian_mixture", "weights": [1], "means": [[0, 0]],
                                        "covariances": [[[1, 2], [2, 1]]]},
    "of 2 features": {"kind": "kmeans", "centroids": [[1, 2]]},
    "which is not there": {"kind": "kmeans", "centroids": [[1]], "features": ["loudness"]}}


@pytest.mark.parametrize("words", REFUSALS)
def test_refusals(words, tmp_path):
    spec = write(tmp_path / "s.yaml", sensor=sensor(["rms", "deviation"]), anomaly=REFUSALS[words])
    assert words in tinymlc("inspect", spec, code=REFUSED).stderr


def test_models_that_do_not_fit_are_refused(tmp_path):
    network = small_model(tmp_path / "small.onnx", FEATURES)
    spec = write(tmp_path / "s.yaml", anomaly={"kind": "kmeans", "centroids": [[1, 2]]})
    assert "of 2 features, the input has 6" in tinymlc("inspect", network, "--preprocess", spec, code=REFUSED).stderr

# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Trains vibration.onnx, a network of 16 hidden units on the features that tinymlc itself computes, and anomaly.json, the
k-means of those of the normal machine. numpy and onnx alone.

    build/venv/bin/python examples/vibration/train.py FOLDER   # with what make_data.py wrote there
"""
import json
import pathlib
import subprocess
import sys

import numpy
import onnx
from onnx import TensorProto, helper, numpy_helper

HERE = pathlib.Path(__file__).resolve().parent
TINYMLC = HERE.parent.parent / "build/release/bin/tinymlc"
HIDDEN, CLASSES, CLUSTERS = 16, 3, 4


def features_of(folder, name):
    """vibration.yaml without its part `anomaly`, which is not there yet, run on the readings."""
    text = (HERE / "vibration.yaml").read_text(encoding="utf-8").split("anomaly:")[0]
    (folder / "sensor.yaml").write_text(text, encoding="utf-8")
    subprocess.run([TINYMLC, "run", folder / "sensor.yaml", "--input", folder / f"{name}.npy", "-o", folder / name],
                   check=True, stdout=subprocess.DEVNULL)
    features = numpy.load(folder / name / "features.npy")[:, 0].astype(numpy.float64)
    return features, numpy.load(folder / f"{name}.npz")["labels"]


def train_network(x, labels, rng, rounds=2000, rate=0.02):
    """Adam on all rows at once; cross-entropy."""
    weights = [rng.normal(0, 0.3, (x.shape[1], HIDDEN)), numpy.zeros(HIDDEN), rng.normal(0, 0.3, (HIDDEN, CLASSES)),
               numpy.zeros(CLASSES)]
    first, second = [[numpy.zeros_like(w) for w in weights] for _ in range(2)]
    wanted = numpy.eye(CLASSES)[labels]
    for step in range(1, rounds + 1):
        hidden = numpy.maximum(x @ weights[0] + weights[1], 0)
        sums = hidden @ weights[2] + weights[3]
        shares = numpy.exp(sums - sums.max(1, keepdims=True))
        shares /= shares.sum(1, keepdims=True)
        error = (shares - wanted) / len(x)
        back = (error @ weights[2].T) * (hidden > 0)
        for i, gradient in enumerate([x.T @ back, back.sum(0), hidden.T @ error, error.sum(0)]):
            first[i] = 0.9 * first[i] + 0.1 * gradient
            second[i] = 0.999 * second[i] + 0.001 * gradient ** 2
            weights[i] -= rate * (first[i] / (1 - 0.9 ** step)) / (numpy.sqrt(second[i] / (1 - 0.999 ** step)) + 1e-8)
    return weights


def save_network(path, weights, mean, deviation):
    """The scaling of the features is part of the first layer."""
    weights = [weights[0] / deviation[:, None], weights[1] - mean / deviation @ weights[0], *weights[2:]]
    constants = [numpy_helper.from_array(w.astype(numpy.float32), f"w{i}") for i, w in enumerate(weights)]
    nodes = [helper.make_node("Gemm", ["features", "w0", "w1"], ["sums"]), helper.make_node("Relu", ["sums"], ["hidden"]),
             helper.make_node("Gemm", ["hidden", "w2", "w3"], ["scores"]),
             helper.make_node("Softmax", ["scores"], ["probabilities"])]
    graph = helper.make_graph(nodes, "vibration",
                              [helper.make_tensor_value_info("features", TensorProto.FLOAT, [1, len(mean)])],
                              [helper.make_tensor_value_info("probabilities", TensorProto.FLOAT, [1, CLASSES])], constants)
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9), path)


def nearest(x, centroids):
    return numpy.linalg.norm(x[:, None] - centroids, axis=2)


def k_means(x, rng, rounds=50):
    centroids = x[rng.choice(len(x), CLUSTERS, replace=False)]
    for _ in range(rounds):
        labels = nearest(x, centroids).argmin(1)
        for i in set(labels):
            centroids[i] = x[labels == i].mean(0)
    return centroids


def main(folder):
    rng = numpy.random.default_rng(0)
    x, labels = features_of(folder, "train")
    mean, deviation = x.mean(0), x.std(0)
    weights = train_network((x - mean) / deviation, labels, rng)
    save_network(HERE / "vibration.onnx", weights, mean, deviation)
    normal = x[labels == 0]
    mean, deviation = normal.mean(0), normal.std(0)
    scaled = (normal - mean) / deviation
    centroids = k_means(scaled, rng)
    threshold = float(nearest(scaled, centroids).min(1).max() * 1.1)
    model = {"kind": "kmeans", "centroids": centroids.round(4).tolist(), "mean": mean.round(6).tolist(),
             "deviation": deviation.round(6).tolist(), "threshold": round(threshold, 3)}
    (HERE / "anomaly.json").write_text(json.dumps(model) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))

# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Trains a small classifier of sequences by back-propagation through time: a recurrent layer of ONNX's LSTM or GRU (with
linear_before_reset), and a dense layer on its last state. Numpy alone, so that tests have weights as training makes them."""
import numpy
from onnx import TensorProto, helper, numpy_helper

GATES = {"LSTM": 4, "GRU": 3}


def sigmoid(x):
    return 1 / (1 + numpy.exp(-x))


def initial(layer, inputs, hidden, classes, rng):
    gates = GATES[layer]
    reach = 1 / numpy.sqrt(hidden)
    shapes = {"w": (gates * hidden, inputs), "r": (gates * hidden, hidden), "wb": (gates * hidden,), "rb": (gates * hidden,),
              "d": (classes, hidden), "db": (classes,)}
    weights = {name: rng.uniform(-reach, reach, shape) for name, shape in shapes.items()}
    if layer == "LSTM":  # what is remembered at first
        weights["wb"][2 * hidden:3 * hidden] = 1
        weights["rb"][:] = 0
    return weights


def step(layer, weights, x, states):
    """A step of [batch, inputs]: the new states, and what the way back needs."""
    h = states[0]
    a, b = x @ weights["w"].T + weights["wb"], h @ weights["r"].T + weights["rb"]
    if layer == "LSTM":
        i, o, f, g = numpy.split(a + b, 4, axis=1)
        i, o, f, g = sigmoid(i), sigmoid(o), sigmoid(f), numpy.tanh(g)
        c = f * states[1] + i * g
        t = numpy.tanh(c)
        return (o * t, c), (x, states, i, o, f, g, t)
    (az, ar, an), (bz, br, bn) = numpy.split(a, 3, axis=1), numpy.split(b, 3, axis=1)
    z, r = sigmoid(az + bz), sigmoid(ar + br)
    n = numpy.tanh(an + r * bn)
    return ((1 - z) * n + z * h,), (x, states, z, r, n, bn)


def step_back(layer, weights, kept, gradients):
    """From the gradients of the new states to those of the sums of input and state, and of the states before."""
    if layer == "LSTM":
        _, states, i, o, f, g, t = kept
        dh, dc = gradients
        dc = dc + dh * o * (1 - t * t)
        sums = numpy.concatenate([dc * g * i * (1 - i), dh * t * o * (1 - o), dc * states[1] * f * (1 - f),
                                  dc * i * (1 - g * g)], axis=1)
        return sums, sums, [sums @ weights["r"], dc * f]
    _, states, z, r, n, bn = kept
    dh, = gradients
    dn = dh * (1 - z) * (1 - n * n)
    dz = dh * (states[0] - n) * z * (1 - z)
    dr = dn * bn * r * (1 - r)
    of_input, of_state = numpy.concatenate([dz, dr, dn], axis=1), numpy.concatenate([dz, dr, dn * r], axis=1)
    return of_input, of_state, [of_state @ weights["r"] + dh * z]


def gradients_of(layer, weights, rows, labels):
    """Of the cross entropy of rows [batch, time, inputs]."""
    hidden = weights["r"].shape[1]
    states = tuple(numpy.zeros((len(rows), hidden)) for _ in range(2 if layer == "LSTM" else 1))
    kept = []
    for time in range(rows.shape[1]):
        states, of_step = step(layer, weights, rows[:, time], states)
        kept.append(of_step)
    scores = states[0] @ weights["d"].T + weights["db"]
    odds = numpy.exp(scores - scores.max(axis=1, keepdims=True))
    error = odds / odds.sum(axis=1, keepdims=True)
    error[numpy.arange(len(rows)), labels] -= 1
    error /= len(rows)
    found = {name: numpy.zeros_like(value) for name, value in weights.items()}
    found["d"], found["db"] = error.T @ states[0], error.sum(axis=0)
    back = [error @ weights["d"]] + [numpy.zeros_like(state) for state in states[1:]]
    for of_step in reversed(kept):
        of_input, of_state, back = step_back(layer, weights, of_step, back)
        found["w"] += of_input.T @ of_step[0]
        found["r"] += of_state.T @ of_step[1][0]
        found["wb"] += of_input.sum(axis=0)
        found["rb"] += of_state.sum(axis=0)
    return found


def train(layer, rows, labels, hidden, epochs, batch=50, rate=0.01, seed=1):
    """Adam, with gradients of at most 1 in all; the rate falls to nothing."""
    rng = numpy.random.default_rng(seed)
    weights = initial(layer, rows.shape[2], hidden, int(labels.max()) + 1, rng)
    first = {name: numpy.zeros_like(value) for name, value in weights.items()}
    second = {name: numpy.zeros_like(value) for name, value in weights.items()}
    count = 0
    for epoch in range(epochs):
        order = rng.permutation(len(rows))
        for begin in range(0, len(rows), batch):
            part = order[begin:begin + batch]
            gradients = gradients_of(layer, weights, rows[part], labels[part])
            size = numpy.sqrt(sum((value ** 2).sum() for value in gradients.values()))
            count += 1
            for name, value in gradients.items():
                value = value / max(1, size)
                first[name] += 0.1 * (value - first[name])
                second[name] += 0.001 * (value ** 2 - second[name])
                ratio = first[name] / (1 - 0.9 ** count) / (numpy.sqrt(second[name] / (1 - 0.999 ** count)) + 1e-8)
                weights[name] -= rate * (1 - epoch / epochs) * ratio
    return weights


def to_onnx(layer, weights, time):
    """Of one row [time, inputs]."""
    hidden = weights["r"].shape[1]
    bias = numpy.concatenate([weights["wb"], weights["rb"]])
    constants = {"w": weights["w"][None], "r": weights["r"][None], "b": bias[None], "d": weights["d"].T,
                 "db": weights["db"], "one": numpy.array([1]), "row": numpy.array([1, hidden])}
    options = {"linear_before_reset": 1} if layer == "GRU" else {}
    nodes = [helper.make_node("Unsqueeze", ["x", "one"], ["sequence"], "unsqueeze"),
             helper.make_node(layer, ["sequence", "w", "r", "b"], ["", "last"], "layer", hidden_size=hidden, **options),
             helper.make_node("Reshape", ["last", "row"], ["features"], "reshape"),
             helper.make_node("Gemm", ["features", "d", "db"], ["scores"], "dense")]
    tensors = [numpy_helper.from_array(value if value.dtype.kind == "i" else value.astype(numpy.float32), name)
               for name, value in constants.items()]
    graph = helper.make_graph(
        nodes, "classifier", [helper.make_tensor_value_info("x", TensorProto.FLOAT, [time, weights["w"].shape[1]])],
        [helper.make_tensor_value_info("scores", TensorProto.FLOAT, [1, weights["d"].shape[0]])], tensors)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)

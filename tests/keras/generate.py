# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Writes the recurrent models beside this file: random weights, as Keras and TensorFlow's converter export such layers.

Needs the packages of scripts/requirements-tensorflow.txt, which scripts/setup --tensorflow puts into build/venv/tensorflow: run it
with that as PYTHONPATH.
"""
import os
import pathlib

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import keras  # noqa: E402
import numpy  # noqa: E402
import tensorflow  # noqa: E402

FOLDER = pathlib.Path(__file__).parent
LSTM, GRU, RNN, DENSE = keras.layers.LSTM, keras.layers.GRU, keras.layers.SimpleRNN, keras.layers.Dense

# By the file's name: the shape without the batch, the batch, whether weights become int8, and the layers.
MODELS = {
    "lstm": ((9, 5), 1, False, lambda: [LSTM(8, return_sequences=True), DENSE(2)]),
    "lstm_last": ((7, 3), 1, False, lambda: [LSTM(5)]),
    "lstm_unrolled": ((8, 4), 1, False, lambda: [LSTM(8, return_sequences=True, unroll=True), DENSE(2)]),
    "lstm_hybrid": ((8, 40), 1, True, lambda: [LSTM(36, return_sequences=True), DENSE(2)]),
    "gru_batch": ((9, 4), 3, False, lambda: [GRU(6)]),
    "gru_unrolled": ((8, 4), 1, False, lambda: [GRU(8, unroll=True)]),
    "gru_reset_before": ((7, 4), 1, False, lambda: [GRU(8, reset_after=False, return_sequences=True)]),
    "gru_backwards": ((7, 4), 1, False, lambda: [GRU(8, return_sequences=True, go_backwards=True)]),
    "rnn": ((6, 3), 1, False, lambda: [RNN(4, return_sequences=True)]),
    "bidirectional": ((8, 4), 1, False,
                      lambda: [keras.layers.Bidirectional(LSTM(8, return_sequences=True)), DENSE(2)]),
    "stack": ((9, 4), 1, False, lambda: [LSTM(8, return_sequences=True), GRU(4, return_sequences=True), RNN(4)]),
    "stack_unrolled": ((8, 4), 1, False,
                       lambda: [LSTM(8, return_sequences=True, unroll=True), GRU(4, unroll=True), DENSE(2)]),
    "hard_gates": ((6, 4), 1, False,
                   lambda: [LSTM(8, use_bias=False, activation="relu", recurrent_activation="hard_sigmoid")]),
}


def convert(shape, batch, has_int8_weights, layers):
    model = keras.Sequential([keras.layers.Input(shape, batch_size=batch), *layers()])
    rng = numpy.random.default_rng(7)
    for weight in model.weights:
        if weight.dtype == "float32":
            weight.assign(rng.normal(0, 0.5, weight.shape))
    converter = tensorflow.lite.TFLiteConverter.from_keras_model(model)
    if has_int8_weights:
        converter.optimizations = [tensorflow.lite.Optimize.DEFAULT]
    return converter.convert()


if __name__ == "__main__":
    for name, recipe in MODELS.items():
        (FOLDER / f"{name}.tflite").write_bytes(convert(*recipe))

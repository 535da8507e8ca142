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
import tf_keras  # noqa: E402

FOLDER = pathlib.Path(__file__).parent
LSTM, GRU, RNN, DENSE = keras.layers.LSTM, keras.layers.GRU, keras.layers.SimpleRNN, keras.layers.Dense

# The same in int8, calibrated; every step has scales of its own. TensorFlow's calibrator fails on loops in graphs of their own:
# tests/tflite_quantized.py makes such models from the files of float ones.
INT8_MODELS = {
    "int8_lstm_unrolled": ((8, 4), lambda: [LSTM(8, return_sequences=True, unroll=True), DENSE(2)]),
    "int8_gru_unrolled": ((8, 4), lambda: [GRU(8, unroll=True)]),
    "int8_rnn_unrolled": ((6, 3), lambda: [RNN(4, return_sequences=True, unroll=True)]),
}

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


def model_of(shape, batch, layers, rng):
    model = keras.Sequential([keras.layers.Input(shape, batch_size=batch), *layers()])
    for weight in model.weights:
        if weight.dtype == "float32":
            weight.assign(rng.normal(0, 0.5, weight.shape))
    return model


def convert(shape, batch, has_int8_weights, layers):
    model = model_of(shape, batch, layers, numpy.random.default_rng(7))
    converter = tensorflow.lite.TFLiteConverter.from_keras_model(model)
    if has_int8_weights:
        converter.optimizations = [tensorflow.lite.Optimize.DEFAULT]
    return converter.convert()


def convert_to_int8(shape, layers):
    rng = numpy.random.default_rng(7)
    return quantised(tensorflow.lite.TFLiteConverter.from_keras_model(model_of(shape, 1, layers, rng)), shape, rng)


def convert_fused_to_int8(shape, units):
    """An LSTM as one operator, which the converter makes of what version 2 of Keras traces."""
    rng = numpy.random.default_rng(7)
    model = tf_keras.Sequential([tf_keras.layers.Input(shape, batch_size=1), tf_keras.layers.LSTM(units, return_sequences=True),
                                 tf_keras.layers.Dense(3)])
    for weight in model.weights:
        weight.assign(rng.normal(0, 0.5, weight.shape))
    traced = tensorflow.function(model).get_concrete_function(tensorflow.TensorSpec((1, *shape), tensorflow.float32))
    return quantised(tensorflow.lite.TFLiteConverter.from_concrete_functions([traced], model), shape, rng)


def quantised(converter, shape, rng):
    converter.optimizations = [tensorflow.lite.Optimize.DEFAULT]
    converter.representative_dataset = lambda: ([rng.normal(0, 1, (1, *shape)).astype("float32")] for _ in range(20))
    converter.target_spec.supported_ops = [tensorflow.lite.OpsSet.TFLITE_BUILTINS_INT8]
    converter.inference_input_type = converter.inference_output_type = tensorflow.int8
    return converter.convert()


if __name__ == "__main__":
    for name, recipe in MODELS.items():
        (FOLDER / f"{name}.tflite").write_bytes(convert(*recipe))
    for name, recipe in INT8_MODELS.items():
        (FOLDER / f"{name}.tflite").write_bytes(convert_to_int8(*recipe))
    (FOLDER / "int8_lstm_fused.tflite").write_bytes(convert_fused_to_int8((7, 5), 6))

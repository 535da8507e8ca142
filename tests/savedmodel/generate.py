# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Writes the SavedModel beside this file, small/, and what TensorFlow computes with it, small_x.npy and small_scores.npy: a
convolution, a loop over the rows of what it gives, and a layer. Needs the packages of scripts/requirements-tensorflow.txt."""
import os
import pathlib
import shutil

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["TF_ENABLE_ONEDNN_OPTS"] = "0"

import numpy  # noqa: E402
import tensorflow as tf  # noqa: E402

FOLDER = pathlib.Path(__file__).parent


class Small(tf.Module):
    def __init__(self):
        super().__init__()
        rng = numpy.random.default_rng(11)
        self.filter = tf.Variable(rng.normal(0, 0.5, (3, 3, 2, 4)).astype(numpy.float32), name="filter")
        self.recurrent = tf.Variable(rng.normal(0, 0.5, (4, 4)).astype(numpy.float32), name="recurrent")
        self.bias = tf.Variable(rng.normal(0, 0.5, (4,)).astype(numpy.float32), name="bias")

    @tf.function(input_signature=[tf.TensorSpec((None, 6, 6, 2), name="x")])
    def scores(self, x):
        image = tf.nn.relu(tf.nn.bias_add(tf.nn.conv2d(x, self.filter, 2, "SAME"), self.bias))
        rows = tf.transpose(tf.reduce_mean(image, axis=2), (1, 0, 2))
        state = tf.zeros((tf.shape(x)[0], 4))
        for row in rows:
            state = tf.tanh(row + tf.matmul(state, self.recurrent))
        return {"scores": tf.nn.softmax(state)}


def main():
    model = Small()
    folder = FOLDER / "small"
    tf.saved_model.save(model, str(folder), signatures=model.scores)
    (folder / "fingerprint.pb").unlink(missing_ok=True)
    shutil.rmtree(folder / "assets", ignore_errors=True)
    x = numpy.random.default_rng(12).normal(0, 1, (1, 6, 6, 2)).astype(numpy.float32)
    numpy.save(FOLDER / "small_x.npy", x)
    numpy.save(FOLDER / "small_scores.npy", model.scores(x)["scores"].numpy())


if __name__ == "__main__":
    main()

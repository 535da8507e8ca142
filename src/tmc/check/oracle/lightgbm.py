# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Predicts with LightGBM: lightgbm.py MODEL INPUTS.npz OUTPUTS.npz"""
import sys

from row_model import answer, library


def main(model_path, inputs_path, outputs_path):
    booster = library("lightgbm").Booster(model_file=model_path)
    answer("lightgbm", inputs_path, outputs_path, lambda rows: booster.predict(rows, num_threads=1))


if __name__ == "__main__":
    main(*sys.argv[1:4])

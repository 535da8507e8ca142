# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Predicts with XGBoost: xgboost.py MODEL INPUTS.npz OUTPUTS.npz"""
import json
import sys

from row_model import answer, library

LABELS = ("multi:softmax", "binary:hinge")  # objectives whose predictions are classes


def main(model_path, inputs_path, outputs_path):
    xgboost = library("xgboost")
    booster = xgboost.Booster(params={"nthread": 1})
    booster.load_model(model_path)
    gives_labels = json.loads(booster.save_config())["learner"]["objective"]["name"] in LABELS

    def predict(rows):
        matrix = xgboost.DMatrix(rows, feature_names=booster.feature_names, feature_types=booster.feature_types,
                                 enable_categorical=True)
        found = booster.predict(matrix)
        return found.astype("int64") if gives_labels else found

    answer("xgboost", inputs_path, outputs_path, predict)


if __name__ == "__main__":
    main(*sys.argv[1:4])

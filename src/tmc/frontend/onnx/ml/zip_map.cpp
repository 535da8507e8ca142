// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/patterns.hpp"

namespace tmc::frontend::onnx_format {

// A map from classes to scores for each row is the matrix of the scores: the classes are in the order of their columns.
Status import_ml_zip_map(ImportContext& context) {
  return import_pass_through(context);
}

}  // namespace tmc::frontend::onnx_format

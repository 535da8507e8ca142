// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/sqrt.hpp"

#include <cmath>

#include "tmc/frontend/onnx/patterns.hpp"

namespace tmc::frontend::onnx_format {

Status import_sqrt(ImportContext& context) {
  return import_unary(context, ops::Sqrt{}, [](double x) { return std::sqrt(x); });
}

}  // namespace tmc::frontend::onnx_format

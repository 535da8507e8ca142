// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/exp.hpp"

#include <cmath>

#include "tmc/frontend/onnx/patterns.hpp"

namespace tmc::frontend::onnx_format {

Status import_exp(ImportContext& context) {
  return import_unary(context, ops::Exp{}, [](double x) { return std::exp(x); });
}

}  // namespace tmc::frontend::onnx_format

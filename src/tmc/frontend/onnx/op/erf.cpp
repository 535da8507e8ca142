// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/erf.hpp"

#include <cmath>

#include "tmc/frontend/onnx/patterns.hpp"

namespace tmc::frontend::onnx_format {

Status import_erf(ImportContext& context) {
  return import_unary(context, ops::Erf{}, [](double x) { return std::erf(x); });
}

}  // namespace tmc::frontend::onnx_format

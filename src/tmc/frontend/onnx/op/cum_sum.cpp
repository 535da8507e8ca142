// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/cum_sum.hpp"
#include "tmc/frontend/onnx/cumulation.hpp"

namespace tmc::frontend::onnx_format {

Status import_cum_sum(ImportContext& context) {
  return import_cumulation<ops::CumSum>(context);
}

}  // namespace tmc::frontend::onnx_format

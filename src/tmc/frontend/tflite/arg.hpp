// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The importer of ARG_MAX and ARG_MIN: along the axis of the second input, as int32 or int64.

#include "tmc/frontend/tflite/import_context.hpp"
#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/cast.hpp"

namespace tmc::frontend::tflite {

template <typename Op>
Status import_arg(ImportContext& context) {
  TMC_ASSIGN(const ir::ValueId input, context.input(0));
  TMC_ASSIGN(std::vector<int64_t> axes, context.constant_ints(1, "axis"));
  TMC_ASSIGN(const FileTensor output, context.output());
  const Op op{.axes = std::move(axes), .keep_dims = false};
  if (output.type.dtype == DType::kI64) return context.finish(op, {input});
  TMC_ASSIGN(const ir::ValueId place, context.append("_place", op, {input}));
  return context.finish(ops::Cast{output.type.dtype}, {place});
}

}  // namespace tmc::frontend::tflite

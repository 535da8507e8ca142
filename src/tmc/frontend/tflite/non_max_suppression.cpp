// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/tflite/non_max_suppression.hpp"

#include "tmc/ops/op/cast.hpp"
#include "tmc/ops/op/reshape.hpp"
#include "tmc/ops/op/slice.hpp"
#include "tmc/ops/op/soft_non_max_suppression.hpp"

namespace tmc::frontend::tflite {

Status import_non_max_suppression(ImportContext& context, bool is_soft) {
  const size_t outputs = is_soft ? 3 : 2;
  if (context.output_count() != outputs) return error(Error::kMalformed, "it has no {} outputs", outputs);
  TMC_ASSIGN(const std::vector<int64_t> most, context.constant_ints(2, "max_output_size"));
  if (most.size() != 1) return error(Error::kMalformed, "its max_output_size is not one number");
  const int64_t rows = most.front();
  std::vector<ir::ValueId> inputs;
  for (const size_t input : {0U, 1U, 3U, 4U}) {
    TMC_ASSIGN(inputs.emplace_back(), context.input(input));
  }
  if (is_soft) {
    TMC_ASSIGN(inputs.emplace_back(), context.input(5));
  } else {
    const float sigma = 0;
    inputs.push_back(context.graph().add_constant(context.output_name() + "_sigma", {DType::kF32, {}},
                                                  ir::TensorData::of(std::span<const float>(&sigma, 1))));
  }
  TMC_ASSIGN(const ir::ValueId all, context.append("_all", ops::SoftNonMaxSuppression{rows}, inputs));
  const auto part = [&](const char* suffix, int64_t first, int64_t count) {
    return context.append(suffix, ops::Slice{.begins = {first}, .sizes = {count}, .steps = {1}}, {all});
  };
  TMC_ASSIGN(const ir::ValueId count, part("_count", 0, 1));
  TMC_ASSIGN(const ir::ValueId scalar, context.append("_scalar", ops::Reshape{}, {count}));
  TMC_TRY(context.finish_output(outputs - 1, ops::Cast{DType::kI32}, {scalar}));
  if (is_soft) {
    TMC_TRY(context.finish_output(1, ops::Slice{.begins = {1 + rows}, .sizes = {rows}, .steps = {1}}, {all}));
  }
  TMC_ASSIGN(const ir::ValueId places, part("_places", 1, rows));
  return context.finish(ops::Cast{DType::kI32}, {places});
}

}  // namespace tmc::frontend::tflite

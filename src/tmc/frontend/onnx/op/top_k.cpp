// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/top_k.hpp"
#include "tmc/frontend/onnx/declared.hpp"
#include "tmc/frontend/onnx/patterns.hpp"
#include "tmc/ops/op/gather_elements.hpp"
#include "tmc/ops/shape_rules.hpp"

namespace tmc::frontend::onnx_format {

namespace {

// An attribute before opset 10; at run time it is what the declared shape says.
Result<int64_t> read_k(ImportContext& context, int axis) {
  if (context.opset() < 10) return context.attributes().integer("k", 1);
  if (context.is_at_run_time(1)) {
    TMC_ASSIGN(const Shape declared, declared_shape(context, 1, "k"));
    return axis < declared.rank() ? declared[axis] : 0;
  }
  TMC_ASSIGN(const std::vector<int64_t> k, context.constant_ints(1, "k"));
  if (k.size() != 1) return error(Error::kMalformed, "its k is no scalar");
  return k.front();
}

}  // namespace

// The values are looked up at the places of the greatest, which are sorted whether the file asks for it or not.
Status import_top_k(ImportContext& context) {
  TMC_ASSIGN(const int64_t given, context.attributes().integer("axis", -1));
  TMC_ASSIGN(const int64_t largest, context.attributes().integer("largest", 1));
  TMC_ASSIGN(const Shape shape, context.shape_of(0));
  TMC_ASSIGN(const int axis, ops::normalize_axis(given, shape.rank()));
  TMC_ASSIGN(const int64_t k, read_k(context, axis));
  TMC_ASSIGN(const ir::ValueId input, context.input(0));
  TMC_ASSIGN(const ir::ValueId places, context.append("_places", ops::TopK{axis, k, largest != 0}, {input}));
  TMC_TRY(context.finish(ops::GatherElements{axis}, {input, places}));
  return finish_copy(context, 1, places);
}

}  // namespace tmc::frontend::onnx_format

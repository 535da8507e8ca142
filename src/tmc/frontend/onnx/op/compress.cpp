// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "tmc/frontend/common/index_lists.hpp"
#include "tmc/frontend/onnx/bounded.hpp"
#include "tmc/frontend/onnx/run_time.hpp"
#include "tmc/ops/op/gather.hpp"
#include "tmc/ops/op/lookup.hpp"
#include "tmc/ops/shape_rules.hpp"

namespace tmc::frontend::onnx_format {

namespace {

// Places that are kept come first when conditions are sorted, in their order.
Status compress_at_run_time(ImportContext& context, ir::ValueId input, int axis) {
  TMC_ASSIGN(Room room, room_of(context, 1, "condition", axis));
  TMC_ASSIGN(const ir::ValueId condition, context.input(1));
  if (room.is_bound) room.places = std::min(room.places, context.type(condition).shape.elements());
  TMC_ASSIGN(const ir::ValueId kept, places_of(context, "_kept", condition, room.places));
  if (!room.is_bound) return context.finish(ops::Lookup{axis}, {input, kept});
  TMC_ASSIGN(const ir::ValueId count, count_of(context, "_found", condition));
  TMC_ASSIGN(const ir::ValueId counts, first_places(context, "_counts", count, room.places));
  TMC_ASSIGN(const ir::ValueId read, context.append("_read", ops::Lookup{axis}, {input, kept}));
  TMC_ASSIGN(const ir::ValueId filled, filled_behind(context, "_filled", read, axis, counts, 0));
  TMC_TRY(context.finish_count(0, count));
  return finish_copy(context, 0, filled);
}

}  // namespace

Status import_compress(ImportContext& context) {
  TMC_ASSIGN(const Shape shape, context.shape_of(0));
  const bool is_flat = !context.attributes().has("axis");
  TMC_ASSIGN(const int64_t given, context.attributes().integer("axis", 0));
  TMC_ASSIGN(const int axis, is_flat ? Result<int>(0) : ops::normalize_axis(given, shape.rank()));
  TMC_ASSIGN(ir::ValueId input, context.input(0));
  if (is_flat) {
    TMC_ASSIGN(input, reshaped(context, "_flat", input, Shape::of(shape.elements())));
  }
  if (context.is_at_run_time(1)) return compress_at_run_time(context, input, axis);
  TMC_ASSIGN(const Constant* condition, context.constant(1, "condition"));
  const std::vector<uint8_t> keeps = condition->data.to_vector<uint8_t>();
  if (condition->type.dtype != DType::kBool || std::ssize(keeps) > context.type(input).shape[axis]) {
    return error(Error::kMalformed, "its condition does not fit its input");
  }
  std::vector<int64_t> kept;
  for (size_t i = 0; i < keeps.size(); ++i) {
    if (keeps[i] != 0) kept.push_back(static_cast<int64_t>(i));
  }
  TMC_TRY(take_indices(context.budget(), std::ssize(kept)));
  ops::Gather op;
  op.read(axis, kept);
  return context.finish(std::move(op), {input});
}

}  // namespace tmc::frontend::onnx_format

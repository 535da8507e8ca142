// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/top_k.hpp"

#include <algorithm>

#include "tmc/frontend/onnx/bounded.hpp"
#include "tmc/frontend/onnx/run_time.hpp"
#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/gather_elements.hpp"
#include "tmc/ops/shape_rules.hpp"

namespace tmc::frontend::onnx_format {

namespace {

// An attribute before opset 10; at run time there is room for as many as are declared, or for a bound.
Result<Room> read_k(ImportContext& context, int axis, int64_t extent) {
  Room room;
  if (context.opset() < 10) {
    TMC_ASSIGN(room.places, context.attributes().integer("k", 1));
  } else if (context.is_at_run_time(1)) {
    TMC_ASSIGN(room, room_of(context, 1, "k", axis));
    room.places = std::min(room.places, extent);
  } else {
    TMC_ASSIGN(const std::vector<int64_t> k, context.constant_ints(1, "k"));
    if (k.size() != 1) return error(Error::kMalformed, "its k is no scalar");
    room.places = k.front();
  }
  return room;
}

}  // namespace

// The values are looked up at the places of the greatest, which are sorted whether the file asks for it or not.
Status import_top_k(ImportContext& context) {
  TMC_ASSIGN(const int64_t given, context.attributes().integer("axis", -1));
  TMC_ASSIGN(const int64_t largest, context.attributes().integer("largest", 1));
  TMC_ASSIGN(const Shape shape, context.shape_of(0));
  TMC_ASSIGN(const int axis, ops::normalize_axis(given, shape.rank()));
  TMC_ASSIGN(const Room room, read_k(context, axis, shape[axis]));
  TMC_ASSIGN(const ir::ValueId input, context.input(0));
  TMC_ASSIGN(ir::ValueId places, context.append("_places", ops::TopK{axis, room.places, largest != 0}, {input}));
  if (!room.is_bound) {
    TMC_TRY(context.finish(ops::GatherElements{axis}, {input, places}));
    return finish_copy(context, 1, places);
  }
  TMC_ASSIGN(ir::ValueId count, integers_of(context, 1, "k"));
  TMC_ASSIGN(count, reshaped(context, "_k", count, Shape()));
  TMC_ASSIGN(const ir::ValueId most, append_integers(context, "_most", Shape(), {room.places}));
  TMC_ASSIGN(count, context.append("_in_room", ops::Min{}, {count, most}));
  TMC_ASSIGN(const ir::ValueId counts, first_places(context, "_counts", count, room.places));
  TMC_ASSIGN(ir::ValueId values, context.append("_values", ops::GatherElements{axis}, {input, places}));
  TMC_ASSIGN(values, filled_behind(context, "_filled", values, axis, counts, 0));
  TMC_ASSIGN(places, filled_behind(context, "_filled_places", places, axis, counts, -1));
  TMC_TRY(context.finish_count(0, count));
  TMC_TRY(finish_copy(context, 0, values));
  return finish_copy(context, 1, places);
}

}  // namespace tmc::frontend::onnx_format

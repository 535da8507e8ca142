// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/run_time.hpp"
#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/concat.hpp"
#include "tmc/ops/op/expand.hpp"
#include "tmc/ops/op/gather_nd.hpp"
#include "tmc/ops/op/where.hpp"

namespace tmc::frontend::onnx_format {

// The step from which each step of each item comes, at which the input is read.
Status import_reverse_sequence(ImportContext& context) {
  TMC_ASSIGN(const int64_t time_axis, context.attributes().integer("time_axis", 0));
  TMC_ASSIGN(const int64_t batch_axis, context.attributes().integer("batch_axis", 1));
  TMC_ASSIGN(const ir::ValueId input, context.input(0));
  const Shape shape = context.type(input).shape;
  if (shape.rank() < 2 || time_axis < 0 || time_axis > 1 || batch_axis != 1 - time_axis) {
    return error(Error::kMalformed, "its axes of time and batch are {} and {}", time_axis, batch_axis);
  }
  const auto time = static_cast<int>(time_axis);
  Shape along_batch = Shape::of(1, 1);
  along_batch[1 - time] = shape[1 - time];
  TMC_ASSIGN(ir::ValueId lengths, integers_of(context, 1, "lengths"));
  TMC_ASSIGN(lengths, reshaped(context, "_aligned", lengths, along_batch));
  TMC_ASSIGN(const ir::ValueId steps, append_numbers(context, "_steps", shape[time], time, 2));
  TMC_ASSIGN(const ir::ValueId one, append_integers(context, "_one", Shape(), {1}));
  TMC_ASSIGN(const ir::ValueId last, context.append("_last", ops::Sub{}, {lengths, one}));
  TMC_ASSIGN(const ir::ValueId turned, context.append("_turned", ops::Sub{}, {last, steps}));
  TMC_ASSIGN(const ir::ValueId is_within, context.append("_is_within", ops::Less{}, {steps, lengths}));
  TMC_ASSIGN(ir::ValueId from, context.append("_from", ops::Where{}, {is_within, turned, steps}));
  const Shape column = Shape::of(shape[0], shape[1], 1);
  TMC_ASSIGN(from, reshaped(context, "_column", from, column));
  if (time == 1) return context.finish(ops::GatherNd{1}, {input, from});
  TMC_ASSIGN(ir::ValueId items, append_numbers(context, "_items", shape[1], 1, 3));
  TMC_ASSIGN(items, context.append("_items_of_all", ops::Expand{{column.begin(), column.end()}}, {items}));
  TMC_ASSIGN(const ir::ValueId pairs, context.append("_pairs", ops::Concat{2}, {from, items}));
  return context.finish(ops::GatherNd{0}, {input, pairs});
}

}  // namespace tmc::frontend::onnx_format

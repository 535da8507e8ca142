// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// How many boxes are chosen is known at run time only. The output has as many rows as the file declares, or else as
// many as can be chosen; those behind the last that is are -1.

#include "tmc/ops/op/non_max_suppression.hpp"

#include <limits>

#include "tmc/frontend/onnx/bounded.hpp"
#include "tmc/frontend/onnx/patterns.hpp"
#include "tmc/ops/functions.hpp"

namespace tmc::frontend::onnx_format {

namespace {

constexpr size_t kLimit = 2, kOverlap = 3, kScore = 4;

Result<int64_t> row_count(ImportContext& context, const Shape& scores, int64_t limit) {
  if (const auto bound = context.bound_of(context.output_name())) return *bound;
  if (const Shape* declared = context.declared_shape(0)) {
    if (declared->rank() != 2 || (*declared)[1] != 3) {
      return error(Error::kMalformed, "its declared shape is not [boxes, 3]");
    }
    return (*declared)[0];
  }
  const int64_t of_class = std::min(limit, scores[2]);
  if (scores[0] > 0 && scores[1] > 0 && of_class > ops::NonMaxSuppression::kMostRows / scores[0] / scores[1]) {
    return error(Error::kUnsupportedShape, "it may choose {} boxes of {} classes of {} batch items", of_class,
                 scores[1], scores[0])
        .with_hint(fmt::format("say how many it gives at most: --bound {}=N", context.output_name()));
  }
  return of_class * scores[0] * scores[1];
}

// A number that may be absent.
Result<ir::ValueId> real_or(ImportContext& context, size_t input, const char* suffix, float otherwise) {
  if (!context.has_input(input)) return context.append_scalar(suffix, otherwise);
  return context.input(input);
}

// Rows behind the last that is chosen are -1.
Status finish_row_count(ImportContext& context, ir::ValueId chosen, int64_t rows) {
  ops::Slice first = ops::Slice::whole(Shape::of(rows, 3));
  first.read(1, 0, 1);
  TMC_ASSIGN(const ir::ValueId items, context.append("_items", std::move(first), {chosen}));
  TMC_ASSIGN(const ir::ValueId none, append_integers(context, "_none", Shape(), {0}));
  TMC_ASSIGN(const ir::ValueId is_chosen, context.append("_is_chosen", ops::GreaterOrEqual{}, {items, none}));
  TMC_ASSIGN(const ir::ValueId count, count_of(context, "_chosen_count", is_chosen));
  return context.finish_count(0, count);
}

}  // namespace

Status import_non_max_suppression(ImportContext& context) {
  TMC_ASSIGN(const int64_t centre, context.attributes().integer("center_point_box", 0));
  if (centre != 0 && centre != 1) return error(Error::kMalformed, "its center_point_box is {}", centre);
  TMC_ASSIGN(const Shape scores_shape, context.shape_of(1));
  if (scores_shape.rank() != 3) return error(Error::kMalformed, "its scores have rank {}", scores_shape.rank());
  int64_t limit = 0;  // as ONNX has it where there is none
  if (context.is_at_run_time(kLimit)) {
    limit = std::numeric_limits<int64_t>::max();
  } else if (context.has_input(kLimit)) {
    TMC_ASSIGN(const std::vector<int64_t> given, context.constant_ints(kLimit, "max_output_boxes_per_class"));
    if (given.size() != 1) return error(Error::kMalformed, "its limit is not one number");
    limit = given.front();
  }
  if (limit < 1) {
    return error(Error::kUnsupportedShape, "its max_output_boxes_per_class is absent or 0: it chooses no boxes")
        .with_hint("give it as an input, or remove the node");
  }
  TMC_ASSIGN(const int64_t rows, row_count(context, scores_shape, limit));
  if (rows < 1) return error(Error::kUnsupportedShape, "it gives {} boxes", rows);
  context.warn(
      fmt::format("how many boxes it chooses is known at run time only: '{}' has {} rows, and those behind the "
                  "last that is chosen are -1",
                  context.output_name(), rows));
  TMC_ASSIGN(const ir::ValueId boxes, context.input(0));
  TMC_ASSIGN(const ir::ValueId scores, context.input(1));
  TMC_ASSIGN(const ir::ValueId most, context.input(kLimit));
  TMC_ASSIGN(const ir::ValueId overlap, real_or(context, kOverlap, "_overlap", 0));
  TMC_ASSIGN(const ir::ValueId score, real_or(context, kScore, "_score", std::numeric_limits<float>::quiet_NaN()));
  const ops::NonMaxSuppression op{centre != 0, rows};
  if (!context.bound_of(context.output_name())) return context.finish(op, {boxes, scores, most, overlap, score});
  TMC_ASSIGN(const ir::ValueId chosen, context.append("_chosen", op, {boxes, scores, most, overlap, score}));
  TMC_TRY(finish_row_count(context, chosen, rows));
  return finish_copy(context, 0, chosen);
}

}  // namespace tmc::frontend::onnx_format

// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstdlib>

#include "tmc/frontend/tflite/patterns.hpp"
#include "tmc/ops/op/reshape.hpp"
#include "tmc/ops/op/slice.hpp"

namespace tmc::frontend::tflite {

// Begins and ends count from the end where negative; a mask's bit takes the whole axis, or one index and the axis away.
Status import_strided_slice(ImportContext& context) {
  TMC_ASSIGN(const auto* options, context.options<schema::StridedSliceOptions>());
  TMC_ASSIGN(const ir::ValueId input, context.input(0));
  TMC_ASSIGN(const std::vector<int64_t> begins, context.constant_ints(1, "begins"));
  TMC_ASSIGN(const std::vector<int64_t> ends, context.constant_ints(2, "ends"));
  TMC_ASSIGN(const std::vector<int64_t> steps, context.constant_ints(3, "strides"));
  const Shape& shape = context.type(input).shape;
  if (options->ellipsis_mask() != 0 || options->new_axis_mask() != 0) {
    return error(Error::kUnsupportedOp, "an ellipsis or a new axis is not supported");
  }
  if (ends.size() != begins.size() || steps.size() != begins.size() ||
      begins.size() > static_cast<size_t>(shape.rank())) {
    return error(Error::kMalformed, "its begins, ends and strides do not fit its input");
  }
  ops::Slice slice{{}, {}, {}};
  ops::Reshape kept;
  for (int axis = 0; axis < shape.rank(); ++axis) {
    const auto at = static_cast<size_t>(axis);
    const bool given = at < begins.size();
    const auto bit = [&](int mask) { return given && (mask >> axis & 1) != 0; };
    const int64_t step = given ? steps[at] : 1;
    if (step == 0 || step == INT64_MIN) return error(Error::kMalformed, "it has the stride {}", step);
    // Backward, an axis is read from its last element to before its first.
    const int64_t first = step < 0 ? shape[axis] - 1 : 0;
    const int64_t past = step < 0 ? -1 : shape[axis];
    const auto within = [&](int64_t index) {
      return std::clamp(index < 0 ? index + shape[axis] : index, std::min(first, past), std::max(first, past));
    };
    const int64_t begin = given && !bit(options->begin_mask()) ? within(begins[at]) : first;
    const int64_t end = given && !bit(options->end_mask()) ? within(ends[at]) : past;
    const int64_t reach = step < 0 ? begin - end : end - begin;
    const bool shrinks = bit(options->shrink_axis_mask());
    slice.begins.push_back(begin);
    slice.sizes.push_back(shrinks ? 1 : reach > 0 ? (reach - 1) / std::abs(step) + 1 : 0);
    slice.steps.push_back(step);
    if (!shrinks) kept.shape.push_back(slice.sizes.back());
  }
  if (kept.shape.size() == slice.sizes.size()) return context.finish(std::move(slice), {input});
  TMC_ASSIGN(const ir::ValueId part, context.append("_slice", std::move(slice), {input}, context.quantization(input)));
  return context.finish(std::move(kept), {part});
}

}  // namespace tmc::frontend::tflite

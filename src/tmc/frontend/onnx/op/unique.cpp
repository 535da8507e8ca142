// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "tmc/frontend/onnx/bounded.hpp"
#include "tmc/frontend/onnx/run_time.hpp"
#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/cast.hpp"
#include "tmc/ops/op/concat.hpp"
#include "tmc/ops/op/cum_sum.hpp"
#include "tmc/ops/op/lookup.hpp"
#include "tmc/ops/op/reshape.hpp"
#include "tmc/ops/op/scatter_elements.hpp"
#include "tmc/ops/op/top_k.hpp"
#include "tmc/ops/op/transpose.hpp"
#include "tmc/ops/shape_rules.hpp"

namespace tmc::frontend::onnx_format {
namespace {

using ir::ValueId;

// Rows [n, m] are brought in order, by which equal ones are neighbours; the first of each group, which the order keeps
// first, stands for it.
class UniqueRows {
 public:
  UniqueRows(ImportContext& context, bool sorted) : context_(context), sorted_(sorted) {}

  Status run() {
    TMC_TRY(read_rows());
    TMC_ASSIGN(Room room, room_of(context_, 0, "input", shape_.rank() == 1 ? 0 : axis_));
    if (room.is_bound) room.places = std::min(room.places, count_);
    places_ = room.places;
    TMC_TRY(group());
    TMC_ASSIGN(const ValueId count, count_of(context_, "_groups", begins_));
    if (room.is_bound) {
      TMC_ASSIGN(filled_, first_places(context_, "_filled", count, places_));
      for (size_t i = 0; i < 4; ++i) {
        if (i != kInverse && context_.has_output(i)) TMC_TRY(context_.finish_count(i, count));
      }
    }
    TMC_ASSIGN(const ValueId values, append("_values", ops::Lookup{0}, {rows_, firsts_}));
    TMC_ASSIGN(ValueId filled, fill("_values", values, 0));
    TMC_TRY(finish_values(filled));
    TMC_ASSIGN(ValueId firsts, as_dtype(context_, "_firsts_i64", firsts_, DType::kI64));
    TMC_ASSIGN(firsts, fill("_firsts", firsts, -1));
    TMC_TRY(finish_copy(context_, 1, firsts));
    TMC_TRY(finish_copy(context_, kInverse, groups_));
    return finish_occurrences();
  }

 private:
  static constexpr size_t kInverse = 2, kCounts = 3;
  static constexpr int64_t kMostColumns = 256;

  Result<ValueId> append(const char* suffix, ops::AnyOp op, std::vector<ValueId> inputs) {
    return context_.append(suffix, std::move(op), std::move(inputs));
  }

  // The slices along the axis as rows, or all elements as rows of one.
  Status read_rows() {
    TMC_ASSIGN(ValueId input, context_.input(0));
    shape_ = context_.type(input).shape;
    if (!context_.attributes().has("axis")) {
      shape_ = Shape::of(shape_.elements());
      TMC_ASSIGN(input, reshaped(context_, "_flat", input, shape_));
    }
    TMC_ASSIGN(const int64_t given, context_.attributes().integer("axis", 0));
    TMC_ASSIGN(axis_, ops::normalize_axis(given, shape_.rank()));
    for (int64_t axis = 0; axis < shape_.rank(); ++axis) order_.push_back(axis);
    std::rotate(order_.begin(), order_.begin() + axis_, order_.begin() + axis_ + 1);
    if (axis_ != 0) {
      TMC_ASSIGN(input, append("_moved", ops::Transpose{order_}, {input}));
    }
    moved_ = context_.type(input).shape;
    count_ = moved_[0];
    columns_ = moved_.elements() / count_;
    if (columns_ > kMostColumns) {
      return error(Error::kUnsupportedShape, "it compares slices of {} elements", columns_)
          .with_hint(fmt::format("{} are supported", kMostColumns));
    }
    TMC_ASSIGN(rows_, reshaped(context_, "_rows", input, Shape::of(count_, columns_)));
    return {};
  }

  Result<ValueId> column(ValueId rows, int64_t index, const std::string& suffix) {
    ops::Slice slice = ops::Slice::whole(Shape::of(count_, columns_));
    slice.read(1, index, 1);
    TMC_ASSIGN(const ValueId one, context_.append(suffix, std::move(slice), {rows}));
    return reshaped(context_, suffix + "_list", one, Shape::of(count_));
  }

  // The rows' numbers in their order, i32 [n]: sorted by the last column first, each time keeping what was before.
  Result<ValueId> sorted_numbers() {
    ValueId numbers = ValueId::kNone;
    for (int64_t at = columns_; at-- > 0;) {
      const std::string suffix = fmt::format("_column{}", at);
      TMC_ASSIGN(ValueId keys, column(rows_, at, suffix));
      if (numbers != ValueId::kNone) {
        TMC_ASSIGN(keys, context_.append(suffix + "_ordered", ops::Lookup{0}, {keys, numbers}));
      }
      TMC_ASSIGN(const ValueId places, context_.append(suffix + "_places", ops::TopK{0, count_, false}, {keys}));
      if (numbers == ValueId::kNone) {
        numbers = places;
      } else {
        TMC_ASSIGN(numbers, context_.append(suffix + "_numbers", ops::Lookup{0}, {numbers, places}));
      }
    }
    return numbers;
  }

  // Whether a row of those in order is the first of its group, bool [n].
  Result<ValueId> group_begins(ValueId numbers) {
    const ValueId begin =
        context_.graph().add_constant(context_.first_output_name() + "_begin", {DType::kBool, Shape::of(1)},
                                      ir::TensorData(std::vector<std::byte>(1, std::byte{1})));
    if (count_ == 1) return begin;
    TMC_ASSIGN(const ValueId ordered, append("_ordered", ops::Lookup{0}, {rows_, numbers}));
    const auto part = [&](const char* suffix, int64_t from) {
      ops::Slice slice = ops::Slice::whole(Shape::of(count_, columns_));
      slice.read(0, from, count_ - 1);
      return context_.append(suffix, std::move(slice), {ordered});
    };
    TMC_ASSIGN(const ValueId before, part("_before", 0));
    TMC_ASSIGN(const ValueId after, part("_after", 1));
    TMC_ASSIGN(const ValueId differ, append("_differ", ops::NotEqual{}, {before, after}));
    TMC_ASSIGN(const ValueId changes, append("_changes", ops::ReduceAny{{1}, false}, {differ}));
    return append("_begins", ops::Concat{.axis = 0}, {begin, changes});
  }

  // Numbers of the truths up to each, from 0 on: i64 [n].
  Result<ValueId> numbers_of(const std::string& suffix, ValueId truths) {
    TMC_ASSIGN(const ValueId ones, context_.append(suffix + "_ones", ops::Cast{DType::kI64}, {truths}));
    TMC_ASSIGN(const ValueId sums, context_.append(suffix + "_sums", ops::CumSum{.axis = 0}, {ones}));
    TMC_ASSIGN(const ValueId one, append_integers(context_, suffix + "_one", Shape(), {1}));
    return context_.append(suffix, ops::Sub{}, {sums, one});
  }

  // `values` [n], which belong to the rows in order, at the rows' own places.
  Result<ValueId> at_rows(const std::string& suffix, ValueId numbers, ValueId values) {
    TMC_TRY(context_.budget().take_computed(context_.type(values)));
    const ops::TensorType type = context_.type(values);
    const size_t bytes = static_cast<size_t>(count_) * dtype_bytes(type.dtype);
    const ValueId zeros = context_.graph().add_constant(context_.first_output_name() + suffix + "_zeros", type,
                                                        ir::TensorData(std::vector<std::byte>(bytes)));
    return context_.append(suffix, ops::ScatterElements{}, {zeros, numbers, values});
  }

  // Of each row the number of its group, and of each group its first row; groups in the order of their values, or of
  // their first rows.
  Status group() {
    TMC_ASSIGN(const ValueId numbers, sorted_numbers());
    TMC_ASSIGN(begins_, group_begins(numbers));
    TMC_ASSIGN(const ValueId groups, numbers_of("_group", begins_));
    TMC_ASSIGN(groups_, at_rows("_groups_of_rows", numbers, groups));
    if (sorted_) {
      TMC_ASSIGN(const ValueId begins, places_of(context_, "_group_begins", begins_, places_));
      TMC_ASSIGN(firsts_, append("_firsts", ops::Lookup{0}, {numbers, begins}));
      return {};
    }
    TMC_ASSIGN(const ValueId ones, append("_begins_i64", ops::Cast{DType::kI64}, {begins_}));
    TMC_ASSIGN(const ValueId is_first, at_rows("_is_first", numbers, ones));
    TMC_ASSIGN(const ValueId truths, append("_is_first_truth", ops::Cast{DType::kBool}, {is_first}));
    TMC_ASSIGN(firsts_, places_of(context_, "_firsts", truths, places_));
    // The first row of every group, by which its number becomes that in the order of the rows.
    TMC_ASSIGN(const ValueId begins, places_of(context_, "_group_begins", begins_, count_));
    TMC_ASSIGN(const ValueId first_rows, append("_first_rows", ops::Lookup{0}, {numbers, begins}));
    TMC_ASSIGN(const ValueId of_rows, numbers_of("_first_number", truths));
    TMC_ASSIGN(const ValueId renumbered, append("_renumbered", ops::Lookup{0}, {of_rows, first_rows}));
    TMC_ASSIGN(groups_, append("_groups_by_row", ops::Lookup{0}, {renumbered, groups_}));
    return {};
  }

  Result<ValueId> fill(const char* suffix, ValueId value, int64_t otherwise) {
    if (filled_ == ValueId::kNone) return value;
    return filled_behind(context_, fmt::format("{}_filled", suffix), value, 0, filled_, otherwise);
  }

  Status finish_values(ValueId rows) {
    Shape moved = moved_;
    moved[0] = places_;
    TMC_ASSIGN(const ValueId shaped, reshaped(context_, "_shaped", rows, moved));
    if (axis_ == 0) return finish_copy(context_, 0, shaped);
    ops::Transpose back;
    back.perm.resize(order_.size());
    for (size_t i = 0; i < order_.size(); ++i) back.perm[static_cast<size_t>(order_[i])] = static_cast<int64_t>(i);
    return context_.finish_output(0, std::move(back), {shaped});
  }

  // How many rows each group has.
  Status finish_occurrences() {
    if (!context_.has_output(kCounts)) return {};
    TMC_ASSIGN(const ValueId numbers, append_numbers(context_, "_group_numbers", places_, 0, 2));
    TMC_ASSIGN(const ValueId is_of, append("_is_of_group", ops::Equal{}, {numbers, groups_}));
    TMC_ASSIGN(const ValueId ones, append("_of_group", ops::Cast{DType::kI64}, {is_of}));
    TMC_ASSIGN(const ValueId counts, append("_occurrences", ops::ReduceSum{{1}, false}, {ones}));
    return finish_copy(context_, kCounts, counts);
  }

  ImportContext& context_;
  const bool sorted_;
  int axis_ = 0;
  Shape shape_, moved_;
  std::vector<int64_t> order_;  // of the axes, the one that is compared first
  int64_t count_ = 0, columns_ = 0, places_ = 0;
  ValueId rows_ = ValueId::kNone, begins_ = ValueId::kNone, groups_ = ValueId::kNone, firsts_ = ValueId::kNone;
  ValueId filled_ = ValueId::kNone;  // none: all places are
};

}  // namespace

// The different elements, or slices along an axis, where each comes first, which one each is, and how many there are.
Status import_unique(ImportContext& context) {
  TMC_ASSIGN(const int64_t sorted, context.attributes().integer("sorted", 1));
  return UniqueRows(context, sorted != 0).run();
}

}  // namespace tmc::frontend::onnx_format

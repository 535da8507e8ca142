// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/rotary.hpp"

#include "tmc/frontend/onnx/run_time.hpp"
#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/gather.hpp"
#include "tmc/ops/op/lookup.hpp"
#include "tmc/ops/op/reshape.hpp"
#include "tmc/ops/op/rotary_embedding.hpp"

namespace tmc::frontend::onnx_format {
namespace {

using ir::ValueId;

class RotaryImport {
 public:
  RotaryImport(ImportContext& context, const RotaryForm& form) : context_(context), form_(form) {}

  Status run() {
    TMC_TRY(read());
    TMC_ASSIGN(const ValueId cosine, angles("_cos", form_.cosine));
    TMC_ASSIGN(const ValueId sine, angles("_sin", form_.sine));
    if (!is_split_) return context_.finish(op_, {input_, cosine, sine});
    TMC_ASSIGN(const ValueId turned, context_.append("_turned", op_, {input_, cosine, sine}));
    return context_.finish(ops::Reshape{{shape_.begin(), shape_.end()}}, {turned});
  }

 private:
  // Heads that lie apart are items of one head each.
  Status read() {
    TMC_ASSIGN(input_, context_.input(0));
    TMC_ASSIGN(int32_t heads, context_.attributes().small_integer("num_heads", 0));
    TMC_ASSIGN(op_.rotated, context_.attributes().small_integer("rotary_embedding_dim", 0));
    TMC_ASSIGN(const int64_t interleaved, context_.attributes().integer("interleaved", 0));
    op_.interleaved = interleaved != 0;
    shape_ = context_.type(input_).shape;
    is_split_ = shape_.rank() == 4;
    if (is_split_) {
      length_ = shape_[2];
      return as_items();
    }
    if (shape_.rank() == 3 && heads == 0 && form_.sized_by_angles) {
      TMC_ASSIGN(const Shape table, context_.shape_of(form_.cosine));
      const int64_t size = table.rank() > 0 ? 2 * table.back() : 0;
      if (size > 0 && shape_[2] % size == 0) heads = static_cast<int32_t>(shape_[2] / size);
    }
    if (shape_.rank() != 3 || heads < 1) {
      return error(Error::kMalformed, "its input has rank {} and {} heads", shape_.rank(), heads);
    }
    op_.heads = heads;
    length_ = shape_[1];
    return {};
  }

  Status as_items() {
    TMC_ASSIGN(input_, reshaped(context_, "_heads", input_, Shape::of(shape_[0] * shape_[1], shape_[2], shape_[3])));
    return {};
  }

  // Of every position, or of those of every item.
  Result<ValueId> angles(const std::string& suffix, size_t table) {
    TMC_ASSIGN(ValueId value, context_.input(table));
    if (context_.has_input(form_.positions)) {
      TMC_ASSIGN(value, looked_up(suffix, value));
    }
    if (!is_split_ || context_.type(value).shape.rank() != 3) return value;
    const Shape shape = context_.type(value).shape;
    if (shape[0] == 1) return reshaped(context_, suffix + "_shared", value, Shape::of(shape[1], shape[2]));
    ops::Gather repeat{.axes = {0}, .counts = {shape[0] * shape_[1]}, .indices = {}};
    for (int64_t i = 0; i < repeat.counts[0]; ++i) repeat.indices.push_back(i / shape_[1]);
    return context_.append(suffix + "_of_heads", std::move(repeat), {value});
  }

  // The rows of the table at the positions; constant ones move elements, which can be done before a run.
  Result<ValueId> looked_up(const std::string& suffix, ValueId table) {
    const Shape rows = context_.type(table).shape;
    if (rows.rank() != 2 || rows[0] < 1) return error(Error::kMalformed, "its angles are no table of positions");
    TMC_ASSIGN(const Shape given, context_.shape_of(form_.positions));
    const bool is_first = given.elements() == 1 && given.rank() < 2 && form_.sized_by_angles;
    if (!context_.is_constant(form_.positions)) {
      TMC_ASSIGN(ValueId positions, integers_of(context_, form_.positions, "positions"));
      if (is_first) {
        TMC_ASSIGN(const ValueId steps, append_numbers(context_, suffix + "_steps", length_, 0, 1));
        TMC_ASSIGN(positions, context_.append(suffix + "_positions", ops::Add{}, {steps, positions}));
      }
      return context_.append(suffix, ops::Lookup{0}, {table, positions});
    }
    TMC_ASSIGN(std::vector<int64_t> positions, context_.constant_ints(form_.positions, "positions"));
    if (is_first) {
      TMC_TRY(context_.budget().take_computed({DType::kI64, Shape::of(length_)}));
      const int64_t first = positions.front();
      positions.clear();
      for (int64_t i = 0; i < length_; ++i) positions.push_back(first + i);
    }
    for (const int64_t position : positions) {
      if (position >= 0 && position < rows[0]) continue;
      return error(Error::kMalformed, "position {} is outside its table of {}", position, rows[0]);
    }
    Shape shape = is_first ? Shape::of(length_) : given;
    if (!shape.push_back(rows[1])) return error(Error::kMalformed, "its positions have rank {}", given.rank());
    const int64_t count = std::ssize(positions);
    ops::Gather gather{.axes = {0}, .counts = {count}, .indices = std::move(positions)};
    TMC_ASSIGN(const ValueId read, context_.append(suffix + "_read", std::move(gather), {table}));
    return reshaped(context_, suffix, read, shape);
  }

  ImportContext& context_;
  const RotaryForm form_;
  ops::RotaryEmbedding op_;
  ValueId input_ = ValueId::kNone;
  Shape shape_;
  int64_t length_ = 0;
  bool is_split_ = false;  // heads lie apart
};

}  // namespace

Status import_rotary(ImportContext& context, const RotaryForm& form) {
  return RotaryImport(context, form).run();
}

}  // namespace tmc::frontend::onnx_format

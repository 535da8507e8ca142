// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/text.hpp"

#include <algorithm>
#include <cstring>

#include "tmc/base/host/texts.hpp"
#include "tmc/frontend/onnx/run_time.hpp"
#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/cast.hpp"
#include "tmc/ops/op/concat.hpp"
#include "tmc/ops/op/reshape.hpp"

namespace tmc::frontend::onnx_format {

using ir::ValueId;

namespace {

constexpr int64_t kWordBytes = 4;

int64_t rounded_to_words(int64_t width) {
  return (width + kWordBytes - 1) / kWordBytes * kWordBytes;
}

Result<ValueId> append_i32(ImportContext& context, const std::string& suffix, const Shape& shape,
                           const std::vector<int64_t>& values) {
  TMC_TRY(context.budget().take_computed({DType::kI32, shape}));
  return context.graph().add_constant(context.first_output_name() + suffix, {DType::kI32, shape},
                                      integer_data(DType::kI32, values));
}

// i32 [..., width / 4], for a width of whole words.
Result<ValueId> words_of(ImportContext& context, const std::string& suffix, ValueId text) {
  const Shape shape = context.type(text).shape;
  std::vector<int64_t> split(shape.begin(), shape.end());
  split.back() /= kWordBytes;
  split.push_back(kWordBytes);
  TMC_ASSIGN(ValueId bytes, context.append(suffix + "_bytes", ops::Cast{DType::kI32}, {text}));
  TMC_ASSIGN(bytes, context.append(suffix + "_by_word", ops::Reshape{split}, {bytes}));
  TMC_ASSIGN(const ValueId places,
             append_i32(context, suffix + "_places", Shape::of(kWordBytes), {1, 1 << 8, 1 << 16, 1 << 24}));
  TMC_ASSIGN(const ValueId placed, context.append(suffix + "_placed", ops::Mul{}, {bytes, places}));
  return context.append(suffix + "_words", ops::ReduceSum{{shape.rank()}, false}, {placed});
}

}  // namespace

Shape strings_shape(ImportContext& context, ValueId text) {
  const Shape& bytes = context.type(text).shape;
  Shape shape;
  for (int axis = 0; axis + 1 < bytes.rank(); ++axis) shape.push_back(bytes[axis]);
  return shape;
}

Result<ValueId> append_strings(ImportContext& context, const std::string& suffix, const Shape& shape,
                               const std::vector<std::string>& strings) {
  size_t width = 1;
  for (const std::string& text : strings) width = std::max(width, text.size());
  ops::TensorType type{DType::kU8, shape};
  if (!type.shape.push_back(static_cast<int64_t>(width)) || type.shape.elements() < 0) {
    return error(Error::kUnsupportedShape, "its strings are too many, too long, or of too high a rank");
  }
  TMC_TRY(context.budget().take_computed(type));
  return context.graph().add_constant(context.first_output_name() + suffix, type,
                                      ir::TensorData(padded_texts(strings, width)));
}

Result<ValueId> widened_strings(ImportContext& context, const std::string& suffix, ValueId text, int64_t width) {
  Shape zeros = context.type(text).shape;
  const int last = zeros.rank() - 1;
  zeros[last] = width - zeros[last];
  if (zeros[last] == 0) return text;
  TMC_TRY(context.budget().take_computed({DType::kU8, zeros}));
  const ValueId behind =
      context.graph().add_constant(context.first_output_name() + suffix + "_zeros", {DType::kU8, zeros},
                                   ir::TensorData(std::vector<std::byte>(static_cast<size_t>(zeros.elements()))));
  return context.append(suffix + "_wide", ops::Concat{.axis = last}, {text, behind});
}

Result<ValueId> equal_strings(ImportContext& context, const std::string& suffix, ValueId a, ValueId b) {
  const int64_t width = rounded_to_words(std::max(context.type(a).shape.back(), context.type(b).shape.back()));
  TMC_ASSIGN(a, widened_strings(context, suffix + "_a", a, width));
  TMC_ASSIGN(b, widened_strings(context, suffix + "_b", b, width));
  TMC_ASSIGN(a, words_of(context, suffix + "_a", a));
  TMC_ASSIGN(b, words_of(context, suffix + "_b", b));
  TMC_ASSIGN(const ValueId same, context.append(suffix + "_same", ops::Equal{}, {a, b}));
  return context.append(suffix, ops::ReduceAll{{context.type(same).shape.rank() - 1}, false}, {same});
}

Result<ValueId> string_matches(ImportContext& context, const std::string& suffix, ValueId text,
                               const std::vector<std::string>& keys) {
  const Shape shape = context.type(text).shape;
  std::vector<int64_t> column(shape.begin(), shape.end());
  column.insert(column.end() - 1, 1);
  TMC_ASSIGN(const ValueId each, context.append(suffix + "_column", ops::Reshape{column}, {text}));
  TMC_ASSIGN(const ValueId table, append_strings(context, suffix + "_keys", Shape::of(std::ssize(keys)), keys));
  return equal_strings(context, suffix + "_matches", each, table);
}

Result<ValueId> string_lengths(ImportContext& context, const std::string& suffix, ValueId text) {
  TMC_ASSIGN(const ValueId is_there, context.append(suffix + "_is_there", ops::Cast{DType::kBool}, {text}));
  TMC_ASSIGN(const ValueId ones, context.append(suffix + "_ones", ops::Cast{DType::kI32}, {is_there}));
  return context.append(suffix, ops::ReduceSum{{context.type(text).shape.rank() - 1}, true}, {ones});
}

}  // namespace tmc::frontend::onnx_format

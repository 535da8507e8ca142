// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// Operators that only move elements, of strings: they move the numbers of these, and the bytes are looked up by what
// comes of it.

#include <algorithm>
#include <numeric>

#include "tmc/frontend/onnx/run_time.hpp"
#include "tmc/frontend/onnx/text.hpp"
#include "tmc/ops/op/concat.hpp"
#include "tmc/ops/op/lookup.hpp"
#include "tmc/ops/op/reshape.hpp"

namespace tmc::frontend::onnx_format {

using ir::ValueId;

namespace {

// The rows of all the node's strings, u8 [strings, width], and its inputs with the numbers of these in their place.
struct Numbered {
  ValueId rows = ValueId::kNone;
  int64_t count = 0;
  std::vector<FileTensor> inputs;
};

Result<FileTensor> numbers_from(ImportContext& context, int64_t first, const Shape& shape) {
  TMC_TRY(context.budget().take_computed({DType::kI64, shape}));
  std::vector<int64_t> numbers(static_cast<size_t>(shape.elements()));
  std::iota(numbers.begin(), numbers.end(), first);
  FileTensor tensor;
  tensor.constant = Constant{{DType::kI64, shape}, integer_data(DType::kI64, numbers)};
  return tensor;
}

Result<Numbered> number_strings(ImportContext& context) {
  Numbered numbered;
  std::vector<ValueId> texts;
  int64_t width = 1;
  for (size_t i = 0; i < context.input_count(); ++i) {
    FileTensor& input = numbered.inputs.emplace_back();
    if (!context.has_input(i)) continue;
    if (!context.is_text(i)) {
      TMC_ASSIGN(input, context.file_tensor(i));
      continue;
    }
    TMC_ASSIGN(texts.emplace_back(), context.text(i));
    const Shape shape = strings_shape(context, texts.back());
    TMC_ASSIGN(input, numbers_from(context, numbered.count, shape));
    numbered.count += shape.elements();
    width = std::max(width, context.type(texts.back()).shape.back());
  }
  for (size_t i = 0; i < texts.size(); ++i) {
    const std::string suffix = fmt::format("_strings{}", i);
    const int64_t count = strings_shape(context, texts[i]).elements();
    TMC_ASSIGN(texts[i], widened_strings(context, suffix, texts[i], width));
    TMC_ASSIGN(texts[i], reshaped(context, suffix, texts[i], Shape::of(count, width)));
  }
  numbered.rows = texts.front();
  if (texts.size() == 1) return numbered;
  TMC_ASSIGN(numbered.rows, context.append("_strings", ops::Concat{.axis = 0}, std::move(texts)));
  return numbered;
}

// Whether every string stays at its place.
bool stay(const FileTensor& moved, int64_t count) {
  if (!moved.constant || moved.constant->type.shape.elements() != count) return false;
  const std::vector<int64_t> numbers = moved.constant->data.to_vector<int64_t>();
  for (size_t i = 0; i < numbers.size(); ++i) {
    if (numbers[i] != static_cast<int64_t>(i)) return false;
  }
  return true;
}

Status finish_moved(ImportContext& context, size_t output, const Numbered& numbered, FileTensor moved) {
  ValueId rows = numbered.rows;
  const std::string suffix = fmt::format("_moved{}", output);
  Shape shape = moved.constant ? moved.constant->type.shape : Shape();
  if (!stay(moved, numbered.count)) {
    TMC_ASSIGN(ValueId numbers, context.value_of(moved));
    shape = context.type(numbers).shape;
    TMC_ASSIGN(numbers, reshaped(context, suffix + "_flat", numbers, Shape::of(shape.elements())));
    TMC_ASSIGN(rows, context.append(suffix, ops::Lookup{0}, {rows, numbers}));
  }
  std::vector<int64_t> extents(shape.begin(), shape.end());
  extents.push_back(context.type(rows).shape.back());
  TMC_TRY(context.finish_output(output, ops::Reshape{extents}, {rows}));
  context.set_text(output);
  return {};
}

}  // namespace

bool moves_elements(const std::string& op_type) {
  static constexpr std::string_view kMoves[] = {"ArrayFeatureExtractor",
                                                "Concat",
                                                "Expand",
                                                "Flatten",
                                                "Gather",
                                                "GatherElements",
                                                "GatherND",
                                                "Identity",
                                                "Reshape",
                                                "Scatter",
                                                "Shape",
                                                "Size",
                                                "Slice",
                                                "Split",
                                                "Squeeze",
                                                "ScatterElements",
                                                "ScatterND",
                                                "Tile",
                                                "Where",
                                                "Transpose",
                                                "Unsqueeze"};
  return std::ranges::find(kMoves, op_type) != std::end(kMoves);
}

Status import_moved_strings(ImportContext& context, const std::function<Status(ImportContext&)>& importer) {
  TMC_ASSIGN(const Numbered numbered, number_strings(context));
  TMC_ASSIGN(const std::vector<FileTensor> moved, context.import_as(context.node(), numbered.inputs, importer));
  const bool asks = context.op_type() == "Shape" || context.op_type() == "Size";
  for (size_t i = 0; i < moved.size(); ++i) {
    if (!context.has_output(i)) continue;
    TMC_TRY(asks ? context.finish_output_as(i, moved[i]) : finish_moved(context, i, numbered, moved[i]));
  }
  return {};
}

}  // namespace tmc::frontend::onnx_format

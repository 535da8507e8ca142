// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/structured.hpp"

#include <fmt/ranges.h>

#include <numeric>

#include "tmc/frontend/onnx/patterns.hpp"
#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/cast.hpp"
#include "tmc/ops/op/reshape.hpp"
#include "tmc/ops/op/where.hpp"

namespace tmc::frontend::onnx_format {

using ir::ValueId;

bool comes_from_f32(ImportContext& context, ValueId value) {
  const ir::NodeId cast = context.graph().producer_if<ops::Cast>(value);
  return cast != ir::NodeId::kNone && context.type(context.graph().node(cast).inputs[0]).dtype == DType::kF32;
}

Result<ValueId> real_input(ImportContext& context, size_t index) {
  TMC_ASSIGN(const ValueId input, context.input(index));
  const bool is_double = context.type(input).dtype == DType::kF64;
  if (is_double && comes_from_f32(context, input)) {
    return context.graph().node(context.graph().value(input).producer).inputs[0];
  }
  if (is_double) context.warn("its features of double are rounded to float32");
  return as_dtype(context, fmt::format("_reals{}", index), input, DType::kF32);
}

Result<ValueId> input_rows(ImportContext& context, size_t index) {
  TMC_ASSIGN(const ValueId input, real_input(context, index));
  const Shape& shape = context.type(input).shape;
  if (shape.rank() == 2) return input;
  if (shape.rank() != 1) {
    return error(Error::kUnsupportedShape, "its input has rank {}, not rows of features", shape.rank())
        .with_hint("reshape it to [rows, features]");
  }
  return context.append(fmt::format("_row{}", index), ops::Reshape{{1, shape[0]}}, {input});
}

Result<std::vector<int64_t>> read_class_labels(ImportContext& context, const char* integers, const char* names) {
  TMC_ASSIGN(std::vector<int64_t> labels, context.attributes().integers(integers));
  TMC_ASSIGN(const std::vector<std::string> texts, context.attributes().texts(names));
  if (texts.empty()) return labels;
  if (context.has_output(0)) {
    context.warn(fmt::format("its label is the number of the class, which are named '{}'", fmt::join(texts, "', '")));
  }
  labels.resize(texts.size());
  std::iota(labels.begin(), labels.end(), 0);
  return labels;
}

Result<ValueId> matches(ImportContext& context, const std::string& suffix, ValueId value, ValueId keys) {
  const Shape& shape = context.type(value).shape;
  std::vector<int64_t> column(shape.begin(), shape.end());
  column.push_back(1);
  if (column.size() > static_cast<size_t>(Shape::kMaxRank)) {
    return error(Error::kUnsupportedShape, "its input has rank {}", shape.rank());
  }
  TMC_ASSIGN(const ValueId each, context.append(suffix + "_column", ops::Reshape{column}, {value}));
  return context.append(suffix + "_matches", ops::Equal{}, {each, keys});
}

Result<ValueId> pick_match(ImportContext& context, const std::string& suffix, ValueId found, ValueId values) {
  ValueId zero = ValueId::kNone;
  if (context.type(values).dtype == DType::kF32) {
    TMC_ASSIGN(zero, append_reals(context, suffix + "_zero", Shape::of(1), {0}));
  } else {
    TMC_ASSIGN(zero, append_integers(context, suffix + "_zero", Shape::of(1), {0}));
  }
  const int64_t last = context.type(found).shape.rank() - 1;
  TMC_ASSIGN(const ValueId picked, context.append(suffix + "_picked", ops::Where{}, {found, values, zero}));
  return context.append(suffix, ops::ReduceSum{{last}, false}, {picked});
}

Result<ValueId> look_up(ImportContext& context, const std::string& suffix, ValueId index, ValueId table) {
  const Shape entries = context.type(table).shape;
  TMC_ASSIGN(const ValueId counted, append_counted(context, suffix + "_numbers", {DType::kI64, entries}));
  TMC_ASSIGN(const ValueId found, matches(context, suffix, index, counted));
  return pick_match(context, suffix, found, table);
}

Status finish_labels(ImportContext& context, ValueId number, const std::vector<int64_t>& labels) {
  if (!context.has_output(0)) return {};
  std::vector<int64_t> numbers(labels.size());
  std::iota(numbers.begin(), numbers.end(), 0);
  if (labels == numbers) return finish_copy(context, 0, number);
  TMC_ASSIGN(const ValueId table, append_integers(context, "_labels", Shape::of(std::ssize(labels)), labels));
  TMC_ASSIGN(const ValueId label, look_up(context, "_label", number, table));
  return finish_copy(context, 0, label);
}

Status finish_binary_labels(ImportContext& context, ValueId score, float limit, const std::vector<int64_t>& labels) {
  if (!context.has_output(0)) return {};
  const int64_t rows = context.type(score).shape[0];
  TMC_ASSIGN(const ValueId list, context.append("_score", ops::Reshape{{rows}}, {score}));
  const ValueId least = context.append_scalar("_limit", limit);
  TMC_ASSIGN(const ValueId is_second, context.append("_is_second", ops::Greater{}, {list, least}));
  const std::vector<int64_t> both = labels.size() == 2 ? labels : std::vector<int64_t>{0, 1};
  TMC_ASSIGN(const ValueId first, append_integers(context, "_first", Shape::of(1), {both[0]}));
  TMC_ASSIGN(const ValueId second, append_integers(context, "_second", Shape::of(1), {both[1]}));
  return context.finish_output(0, ops::Where{}, {is_second, second, first});
}

Status finish_label_of_greatest(ImportContext& context, ValueId scores, const std::vector<int64_t>& labels) {
  if (!context.has_output(0)) return {};
  TMC_ASSIGN(const ValueId number, context.append("_class", ops::ArgMax{{1}, false}, {scores}));
  return finish_labels(context, number, labels);
}

}  // namespace tmc::frontend::onnx_format

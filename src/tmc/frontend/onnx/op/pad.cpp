// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/pad.hpp"
#include "tmc/frontend/common/index_lists.hpp"
#include "tmc/frontend/onnx/index_map.hpp"
#include "tmc/frontend/onnx/pad_at_run_time.hpp"
#include "tmc/frontend/onnx/patterns.hpp"
#include "tmc/ops/shape_rules.hpp"

namespace tmc::frontend::onnx_format {
namespace {

// The real that the integer 0 of the file stands for; 0 of a float tensor.
double real_of_zero(const Quantization& quantization, bool shifted) {
  if (quantization.empty() || quantization.per_axis()) return 0;
  return static_cast<double>(quantization.scale()) * ((shifted ? -128 : 0) - quantization.zero_point());
}

// Counts before and behind every axis; the file may give those of some axes only.
Result<std::vector<int64_t>> read_pads(ImportContext& context, int rank) {
  TMC_ASSIGN(auto pads, context.ints_of("pads", 1, 11));
  TMC_ASSIGN(const auto axes, context.ints_of("axes", 3, 18));
  if (!pads) return error(Error::kMalformed, "its pads are missing");
  if (!axes) return *std::move(pads);
  if (pads->size() != 2 * axes->size())
    return error(Error::kMalformed, "it has {} pads for {} axes", pads->size(), axes->size());
  std::vector<int64_t> all(2 * static_cast<size_t>(rank));
  for (size_t i = 0; i < axes->size(); ++i) {
    TMC_ASSIGN(const int axis, ops::normalize_axis((*axes)[i], rank));
    all[static_cast<size_t>(axis)] = (*pads)[i];
    all[static_cast<size_t>(axis + rank)] = (*pads)[i + axes->size()];
  }
  return all;
}

Status import_extension(ImportContext& context, const std::string& mode, const Shape& shape,
                        const std::vector<int64_t>& pads) {
  if (mode != "reflect" && mode != "edge" && mode != "wrap") {
    return error(Error::kMalformed, "its mode is '{}'", mode);
  }
  TMC_ASSIGN(ops::Gather op, extension(context.budget(), mode, shape, pads));
  return op.axes.empty() ? import_pass_through(context) : import_moved(context, std::move(op));
}

}  // namespace

Status import_pad(ImportContext& context) {
  TMC_ASSIGN(const std::string mode, context.attributes().text("mode", "constant"));
  TMC_ASSIGN(const Shape shape, context.shape_of(0));
  if (is_padded_at_run_time(context)) return import_pad_at_run_time(context, mode);
  TMC_ASSIGN(std::vector<int64_t> pads, read_pads(context, shape.rank()));
  if (mode != "constant") return import_extension(context, mode, shape, pads);
  TMC_ASSIGN(const ir::ValueId input, context.input(0));
  ops::Pad op{.pads = std::move(pads)};
  if (context.opset() < 11) {
    TMC_ASSIGN(op.value, context.attributes().real("value", 0));
  } else {
    TMC_ASSIGN(const FileTensor* const tensor, context.tensor(0));
    const double otherwise = real_of_zero(context.graph().value(input).quantization, tensor->shifted);
    TMC_ASSIGN(op.value, context.constant_real(2, "constant_value", otherwise));
  }
  return context.finish(std::move(op), {input});
}

}  // namespace tmc::frontend::onnx_format

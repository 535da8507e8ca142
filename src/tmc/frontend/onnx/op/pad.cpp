// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/pad.hpp"
#include "tmc/frontend/onnx/import_context.hpp"
#include "tmc/ops/shape_rules.hpp"

namespace tmc::frontend::onnx_format {

namespace {

// The real that the integer 0 of the file stands for; 0 of a float tensor.
double real_of_zero(const Quantization& quantization, bool shifted) {
  if (quantization.empty() || quantization.per_axis()) return 0;
  return static_cast<double>(quantization.scale()) * ((shifted ? -128 : 0) - quantization.zero_point());
}

}  // namespace

Status import_pad(ImportContext& context) {
  TMC_ASSIGN(const std::string mode, context.attributes().text("mode", "constant"));
  if (mode != "constant") return error(Error::kUnsupportedOp, "padding of mode '{}' is not covered", mode);
  TMC_ASSIGN(const ir::ValueId input, context.input(0));
  TMC_ASSIGN(const auto pads, context.ints_of("pads", 1, 11));
  TMC_ASSIGN(const auto axes, context.ints_of("axes", 3, 18));
  if (!pads) return error(Error::kMalformed, "its pads are missing");
  ops::Pad op{.pads = *pads};
  if (context.opset() < 11) {
    TMC_ASSIGN(op.value, context.attributes().real("value", 0));
  } else {
    TMC_ASSIGN(const FileTensor* const tensor, context.tensor(0));
    const double otherwise = real_of_zero(context.graph().value(input).quantization, tensor->shifted);
    TMC_ASSIGN(op.value, context.constant_real(2, "constant_value", otherwise));
  }
  if (axes) {
    const auto rank = static_cast<size_t>(context.type(input).shape.rank());
    if (pads->size() != 2 * axes->size())
      return error(Error::kMalformed, "it has {} pads for {} axes", pads->size(), axes->size());
    op.pads.assign(2 * rank, 0);
    for (size_t i = 0; i < axes->size(); ++i) {
      TMC_ASSIGN(const int axis, ops::normalize_axis((*axes)[i], static_cast<int>(rank)));
      op.pads[static_cast<size_t>(axis)] = (*pads)[i];
      op.pads[rank + static_cast<size_t>(axis)] = (*pads)[i + axes->size()];
    }
  }
  return context.finish(std::move(op), {input});
}

}  // namespace tmc::frontend::onnx_format

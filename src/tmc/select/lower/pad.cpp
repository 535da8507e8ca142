// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/pad.hpp"

#include <bit>
#include <cmath>

#include "tmc/kernels/contract/pad.hpp"
#include "tmc/select/numerics/affine.hpp"
#include "tmc/select/numerics/move.hpp"
#include "tmc/select/numerics/requantize.hpp"

namespace tmc::select {
namespace {

struct PaddedAxis {
  int64_t extent, before, after;
};

// Outermost first; an axis without padding is one with the axis outside it.
std::vector<PaddedAxis> padded_axes(const Shape& shape, const std::vector<int64_t>& pads) {
  std::vector<PaddedAxis> axes;
  const auto rank = static_cast<size_t>(shape.rank());
  for (size_t axis = 0; axis < rank; ++axis) {
    const int64_t extent = shape[static_cast<int>(axis)];
    const bool padded = pads[axis] != 0 || pads[axis + rank] != 0;
    if (padded || axes.empty()) {
      axes.push_back({extent, pads[axis], pads[axis + rank]});
    } else {
      PaddedAxis& outer = axes.back();
      outer = {outer.extent * extent, outer.before * extent, outer.after * extent};
    }
  }
  return axes;
}

// The element that stands for the real `value`, in the low bytes.
Result<int32_t> fill_of(const ir::Value& tensor, double value) {
  const DType dtype = tensor.type.dtype;
  if (dtype == DType::kF32) return std::bit_cast<int32_t>(static_cast<float>(value));
  if (!tensor.quantization.empty()) {
    TMC_ASSIGN(const Affine affine, affine_of(tensor, dtype));
    return quantized_range(value, value, affine, dtype).low;
  }
  if (dtype_is_float(dtype) && value != 0) {
    return error(Error::kUnsupportedType, "pads {} with {}", dtype_name(dtype), value).with_hint("pad with zero");
  }
  const bool is_bool = dtype == DType::kBool;
  const double least = is_bool ? 0 : dtype_min(dtype);
  const double most = is_bool ? 1 : dtype_max(dtype);
  if (value == std::trunc(value) && value >= least && value <= most) return static_cast<int32_t>(value);
  return error(Error::kUnsupportedType, "'{}' is {}, which has no {} to pad with", tensor.name, dtype_name(dtype),
               value)
      .with_hint("pad with a value that the tensor can hold");
}

// Input 0 in the quantisation of output 0, where the value to pad with has its element: the input's may not reach it.
Result<Ref> requantized_input(Lowering& lowering) {
  const ir::Value& input = lowering.input(0);
  if (input.quantization == lowering.output().quantization) return lowering.input_ref(0);
  const DType dtype = activation_dtype(input);
  TMC_ASSIGN(const Affine affine, activation_affine_of(input, dtype));
  const int64_t elements = input.type.shape.elements();
  const Ref requantized = lowering.add_temporary(".requantized", elements * dtype_bytes(dtype), dtype);
  TMC_TRY(emit_requantize(lowering, affine, elements, lowering.input_ref(0), requantized));
  return requantized;
}

}  // namespace

Status lower_pad(Lowering& lowering) {
  const auto& op = lowering.node().op.get<ops::Pad>();
  const ir::Value& input = lowering.input(0);
  kernels::Pad::Params p{};
  p.element_bytes = element_bytes(input);
  TMC_ASSIGN(p.fill, fill_of(lowering.output(), op.value));
  const std::vector<PaddedAxis> axes = padded_axes(input.type.shape, op.pads);
  if (axes.size() > 4) {
    return error(Error::kUnsupportedShape, "pads {} axes, the kernel takes 4", axes.size())
        .with_hint("split it into two");
  }
  for (int32_t& extent : p.extents) extent = 1;
  for (size_t i = 0; i < axes.size(); ++i) {
    const size_t axis = 4 - axes.size() + i;
    p.extents[axis] = static_cast<int32_t>(axes[i].extent);
    p.before[axis] = static_cast<int32_t>(axes[i].before);
    p.after[axis] = static_cast<int32_t>(axes[i].after);
  }
  TMC_ASSIGN(const Ref from, requantized_input(lowering));
  return lowering.emit<kernels::Pad>(p, {}, {from}, {lowering.output_ref()});
}

}  // namespace tmc::select

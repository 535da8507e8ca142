// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/dft.hpp"

#include <algorithm>

#include "tmc/kernels/contract/spectrum_f32.hpp"
#include "tmc/ops/shape_rules.hpp"
#include "tmc/select/numerics/spectrum.hpp"

namespace tmc::select {

Status lower_dft(Lowering& lowering) {
  const auto& op = lowering.node().op.get<ops::Dft>();
  const Shape& input = lowering.input(0).type.shape;
  const Shape& output = lowering.output().type.shape;
  TMC_ASSIGN(const int axis, ops::normalize_axis(op.axis, input.rank()));
  auto params = spectrum_params<kernels::DftF32::Params>(lowering, op.length, op.inverse);
  // Lines are along the axis; those before and after it are numbered apart.
  const bool to_reals = op.inverse && op.onesided;
  const int64_t most = to_reals ? ops::one_side_of(op.length) : op.length;
  const auto inner = static_cast<int32_t>(input.elements(axis + 1, input.rank() - 1));
  params.samples = static_cast<int32_t>(std::min(input[axis], most));
  params.bins = static_cast<int32_t>(output[axis]);
  params.outer = static_cast<int32_t>(input.elements(0, axis));
  params.inner = inner;
  const auto place = [inner](int32_t parts, int64_t extent, int32_t(&strides)[3]) {
    strides[2] = inner * parts;
    strides[1] = parts;
    strides[0] = strides[2] * static_cast<int32_t>(extent);
  };
  place(params.input_parts, input[axis], params.input_strides);
  place(params.output_parts, output[axis], params.output_strides);
  return lowering.emit<kernels::DftF32>(params, {turns_of(op.length, op.inverse)}, {lowering.input_ref(0)},
                                        {lowering.output_ref()});
}

}  // namespace tmc::select

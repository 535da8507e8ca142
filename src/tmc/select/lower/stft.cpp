// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/stft.hpp"

#include "tmc/kernels/contract/spectrum_f32.hpp"
#include "tmc/select/numerics/spectrum.hpp"

namespace tmc::select {
namespace {

// Frames are lines that overlap in the input.
template <typename Params>
Params frames_of(const Lowering& lowering) {
  const auto& op = lowering.node().op.get<ops::Stft>();
  const Shape& output = lowering.output().type.shape;
  auto params = spectrum_params<Params>(lowering, op.length, /*inverse=*/false);
  params.samples = op.length;
  params.bins = static_cast<int32_t>(output[2]);
  params.outer = static_cast<int32_t>(output[0]);
  params.inner = static_cast<int32_t>(output[1]);
  params.input_strides[0] = params.input_elements / params.outer;
  params.input_strides[1] = op.step * params.input_parts;
  params.input_strides[2] = params.input_parts;
  params.output_strides[0] = params.output_elements / params.outer;
  params.output_strides[1] = params.bins * params.output_parts;
  params.output_strides[2] = params.output_parts;
  return params;
}

}  // namespace

Status lower_stft(Lowering& lowering) {
  const kernels::Blob turns = turns_of(lowering.node().op.get<ops::Stft>().length, /*inverse=*/false);
  if (!lowering.has_input(1)) {
    return lowering.emit<kernels::DftF32>(frames_of<kernels::DftF32::Params>(lowering), {turns},
                                          {lowering.input_ref(0)}, {lowering.output_ref()});
  }
  auto params = frames_of<kernels::StftF32::Params>(lowering);
  params.window_elements = params.samples;
  return lowering.emit<kernels::StftF32>(params, {turns}, {lowering.input_ref(0), lowering.input_ref(1)},
                                         {lowering.output_ref()});
}

}  // namespace tmc::select

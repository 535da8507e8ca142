// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What dft and stft share: the constants of contract/spectrum_f32.hpp.

#include "tmc/select/lowering.hpp"

namespace tmc::select {

// e^(-2 pi i k / length) for k < length, or with `inverse` their conjugates.
kernels::Blob turns_of(int32_t length, bool inverse);

// What the two contracts' Params have in common; the rest, and extents, are the caller's.
template <typename Params>
Params spectrum_params(const Lowering& lowering, int32_t length, bool inverse) {
  const Shape& input = lowering.input(0).type.shape;
  const Shape& output = lowering.output().type.shape;
  Params params{};
  params.input_elements = static_cast<int32_t>(input.elements());
  params.output_elements = static_cast<int32_t>(output.elements());
  params.twiddles = 2 * length;
  params.length = length;
  params.inverse = inverse ? 1 : 0;
  params.input_parts = static_cast<int32_t>(input.back());
  params.output_parts = static_cast<int32_t>(output.back());
  params.factor = inverse ? 1 / static_cast<float>(length) : 1;
  return params;
}

}  // namespace tmc::select

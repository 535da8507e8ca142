// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/select/numerics/sigmoid_int16.hpp"

#include <algorithm>
#include <cmath>

#include "tmc/base/host/power_of_two.hpp"
#include "tmc/kernels/contract/sigmoid_s16.hpp"
#include "tmc/select/numerics/requantize.hpp"

namespace tmc::select {
namespace {

using Params = kernels::SigmoidS16::Params;

// Inputs to multiples of 1/12288. Scales of 2^-12, and for the tangent 2^-11, are exact.
void set_rescale(Params& p, float scale) {
  const std::optional<int> exponent = power_of_two_exponent(scale);
  if (exponent && (*exponent == -12 || (*exponent == -11 && p.tanh))) {
    p.multiplier = 3 << (*exponent + 12);
    return;
  }
  double multiplier = static_cast<double>(scale) * 12288;
  for (; multiplier <= 32767.0 / 2 && p.shift <= 30; ++p.shift) multiplier *= 2;
  p.multiplier = static_cast<int32_t>(std::min(multiplier, 2147483647.0));
}

}  // namespace

// An entry is raised by half of what the line to the next one misses in its middle; the last is the end.
std::vector<uint16_t> sigmoids_int16() {
  const auto at = [](double i) { return 65536 / (1 + std::exp(-i / 24)); };
  std::vector<uint16_t> table;
  for (int i = 0; i < 255; ++i) {
    const double missed = at(i + 0.5) - (at(i) + at(i + 1)) / 2;
    table.push_back(static_cast<uint16_t>(std::round(at(i) + missed / 2)));
  }
  table.push_back(UINT16_MAX);
  return table;
}

Status emit_sigmoid_int16(Lowering& lowering, SigmoidKind kind) {
  TMC_ASSIGN(const Affine input, symmetric_affine_of(lowering.input(0)));
  TMC_TRY(symmetric_affine_of(lowering.output()).status());
  Params p{.elements = static_cast<int32_t>(lowering.output().type.shape.elements()),
           .multiplier = 0,
           .shift = 0,
           .tanh = kind == SigmoidKind::kTanh ? 1 : 0};
  set_rescale(p, input.scale);
  if (p.multiplier > kernels::SigmoidS16::kMaxUnshifted) {
    return error(Error::kUnsupportedType, "'{}' has the scale {}, in which its function is a step",
                 lowering.input(0).name, input.scale)
        .with_hint("requantise it to a scale below 5");
  }
  TMC_TRY(lowering.emit<kernels::SigmoidS16>(p, {kernels::make_blob(DType::kU16, sigmoids_int16())},
                                             {lowering.input_ref(0)}, {lowering.output_ref()}));
  return requantize_output(lowering, {1.0F / 32768, 0});
}

}  // namespace tmc::select

// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/rotary_embedding.hpp"

#include <cmath>

#include "tmc/kernels/contract/rotary_embedding.hpp"
#include "tmc/select/numerics/affine.hpp"
#include "tmc/select/numerics/signal.hpp"

namespace tmc::select {
namespace {

// What both contracts have.
template <typename Params>
void set_extents(const Lowering& lowering, Params& p) {
  const auto& op = lowering.node().op.get<ops::RotaryEmbedding>();
  const Shape &x = lowering.input(0).type.shape, &angles = lowering.input(1).type.shape;
  p.batch = static_cast<int32_t>(x[0]);
  p.length = static_cast<int32_t>(x[1]);
  p.heads = op.heads;
  p.size = static_cast<int32_t>(x[2] / op.heads);
  p.batches = angles.rank() == 2 ? 1 : static_cast<int32_t>(angles[0]);
  p.rotated = static_cast<int32_t>(ops::RotaryEmbedding::turned(op, x));
  p.interleaved = op.interleaved ? 1 : 0;
}

Status emit_turns_f32(Lowering& lowering) {
  for (size_t i = 0; i < 3; ++i) TMC_TRY(require_dtype(lowering.input(i), DType::kF32));
  kernels::RotaryEmbeddingF32::Params p{};
  set_extents(lowering, p);
  p.input_elements = elements_of(lowering.input(0));
  p.cosine_elements = elements_of(lowering.input(1));
  p.sine_elements = elements_of(lowering.input(2));
  p.output_elements = elements_of(lowering.output());
  return lowering.emit<kernels::RotaryEmbeddingF32>(
      p, {}, {lowering.input_ref(0), lowering.input_ref(1), lowering.input_ref(2)}, {lowering.output_ref()});
}

// Angles are int16 of a scale that makes the shift (ops/op/rotary_embedding.hpp).
Status emit_turns_s8(Lowering& lowering) {
  TMC_ASSIGN(const Affine input, affine_of(lowering.input(0)));
  TMC_ASSIGN(const Affine output, affine_of(lowering.output()));
  for (const size_t i : {1, 2}) TMC_TRY(require_dtype(lowering.input(i), DType::kI16));
  TMC_ASSIGN(const Affine cosine, activation_affine_of(lowering.input(1), DType::kI16));
  TMC_ASSIGN(const Affine sine, activation_affine_of(lowering.input(2), DType::kI16));
  kernels::RotaryEmbeddingS8::Params p{};
  set_extents(lowering, p);
  const double power =
      static_cast<double>(output.scale) / static_cast<double>(input.scale) / static_cast<double>(cosine.scale);
  const double factor = std::round(1 / static_cast<double>(cosine.scale));
  p.shift = std::isfinite(power) && power >= 1 ? std::ilogb(power * 1.0001) : 0;
  const bool is_power = p.shift >= 1 && p.shift <= ops::RotaryEmbedding::kMostShift &&
                        std::abs(std::ldexp(power, -p.shift) - 1) < 1e-5 && factor <= INT16_MAX;
  if (!is_power || sine.scale != cosine.scale) {
    return error(Error::kUnsupportedType, "its angles have the scales {} and {}, of which it has none for {} to {}",
                 cosine.scale, sine.scale, input.scale, output.scale)
        .with_hint("give them in float, or keep this node in float");
  }
  p.elements = elements_of(lowering.input(0));
  p.cosine_elements = elements_of(lowering.input(1));
  p.sine_elements = elements_of(lowering.input(2));
  p.input_zero_point = input.zero_point;
  p.output_zero_point = output.zero_point;
  p.factor = static_cast<int32_t>(factor);
  return lowering.emit<kernels::RotaryEmbeddingS8>(
      p, {}, {lowering.input_ref(0), lowering.input_ref(1), lowering.input_ref(2)}, {lowering.output_ref()});
}

}  // namespace

Status lower_rotary_embedding(Lowering& lowering) {
  return lowering.input(0).quantization.empty() ? emit_turns_f32(lowering) : emit_turns_s8(lowering);
}

}  // namespace tmc::select

// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/rotary_embedding.hpp"

#include <algorithm>
#include <cmath>

#include "tmc/ir/constant_reals.hpp"
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

Result<std::vector<float>> angles_of(const ir::Value& value) {
  if (!value.is_constant()) {
    return error(Error::kUnsupportedType, "the angles '{}' are computed, and what they turn is int8", value.name)
        .with_hint("make the positions constant, or keep this node in float");
  }
  if (dtype_is_float(value.type.dtype) || !value.quantization.empty()) return ir::constant_reals(value);
  return error(Error::kUnsupportedType, "the angles '{}' are {} without a scale", value.name,
               dtype_name(value.type.dtype))
      .with_hint("give them in float");
}

Status emit_turns_s8(Lowering& lowering) {
  TMC_ASSIGN(const Affine input, affine_of(lowering.input(0)));
  TMC_ASSIGN(const Affine output, affine_of(lowering.output()));
  TMC_ASSIGN(const std::vector<float> cosines, angles_of(lowering.input(1)));
  TMC_ASSIGN(const std::vector<float> sines, angles_of(lowering.input(2)));
  kernels::RotaryEmbeddingS8::Params p{};
  set_extents(lowering, p);
  const double ratio = static_cast<double>(input.scale) / static_cast<double>(output.scale);
  double most = 1;
  for (const auto* table : {&cosines, &sines}) {
    for (const float value : *table) most = std::max(most, std::abs(static_cast<double>(value)));
  }
  constexpr int32_t kMostShift = 22;
  for (p.shift = kMostShift; p.shift > 0 && !(std::ldexp(most * ratio, p.shift) <= INT16_MAX);) --p.shift;
  if (p.shift == 0) {
    return error(Error::kUnsupportedType, "its angles reach {}, and its scales are {} and {}", most, input.scale,
                 output.scale)
        .with_hint("keep this node in float");
  }
  const auto fixed = [&](double real) { return static_cast<int16_t>(std::lround(std::ldexp(real * ratio, p.shift))); };
  const auto fixed_table = [&](const std::vector<float>& reals) {
    std::vector<int16_t> table;
    for (const float real : reals) table.push_back(fixed(real));
    return kernels::make_blob(DType::kI16, table);
  };
  p.elements = elements_of(lowering.input(0));
  p.cosine = p.sine = static_cast<int32_t>(cosines.size());
  p.input_zero_point = input.zero_point;
  p.output_zero_point = output.zero_point;
  p.factor = fixed(1);
  return lowering.emit<kernels::RotaryEmbeddingS8>(p, {fixed_table(cosines), fixed_table(sines)},
                                                   {lowering.input_ref(0)}, {lowering.output_ref()});
}

}  // namespace

Status lower_rotary_embedding(Lowering& lowering) {
  return lowering.input(0).quantization.empty() ? emit_turns_f32(lowering) : emit_turns_s8(lowering);
}

}  // namespace tmc::select

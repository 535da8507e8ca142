// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/sensor/pcan.hpp"

#include <cmath>

#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/concat.hpp"
#include "tmc/ops/op/signal_noise_estimate.hpp"
#include "tmc/ops/op/signal_pcan.hpp"
#include "tmc/ops/op/signal_subtraction.hpp"
#include "tmc/ops/op/slice.hpp"

namespace tmc::sensor {
namespace {

constexpr int32_t kSampleBits = 15;       // behind the point of int16 samples, of which noise and offset are
constexpr int32_t kRatioBits = 12;        // behind the point of a band times its gain
constexpr int32_t kCoefficientBits = 14;  // of the low-pass

// Of the noise, which has as many bits behind the point as bands have.
int16_t gain_of(const preprocess::PcanSpec& spec, int32_t noise_bits, uint32_t noise) {
  const float real = std::ldexp(static_cast<float>(noise), -noise_bits);
  const float gain = std::ldexp(std::pow(real + static_cast<float>(spec.offset), -static_cast<float>(spec.strength)),
                                static_cast<int>(spec.gain_bits));
  return gain > INT16_MAX ? int16_t{INT16_MAX} : static_cast<int16_t>(std::lround(gain));
}

// Gains of 0 and 1, then of each highest bit a parabola through the gains at its two ends and the middle between them,
// in groups of four numbers of which the last one counts for nothing.
std::vector<int16_t> gains_of(const preprocess::PcanSpec& spec, int32_t noise_bits) {
  std::vector<int16_t> gains = {gain_of(spec, noise_bits, 0), gain_of(spec, noise_bits, 1)};
  for (int bits = 2; bits <= 32; ++bits) {
    const uint32_t low = uint32_t{1} << (bits - 1);
    const uint32_t high = bits < 32 ? 2 * low : UINT32_MAX;
    const int first = gain_of(spec, noise_bits, low);
    const int rise_to_middle = gain_of(spec, noise_bits, low + low / 2) - first;
    const int rise = gain_of(spec, noise_bits, high) - first;
    const int slope = 4 * rise_to_middle - rise;
    for (const int number : {first, slope, rise - slope, 0}) gains.push_back(static_cast<int16_t>(number));
  }
  gains.resize(ops::SignalPcan::kTableElements);
  return gains;
}

int32_t coefficient(double part) {
  return static_cast<int32_t>(std::ldexp(part, kCoefficientBits));
}

ops::SignalNoiseEstimate estimate_of(const preprocess::PcanSpec& spec) {
  constexpr int32_t kOne = 1 << kCoefficientBits;
  const int32_t even = coefficient(spec.even_smoothing), odd = coefficient(spec.odd_smoothing);
  return {.smoothing = even,
          .kept = kOne - even,
          .odd_smoothing = odd,
          .odd_kept = kOne - odd,
          .smoothing_bits = static_cast<int32_t>(spec.smoothing_bits),
          .coefficient_bits = kCoefficientBits};
}

}  // namespace

Result<PcanConstants> pcan_constants(const preprocess::PcanSpec& spec, int32_t unit_bits) {
  PcanConstants made;
  made.lost_bits = static_cast<int32_t>(spec.smoothing_bits);
  const int32_t behind_samples = unit_bits - kSampleBits;
  made.snr_shift = static_cast<int32_t>(spec.gain_bits) + behind_samples - made.lost_bits - kRatioBits;
  if (made.snr_shift < 0) {
    return error(Error::kBadUsage, "'gain_bits' of pcan are {}, which 'smoothing_bits' of {} leave no room",
                 spec.gain_bits, spec.smoothing_bits)
        .with_hint(fmt::format("take gain_bits of at least {}", spec.gain_bits - made.snr_shift));
  }
  made.gains = gains_of(spec, behind_samples);
  return made;
}

Normalized append_pcan(Builder& builder, ValueId bands, ValueId noise, const preprocess::PcanSpec& spec,
                       const PcanConstants& made) {
  if (bands == ValueId::kNone) return {};
  ir::Graph& graph = builder.graph();
  const int64_t frames = builder.shape(bands)[0], channels = builder.shape(bands)[1];
  const auto add_constant = [&graph](const char* name, DType dtype, const auto& values, const Shape& shape) {
    return graph.add_constant(name, {dtype, shape}, ir::TensorData::of(std::span(values)));
  };
  const std::vector<uint32_t> lost = {static_cast<uint32_t>(made.lost_bits)};
  const ValueId all = builder.reshaped(bands, {frames * channels});
  const ValueId signal = builder.add("signal", ops::FunctionOp<function::ShiftRight>{},
                                     {all, add_constant("lost_bits", DType::kU32, lost, Shape::of(1))});
  std::vector<ValueId> noises;
  for (int64_t frame = 0; frame < frames; ++frame) {
    noises.push_back(
        builder.add("noise", estimate_of(spec), {builder.part(signal, frame * channels, channels), noise}));
    noise = noises.back();
  }
  const ValueId every = frames == 1 ? noise : builder.add("noises", ops::Concat{0}, noises);
  const ops::SignalSubtraction subtraction{.remaining = coefficient(spec.min_signal_remaining),
                                           .smoothing_bits = static_cast<int32_t>(spec.smoothing_bits),
                                           .coefficient_bits = kCoefficientBits};
  const ValueId left = builder.add("left", subtraction, {signal, every});
  const ValueId gains = add_constant("gains", DType::kI16, made.gains, Shape::of(std::ssize(made.gains)));
  const ValueId normalized = builder.add("pcan", ops::SignalPcan{made.snr_shift}, {left, every, gains});
  return {builder.reshaped(normalized, {frames, channels}), noise};
}

}  // namespace tmc::sensor

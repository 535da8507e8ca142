// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/contract/add_s8.hpp"

#include <gtest/gtest.h>

#include "tmc/kernels/testing/binary_case.hpp"

namespace tmc::kernels {
namespace {

using testing::pick;
using testing::pick_multiplier;

int8_t naive(const AddS8::Params& p, int8_t a, int8_t b) {
  const double scaled_a = testing::naive_requantize((a - p.a_zero_point) * 1048576.0, p.a_multiplier, p.a_shift);
  const double scaled_b = testing::naive_requantize((b - p.b_zero_point) * 1048576.0, p.b_multiplier, p.b_shift);
  const double sum = testing::naive_requantize(scaled_a + p.b_sign * scaled_b, p.output_multiplier, p.output_shift);
  return static_cast<int8_t>(testing::naive_clamp(sum + p.output_zero_point, p.activation_min, p.activation_max));
}

// Multipliers as TFLite's preparation makes them from three scales.
AddS8::Params random_params(std::mt19937& rng) {
  const double scale_a = std::exp(std::uniform_real_distribution<>(-8, 2)(rng));
  const double scale_b = scale_a * std::exp(std::uniform_real_distribution<>(-6, 6)(rng));
  const double twice_max = 2 * std::max(scale_a, scale_b);
  const FixedMultiplier a = quantize_multiplier(scale_a / twice_max);
  const FixedMultiplier b = quantize_multiplier(scale_b / twice_max);
  const FixedMultiplier out = pick_multiplier(rng, 0x1p-23, 0x1p-17);
  AddS8::Params p{};
  p.a_zero_point = pick(rng, -128, 127);
  p.a_multiplier = a.multiplier;
  p.a_shift = a.shift;
  p.b_zero_point = pick(rng, -128, 127);
  p.b_multiplier = b.multiplier;
  p.b_shift = b.shift;
  p.b_sign = pick(rng, 0, 1) == 0 ? 1 : -1;
  p.output_zero_point = pick(rng, -128, 127);
  p.output_multiplier = out.multiplier;
  p.output_shift = out.shift;
  p.activation_min = pick(rng, 0, 2) == 0 ? p.output_zero_point : -128;
  p.activation_max = pick(rng, 0, 3) == 0 ? std::min(127, p.output_zero_point + 40) : 127;
  return p;
}

TEST(AddS8, EveryPairOfInputsIsExact) {
  std::mt19937 rng(1);
  for (int round = 0; round < 20; ++round) {
    AddS8::Params params = random_params(rng);
    testing::expect_every_pair<AddS8>(params, &naive);
  }
}

TEST(AddS8, BroadcastsAlongAnyAxes) {
  std::mt19937 rng(2);
  for (int round = 0; round < 200; ++round) {
    testing::expect_random_broadcast<AddS8>(rng, random_params(rng), &naive);
  }
}

TEST(AddS8, ALargeOutputMultiplierShiftsLeft) {
  AddS8::Params p{};
  p.b_sign = -1;
  p.a_multiplier = p.b_multiplier = 1 << 30;
  p.output_multiplier = 1 << 30;
  p.output_shift = -16;  // 2^20 * 2^-1 * 2^-1 * 2^-16 = 4 for a difference of one
  p.activation_min = -128;
  p.activation_max = 127;
  testing::expect_every_pair<AddS8>(p, &naive);
}

TEST(AddS8, RunsInPlaceOverDenseOperandsOnly) {
  AddS8::Params p{};
  testing::set_broadcast(p, {2, 3, 4, 5}, {true, true, true, true}, {true, false, true, true});
  const BodyInfo* body = find_body("portable", "add_s8");
  EXPECT_EQ(body->overlap(to_words(p), 0).kind, Overlap::Kind::kForward);
  EXPECT_EQ(body->overlap(to_words(p), 1).kind, Overlap::Kind::kNever);
}

}  // namespace
}  // namespace tmc::kernels

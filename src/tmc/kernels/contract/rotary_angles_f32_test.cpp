// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/contract/rotary_angles.hpp"

#include <cmath>
#include <numbers>

#include "tmc/kernels/testing/float_case.hpp"

namespace tmc::kernels {
namespace {

using namespace testing;

std::vector<float> angles(const RotaryAnglesF32::Params& p, const std::vector<int32_t>& place,
                          const std::vector<int32_t>& steps) {
  Case made;
  made.kernel = find_kernel(RotaryAnglesF32::kName);
  made.params = to_words(p);
  made.constants = {make_blob(DType::kI32, steps)};
  made.inputs = {to_bytes(place)};
  made.output_bytes = static_cast<size_t>(p.output_elements) * sizeof(float);
  return to_floats(expect_implementations_agree(made));
}

RotaryAnglesF32::Params params(int32_t tokens, int32_t steps, int32_t window, int32_t sine) {
  return {3, tokens * steps, tokens, steps, window, sine};
}

double angle_of(uint64_t position, int32_t step) {
  const auto phase = static_cast<uint32_t>(position) * static_cast<uint32_t>(step);
  return 2 * std::numbers::pi * static_cast<double>(phase) / 4294967296.0;
}

TEST(RotaryAnglesF32, AreThoseOfThePositionForEver) {
  const std::vector<int32_t> steps = {683565276, 6835653, 1, INT32_MIN, -7};
  for (const uint32_t position : {0U, 1U, 77U, 12'345U, 4'294'967'295U}) {
    const std::vector<int32_t> place = {static_cast<int32_t>(position), 0, 0};
    const auto sines = angles(params(3, 5, 0, 1), place, steps), cosines = angles(params(3, 5, 0, 0), place, steps);
    for (size_t at = 0; at < sines.size(); ++at) {
      const double angle = angle_of(position + at / 5, steps[at % 5]);
      EXPECT_NEAR(sines[at], std::sin(angle), 3e-7) << position;
      EXPECT_NEAR(cosines[at], std::cos(angle), 3e-7) << position;
    }
  }
}

TEST(RotaryAnglesF32, WithinTheCacheTheyStopAtItsEnd) {
  const std::vector<int32_t> steps = {683565276};
  const auto expect = [&](int32_t filled, const std::vector<uint64_t>& positions) {
    const auto sines = angles(params(3, 1, 8, 1), {99, 5, filled}, steps);
    for (size_t t = 0; t < 3; ++t) EXPECT_NEAR(sines[t], std::sin(angle_of(positions[t], steps[0])), 3e-7) << filled;
  };
  expect(0, {0, 1, 2});
  expect(6, {6, 7, 7});
  expect(8, {7, 7, 7});
  expect(INT32_MAX, {7, 7, 7});
  expect(INT32_MIN, {0, 1, 2});
}

}  // namespace
}  // namespace tmc::kernels

// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/opt/decoder/rotary_steps.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace tmc::opt {
namespace {

constexpr double kParts = 4294967296.0;

// Angles of float32, as exporters compute them.
AnglesAt turns(std::vector<double> grows, int64_t block = 1, double scale = 1) {
  return [=](int64_t first) -> std::optional<Turned> {
    Turned turned;
    for (int64_t row = 0; row < block; ++row) {
      for (const double grow : grows) {
        const auto angle = static_cast<double>(static_cast<float>(first + row) * static_cast<float>(grow));
        turned.cosines.push_back(static_cast<float>(std::cos(angle) * scale));
        turned.sines.push_back(static_cast<float>(std::sin(angle) * scale));
      }
    }
    return turned;
  };
}

double turn_of(int64_t step) {
  return static_cast<double>(step) / kParts * 2 * std::numbers::pi;
}

TEST(RotarySteps, FindsWhatAnglesGrowBy) {
  const std::vector<double> grows = {1, 0.1778279, 0.01, 0.0001};
  for (const int64_t positions : {16, 512, 4096}) {
    const auto steps = rotary_steps(turns(grows), grows.size(), 1, positions);
    ASSERT_TRUE(steps) << positions;
    for (size_t i = 0; i < grows.size(); ++i) EXPECT_NEAR(turn_of((*steps)[i]), grows[i], 3e-7 * grows[i] + 2e-9);
  }
}

TEST(RotarySteps, TakesBlocksAndTurnsBackward) {
  const auto steps = rotary_steps(turns({0.5, -0.25}, 3), 2, 3, 64);
  ASSERT_TRUE(steps);
  EXPECT_NEAR(turn_of((*steps)[0]), 0.5, 1e-6);
  EXPECT_NEAR(turn_of((*steps)[1]), 2 * std::numbers::pi - 0.25, 1e-6);
}

TEST(RotarySteps, RefusesWhatIsNoTurn) {
  EXPECT_FALSE(rotary_steps(turns({1, 0.1}, 1, 1.01), 2, 1, 64)) << "scaled";
  const auto squared = [](int64_t first) { return turns({static_cast<double>(first) * 1e-3})(first); };
  EXPECT_FALSE(rotary_steps(squared, 1, 1, 64)) << "grows by ever more";
  const auto shifted = [](int64_t first) { return turns({0.1})(first + 1); };
  EXPECT_FALSE(rotary_steps(shifted, 1, 1, 64)) << "begins with a turn";
  const auto late = [](int64_t first) { return turns({first < 50 ? 0.1 : 0.10001})(first); };
  EXPECT_FALSE(rotary_steps(late, 1, 1, 64)) << "changes";
  EXPECT_FALSE(rotary_steps([](int64_t) { return std::nullopt; }, 1, 1, 64));
}

}  // namespace
}  // namespace tmc::opt

// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/quant/correction/rounding.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <vector>

namespace tmc::quant {
namespace {

struct Problem {
  std::vector<double> steps, moments;
  std::vector<int8_t> integers;

  double round(int32_t low, int32_t high) { return round_adaptively({steps, {}, moments, low, high}, integers); }
  double energy() const {
    double sum = 0;
    const size_t n = steps.size();
    for (size_t i = 0; i < n; ++i) {
      for (size_t j = 0; j < n; ++j) {
        sum += (integers[i] - steps[i]) * moments[i * n + j] * (integers[j] - steps[j]);
      }
    }
    return sum;
  }
};

// Inputs that all move together: their errors add up where they are rounded one by one.
Problem random_problem(size_t n, unsigned seed) {
  std::mt19937 rng(seed);
  std::uniform_real_distribution<double> uniform(-20, 20), input(0, 1);
  Problem problem{std::vector<double>(n), std::vector<double>(n * n), std::vector<int8_t>(n)};
  for (double& step : problem.steps) step = uniform(rng);
  for (int row = 0; row < 50; ++row) {
    std::vector<double> x(n);
    const double shared = 3 * input(rng);
    for (double& element : x) element = shared + input(rng);
    for (size_t i = 0; i < n * n; ++i) problem.moments[i] += x[i / n] * x[i % n] / 50;
  }
  for (size_t i = 0; i < n; ++i) problem.integers[i] = static_cast<int8_t>(std::nearbyint(problem.steps[i]));
  return problem;
}

TEST(Rounding, BeatsTheNearestByFarWhereInputsMoveTogether) {
  double nearest = 0, found = 0;
  for (unsigned seed = 0; seed < 20; ++seed) {
    Problem problem = random_problem(24, seed);
    const double before = problem.energy();
    const double saved = problem.round(-127, 127);
    EXPECT_LE(problem.energy(), before) << seed;
    EXPECT_GE(saved, 0) << seed;
    for (size_t i = 0; i < 24; ++i) EXPECT_LT(std::abs(problem.integers[i] - problem.steps[i]), 1) << seed;
    nearest += before;
    found += problem.energy();
  }
  EXPECT_LT(found, 0.5 * nearest);
}

TEST(Rounding, IsWithinATenthOfTheBestOnAverage) {
  double found = 0, best_sum = 0, nearest = 0;
  for (unsigned seed = 0; seed < 30; ++seed) {
    Problem problem = random_problem(8, 100 + seed);
    nearest += problem.energy();
    Problem all = problem;
    double best = 1e300;
    for (unsigned mask = 0; mask < 256; ++mask) {
      for (size_t i = 0; i < 8; ++i) {
        all.integers[i] = static_cast<int8_t>(std::floor(all.steps[i]) + (mask >> i & 1));
      }
      best = std::min(best, all.energy());
    }
    problem.round(-127, 127);
    found += problem.energy();
    best_sum += best;
  }
  EXPECT_LT(found - best_sum, 0.1 * (nearest - best_sum));
}

TEST(Rounding, StaysWithinItsLimits) {
  Problem problem = random_problem(16, 5);
  for (double& step : problem.steps) step = 126.7;
  std::fill(problem.integers.begin(), problem.integers.end(), int8_t{127});
  problem.round(-127, 126);
  for (const int8_t integer : problem.integers) EXPECT_TRUE(integer == 126 || integer == 127);
  Problem high = random_problem(16, 6);
  for (double& step : high.steps) step = 127;
  std::fill(high.integers.begin(), high.integers.end(), int8_t{127});
  EXPECT_EQ(high.round(-127, 127), 0);
}

// Of each channel alone: all at once, with grids folded into the moments, or with the moments scaled by hand.
TEST(Rounding, TakesGridsAsScaledMoments) {
  Problem problem = random_problem(40, 9);
  std::vector<int32_t> grid(40);
  for (size_t i = 0; i < 40; ++i) grid[i] = i < 20 ? 3 : 1;
  Problem scaled = problem;
  double damping = 0;
  for (size_t i = 0; i < 40; ++i) damping += problem.moments[i * 41] / 40 / 100;
  for (size_t i = 0; i < 40; ++i) problem.moments[i * 41] += damping;
  for (size_t i = 0; i < 1600; ++i) scaled.moments[i] = problem.moments[i] * grid[i / 40] * grid[i % 40];
  std::vector<int8_t> by_grid = problem.integers;
  round_adaptively({problem.steps, grid, problem.moments, -127, 127}, by_grid);
  scaled.round(-127, 127);
  Problem with_grid = scaled;
  with_grid.integers = by_grid;
  EXPECT_LT(with_grid.energy(), 1.1 * scaled.energy());
  EXPECT_LT(scaled.energy(), 1.1 * with_grid.energy());
}

TEST(Rounding, TreatsEachOfManyLongChannelsAsIfAlone) {
  const Problem shared = random_problem(200, 11);
  constexpr size_t kChannels = 300;  // more than are held at once
  std::vector<double> weights;
  std::vector<int8_t> together;
  for (unsigned c = 0; c < kChannels; ++c) {
    const Problem one = random_problem(200, 1000 + c);
    weights.insert(weights.end(), one.steps.begin(), one.steps.end());
    together.insert(together.end(), one.integers.begin(), one.integers.end());
  }
  const std::vector<int8_t> start = together;
  EXPECT_GT(round_adaptively({weights, {}, shared.moments, -127, 127}, together), 0.9);
  for (const size_t c : {size_t{0}, size_t{255}, size_t{256}, kChannels - 1}) {
    Problem alone{{weights.begin() + c * 200, weights.begin() + (c + 1) * 200},
                  shared.moments,
                  {start.begin() + c * 200, start.begin() + (c + 1) * 200}};
    alone.round(-127, 127);
    EXPECT_TRUE(std::equal(alone.integers.begin(), alone.integers.end(), together.begin() + c * 200)) << c;
  }
}

}  // namespace
}  // namespace tmc::quant

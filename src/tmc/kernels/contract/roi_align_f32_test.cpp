// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/contract/roi_align_f32.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "tmc/kernels/testing/naive.hpp"
#include "tmc/kernels/testing/signal_case.hpp"

namespace tmc::kernels {
namespace {

using namespace testing;
using Params = RoiAlignF32::Params;

// What four pixels give at a place: their weighted values.
std::vector<double> pixels_at(const Params& p, const float* plane, double y, double x) {
  if (y < -1 || y > p.height || x < -1 || x > p.width) return {0};
  const double row = std::clamp<double>(y, 0, p.height - 1), column = std::clamp<double>(x, 0, p.width - 1);
  std::vector<double> values;
  for (const int32_t i : {0, 1}) {
    for (const int32_t j : {0, 1}) {
      const double up = std::floor(row) + i, left = std::floor(column) + j;
      const double weight = (1 - std::abs(row - up)) * (1 - std::abs(column - left));
      const auto at = static_cast<int32_t>(std::min<double>(up, p.height - 1)) * p.width +
                      static_cast<int32_t>(std::min<double>(left, p.width - 1));
      values.push_back(weight * static_cast<double>(plane[at]));
    }
  }
  return values;
}

double expected_at(const Params& p, const float* plane, const float* region, int32_t y, int32_t x) {
  double begin[2], bin[2];
  int32_t samples[2];
  for (const int32_t axis : {0, 1}) {
    const auto real = [&](int32_t corner) {
      return static_cast<double>(region[corner]) * static_cast<double>(p.scale) - static_cast<double>(p.offset);
    };
    begin[axis] = real(axis);
    const double size = real(axis + 2) - begin[axis];
    bin[axis] = (p.whole != 0 ? std::max(size, 1.0) : size) / (axis == 0 ? p.out_width : p.out_height);
    samples[axis] = p.samples != 0 ? p.samples : static_cast<int32_t>(std::ceil(bin[axis]));
  }
  std::vector<double> all;
  double sum = 0;
  for (int32_t i = 0; i < samples[1]; ++i) {
    for (int32_t j = 0; j < samples[0]; ++j) {
      const auto values = pixels_at(p, plane, begin[1] + bin[1] * (y + (i + 0.5) / samples[1]),
                                    begin[0] + bin[0] * (x + (j + 0.5) / samples[0]));
      for (const double value : values) sum += value;
      all.push_back(std::ranges::max(values));
    }
  }
  if (all.empty()) return 0;
  return p.max != 0 ? std::ranges::max(all) : sum / static_cast<double>(all.size());
}

Params any_params(std::mt19937& rng) {
  Params p{};
  p.item_elements = pick(rng, 1, 4);
  p.items = pick(rng, 1, 2);
  p.channels = pick(rng, 1, 3);
  p.height = pick(rng, 1, 8);
  p.width = pick(rng, 1, 8);
  p.out_height = pick(rng, 1, 3);
  p.out_width = pick(rng, 1, 3);
  p.samples = pick(rng, 0, 2);
  p.max = pick(rng, 0, 1);
  p.whole = pick(rng, 0, 1);
  p.scale = 0.5F;
  p.offset = p.whole != 0 ? 0.0F : 0.5F;
  p.input_elements = p.items * p.channels * p.height * p.width;
  p.regions_elements = 4 * p.item_elements;
  p.output_elements = p.item_elements * p.channels * p.out_height * p.out_width;
  return p;
}

TEST(RoiAlignF32, ReadsTheBins) {
  std::mt19937 rng(7);
  std::uniform_real_distribution<float> any(-2, 2), place(-4, 20);
  for (int round = 0; round < 400; ++round) {
    const Params p = any_params(rng);
    std::vector<float> input(static_cast<size_t>(p.input_elements)), regions;
    for (float& value : input) value = any(rng);
    for (int32_t i = 0; i < p.item_elements; ++i) {
      const float y = place(rng), x = place(rng);
      regions.insert(regions.end(), {x, y, x + std::abs(place(rng)), y + std::abs(place(rng))});
    }
    const auto items = random_values<int64_t>(rng, static_cast<size_t>(p.item_elements), 0, p.items - 1);
    const auto output = run_signal<RoiAlignF32, float>(p, {to_bytes(input), to_bytes(regions), to_bytes(items)},
                                                       static_cast<size_t>(p.output_elements));
    for (int32_t i = 0; i < p.output_elements; ++i) {
      const int32_t x = i % p.out_width, y = i / p.out_width % p.out_height;
      const int32_t channel = i / p.out_width / p.out_height % p.channels;
      const auto region = static_cast<size_t>(i / p.out_width / p.out_height / p.channels);
      const auto plane = static_cast<size_t>((items[region] * p.channels + channel) * p.height * p.width);
      EXPECT_NEAR(output[static_cast<size_t>(i)], expected_at(p, &input[plane], &regions[4 * region], y, x), 2e-4)
          << round;
    }
  }
}

TEST(RoiAlignF32, StaysInsideWhateverTheRegionsSay) {
  std::mt19937 rng(8);
  constexpr float kInfinity = std::numeric_limits<float>::infinity();
  const float extremes[] = {kInfinity, -kInfinity, std::nanf(""), 3e38F, -3e38F, 1e4F, -1e4F, 2};
  for (int round = 0; round < 20; ++round) {
    const Params p = any_params(rng);
    const std::vector<float> input(static_cast<size_t>(p.input_elements), 1);
    std::vector<float> regions(static_cast<size_t>(p.regions_elements));
    for (float& value : regions) value = extremes[pick(rng, 0, 7)];
    const auto items = extreme_values<int64_t>(rng, static_cast<size_t>(p.item_elements));
    const auto output = run_signal<RoiAlignF32, float>(p, {to_bytes(input), to_bytes(regions), to_bytes(items)},
                                                       static_cast<size_t>(p.output_elements));
    for (const float value : output) EXPECT_TRUE(std::isnan(value) || std::abs(value) < 1.01F) << round;
  }
}

}  // namespace
}  // namespace tmc::kernels

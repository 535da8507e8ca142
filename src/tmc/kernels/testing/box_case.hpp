// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Boxes and scores for the kernels that choose among boxes, and how much two boxes have in common, in double.

#include <algorithm>
#include <numeric>

#include "tmc/kernels/testing/implementation_case.hpp"
#include "tmc/kernels/testing/naive.hpp"
#include "tmc/kernels/testing/signal_case.hpp"

namespace tmc::kernels::testing {

// Corners on a small grid, so that many overlap and some are alike; in any order, and without an area only on request.
inline std::vector<float> any_boxes(std::mt19937& rng, int32_t count, bool flat = false) {
  std::vector<float> boxes;
  for (int32_t i = 0; i < count; ++i) {
    const int32_t y = pick(rng, 0, 12), x = pick(rng, 0, 12);
    const int32_t height = flat && pick(rng, 0, 4) == 0 ? 0 : pick(rng, 1, 6), width = pick(rng, 1, 6);
    const bool turned = pick(rng, 0, 1) == 0;
    for (const int32_t corner : {turned ? y + height : y, x, turned ? y : y + height, x + width}) {
      boxes.push_back(static_cast<float>(corner));
    }
  }
  return boxes;
}

// A shuffled ladder of scores, none twice, or with `ties` a few that come often.
inline std::vector<float> any_scores(std::mt19937& rng, int32_t count, bool ties) {
  std::vector<float> scores(static_cast<size_t>(count));
  for (size_t i = 0; i < scores.size(); ++i) {
    scores[i] = static_cast<float>(ties ? pick(rng, -2, 5) : static_cast<int32_t>(i)) / (ties ? 4.0F : 16.0F);
  }
  std::shuffle(scores.begin(), scores.end(), rng);
  return scores;
}

inline double naive_overlap(const float* a, const float* b) {
  const auto side = [](const float* box, int32_t axis) {
    return std::pair<double, double>(std::minmax(box[axis], box[axis + 2]));
  };
  double common = 1, area_a = 1, area_b = 1;
  for (const int32_t axis : {0, 1}) {
    const auto [a_begin, a_end] = side(a, axis);
    const auto [b_begin, b_end] = side(b, axis);
    common *= std::max(0.0, std::min(a_end, b_end) - std::max(a_begin, b_begin));
    area_a *= a_end - a_begin;
    area_b *= b_end - b_begin;
  }
  return area_a <= 0 || area_b <= 0 ? 0 : common / (area_a + area_b - common);
}

}  // namespace tmc::kernels::testing

// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/contract/soft_non_max_suppression_f32.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tmc/kernels/testing/box_case.hpp"

namespace tmc::kernels {
namespace {

using namespace testing;

struct Taken {
  size_t box;
  double score;
};

// Again and again the greatest score, as it is after all that are taken.
std::vector<Taken> taken_of(const std::vector<float>& boxes, const std::vector<float>& scores, size_t rows, double iou,
                            double least, double sigma) {
  std::vector<Taken> taken;
  std::vector<double> left(scores.begin(), scores.end());
  while (taken.size() < rows) {
    const size_t best = static_cast<size_t>(std::ranges::max_element(left) - left.begin());
    if (!(left[best] > least)) break;
    taken.push_back({best, left[best]});
    for (size_t i = 0; i < left.size(); ++i) {
      const double overlap = naive_overlap(&boxes[4 * i], &boxes[4 * best]);
      if (overlap >= iou || i == best) left[i] = -1e9;
      if (sigma > 0) left[i] *= std::exp(-overlap * overlap / (2 * sigma));
    }
  }
  return taken;
}

TEST(SoftNonMaxSuppressionF32, ChoosesByFallingScores) {
  std::mt19937 rng(2);
  for (int round = 0; round < 200; ++round) {
    const int32_t count = pick(rng, 1, 40), rows = pick(rng, 1, 20);
    const SoftNonMaxSuppressionF32::Params p{.boxes_elements = 4 * count,
                                             .scores_elements = count,
                                             .iou_elements = 1,
                                             .score_elements = 1,
                                             .sigma_elements = 1,
                                             .output_elements = 2 * rows + 1};
    const auto boxes = any_boxes(rng, count);
    const auto scores = any_scores(rng, count, false);
    const float iou = static_cast<float>(pick(rng, 1, 4)) / 4, least = 0.25F;
    const float sigma = round % 2 == 0 ? 0 : static_cast<float>(pick(rng, 1, 8)) / 8;
    const auto output =
        run_signal<SoftNonMaxSuppressionF32, float>(p,
                                                    {to_bytes(boxes), to_bytes(scores), to_bytes(std::vector{iou}),
                                                     to_bytes(std::vector{least}), to_bytes(std::vector{sigma})},
                                                    static_cast<size_t>(p.output_elements));
    const auto expected = taken_of(boxes, scores, static_cast<size_t>(rows), static_cast<double>(iou),
                                   static_cast<double>(least), static_cast<double>(sigma));
    ASSERT_EQ(output[0], static_cast<float>(expected.size())) << round;
    for (size_t i = 0; i < static_cast<size_t>(rows); ++i) {
      const Taken of = i < expected.size() ? expected[i] : Taken{0, 0};
      EXPECT_EQ(output[1 + i], static_cast<float>(of.box)) << round;
      EXPECT_NEAR(output[1 + static_cast<size_t>(rows) + i], of.score, 1e-5) << round;
    }
  }
}

}  // namespace
}  // namespace tmc::kernels

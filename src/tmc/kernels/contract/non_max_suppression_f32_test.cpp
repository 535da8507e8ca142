// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/contract/non_max_suppression_f32.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "tmc/kernels/testing/box_case.hpp"

namespace tmc::kernels {
namespace {

using namespace testing;

struct Numbers {
  std::vector<float> boxes, scores;
  int64_t limit;
  float iou, score;
};

std::vector<int64_t> chosen(const NonMaxSuppressionF32::Params& p, const Numbers& n) {
  std::vector<int64_t> output;
  for (int32_t item = 0; item < p.items; ++item) {
    const float* boxes = n.boxes.data() + 4 * item * p.boxes;
    for (int32_t of_class = 0; of_class < p.classes; ++of_class) {
      const float* scores = n.scores.data() + (item * p.classes + of_class) * p.boxes;
      std::vector<int32_t> order(static_cast<size_t>(p.boxes)), taken;
      std::iota(order.begin(), order.end(), 0);
      std::ranges::stable_sort(order, [&](int32_t i, int32_t j) { return scores[i] > scores[j]; });
      for (const int32_t box : order) {
        const bool is_looked_at = std::isnan(n.score) || scores[box] > n.score;
        const auto suppresses = [&](int32_t other) {
          return naive_overlap(boxes + 4 * box, boxes + 4 * other) > static_cast<double>(n.iou);
        };
        if (!is_looked_at || std::ssize(taken) >= n.limit || std::ranges::any_of(taken, suppresses)) continue;
        taken.push_back(box);
        output.insert(output.end(), {item, of_class, box});
      }
    }
  }
  output.resize(static_cast<size_t>(p.output_elements), -1);
  return output;
}

TEST(NonMaxSuppressionF32, ChoosesByFallingScores) {
  std::mt19937 rng(1);
  for (int round = 0; round < 200; ++round) {
    NonMaxSuppressionF32::Params p{};
    p.limit_elements = 1;
    p.iou_elements = 1;
    p.score_elements = 1;
    p.items = pick(rng, 1, 2);
    p.classes = pick(rng, 1, 3);
    p.boxes = pick(rng, 1, 30);
    p.boxes_elements = 4 * p.items * p.boxes;
    p.scores_elements = p.items * p.classes * p.boxes;
    p.output_elements = 3 * pick(rng, 1, 40);
    Numbers n{any_boxes(rng, p.items * p.boxes, round % 2 == 0), any_scores(rng, p.scores_elements, round % 3 == 0),
              pick(rng, 0, 12), static_cast<float>(pick(rng, 0, 4)) / 4, 0.25F};
    if (round % 5 == 0) n.score = std::numeric_limits<float>::quiet_NaN();
    std::vector<std::vector<std::byte>> inputs = {to_bytes(n.boxes), to_bytes(n.scores), to_bytes(std::vector{n.limit}),
                                                  to_bytes(std::vector{n.iou}), to_bytes(std::vector{n.score})};
    const auto expected = chosen(p, n);
    EXPECT_EQ((run_signal<NonMaxSuppressionF32, int64_t>(p, inputs, expected.size())), expected) << round;
    // The same boxes by their centres.
    for (size_t i = 0; i < n.boxes.size(); i += 4) {
      const auto [y1, y2] = std::minmax(n.boxes[i], n.boxes[i + 2]);
      const auto [x1, x2] = std::minmax(n.boxes[i + 1], n.boxes[i + 3]);
      const float centre[] = {(x1 + x2) / 2, (y1 + y2) / 2, x2 - x1, y2 - y1};
      std::ranges::copy(centre, n.boxes.begin() + static_cast<std::ptrdiff_t>(i));
    }
    inputs[0] = to_bytes(n.boxes);
    p.centre = 1;
    EXPECT_EQ((run_signal<NonMaxSuppressionF32, int64_t>(p, inputs, expected.size())), expected) << round;
  }
}

}  // namespace
}  // namespace tmc::kernels

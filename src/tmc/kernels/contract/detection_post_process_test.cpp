// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/contract/detection_post_process.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tmc/kernels/testing/box_case.hpp"

namespace tmc::kernels {
namespace {

using namespace testing;
using Params = DetectionPostProcess::Params;

constexpr auto kReal = static_cast<int32_t>(DType::kF32);
constexpr auto kByte = static_cast<int32_t>(DType::kI8);

// The places of the greatest, of equal ones in the order of the standard library or, of one, the first.
std::vector<int32_t> greatest(const std::vector<float>& values, int32_t count) {
  std::vector<int32_t> order(values.size());
  std::iota(order.begin(), order.end(), 0);
  const auto is_before = [&](int32_t i, int32_t j) {
    return values[static_cast<size_t>(i)] > values[static_cast<size_t>(j)];
  };
  if (count == 1) std::ranges::stable_sort(order, is_before);
  std::partial_sort(order.begin(), order.begin() + count, order.end(), is_before);
  order.resize(static_cast<size_t>(count));
  return order;
}

class Naive {
 public:
  Naive(const Params& p, std::vector<float> boxes, std::vector<float> scores)
      : p_(p), boxes_(std::move(boxes)), scores_(std::move(scores)) {}

  std::vector<float> output() const {
    std::vector<float> out(static_cast<size_t>(p_.output_elements));
    const auto rows = static_cast<size_t>(p_.detections * p_.classes_each);
    const auto write = [&](size_t row, int32_t box, int32_t of_class) {
      for (size_t k = 0; k < 4; ++k) out[4 * row + k] = boxes_[4 * static_cast<size_t>(box) + k];
      out[4 * rows + row] = static_cast<float>(of_class);
      out[5 * rows + row] = score(box, of_class);
    };
    size_t count = 0;
    if (p_.regular == 0) {
      std::vector<float> most;
      for (int32_t i = 0; i < p_.count; ++i) most.push_back(std::ranges::max(scores_of(i)));
      for (const int32_t box : taken(most, p_.detections)) {
        const auto classes = greatest(scores_of(box), std::min(p_.classes_each, p_.classes));
        for (size_t k = 0; k < classes.size(); ++k) {
          write(count * static_cast<size_t>(p_.classes_each) + k, box, classes[k]);
        }
        ++count;
      }
    } else {
      std::vector<std::pair<int32_t, int32_t>> kept;
      for (int32_t k = 0; k < p_.classes; ++k) {
        std::vector<float> of_class;
        for (int32_t i = 0; i < p_.count; ++i) of_class.push_back(score(i, k));
        for (const int32_t box : taken(of_class, std::min(p_.each_class, p_.detections))) kept.emplace_back(box, k);
        std::ranges::stable_sort(
            kept, [&](const auto& a, const auto& c) { return score(a.first, a.second) > score(c.first, c.second); });
        if (std::ssize(kept) > p_.detections) kept.resize(static_cast<size_t>(p_.detections));
      }
      for (const auto& [box, of_class] : kept) write(count++, box, of_class);
    }
    out.back() = static_cast<float>(count);
    return out;
  }

 private:
  float score(int32_t box, int32_t of_class) const {
    return scores_[static_cast<size_t>(box * p_.columns + p_.columns - p_.classes + of_class)];
  }
  std::vector<float> scores_of(int32_t box) const {
    std::vector<float> scores;
    for (int32_t k = 0; k < p_.classes; ++k) scores.push_back(score(box, k));
    return scores;
  }
  std::vector<int32_t> taken(const std::vector<float>& scores, int32_t most) const {
    std::vector<int32_t> order(scores.size()), found;
    std::iota(order.begin(), order.end(), 0);
    std::ranges::stable_sort(
        order, [&](int32_t i, int32_t j) { return scores[static_cast<size_t>(i)] > scores[static_cast<size_t>(j)]; });
    for (const int32_t box : order) {
      const auto overlaps = [&](int32_t other) {
        return naive_overlap(&boxes_[4 * static_cast<size_t>(box)], &boxes_[4 * static_cast<size_t>(other)]) >
               static_cast<double>(p_.overlap_threshold);
      };
      if (scores[static_cast<size_t>(box)] < p_.score_threshold || std::ssize(found) == most ||
          std::ranges::any_of(found, overlaps)) {
        continue;
      }
      found.push_back(box);
    }
    return found;
  }

  Params p_;
  std::vector<float> boxes_, scores_;
};

Params any_params(std::mt19937& rng) {
  Params p{};
  p.boxes_dtype = kReal;
  p.scores_dtype = kReal;
  p.anchors_dtype = kReal;
  p.count = pick(rng, 1, 30);
  p.coordinates = pick(rng, 4, 6);
  p.classes = pick(rng, 1, 6);
  p.detections = pick(rng, 1, 8);
  p.classes_each = pick(rng, 1, 4);
  p.each_class = pick(rng, 1, 6);
  p.regular = pick(rng, 0, 1);
  p.scales[0] = 10;
  p.scales[1] = 10;
  p.scales[2] = 5;
  p.scales[3] = 5;
  p.score_threshold = 0.25F;
  p.overlap_threshold = 0.4F;
  p.columns = p.classes + pick(rng, 0, 1);
  p.boxes_elements = p.count * p.coordinates;
  p.scores_elements = p.count * p.columns;
  p.anchors_elements = 4 * p.count;
  p.output_elements = 6 * p.detections * p.classes_each + 1;
  return p;
}

TEST(DetectionPostProcess, TakesTheBoxesThatStandOut) {
  std::mt19937 rng(3);
  for (int round = 0; round < 300; ++round) {
    Params p = any_params(rng);
    // Whole anchors, and boxes that move by whole anchors: nothing is rounded.
    std::vector<float> boxes(static_cast<size_t>(p.boxes_elements)), anchors, decoded;
    for (int32_t i = 0; i < p.count; ++i) {
      const auto y = static_cast<float>(2 * pick(rng, 0, 6)), x = static_cast<float>(2 * pick(rng, 0, 6));
      const auto height = static_cast<float>(2 * pick(rng, 1, 4)), width = static_cast<float>(2 * pick(rng, 1, 4));
      const auto by = static_cast<float>(pick(rng, -1, 1));
      boxes[static_cast<size_t>(i * p.coordinates)] = 10 * by;
      anchors.insert(anchors.end(), {y, x, height, width});
      const float middle = by * height + y;
      decoded.insert(decoded.end(), {middle - height / 2, x - width / 2, middle + height / 2, x + width / 2});
    }
    std::vector<float> scores = any_scores(rng, p.scores_elements, round % 2 == 0);
    std::vector<std::byte> given = to_bytes(scores);
    if (round % 3 == 0) {
      const auto bytes = random_values<int8_t>(rng, scores.size(), -128, 127);
      p.scores_dtype = kByte;
      p.scores_scale = 1.0F / 256;
      p.scores_zero = -128;
      for (size_t i = 0; i < bytes.size(); ++i) scores[i] = static_cast<float>(bytes[i] + 128) / 256;
      given = to_bytes(bytes);
    }
    const auto output = run_signal<DetectionPostProcess, float>(p, {to_bytes(boxes), given, to_bytes(anchors)},
                                                                static_cast<size_t>(p.output_elements));
    EXPECT_EQ(output, Naive(p, decoded, scores).output()) << round;
  }
}

TEST(DetectionPostProcess, DecodesAsDoublesDo) {
  std::mt19937 rng(4);
  std::uniform_real_distribution<float> any(-8, 8);
  for (int round = 0; round < 200; ++round) {
    Params p = any_params(rng);
    p.count = p.classes = p.columns = p.detections = p.classes_each = p.regular = 1;
    p.regular = 0;
    p.coordinates = p.boxes_elements = p.anchors_elements = 4;
    p.scores_elements = 1;
    p.output_elements = 7;
    const std::vector<float> box = {any(rng), any(rng), any(rng), any(rng)};
    const std::vector<float> anchor = {any(rng), any(rng), 0.5F + std::abs(any(rng)), 0.5F + std::abs(any(rng))};
    const auto output =
        run_signal<DetectionPostProcess, float>(p, {to_bytes(box), to_bytes(std::vector{1.0F}), to_bytes(anchor)}, 7);
    for (size_t k = 0; k < 2; ++k) {
      const auto real = [](float value) { return static_cast<double>(value); };
      const auto centre = static_cast<float>(real(box[k]) / 10 * real(anchor[2 + k]) + real(anchor[k]));
      const auto half = static_cast<float>(0.5 * std::exp(real(box[2 + k]) / 5) * real(anchor[2 + k]));
      EXPECT_EQ(output[k], centre - half) << round;
      EXPECT_EQ(output[2 + k], centre + half) << round;
    }
  }
}

}  // namespace
}  // namespace tmc::kernels

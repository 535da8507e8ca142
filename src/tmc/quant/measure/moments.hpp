// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// First and second moments of what the weights of a layer are multiplied with.

#include <Eigen/Core>
#include <cstdint>
#include <span>
#include <vector>

namespace tmc::quant {

// A layer as a product: its weights are [channels, length], in `groups` parts that see different elements.
struct LayerShape {
  int64_t groups = 1;
  int64_t channels = 0;
  int64_t length = 0;
};

struct Moments {
  LayerShape shape;
  double patches = 0;          // of one group
  std::vector<double> mean;    // [groups, length]
  std::vector<double> second;  // [groups, length, length]: E[x x^T]; empty unless asked for
};

enum class MomentOrder : uint8_t { kFirst, kSecond };

// Elements of a layer's second moments.
int64_t second_moments(const LayerShape& shape);

// Adds patches up, some at a time: the second moments of many are one product of matrices.
class MomentSum {
 public:
  MomentSum(const LayerShape& shape, MomentOrder order);

  // One patch of `length` elements. Every group gets equally many.
  void add(int64_t group, std::span<const float> patch);
  // The means of what was added; zeros where there was nothing.
  Moments finish() &&;

 private:
  struct Waiting {
    Eigen::MatrixXf patches;  // a column each
    Eigen::Index count = 0;
  };

  Eigen::Map<Eigen::MatrixXd> second_of(int64_t group);
  void flush(int64_t group);

  Moments moments_;
  std::vector<Waiting> waiting_;  // for each group; empty where there are no second moments
};

}  // namespace tmc::quant

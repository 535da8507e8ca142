// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/quant/measure/moments.hpp"

#include <algorithm>
#include <utility>

namespace tmc::quant {
namespace {

constexpr Eigen::Index kPatchesAtOnce = 64;

}  // namespace

int64_t second_moments(const LayerShape& shape) {
  return shape.groups * shape.length * shape.length;
}

MomentSum::MomentSum(const LayerShape& shape, MomentOrder order) {
  moments_.shape = shape;
  moments_.mean.resize(static_cast<size_t>(shape.groups * shape.length));
  if (order == MomentOrder::kFirst) return;
  moments_.second.resize(static_cast<size_t>(second_moments(shape)));
  waiting_.resize(static_cast<size_t>(shape.groups), {Eigen::MatrixXf(shape.length, kPatchesAtOnce), 0});
}

void MomentSum::add(int64_t group, std::span<const float> patch) {
  const auto length = static_cast<Eigen::Index>(patch.size());
  const Eigen::Map<const Eigen::VectorXf> elements(patch.data(), length);
  Eigen::Map<Eigen::VectorXd>(moments_.mean.data() + group * length, length) += elements.cast<double>();
  if (group == 0) ++moments_.patches;
  if (waiting_.empty()) return;
  Waiting& waiting = waiting_[static_cast<size_t>(group)];
  waiting.patches.col(waiting.count++) = elements;
  if (waiting.count == kPatchesAtOnce) flush(group);
}

Moments MomentSum::finish() && {
  const double patches = std::max(moments_.patches, 1.0);
  for (double& mean : moments_.mean) mean /= patches;
  for (int64_t group = 0; group < static_cast<int64_t>(waiting_.size()); ++group) {
    flush(group);
    Eigen::Map<Eigen::MatrixXd> second = second_of(group);
    second /= patches;
    second.triangularView<Eigen::StrictlyUpper>() = second.transpose();
  }
  return std::move(moments_);
}

Eigen::Map<Eigen::MatrixXd> MomentSum::second_of(int64_t group) {
  const int64_t length = moments_.shape.length;
  return {moments_.second.data() + group * length * length, length, length};
}

void MomentSum::flush(int64_t group) {
  Waiting& waiting = waiting_[static_cast<size_t>(group)];
  if (waiting.count == 0) return;  // Eigen's products want an inner extent
  const Eigen::MatrixXd patches = waiting.patches.leftCols(waiting.count).cast<double>();
  second_of(group).selfadjointView<Eigen::Lower>().rankUpdate(patches);
  waiting.count = 0;
}

}  // namespace tmc::quant

// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/quant/correction/rounding.hpp"

#include <Eigen/Core>
#include <algorithm>
#include <cmath>

namespace tmc::quant {
namespace {

using Eigen::ArrayXXd;
using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr int kMostSweeps = 200;
// As a share of a weight's moment: below it a gain is rounding noise, and could be found for ever.
constexpr double kLeastGain = 1e-12;
// Added to the diagonal, as a share of its mean: rows that were not seen are a little different.
constexpr double kDamping = 0.01;
// Channels whose matrices are held at once.
constexpr Index kChannelsAtOnce = 256;
// Channels of more weights change single ones only: looking for pairs takes length^2 a sweep for each channel.
constexpr Index kLongestWithPairs = 640;

// Some channels, a column each.
struct Channels {
  ArrayXXd weights;  // in steps
  ArrayXXd grid;
  ArrayXXd down, up;  // the neighbours of each weight, in steps: equal where it has to stay

  MatrixXd errors(const ArrayXXd& steps) const { return ((steps - weights) * grid).matrix(); }
};

Channels take_channels(const RoundingProblem& problem, Index first, const ArrayXXd& start) {
  const Index length = start.rows(), count = start.cols();
  Channels channels;
  channels.weights = Eigen::Map<const ArrayXXd>(problem.weights.data() + first * length, length, count);
  channels.grid = ArrayXXd::Ones(length, count);
  if (!problem.grid.empty()) {
    channels.grid =
        Eigen::Map<const Eigen::ArrayXX<int32_t>>(problem.grid.data() + first * length, length, count).cast<double>();
  }
  channels.down = channels.up = start;
  for (Index i = 0; i < start.size(); ++i) {
    const double floor = std::floor(channels.weights(i));
    const double other = start(i) == floor ? floor + 1 : floor;
    if (other < problem.low || other > problem.high) continue;
    channels.down(i) = std::min(start(i), other);
    channels.up(i) = std::max(start(i), other);
  }
  return channels;
}

// Changes weights of one channel as long as that lowers its energy.
class Descent {
 public:
  // `gradient`: of half the energy, H e.
  Descent(const MatrixXd& moments, const Channels& channels, Index channel, Eigen::Ref<VectorXd> steps,
          Eigen::Ref<VectorXd> gradient)
      : moments_(moments), channels_(channels), channel_(channel), steps_(steps), gradient_(gradient) {}

  // Returns what the energy fell by.
  double run() {
    bool improved = true;
    for (int sweep = 0; improved && sweep < kMostSweeps; ++sweep) {
      improved = false;
      for (Index i = 0; i < steps_.size(); ++i) improved |= improve(i);
      if (improved || steps_.size() > kLongestWithPairs) continue;
      for (Index i = 0; i < steps_.size(); ++i) improved |= improve_pair(i);
    }
    return saved_;
  }

 private:
  // Goes to the other neighbour of weight i where that lowers the energy.
  bool improve(Index i) {
    const double change = change_of(i);
    if (change == 0 || !(gain(i, change) > kLeastGain * moments_(i, i))) return false;
    apply(i, change);
    return true;
  }

  // The same with weight i and the other weight that goes best with it.
  bool improve_pair(Index i) {
    const double change = change_of(i);
    if (change == 0) return false;
    Index partner = i;
    double most = kLeastGain * moments_(i, i);
    const double alone = gain(i, change);
    for (Index j = 0; j < steps_.size(); ++j) {
      const double other = j == i ? 0 : change_of(j);
      const double both = other == 0 ? 0 : alone + gain(j, other) - 2 * change * other * moments_(j, i);
      if (both > most) {
        most = both;
        partner = j;
      }
    }
    if (partner == i) return false;
    apply(partner, change_of(partner));
    apply(i, change);
    return true;
  }

  // To the weight's other neighbour; 0 where it has to stay.
  double change_of(Index i) const {
    const double down = channels_.down(i, channel_), up = channels_.up(i, channel_);
    return (down + up - 2 * steps_[i]) * channels_.grid(i, channel_);
  }
  // What the energy falls by when weight i alone changes.
  double gain(Index i, double change) const { return -change * (2 * gradient_[i] + change * moments_(i, i)); }
  void apply(Index i, double change) {
    saved_ += gain(i, change);
    gradient_ += change * moments_.col(i);
    steps_[i] += change / channels_.grid(i, channel_);
  }

  const MatrixXd& moments_;
  const Channels& channels_;
  Index channel_;
  Eigen::Ref<VectorXd> steps_;
  Eigen::Ref<VectorXd> gradient_;
  double saved_ = 0;
};

}  // namespace

double round_adaptively(const RoundingProblem& problem, std::span<int8_t> integers) {
  const auto length = static_cast<Index>(std::sqrt(static_cast<double>(problem.moments.size())) + 0.5);
  if (length == 0) return 0;
  MatrixXd moments = Eigen::Map<const MatrixXd>(problem.moments.data(), length, length);
  const double mean = moments.trace() / static_cast<double>(length);
  if (!(mean > 0)) return 0;
  moments.diagonal().array() += kDamping * mean;
  double saved = 0, all_energy = 0;
  const auto all = static_cast<Index>(integers.size()) / length;
  for (Index first = 0; first < all; first += kChannelsAtOnce) {
    const Index count = std::min(kChannelsAtOnce, all - first);
    Eigen::Map<Eigen::ArrayXX<int8_t>> place(integers.data() + first * length, length, count);
    ArrayXXd steps = place.cast<double>();
    const Channels channels = take_channels(problem, first, steps);
    const MatrixXd errors = channels.errors(steps);
    MatrixXd gradients = moments * errors;
    for (Index c = 0; c < count; ++c) {
      const double energy = gradients.col(c).dot(errors.col(c));
      all_energy += energy;
      saved += Descent(moments, channels, c, steps.matrix().col(c), gradients.col(c)).run();
    }
    place = steps.cast<int8_t>();
  }
  return all_energy > 0 ? saved / all_energy : 0;
}

}  // namespace tmc::quant

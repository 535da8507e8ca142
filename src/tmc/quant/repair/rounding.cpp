// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/quant/repair/rounding.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace tmc::quant {
namespace {

constexpr int kMostSweeps = 200;
// As a share of a weight's moment: below it a gain is rounding noise, and could be found for ever.
constexpr double kLeastGain = 1e-12;
// Added to the diagonal, as a share of its mean: rows that were not seen are a little different.
constexpr double kDamping = 0.01;

class Channel {
 public:
  Channel(std::span<const double> steps, std::span<const double> moments, int32_t low, int32_t high,
          std::span<int8_t> integers)
      : steps_(steps), moments_(moments), low_(low), high_(high), integers_(integers), gradient_(steps.size()) {
    double trace = 0;
    for (size_t i = 0; i < size(); ++i) trace += moments_[i * size() + i];
    damping_ = kDamping * trace / static_cast<double>(size());
    for (size_t i = 0; i < size(); ++i) {
      for (size_t j = 0; j < size(); ++j) gradient_[i] += moment(i, j) * error(j);
    }
  }

  size_t size() const { return steps_.size(); }

  double energy() const {
    double sum = 0;
    for (size_t i = 0; i < size(); ++i) sum += gradient_[i] * error(i);
    return sum;
  }

  // Goes to the other neighbour of weight i where that lowers the energy.
  bool improve(size_t i) {
    const double change = change_of(i);
    if (change == 0 || !(gain(i, change) > kLeastGain * std::abs(moment(i, i)))) return false;
    apply(i, change);
    return true;
  }

  // The same with weight i and the other weight that goes best with it.
  bool improve_pair(size_t i) {
    const double change = change_of(i);
    if (change == 0) return false;
    size_t partner = i;
    double most = kLeastGain * std::abs(moment(i, i));
    for (size_t j = 0; j < size(); ++j) {
      const double other = j == i ? 0 : change_of(j);
      const double both = other == 0 ? 0 : gain(i, change) + gain(j, other) - 2 * change * other * moment(i, j);
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

 private:
  double moment(size_t i, size_t j) const { return moments_[i * size() + j] + (i == j ? damping_ : 0); }
  // To the weight's other neighbour; 0 where that is out of bounds.
  double change_of(size_t i) const {
    const auto down = static_cast<int32_t>(std::floor(steps_[i]));
    const int32_t other = integers_[i] == down ? down + 1 : down;
    return other < low_ || other > high_ ? 0 : other - integers_[i];
  }
  // What the energy falls by when weight i alone changes.
  double gain(size_t i, double change) const { return -change * (2 * gradient_[i] + change * moment(i, i)); }
  void apply(size_t i, double change) {
    for (size_t j = 0; j < size(); ++j) gradient_[j] += change * moment(j, i);
    integers_[i] = static_cast<int8_t>(integers_[i] + static_cast<int32_t>(change));
  }
  double error(size_t i) const { return integers_[i] - steps_[i]; }

  std::span<const double> steps_, moments_;
  int32_t low_, high_;
  std::span<int8_t> integers_;
  double damping_ = 0;
  std::vector<double> gradient_;  // of half the energy: H e
};

}  // namespace

double round_adaptively(std::span<const double> steps, std::span<const double> moments, int32_t low, int32_t high,
                        std::span<int8_t> integers) {
  Channel channel(steps, moments, low, high, integers);
  const double before = channel.energy();
  bool improved = true;
  for (int sweep = 0; improved && sweep < kMostSweeps; ++sweep) {
    improved = false;
    for (size_t i = 0; i < channel.size(); ++i) improved |= channel.improve(i);
    for (size_t i = 0; i < channel.size() && !improved; ++i) improved = channel.improve_pair(i);
  }
  return before > 0 ? 1 - channel.energy() / before : 0;
}

}  // namespace tmc::quant

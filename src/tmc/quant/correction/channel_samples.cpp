// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/quant/correction/channel_samples.hpp"

#include <algorithm>
#include <cmath>
#include <string>

namespace tmc::quant {
namespace {

using Eigen::Index;
using Eigen::MatrixXf;

// Of a value, over all rows.
constexpr int64_t kPositions = 128;

Eigen::Map<const Eigen::VectorXf> as_vector(const std::vector<float>& values) {
  return {values.data(), static_cast<Index>(values.size())};
}

// Goes through the positions of a row, and starts elsewhere in every one.
class Sampler {
 public:
  Sampler(int64_t channels, int64_t rows)
      : largest_(Eigen::VectorXf::Zero(channels)), wanted_((kPositions + rows - 1) / std::max<int64_t>(rows, 1)) {}

  void add(const std::vector<float>& values) {
    const Index channels = largest_.size(), positions = static_cast<Index>(values.size()) / channels;
    const Eigen::Map<const MatrixXf> all(values.data(), channels, positions);
    largest_ = largest_.cwiseMax(all.cwiseAbs().rowwise().maxCoeff());
    const Index count = std::min<Index>(wanted_, positions);
    for (Index i = 0; i < count; ++i) columns_.emplace_back(all.col((row_ + i * positions / count) % positions));
    ++row_;
  }

  ChannelSamples finish() && {
    ChannelSamples samples{{largest_.begin(), largest_.end()},
                           MatrixXf(largest_.size(), static_cast<Index>(columns_.size()))};
    for (size_t i = 0; i < columns_.size(); ++i) samples.positions.col(static_cast<Index>(i)) = columns_[i];
    return samples;
  }

 private:
  Eigen::VectorXf largest_;
  std::vector<Eigen::VectorXf> columns_;
  int64_t wanted_, row_ = 0;
};

// Weights, [channels, outputs], as their integers hold them.
MatrixXf rounded_weights(const MatrixXf& weights, const Scheme& scheme) {
  const auto most = static_cast<float>(scheme.numbers.weights.most());
  Eigen::RowVectorXf steps = weights.cwiseAbs().colwise().maxCoeff() / most;
  if (!scheme.per_channel_weights) steps.setConstant(steps.maxCoeff());
  steps = (steps.array() > 0).select(steps, 1);
  return (weights.array().rowwise() / steps.array()).round().rowwise() * steps.array();
}

}  // namespace

Result<std::map<ir::ValueId, ChannelSamples>> sample_channels(const ir::Graph& graph,
                                                              const std::set<ir::ValueId>& values,
                                                              const CorrectionContext& context) {
  const auto rows = static_cast<int64_t>(context.learning_rows.size());
  std::map<std::string, Sampler, std::less<>> samplers;
  for (const ir::ValueId id : values) {
    samplers.emplace(graph.value(id).name, Sampler(graph.value(id).type.shape.back(), rows));
  }
  TMC_ASSIGN(const auto session, context.runner->open(graph));
  int64_t done = 0;
  for (const int64_t row : context.learning_rows) {
    TMC_ASSIGN(const Row inputs, context.rows->read(row));
    TMC_TRY(session->run(inputs, [&](size_t at, std::span<std::byte> bytes) {
      const auto found = samplers.find(session->tensors()[at].name);
      if (found != samplers.end()) found->second.add(reals(session->tensors()[at], bytes));
    }));
    context.progress("measuring channels", ++done, rows);
  }
  std::map<ir::ValueId, ChannelSamples> samples;
  for (const ir::ValueId id : values) {
    samples.emplace(id, std::move(samplers.at(graph.value(id).name)).finish());
  }
  return samples;
}

MatrixXf rounding_loss(const MatrixXf& samples, const std::vector<float>& factors, const Scheme& scheme) {
  const bool is_wide = scheme.numbers.activations == DType::kI16;
  const RangeOptions ranges = is_wide ? RangeOptions{.method = RangeMethod::kMinMax, .symmetric = true} : scheme.ranges;
  const MatrixXf divided = samples.array().colwise() / as_vector(factors).array();
  Histogram histogram;
  histogram.add({divided.data(), static_cast<size_t>(divided.size())});
  const Quantization chosen =
      integer_parameters(choose_range(histogram, ranges), scheme.numbers.activations, ranges.symmetric);
  const float zero_point = static_cast<float>(chosen.zero_point());
  const float low = static_cast<float>(dtype_min(scheme.numbers.activations)) - zero_point;
  const float high = static_cast<float>(dtype_max(scheme.numbers.activations)) - zero_point;
  const MatrixXf rounded = (divided / chosen.scale()).array().round().max(low).min(high) * chosen.scale();
  return (rounded - divided).array().colwise() * as_vector(factors).array();
}

double layer_noise(const MatrixXf& samples, const MatrixXf& weights, const std::vector<float>& factors,
                   const Scheme& scheme, const Eigen::VectorXf& before) {
  const MatrixXf multiplied = weights.array().colwise() * as_vector(factors).array();
  const MatrixXf rounded = rounded_weights(multiplied, scheme).array().colwise() / as_vector(factors).array();
  const MatrixXf wanted = weights.transpose() * samples;
  const MatrixXf got = rounded.transpose() * (samples + rounding_loss(samples, factors, scheme));
  double noise = (got - wanted).cast<double>().squaredNorm();
  if (before.size() != 0) {
    noise +=
        static_cast<double>(samples.cols()) * before.cast<double>().dot(weights.cast<double>().rowwise().squaredNorm());
  }
  const double signal = wanted.cast<double>().squaredNorm();
  return signal > 0 ? noise / signal : 0;
}

Eigen::VectorXf mean_loss(const MatrixXf& values, const MatrixXf& means, const std::vector<size_t>& at,
                          const std::vector<float>& factors, const Scheme& scheme) {
  std::vector<float> of_values(static_cast<size_t>(values.rows()), 1);
  for (size_t i = 0; i < at.size(); ++i) of_values[at[i]] = factors[i];
  const Eigen::VectorXf losses = rounding_loss(values, of_values, scheme).rowwise().squaredNorm() / values.cols();
  const Eigen::VectorXf energies = values.rowwise().squaredNorm() / values.cols();
  Eigen::VectorXf losses_of_means(means.rows());
  for (Index i = 0; i < means.rows(); ++i) {
    const auto channel = static_cast<Index>(at[static_cast<size_t>(i)]);
    const float energy = means.row(i).squaredNorm() / static_cast<float>(means.cols());
    const float share = energies[channel] > 0 ? std::min(1.0F, energy / energies[channel]) : 0;
    losses_of_means[i] = share * losses[channel];
  }
  return losses_of_means;
}

}  // namespace tmc::quant

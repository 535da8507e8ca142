// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What activations hold by channel (their last axis), from runs of the float graph, and what rounding costs what is
// computed of them.

#include <Eigen/Core>
#include <map>
#include <set>
#include <vector>

#include "tmc/quant/correction/correction.hpp"

namespace tmc::quant {

struct ChannelSamples {
  std::vector<float> largest;  // magnitude of every channel, over all rows
  Eigen::MatrixXf positions;   // [channels, some positions of every row]
};

// Of these float values of the work's graph, over the rows to learn from.
Result<std::map<ir::ValueId, ChannelSamples>> sample_channels(const ir::Graph& graph,
                                                              const std::set<ir::ValueId>& values,
                                                              const CorrectionContext& context);

// What the integers of the scheme make of the samples, each channel of which is divided by a factor before and
// multiplied with it after: what is lost.
Eigen::MatrixXf rounding_loss(const Eigen::MatrixXf& samples, const std::vector<float>& factors, const Scheme& scheme);

// The energy of the error at a fully connected layer's outputs, weights and input rounded, over that of the outputs.
// Channels of the input are divided by the factors, those of the weights, [channels, outputs], multiplied.
double layer_noise(const Eigen::MatrixXf& samples, const Eigen::MatrixXf& weights, const std::vector<float>& factors,
                   const Scheme& scheme);

}  // namespace tmc::quant

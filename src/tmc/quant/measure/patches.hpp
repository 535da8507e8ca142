// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the weights of a layer are multiplied with: for every output position the elements of the input under the
// window, in the order of one output channel's weights; zero where the window lies over padding. First and second
// moments of these, over rows of data, say what an error in the weights does to the output.

#include <functional>
#include <map>

#include "tmc/quant/measure/moments.hpp"
#include "tmc/quant/measure/session.hpp"

namespace tmc::quant {

// As the weights of the layer (conv2d in NHWC, or fully_connected) are read.
LayerShape layer_shape(const ir::Graph& graph, const ir::Node& layer);

// Calls with the group and the patch; of the output positions every `stride`-th one.
using PatchVisitor = std::function<void(int64_t group, std::span<const float> patch)>;
void for_each_patch(const ir::Graph& graph, const ir::Node& layer, std::span<const float> input, int64_t stride,
                    const PatchVisitor& visit);

// Of the inputs of `layers` in the float graph that `session` runs; second ones only where `order` says so.
Result<std::map<ir::NodeId, Moments>> measure_moments(const ir::Graph& graph, const std::vector<ir::NodeId>& layers,
                                                      MomentOrder order, Session& session, RowSource& rows,
                                                      const std::vector<int64_t>& indices, const Progress& progress);

}  // namespace tmc::quant

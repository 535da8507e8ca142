// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What Loop and Scan share, which are imported once a trip: the parts that trips read of a sequence and add to one.

#include "tmc/frontend/onnx/import_context.hpp"

namespace tmc::frontend::onnx_format {

// Trips that are looked at; the nodes that they make are bounded by ImportContext::import_body.
inline constexpr int64_t kMostTrips = 10'000;

// Element `index` along the axis, without it.
Result<ir::ValueId> append_element(ImportContext& context, ir::ValueId sequence, int axis, int64_t index,
                                   const std::string& suffix);
// Output `index` of the node: these of equal type, one behind the other along a new axis, which may be negative.
Status finish_sequence(ImportContext& context, size_t index, std::vector<FileTensor> elements, int64_t axis);

}  // namespace tmc::frontend::onnx_format

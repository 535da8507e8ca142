// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Pools with dilation, or over more than two axes: along one axis after the other, the elements that each tap of the
// window sees are joined. In float; maxima also of plain bytes, of which there is no other kernel.

#include "tmc/frontend/onnx/window.hpp"

namespace tmc::frontend::onnx_format {

enum class TapPool { kMax, kSum, kMean, kMeanWithPadding };  // whether a mean counts what pads give

// Whether the node's window has a form that the graph's pools do not have.
Result<bool> needs_taps(ImportContext& context);

Status import_tap_pool(ImportContext& context, TapPool pool);
// The same of a float value of the input's shape, as a step of the node.
Result<ir::ValueId> append_tap_pool(ImportContext& context, TapPool pool, ir::ValueId value);

// The maxima with the places where they are, in the whole of the input: both outputs of MaxPool, in float.
Status import_max_pool_with_places(ImportContext& context);

}  // namespace tmc::frontend::onnx_format

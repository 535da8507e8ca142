// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Pools with dilation, or over more than two axes: along one axis after the other, the elements that each tap of the
// window sees are joined. In float.

#include "tmc/frontend/onnx/window.hpp"

namespace tmc::frontend::onnx_format {

enum class TapPool { kMax, kMean, kMeanWithPadding };  // whether a mean counts what pads give

// Whether the node's window has a form that the graph's pools do not have.
Result<bool> needs_taps(ImportContext& context);

Status import_tap_pool(ImportContext& context, TapPool pool);

}  // namespace tmc::frontend::onnx_format

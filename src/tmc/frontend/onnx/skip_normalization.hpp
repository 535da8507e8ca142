// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// onnxruntime's sums that are normalised: SkipLayerNormalization and SkipSimplifiedLayerNormalization.

#include "tmc/frontend/onnx/import_context.hpp"

namespace tmc::frontend::onnx_format {

// Inputs x, skip, scale, and where `centred` the bias of the norm, then a bias of the sum. Outputs: the norm; mean and
// inverse deviation, which are refused where something reads them; the sum.
Status import_skip_normalization(ImportContext& context, bool centred);

}  // namespace tmc::frontend::onnx_format

// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What LayerNormalization, RMSNormalization and their kin become.

#include "tmc/frontend/onnx/import_context.hpp"

namespace tmc::frontend::onnx_format {

// layer_norm where `centred`, else rms_norm.
ops::AnyOp normalization_op(bool centred, int32_t axis, double epsilon);

// A node with inputs x, scale and, where `centred`, bias, and the attributes axis and epsilon: the operator where that
// covers it, which is in float, with a scale and a bias of the extents of the axes, and where only the first output is
// read; else the composite of the node's name.
Status import_normalization(ImportContext& context, bool centred);

}  // namespace tmc::frontend::onnx_format

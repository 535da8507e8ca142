// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Convolutions over volumes [n, c, d, h, w]: a convolution over images for every tap along the depth, which are added
// up.

#include "tmc/frontend/onnx/import_context.hpp"

namespace tmc::frontend::onnx_format {

Status import_volume_conv(ImportContext& context);

}  // namespace tmc::frontend::onnx_format

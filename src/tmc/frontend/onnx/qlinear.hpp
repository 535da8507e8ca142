// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// onnxruntime's own quantised operators (domain com.microsoft): QLinearAdd is Add between DequantizeLinear and
// QuantizeLinear, and so are its kin; QGemm is Gemm.

#include <string_view>

#include "tmc/base/host/status.hpp"

namespace tmc::frontend::onnx_format {

class ImportContext;

// Whether that operator of the domain is one of them.
bool is_qlinear(std::string_view op_type);

Status import_qlinear(ImportContext& context);

}  // namespace tmc::frontend::onnx_format

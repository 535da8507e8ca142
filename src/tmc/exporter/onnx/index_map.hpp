// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/exporter/onnx/export_context.hpp"

namespace tmc::exporter::onnx_format {

// An operator that only moves elements and has one like it in ONNX (ops::IndexMapInfo::onnx).
Status export_index_map(ExportContext& context);

}  // namespace tmc::exporter::onnx_format

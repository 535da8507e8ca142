// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The operator exporters: op/some_name.cpp defines `Status export_some_name(ExportContext&)` for the operator some_name
// of the graph. The table is generated from the folder.

#include <span>
#include <string_view>

#include "tmc/base/host/status.hpp"

namespace tmc::exporter::onnx_format {

class ExportContext;

struct Exporter {
  std::string_view name;
  Status (*write)(ExportContext& context);
};

std::span<const Exporter> exporters();

}  // namespace tmc::exporter::onnx_format

// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/pipeline/export.hpp"

#include "tmc/base/host/files.hpp"
#include "tmc/exporter/onnx/to_onnx.hpp"

namespace tmc::pipeline {

Status export_onnx(const Compilation& compilation, const std::filesystem::path& file) {
  Result<std::string> model = exporter::to_onnx(compilation.graph);
  if (!model.ok()) return std::move(model).status().in_file(compilation.model.string());
  return write_file(file, *model);
}

}  // namespace tmc::pipeline

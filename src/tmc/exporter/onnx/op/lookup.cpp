// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/lookup.hpp"
#include "tmc/exporter/onnx/patterns.hpp"

namespace tmc::exporter::onnx_format {

// ONNX asks for indices inside, which those are that need no clamping.
Status export_lookup(ExportContext& context) {
  TMC_ASSIGN(const std::string data, context.input(0));
  TMC_ASSIGN(const std::string indices, context.input(1));
  return context.finish("Gather", {data, indices}, {{"axis", int64_t{context.op<ops::Lookup>().axis}}});
}

}  // namespace tmc::exporter::onnx_format

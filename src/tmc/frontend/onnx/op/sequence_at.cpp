// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/sequence.hpp"

namespace tmc::frontend::onnx_format {

Status import_sequence_at(ImportContext& context) {
  TMC_ASSIGN(const std::vector<FileTensor> elements, sequence_of(context));
  TMC_ASSIGN(const size_t position, position_of(context, 1, elements.size(), elements.size()));
  if (position >= elements.size()) return error(Error::kMalformed, "it has no position");
  return context.finish_output_as(0, elements[position]);
}

}  // namespace tmc::frontend::onnx_format

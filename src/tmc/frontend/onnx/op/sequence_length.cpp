// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/sequence.hpp"

namespace tmc::frontend::onnx_format {

Status import_sequence_length(ImportContext& context) {
  TMC_ASSIGN(const std::vector<FileTensor> elements, sequence_of(context));
  const auto count = static_cast<int64_t>(elements.size());
  return context.finish_as(Constant{{DType::kI64, {}}, integer_data(DType::kI64, std::span(&count, 1))});
}

}  // namespace tmc::frontend::onnx_format

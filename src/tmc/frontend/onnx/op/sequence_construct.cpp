// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/sequence.hpp"

namespace tmc::frontend::onnx_format {

Status import_sequence_construct(ImportContext& context) {
  std::vector<FileTensor> elements;
  for (size_t i = 0; i < context.input_count(); ++i) {
    TMC_ASSIGN(elements.emplace_back(), context.file_tensor(i));
  }
  return context.finish_elements(std::move(elements));
}

}  // namespace tmc::frontend::onnx_format

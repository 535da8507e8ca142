// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/sequence.hpp"

namespace tmc::frontend::onnx_format {

// The element at a position, or the last one.
Status import_sequence_erase(ImportContext& context) {
  TMC_ASSIGN(std::vector<FileTensor> elements, sequence_of(context));
  if (elements.empty()) return error(Error::kMalformed, "it erases an element of an empty sequence");
  TMC_ASSIGN(const size_t position, position_of(context, 1, elements.size(), elements.size() - 1));
  elements.erase(elements.begin() + static_cast<ptrdiff_t>(position));
  return context.finish_elements(std::move(elements));
}

}  // namespace tmc::frontend::onnx_format

// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/sequence.hpp"

namespace tmc::frontend::onnx_format {

// Before the element at a position, or at the end.
Status import_sequence_insert(ImportContext& context) {
  TMC_ASSIGN(std::vector<FileTensor> elements, sequence_of(context));
  TMC_ASSIGN(FileTensor element, context.file_tensor(1));
  size_t position = elements.size();
  if (context.has_input(2)) {
    // Negative positions count from the end of what is there, and the end itself is one.
    TMC_ASSIGN(const std::vector<int64_t> given, context.constant_ints(2, "position"));
    const bool is_end = given.size() == 1 && given[0] == static_cast<int64_t>(elements.size());
    if (!is_end) {
      TMC_ASSIGN(position, position_of(context, 2, elements.size(), elements.size()));
    }
  }
  elements.insert(elements.begin() + static_cast<ptrdiff_t>(position), std::move(element));
  return context.finish_elements(std::move(elements));
}

}  // namespace tmc::frontend::onnx_format

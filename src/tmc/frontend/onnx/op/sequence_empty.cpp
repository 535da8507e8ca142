// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/sequence.hpp"

namespace tmc::frontend::onnx_format {

// The attribute dtype says nothing: elements have types of their own.
Status import_sequence_empty(ImportContext& context) {
  return context.finish_elements({});
}

}  // namespace tmc::frontend::onnx_format

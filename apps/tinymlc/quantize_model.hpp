// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// `quantize` without a word to the terminal, but for warnings and progress.

#include "command.hpp"

namespace tmc::app {

struct QuantizeFileArguments {
  ModelOptions model;
  std::string onnx;

  void add_to(Command& command);
};

// Has a quantisation. To int8 where nothing is said; writes the ONNX file where one is named.
Result<pipeline::Compilation> quantize_model(const QuantizeFileArguments& arguments);

}  // namespace tmc::app

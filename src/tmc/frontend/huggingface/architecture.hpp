// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Which decoders are read: each file of architecture/ is one, NAME_architecture() for NAME.cpp. The table of files is
// generated.

#include <span>
#include <string_view>

#include "tmc/frontend/common/named_tensors.hpp"
#include "tmc/frontend/common/settings.hpp"

namespace tmc::frontend::huggingface {

struct Architecture {
  std::string_view class_name;  // of `architectures` in config.json
  std::string_view model_type;  // where that says none
  std::string_view prefix;      // of the names of all tensors but the classifier's, or of none
  // What config.json says; what that asks for in vain stays in the settings.
  DecoderShape (*shape_of)(Settings& config);
  // Without the prefix.
  TensorPlace (*place_of)(const DecoderTensor& tensor);
  // Whether a tensor carries nothing that the decoder is not told otherwise.
  bool (*may_be_left)(std::string_view name);
};
std::span<const Architecture> architectures();

}  // namespace tmc::frontend::huggingface

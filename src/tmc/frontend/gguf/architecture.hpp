// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Which decoders are read: each file of architecture/ is one, NAME_architecture() for NAME.cpp. The table of files is
// generated.

#include <span>
#include <string_view>

#include "tmc/frontend/common/named_tensors.hpp"
#include "tmc/frontend/common/settings.hpp"

namespace tmc::frontend::gguf {

struct Architecture {
  std::string_view name;  // of `general.architecture`
  // What the file's metadata say, and by its tensors what they do not; what they ask for in vain stays in the settings.
  DecoderShape (*shape_of)(Settings& metadata, const NamedTensors& tensors);
  TensorPlace (*place_of)(const DecoderTensor& tensor);
};
std::span<const Architecture> architectures();

// What all of them say, under the architecture's name: numbers of layers, heads and positions, extents; the vocabulary
// is the embedding's.
DecoderShape common_shape(const std::string& architecture, Settings& metadata, const NamedTensors& tensors);
// "blk.3.attn_q.weight": the names that all of them have.
std::string common_name(const DecoderTensor& tensor, std::string_view inner);

}  // namespace tmc::frontend::gguf

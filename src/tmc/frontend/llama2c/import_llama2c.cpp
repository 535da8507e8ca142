// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/llama2c/import_llama2c.hpp"

#include "tmc/frontend/common/decoder.hpp"
#include "tmc/frontend/llama2c/checkpoint.hpp"

namespace tmc::frontend {

bool is_llama2c(std::span<const std::byte> file) {
  return llama2c::is_checkpoint(file);
}

Result<ir::Graph> import_llama2c(std::span<const std::byte> file, const ImportOptions& options) {
  TMC_ASSIGN(const llama2c::Checkpoint checkpoint, llama2c::Checkpoint::read(file));
  const auto weights = [&](const DecoderTensor& tensor) -> Result<std::vector<float>> {
    return checkpoint.weight(tensor.weight, tensor.layer);
  };
  return decoder_graph(checkpoint.shape(), weights, StreamOptions::of(options));
}

}  // namespace tmc::frontend

// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Files of safetensors (github.com/huggingface/safetensors): the length of a header as u64, little-endian, the header
// in JSON, which has type, shape and place of each tensor, and the tensors' bytes, which fill the rest without a gap.
// The file is untrusted and outlives what is read.

#include <cstddef>
#include <span>

#include "tmc/frontend/common/named_tensors.hpp"

namespace tmc::frontend::huggingface {

// Whether a file begins as theirs do.
bool is_safetensors(std::span<const std::byte> file);

// Adds the file's tensors, which `file_name` is told of. kMalformed with all that is wrong: a header that is cut off or
// too long, tensors without a shape or a place, with bytes that overlap, are missing, are not as many as the shape asks
// for or lie outside, and names that are there twice, in this file or in another.
Status read_safetensors(std::span<const std::byte> file, const std::string& file_name, NamedTensors& tensors);

}  // namespace tmc::frontend::huggingface

// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Files in GGUF (github.com/ggml-org/ggml, docs/gguf.md), versions 2 and 3: what they say of a model, and where its
// tensors lie. The file is untrusted and outlives what is read. Little-endian.

#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "tmc/base/host/json.hpp"

namespace tmc {

struct GgufTensor {
  std::vector<int64_t> extents;  // the outermost first, at most 4; no product of them passes 2^40
  uint32_t type = 0;             // GGML's number of it
  size_t begin = 0;              // within the data
};

struct GgufFile {
  // An object: numbers, truth values, texts, and arrays of one of these.
  json::Value metadata;
  std::map<std::string, GgufTensor> tensors;
  std::span<const std::byte> data;

  // kMalformed, with the byte, for what is cut off, larger than a file of that size can hold, or there twice.
  static Result<GgufFile> parse(std::span<const std::byte> file);
  // Whether a file begins as these do.
  static bool is(std::span<const std::byte> file);
};

}  // namespace tmc

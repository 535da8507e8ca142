// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// A sorted table of keys and values, as LevelDB and the index of TensorFlow's checkpoints have it: blocks of entries
// whose keys share prefixes, an index of blocks, and a footer (leveldb/doc/table_format.md). Uncompressed blocks, as
// TensorFlow writes them. The file is untrusted: every size is checked, and every block's checksum.

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>

#include "tmc/base/host/status.hpp"

namespace tmc::frontend::savedmodel {

// kMalformed where it is damaged; kUnsupportedType where a block is compressed.
Result<std::map<std::string, std::string>> read_table(std::span<const std::byte> file);

// The CRC-32C (Castagnoli) of the bytes, masked as the format stores it.
uint32_t masked_crc32c(std::span<const std::byte> bytes);

}  // namespace tmc::frontend::savedmodel

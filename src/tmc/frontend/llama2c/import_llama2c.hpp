// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Checkpoints of llama2.c to Graph: the step of a decoder (common/decoder.hpp), in float whatever the file's weights
// are. The file is untrusted. Errors: kMalformed for what is no valid file, kUnsupportedShape; what decoder_graph says;
// the caller adds the file's name. A graph that comes back passes ir::verify.

#include <cstddef>
#include <span>

#include "tmc/frontend/common/import_options.hpp"
#include "tmc/ir/graph.hpp"

namespace tmc::frontend {

// Whether a file is one of theirs.
bool is_llama2c(std::span<const std::byte> file);

Result<ir::Graph> import_llama2c(std::span<const std::byte> file, const ImportOptions& options = {});

}  // namespace tmc::frontend

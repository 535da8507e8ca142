// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Decoders in GGUF (base/host/gguf.hpp) to Graph: the step of a decoder (common/decoder.hpp), in float whatever the
// file's weights are: F32, F16, BF16, Q8_0 or Q4_0. The file is untrusted. Errors have all reasons at once: kMalformed
// for what is no valid file or does not go together, kUnsupportedOp for what its metadata ask for in vain; what
// decoder_graph says; the caller adds the file's name. A graph that comes back passes ir::verify.

#include <cstddef>
#include <span>

#include "tmc/frontend/common/import_options.hpp"
#include "tmc/ir/graph.hpp"

namespace tmc::frontend {

// Whether a file is one of theirs.
bool is_gguf(std::span<const std::byte> file);

Result<ir::Graph> import_gguf(std::span<const std::byte> file, const ImportOptions& options = {});

}  // namespace tmc::frontend

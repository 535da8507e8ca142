// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// One step of a compiled decoder in this process.

#include "tmc/exec/executor.hpp"
#include "tmc/stream/token_stream.hpp"

namespace tmc::check {

// The logits behind a token, as bytes of floats.
Result<std::vector<std::byte>> run_decoder_step(exec::Executor& executor, int32_t token,
                                                const stream::CacheInput& place);

}  // namespace tmc::check

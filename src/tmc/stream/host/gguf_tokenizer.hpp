// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The tokenizer that a model in GGUF carries (base/host/gguf.hpp): SentencePiece's pieces with scores
// (`tokenizer.ggml.model` is llama), or GPT-2's with merges (gpt2).

#include <cstddef>
#include <span>

#include "tmc/stream/host/tokenizer_model.hpp"

namespace tmc::stream {

// Whether a file is in GGUF.
bool is_gguf_file(std::string_view file);

// kMalformed where the file is not one or has no tokenizer; kUnsupportedType, with the member, for what the device does
// not do.
Result<TokenizerModel> read_gguf_tokenizer(std::string_view file);

}  // namespace tmc::stream

// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// tokenizer.bin of llama2.c (github.com/karpathy/llama2.c, tokenizer.py and run.c): the length of the longest piece as
// int32, then for every token a float score, an int32 length and its bytes. Token 1 begins a text, 2 ends it, 3 to 258
// are the bytes, written `<0x00>` to `<0xFF>`.

#include <string_view>

#include "tmc/stream/host/tokenizer_model.hpp"

namespace tmc::stream {

// kMalformed where the file is not one, with the token and the offset.
Result<TokenizerModel> read_llama2c_tokenizer(std::string_view file);

}  // namespace tmc::stream

// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// tokenizer.json of Hugging Face's tokenizers, of two kinds: byte-pair encoding of bytes, as GPT-2 has it, for a
// WordTokenizer, and of characters with tokens of bytes, as Llama's converted SentencePiece has it, for a Tokenizer.
// Added tokens are no text here: they are tokens by their number, and text that spells one is text.

#include <string_view>

#include "tmc/stream/host/tokenizer_model.hpp"

namespace tmc::stream {

// kMalformed where the file is not one; kUnsupportedType, with the member, for what the device does not do. `begin` and
// `end` are those of the usual names, where the file has them, `begin` that of a template before others; a token's name
// is its piece.
Result<TokenizerModel> read_huggingface_tokenizer(std::string_view file);

}  // namespace tmc::stream

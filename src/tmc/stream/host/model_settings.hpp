// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What a model of Hugging Face's transformers says beside its tokenizer.json: which tokens begin and end a text
// (generation_config.json, else config.json), and whether the first is put before texts (tokenizer_config.json).

#include <filesystem>

#include "tmc/stream/host/tokenizer_model.hpp"

namespace tmc::stream {

// Changes the tokenizer to what the files of the folder say, those that are there. kMalformed, with the file, for one
// that is no JSON or names a token that there is not.
Status apply_model_settings(const std::filesystem::path& folder, TokenizerModel& model);

}  // namespace tmc::stream

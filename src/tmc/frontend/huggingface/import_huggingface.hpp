// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Models of Hugging Face's transformers to Graph: config.json and model.safetensors, or the files that
// model.safetensors.index.json names, become the step of a decoder (common/decoder.hpp), in float whatever the file's
// weights are. The files are untrusted. Errors name the file, and have all reasons at once: kMalformed for what is no
// valid file or does not go together, kUnsupportedOp for what the configuration asks for in vain; what decoder_graph
// says. A graph that comes back passes ir::verify.

#include <filesystem>
#include <optional>
#include <span>

#include "tmc/frontend/common/import_options.hpp"
#include "tmc/frontend/common/read_model_file.hpp"
#include "tmc/ir/graph.hpp"

namespace tmc::frontend {

// The file of weights, or of their index, that a path means: of a folder with config.json the one that is there, or a
// file whose content is theirs. Nothing where it is another model.
std::optional<std::filesystem::path> huggingface_weights(const std::filesystem::path& path);

// `files` gives what lies beside the weights, by name.
Result<ir::Graph> import_huggingface(const std::filesystem::path& weights, const ReadModelFile& files,
                                     const ImportOptions& options = {});

// All files that such a model is made of, by name.
Result<std::vector<std::string>> huggingface_files(const std::filesystem::path& weights, const ReadModelFile& files);

}  // namespace tmc::frontend

// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// SavedModels of TensorFlow to Graph: what the signature `serving_default` computes (or the only one), with functions,
// loops and branches run where they stand, and variables as constants. Inputs and outputs bear the names of the
// signature, in their order. The extent of the first axis of an input, where it is open, is 1 unless `--shape` says
// otherwise. Nodes are said in operators of ONNX (onnx/step_import.hpp).
//
// The files are untrusted. Errors: kMalformed for what is no valid model, and all that the model asks for in vain at
// once: kUnsupportedOp, kUnsupportedType and kUnsupportedShape with the node; the caller adds the file's name. A graph
// that comes back without refusals passes ir::verify.

#include <cstddef>
#include <span>

#include "tmc/base/host/refusals.hpp"
#include "tmc/frontend/common/import_options.hpp"
#include "tmc/frontend/common/read_model_file.hpp"
#include "tmc/ir/graph.hpp"

namespace tmc::frontend {

// `files` gives saved_model.pb and files of variables/.
Result<ir::Graph> import_savedmodel(const ReadModelFile& files, const ImportOptions& options, Refusals& refusals);

// A graph whose variables were made constants (.pb): its placeholders are the inputs, and what nothing reads the
// outputs.
bool is_frozen_graph(std::span<const std::byte> file);
Result<ir::Graph> import_frozen_graph(std::span<const std::byte> file, const ImportOptions& options,
                                      Refusals& refusals);

}  // namespace tmc::frontend

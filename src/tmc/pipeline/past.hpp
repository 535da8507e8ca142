// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// A file of a decoder that takes and gives its caches, as the step of a stream (opt/decoder/stream_past.hpp). It is
// imported for two lengths of the past, a few tokens and all of the window but the new ones; what comes of both has to
// be the same, so that nothing in it depends on a length that a run would have to know.

#include "tmc/base/host/refusals.hpp"
#include "tmc/frontend/common/import_options.hpp"
#include "tmc/ir/graph.hpp"

namespace tmc::pipeline {

// None where the file is no such decoder (frontend/common/past_ports.hpp). `--bound` window, sinks and block are as for
// other decoders; a window that is not given is as long as the model's tables of positions.
Result<std::optional<ir::Graph>> import_past(const std::filesystem::path& model, const frontend::ImportOptions& options,
                                             Refusals& refusals);

}  // namespace tmc::pipeline

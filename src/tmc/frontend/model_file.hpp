// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// A model file to Graph, whatever its format: the entry to all frontends. The format is told by the content, not by the
// name. Errors name the file; besides those of the frontends there are kNotFound and kIo, and kMalformed for content
// that is of no known format, which it names where it can.

#include <filesystem>

#include "tmc/base/host/refusals.hpp"
#include "tmc/frontend/common/import_options.hpp"
#include "tmc/ir/graph.hpp"

namespace tmc::frontend {

Result<ir::Graph> load_model(const std::filesystem::path& path, const ImportOptions& options = {});
// The same, but what is refused goes to `refusals`, and the graph is what is left of the model (onnx/import_onnx.hpp).
Result<ir::Graph> load_model(const std::filesystem::path& path, const ImportOptions& options, Refusals& refusals);

// The ports of a decoder that takes and gives its caches (common/past_ports.hpp); none for every other model, and for
// one that does not load.
Result<std::optional<PastPorts>> find_past(const std::filesystem::path& path, const ImportOptions& options);

// The bytes that the model is made of: those of its file, or of all its files, one after the other.
Result<std::string> model_bytes(const std::filesystem::path& path);

}  // namespace tmc::frontend

// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Keras models to Graph: .keras files (Keras 3) and whole models in HDF5 (.h5, of Keras 2 and 3). Sequential and
// functional models, which may hold one another in a .keras file. Weights are float32 in the graph; inputs and outputs
// bear the names of their layers. The extent of batches, which Keras leaves open, is 1 unless `--shape` says otherwise.
//
// The file is untrusted. Errors: kMalformed for what is no valid file, and all that the file asks for in vain at once:
// kUnsupportedOp, kUnsupportedType and kUnsupportedShape with the layer; the caller adds the file's name. A graph that
// comes back without refusals passes ir::verify.

#include <cstddef>
#include <span>

#include "tmc/base/host/refusals.hpp"
#include "tmc/frontend/common/import_options.hpp"
#include "tmc/ir/graph.hpp"

namespace tmc::frontend {

// Whether the file begins as a zip archive or an HDF5 file does.
bool is_keras(std::span<const std::byte> file);
Result<ir::Graph> import_keras(std::span<const std::byte> file, const ImportOptions& options, Refusals& refusals);

}  // namespace tmc::frontend

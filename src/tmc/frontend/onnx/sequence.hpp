// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Sequences of tensors, which are lists that are known here: their operators choose and join tensors, at positions that
// are constant, and nothing of them is left in the graph. One that is an input of the model is as many inputs, and one
// that is an output as many outputs: NAME_0, NAME_1 and so on.

#include "tmc/frontend/onnx/import_context.hpp"

namespace tmc::frontend::onnx_format {

constexpr int64_t kMostSequenceInputs = 1024;
std::string element_name(const std::string& sequence, size_t index);
// What `--shape` says of an input that is a sequence, of which the file does not say the length: NAME=3x2x4 is 3
// tensors of [2, 4], NAME_0=4 and NAME_1=5 are two of those. Empty where it says nothing.
std::vector<Shape> sequence_shapes(const std::string& name, const ImportOptions& options);

// The elements of an input that is a sequence; kMalformed where it is a tensor.
Result<std::vector<FileTensor>> sequence_of(ImportContext& context, size_t index = 0);
// The position that an input says, negative ones from the end; `otherwise` where it is absent. kMalformed for one that
// is not among `count`, kUnsupportedShape for one that is computed at run time.
Result<size_t> position_of(ImportContext& context, size_t index, size_t count, size_t otherwise);
// The values of all elements, of which there is one at least.
Result<std::vector<ir::ValueId>> values_of(ImportContext& context, std::vector<FileTensor> elements);

}  // namespace tmc::frontend::onnx_format

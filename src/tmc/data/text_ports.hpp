// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Inputs and outputs that are texts: u8 [..., width], of which each row is one in UTF-8, with zeros behind its last
// byte.

#include "tmc/data/arrays.hpp"
#include "tmc/data/model.hpp"

namespace tmc::data {

bool is_text(const Model& model, const program::Tensor& tensor);
// The shape without the bytes of a text, where it is one of texts: a cell for each element.
Shape cells_of(const Model& model, const program::Tensor& tensor);
// An array for a port of texts in its width, which may be another than the array's; other arrays as they are. kBadInput
// for a text that has more bytes.
Result<NpyArray> fitted_texts(const Model& model, const program::Tensor& tensor, NpyArray array);
// The same of all arrays under the names of ports.
Result<NamedArrays> with_fitted_texts(const Model& model, NamedArrays arrays);

}  // namespace tmc::data

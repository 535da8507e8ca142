// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Tables whose columns are a model's features and inputs, in any order, and tables of its outputs.
//
// An input [rows, ...] takes a cell for each of the rest of a row, one of rank 0 or 1 is one row. Its columns are the
// features that the model file names; else a single one is called as the input, and several NAME_0, NAME_1 and so on.
// Outputs are named in the same way. A cell of an input or output of texts is one, as it is written.

#include "tmc/base/host/table.hpp"
#include "tmc/data/arrays.hpp"
#include "tmc/data/model.hpp"

namespace tmc::data {

// The rows as samples of all inputs, or of that input alone where it is named. Missing cells are not-a-numbers where
// the input is of floats. kBadInput names what columns are missing and which are not known, or column and row of a cell
// that does not fit; and for a number of rows that no number of samples has.
Result<NamedArrays> inputs_of_table(const Model& model, const Table& table, const std::string& input = {});

// All outputs of the samples. kBadInput where an output has not the rows of the inputs.
Result<Table> table_of_outputs(const Model& model, const NamedArrays& outputs);

}  // namespace tmc::data

// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Rows of calibration data from files. Arrays are read a row at a time (base/host/stored_array.hpp), pictures and
// sounds one at a time, so memory holds a row, however many there are.
//
//  - FILE.npz: one array for each of the graph's inputs under its name, rows stacked along a new first axis; where the
//    graph has one input and the archive one array, its name does not matter
//  - FILE.npy: for a graph with one input
//  - pictures and sounds (.png, .jpg, .jpeg, .wav), each a row of a graph with one input, by a spec as `run` takes it
//  - a folder of such files, read in the order of their names; arrays hold one row or several

#include <filesystem>
#include <memory>
#include <optional>

#include "tmc/ir/graph.hpp"
#include "tmc/preprocess/spec.hpp"
#include "tmc/quant/measure/session.hpp"

namespace tmc::data {

// Looks at every file once. Error: kNotFound; kBadUsage for a picture or sound without a spec; kBadInput for data that
// do not match an input or cannot be read, with the file, the input and the hint.
Result<std::unique_ptr<quant::RowSource>> open_rows(const std::filesystem::path& path, const ir::Graph& graph,
                                                    const std::optional<preprocess::Spec>& spec = std::nullopt);

}  // namespace tmc::data

// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What an oracle says of a program's tensors, found by what the graph says of them and not by how they are called: an
// image that the file holds as [n, c, h, w] and the program as [n, h, w, c] is permuted, and channels that the compiler
// took away are taken from the oracle's too.

#include "tmc/check/oracle.hpp"
#include "tmc/check/run.hpp"
#include "tmc/pipeline/compile.hpp"

namespace tmc::check {

struct Expected {
  std::string oracle;   // as OracleAnswer has it; empty: a recording
  NamedArrays tensors;  // by the program's names, in its layouts, samples stacked; only what can be compared
};

// Runs the oracle on the model's file. A float file that was quantised here says nothing of the integers: then it runs
// what `export` writes, which only onnxruntime can. Error: what run_oracle says; kBadUsage for another oracle then.
Result<Expected> ask_oracle(const Compilation& compilation, const std::string& oracle, std::span<const Ports> samples);

// The same from recorded tensors, under the names of the model's file. Error: kBadUsage for an output whose array has
// no sample axis.
Result<Expected> expected_of_recording(const Compilation& compilation, const NamedArrays& recording);

}  // namespace tmc::check

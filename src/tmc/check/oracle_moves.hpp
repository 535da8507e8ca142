// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// How far an oracle's own float answers move where its inputs move by a rounding each: what no tolerance below that can
// tell from an error. A normalisation of a constant image, for one, multiplies the rounding of its mean by hundreds.

#include <map>

#include "tmc/check/expected.hpp"

namespace tmc::check {

// By the program's names, of float tensors alone, in real units: the largest move over two runs of the oracle on inputs
// that are the next float up or down, at random. Error: what ask_oracle says.
Result<std::map<std::string, double>> oracle_moves(const Compilation& compilation, const std::string& oracle,
                                                   const std::vector<Ports>& samples, const Expected& expected);

}  // namespace tmc::check

// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What a step's Params say of the bytes that its body touches, for programs that come from outside. Contracts of one
// kind agree on the names of their Params (kernels/contract/), so that one rule serves a kind.

#include "tmc/program/program.hpp"

namespace tmc::program {

// kMalformed: an extent, a stride or a size among the Params that no tensor has; an operand in a buffer that is shorter
// than what the body reads or writes there; Params that the body does not apply to; a contract without a rule. What
// lies in constants is not looked at. The program is verified (program::verify).
Status verify_extents(const Program& program, const Step& step);

}  // namespace tmc::program

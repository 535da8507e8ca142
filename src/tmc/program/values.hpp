// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What a step's Params say that are no extents: the numbers for which the arithmetic of kernels is defined. Contracts
// agree on the names of their Params (kernels/contract/), so that a rule serves all that have one of the name; what a
// single contract asks for beyond is among what its implementations apply to.

#include "tmc/base/host/status.hpp"
#include "tmc/kernels/host/registry.hpp"

namespace tmc::program {

// Error of the code, with the parameter and what it may be:
//   shifts          -31 to 31, those of base/fixed_point.hpp; of operands that are added, not to the left
//   zero points     a number of the type of the operand whose name they have; else of one of 16 bits
//   strides         of axes: 30 bits, also of those of one element
//   windows         places within 31 bits; of a pool, each meets the image and its sum fits 32 bits
//   b_sign          1 or -1
// Extents were looked at (extents.hpp).
Status check_values(Error code, const kernels::KernelInfo& kernel, kernels::Words words);

}  // namespace tmc::program

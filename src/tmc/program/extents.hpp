// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What a step's Params say of the bytes that its implementation touches. Contracts of one kind agree on the names of
// their Params (kernels/contract/), so that one rule serves a kind.

#include <span>

#include "tmc/program/program.hpp"

namespace tmc::program {

// Bytes that the implementation reads or writes at each operand, gaps included; 0 for what is packed. kInternal: an
// extent, a stride or a size among the Params that no tensor has; a contract without a rule.
Result<std::vector<int64_t>> needed_bytes(const kernels::KernelInfo& kernel, kernels::Words params);

// kInternal: as needed_bytes; an operand that is shorter than what the implementation reads or writes there, or that
// holds another dtype than the contract says; numbers that no arithmetic is defined for (values.hpp); Params that the
// implementation does not apply to. What is packed is not looked at. The step's operands are in range.
Status verify_extents(const Program& program, const Step& step);

// A constant of the model as an implementation's pack takes it; of 0 elements: of as many as there are.
struct WantedConstant {
  DType dtype;
  int64_t elements;
};
std::vector<WantedConstant> wanted_constants(const kernels::KernelInfo& kernel, kernels::Words params);

// The model's constants, as `select` hands them to an implementation's pack. kInternal where the Params ask for another
// count of them or of their elements, or for another dtype.
Status verify_constants(const kernels::KernelInfo& kernel, kernels::Words params,
                        std::span<const kernels::Blob> constants);

}  // namespace tmc::program

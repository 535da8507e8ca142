// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The form of an implementation: which Params and operands its contract has, and what it makes of a model's constants.
// What was compiled for one form, as a model image was, is nothing for another of the same name. Nobody counts
// versions: a form is a hash of the contract's members and of what `pack` makes of constants that are made up here.

#include <optional>
#include <string_view>
#include <vector>

#include "tmc/base/host/status.hpp"
#include "tmc/kernels/host/registry.hpp"

namespace tmc::program {

uint32_t kernel_form(const kernels::ImplementationInfo& implementation);

// A layer whose Params and constants are made up, as the implementation packs it; its form is made of that. None where
// nothing that is made up here applies.
struct PackedExample {
  std::vector<int32_t> words;
  std::vector<kernels::Blob> blobs;
};
std::optional<PackedExample> packed_example(const kernels::ImplementationInfo& implementation);

// What an image says of a kernel that its steps call.
struct KernelReference {
  std::string_view label;
  size_t words, operands;
  uint32_t form;
};

// kUnsupportedOp: there is none of the label, or one of another form.
Result<const kernels::ImplementationInfo*> implementation_of(const KernelReference& kernel);

}  // namespace tmc::program

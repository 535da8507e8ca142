// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/host/registry.hpp"

namespace tmc::kernels {

const KernelInfo* find_kernel(std::string_view name) {
  for (const KernelInfo* kernel : all_kernels()) {
    if (name == kernel->name) return kernel;
  }
  return nullptr;
}

const ImplementationInfo* find_implementation(std::string_view isa, std::string_view name) {
  for (const ImplementationInfo* implementation : all_implementations()) {
    if (isa == implementation->isa && name == implementation->name) return implementation;
  }
  return nullptr;
}

const ImplementationInfo* find_implementation(std::string_view label) {
  const size_t slash = label.find('/');
  return slash == label.npos ? nullptr : find_implementation(label.substr(0, slash), label.substr(slash + 1));
}

std::vector<const ImplementationInfo*> implementations_of(const KernelInfo& kernel, std::string_view isa) {
  std::vector<const ImplementationInfo*> implementations;
  for (const ImplementationInfo* implementation : all_implementations()) {
    if (implementation->kernel == &kernel && isa == implementation->isa) implementations.push_back(implementation);
  }
  return implementations;
}

}  // namespace tmc::kernels

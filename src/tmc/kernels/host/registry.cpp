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

const BodyInfo* find_body(std::string_view isa, std::string_view name) {
  for (const BodyInfo* body : all_bodies()) {
    if (isa == body->isa && name == body->name) return body;
  }
  return nullptr;
}

std::vector<const BodyInfo*> bodies_of(const KernelInfo& kernel, std::string_view isa) {
  std::vector<const BodyInfo*> bodies;
  for (const BodyInfo* body : all_bodies()) {
    if (body->kernel == &kernel && isa == body->isa) bodies.push_back(body);
  }
  return bodies;
}

}  // namespace tmc::kernels

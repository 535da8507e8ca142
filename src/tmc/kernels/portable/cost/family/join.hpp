// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What its work is linear in: rows and elements.
#include "tmc/kernels/host/registry.hpp"
#include "tmc/kernels/portable/family/join.hpp"

namespace tmc::kernels {

template <typename Function, typename T>
CostTerms cost_terms(Tag<portable::Join<Function, T>>, const typename portable::Join<Function, T>::Params& p) {
  const auto elements = static_cast<double>(portable::broadcast_elements(p));
  return {elements / p.extents[3], elements};
}

}  // namespace tmc::kernels

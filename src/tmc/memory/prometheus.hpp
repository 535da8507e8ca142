// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What a registry counts, in Prometheus' text form (exposition format 0.0.4): a family for each count, a sample for
// each pair of labels.

#include <string>

#include "tmc/memory/metrics.hpp"

namespace tmc::memory {

std::string prometheus(const Registry& registry);

}  // namespace tmc::memory

// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/quant/measure/session.hpp"

namespace tmc::pipeline {

// Runs graphs in this process with the kernels of the host; no tensor shares memory with another, so all can be seen.
class GraphRunner : public quant::Runner {
 public:
  Result<std::unique_ptr<quant::Session>> open(const ir::Graph& graph) override;
};

}  // namespace tmc::pipeline

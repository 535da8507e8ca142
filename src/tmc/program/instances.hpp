// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Which function of model.cpp runs which step. An instance is one function around one implementation: specialised, with
// constant Params that its steps share, or general, with what differs of them passed at run time (params_record.hpp).
// The stripes of a node share a specialised one: they pass the few words in which they differ.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tmc/program/program.hpp"
#include "tmc/targets/target.hpp"

namespace tmc::program {

struct Instance {
  std::string function;
  const kernels::ImplementationInfo* implementation = nullptr;
  std::optional<std::vector<int32_t>> params;  // of a specialised instance
  std::vector<std::size_t> passed;             // which words of them its steps pass at run time
  bool inline_all = true;                      // the implementation's helpers too, each time they are called
  std::vector<int32_t> steps;
};

// speed:    one specialised instance for every form: an implementation, and Params but for words that the stripes of a
// node pass. size:     one general instance for every implementation; specialised where its steps have one or two
// forms, which is smaller. balanced: as size, but the implementations of the kernel that does the most
// multiply-accumulates are specialised as for speed. In the order of their first steps.
std::vector<Instance> make_instances(const Program& program, Optimize optimize);

}  // namespace tmc::program

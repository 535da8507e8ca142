// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/backend/cpp/instances.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace tmc::backend::cpp {
namespace {

// As many specialised instances are smaller than a general one.
constexpr std::size_t kFewParams = 2;

using DistinctParams = std::map<const kernels::BodyInfo*, std::set<std::vector<int32_t>>>;

DistinctParams distinct_params(const program::Program& program) {
  DistinctParams distinct;
  for (const program::Step& step : program.steps) distinct[step.body].insert(step.params);
  return distinct;
}

// The kernel with the most MACs; of equals the first in the program. Null where no step has any.
const kernels::KernelInfo* busiest_kernel(const program::Program& program) {
  std::map<const kernels::KernelInfo*, int64_t> macs;
  for (const program::Step& step : program.steps) macs[step.body->kernel] += step.macs;
  const kernels::KernelInfo* busiest = nullptr;
  int64_t most_macs = 0;
  for (const program::Step& step : program.steps) {
    if (macs[step.body->kernel] <= most_macs) continue;
    busiest = step.body->kernel;
    most_macs = macs[busiest];
  }
  return busiest;
}

}  // namespace

std::vector<Instance> make_instances(const program::Program& program, Optimize optimize) {
  const DistinctParams distinct = distinct_params(program);
  const kernels::KernelInfo* busiest = busiest_kernel(program);
  const auto specialises = [&](const kernels::BodyInfo* body) {
    return optimize == Optimize::kSpeed || distinct.at(body).size() <= kFewParams ||
           (optimize == Optimize::kBalanced && body->kernel == busiest);
  };
  std::vector<Instance> instances;
  for (std::size_t i = 0; i < program.steps.size(); ++i) {
    const program::Step& step = program.steps[i];
    std::optional<std::vector<int32_t>> params;
    if (specialises(step.body)) params = step.params;
    auto found = std::ranges::find_if(
        instances, [&](const Instance& instance) { return instance.body == step.body && instance.params == params; });
    if (found == instances.end()) {
      const std::string function = fmt::format("{}_{}_{}", step.body->isa, step.body->name, instances.size());
      const bool inline_all = params || optimize != Optimize::kSize;
      found = instances.insert(instances.end(), Instance{function, step.body, params, inline_all, {}});
    }
    found->steps.push_back(static_cast<int32_t>(i));
  }
  return instances;
}

}  // namespace tmc::backend::cpp

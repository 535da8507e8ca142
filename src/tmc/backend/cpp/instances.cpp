// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/backend/cpp/instances.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string_view>

namespace tmc::backend::cpp {
namespace {

// As many specialised instances are smaller than a general one.
constexpr std::size_t kFewParams = 2;
// And of the stripes of one node, which differ in little: the first, the last and those between.
constexpr std::size_t kFewStripes = 3;

struct BodyUse {
  std::set<std::vector<int32_t>> params;
  std::set<std::string_view> nodes;
  bool in_stripes = true;  // all steps are stripes
};
using Uses = std::map<const kernels::BodyInfo*, BodyUse>;

Uses uses_of(const program::Program& program) {
  Uses uses;
  for (const program::Step& step : program.steps) {
    BodyUse& use = uses[step.body];
    use.params.insert(step.params);
    use.nodes.insert(step.name);
    use.in_stripes = use.in_stripes && step.stripe >= 0;
  }
  return uses;
}

bool is_few(const BodyUse& use) {
  const bool is_one_node = use.in_stripes && use.nodes.size() == 1;
  return use.params.size() <= (is_one_node ? kFewStripes : kFewParams);
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
  const Uses uses = uses_of(program);
  const kernels::KernelInfo* busiest = busiest_kernel(program);
  const auto specialises = [&](const kernels::BodyInfo* body) {
    return optimize == Optimize::kSpeed || is_few(uses.at(body)) ||
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

// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/program/instances.hpp"

#include <fmt/format.h>

#include <map>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>

namespace tmc::program {
namespace {

// As many specialised instances are smaller than a general one.
constexpr std::size_t kFewForms = 2;
// As many words make little of a specialised instance general: stripes differ in their rows.
constexpr std::size_t kMostPassed = 4;

// What specialised instances are distinguished by: Params, in which the words that steps pass are zero.
struct Form {
  std::vector<int32_t> params;
  std::vector<std::size_t> passed;
  friend bool operator<(const Form& a, const Form& b) {
    return std::tie(a.params, a.passed) < std::tie(b.params, b.passed);
  }
};

// The stripes of a node on one implementation: the first of them, and the words in which others differ from it.
struct Stripes {
  const Step* first;
  std::set<std::size_t> differing = {};
};

// Of every step.
std::vector<Form> forms_of(const Program& program) {
  std::map<std::pair<const kernels::ImplementationInfo*, std::string_view>, Stripes> stripes;
  for (const Step& step : program.steps) {
    if (step.stripe < 0) continue;
    Stripes& of_node = stripes.try_emplace({step.implementation, step.name}, Stripes{&step}).first->second;
    for (std::size_t i = 0; i < step.params.size(); ++i) {
      if (step.params[i] != of_node.first->params[i]) of_node.differing.insert(i);
    }
  }
  std::vector<Form> forms;
  for (const Step& step : program.steps) {
    Form& form = forms.emplace_back(Form{step.params, {}});
    if (step.stripe < 0) continue;
    const std::set<std::size_t>& differing = stripes.at({step.implementation, step.name}).differing;
    if (differing.size() > kMostPassed) continue;
    form.passed.assign(differing.begin(), differing.end());
    for (const std::size_t word : differing) form.params[word] = 0;
  }
  return forms;
}

// The kernel with the most MACs; of equals the first in the program. Null where no step has any.
const kernels::KernelInfo* busiest_kernel(const Program& program) {
  std::map<const kernels::KernelInfo*, int64_t> macs;
  for (const Step& step : program.steps) macs[step.implementation->kernel] += step.macs;
  const kernels::KernelInfo* busiest = nullptr;
  int64_t most_macs = 0;
  for (const Step& step : program.steps) {
    if (macs[step.implementation->kernel] <= most_macs) continue;
    busiest = step.implementation->kernel;
    most_macs = macs[busiest];
  }
  return busiest;
}

}  // namespace

std::vector<Instance> make_instances(const Program& program, Optimize optimize) {
  const std::vector<Form> forms = forms_of(program);
  std::map<const kernels::ImplementationInfo*, std::set<Form>> forms_of_implementation;
  for (std::size_t i = 0; i < forms.size(); ++i)
    forms_of_implementation[program.steps[i].implementation].insert(forms[i]);
  const kernels::KernelInfo* busiest = busiest_kernel(program);
  const auto specialises = [&](const kernels::ImplementationInfo* implementation) {
    return optimize == Optimize::kSpeed || forms_of_implementation.at(implementation).size() <= kFewForms ||
           (optimize == Optimize::kBalanced && implementation->kernel == busiest);
  };
  std::vector<Instance> instances;
  std::map<std::pair<const kernels::ImplementationInfo*, std::optional<Form>>, std::size_t> places;
  for (std::size_t i = 0; i < program.steps.size(); ++i) {
    const Step& step = program.steps[i];
    const bool is_special = specialises(step.implementation);
    const auto [place, is_new] = places.try_emplace(
        {step.implementation, is_special ? std::optional(forms[i]) : std::nullopt}, instances.size());
    if (is_new) {
      Instance& instance = instances.emplace_back();
      instance.function = fmt::format("{}_{}_{}", step.implementation->isa, step.implementation->name, place->second);
      instance.implementation = step.implementation;
      if (is_special) instance.params = step.params;
      if (is_special) instance.passed = forms[i].passed;
      // Functions are made of each other: for size they share what they call.
      const bool shares_helpers =
          optimize == Optimize::kSize && (!is_special || step.implementation->function_header != nullptr);
      instance.inline_all = !shares_helpers;
    }
    instances[place->second].steps.push_back(static_cast<int32_t>(i));
  }
  return instances;
}

}  // namespace tmc::program

// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/backend/executor/kernel_set.hpp"

#include <sstream>

namespace tmc::backend::executor {

Status KernelSet::add(const program::Program& program) {
  for (const program::Step& step : program.steps) {
    if (step.implementation->foreign != nullptr) {
      return error(Error::kUnsupportedOp, "an executor cannot link the code of operator '{}'", step.op)
          .at_node(step.name)
          .with_hint("compile to C++ sources, which hold it");
    }
    labels_.insert(step.implementation->label());
  }
  return {};
}

Status KernelSet::add_name(const std::string& name, std::span<const std::string> isas) {
  if (kernels::find_implementation(name) != nullptr) {
    labels_.insert(name);
    return {};
  }
  const kernels::KernelInfo* const kernel = kernels::find_kernel(name);
  if (kernel == nullptr) {
    return error(Error::kBadUsage, "no kernel '{}' is here", name)
        .with_hint("`tinymlc inspect` says of a model which kernels it takes, as armv7em/conv2d_s8");
  }
  for (const std::string& isa : isas) {
    for (const auto* implementation : kernels::implementations_of(*kernel, isa))
      labels_.insert(implementation->label());
  }
  return {};
}

Status KernelSet::add_names(std::string_view text, std::span<const std::string> isas) {
  std::istringstream lines{std::string(text)};
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line.substr(0, line.find('#')));
    for (std::string name; words >> name;) TMC_TRY(add_name(name, isas));
  }
  return {};
}

std::vector<const kernels::ImplementationInfo*> KernelSet::kernels() const {
  std::vector<const kernels::ImplementationInfo*> kernels;
  for (const std::string& label : labels_) kernels.push_back(tmc::kernels::find_implementation(label));
  return kernels;
}

}  // namespace tmc::backend::executor

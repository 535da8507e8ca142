// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/engine/constant_check.hpp"

#include <cstring>

#include "tmc/engine/constant_bytes.hpp"
#include "tmc/engine/constant_values.hpp"

namespace tmc::engine {
namespace {

using kernels::Role;

class Trees {
 public:
  Trees(const image::Image& image, const StepView& step, const NamedParams& p) : p_(p) {
    for (size_t i = 0; i < std::size(tables_); ++i) {
      const uint32_t constant = step.operands[i + 1].index;
      tables_[i] = {image.constant(constant), image.constants()[constant].bytes / 4};
    }
  }

  // From every node a row goes on to nodes behind it that are there, or to a leaf whose weights are.
  bool hold() const {
    const auto& [slots, roots, nodes, weights, base] = tables_;
    if (slots.words < p_.value("slots") || roots.words < p_.value("trees") || base.words < p_.value("targets")) {
      return false;
    }
    for (int64_t i = 0; i < p_.value("slots"); ++i) {
      if (int32_t(slots[i]) >> 1 < 0 || int32_t(slots[i]) >> 1 >= p_.value("features")) return false;
    }
    for (int64_t i = 0; i < p_.value("trees"); ++i) {
      if (roots[i] >= nodes.words / 2) return false;
    }
    for (int64_t i = 0; i < nodes.words / 2; ++i) {
      if (!holds(i)) return false;
    }
    return true;
  }

 private:
  struct Table {
    const uint8_t* begin = nullptr;
    int64_t words = 0;
    uint32_t operator[](int64_t i) const {
      uint32_t word;
      std::memcpy(&word, begin + 4 * i, sizeof(word));
      return word;
    }
  };

  bool holds(int64_t node) const {
    const Table& nodes = tables_[2];
    const uint32_t value = nodes[2 * node], place = nodes[2 * node + 1];
    if (const uint32_t next = place >> 16; next != 0) {
      return node + next + 1 < nodes.words / 2 && (place & 0xffff) < p_.value("slots");
    }
    if (p_.value("dense") == 0) return place < p_.value("targets");
    return int64_t{value} + p_.value("targets") <= tables_[3].words;
  }

  const NamedParams& p_;
  Table tables_[5];
};

Status unknown(const StepView& step) {
  return error(Error::kUnsupportedOp, "nobody but the kernel '{}' knows what it reads of its constants",
               step.implementation->label())
      .with_hint("load an image that you have made yourself as a trusted one");
}

std::optional<int64_t> needed_bytes(const StepView& step, const NamedParams& p, size_t buffer) {
  const kernels::KernelInfo& kernel = *step.implementation->kernel;
  const std::string_view isa = step.implementation->isa, name = kernel.buffers[buffer].name;
  if (isa == "highway") return highway_constant_bytes(p, name);
  if (!step.implementation->is_reference()) return std::nullopt;
  return portable_constant_bytes(p, name, kernel.types[buffer].element_bytes);
}

Status check_one(const image::Image& image, const StepView& step, const NamedParams& p, size_t buffer) {
  const auto needed = needed_bytes(step, p, buffer);
  if (!needed) return unknown(step);
  const std::string_view name = step.implementation->kernel->buffers[buffer].name;
  const uint32_t constant = step.operands[buffer].index;
  const int64_t bytes = image.constants()[constant].bytes;
  if (bytes < *needed) {
    return error(Error::kMalformed, "constant '{}' has {} bytes, the parameters ask for {}", name, bytes, *needed);
  }
  const std::span read(image.constant(constant), static_cast<size_t>(*needed));
  const bool is_highway = std::string_view(step.implementation->isa) == "highway";
  if (is_highway ? highway_values_hold(p, name, read) : portable_values_hold(p, name, read)) return {};
  return error(Error::kMalformed, "constant '{}' has values that the kernel {} does not take", name,
               step.implementation->kernel->name);
}

}  // namespace

Status check_constants(const image::Image& image, const StepView& step) {
  const kernels::KernelInfo& kernel = *step.implementation->kernel;
  const NamedParams p(kernel, step.words);
  for (size_t i = 0; i < kernel.buffers.size(); ++i) {
    if (kernel.buffers[i].role != Role::kConstant) continue;
    if (kernel.access == kernels::Access::kTrees && step.implementation->is_reference()) {
      if (Trees(image, step, p).hold()) return {};
      return error(Error::kMalformed, "has trees that lead nowhere");
    }
    TMC_TRY(check_one(image, step, p, i));
  }
  return {};
}

}  // namespace tmc::engine

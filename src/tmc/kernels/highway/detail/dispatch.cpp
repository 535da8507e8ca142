// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/highway/host/dispatch.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>

#include "tmc/kernels/highway/host/highway_settings.hpp"

namespace tmc::kernels::highway {
namespace {

// Lower bits are better targets. What the compiler may take for granted is always there: of 64-bit Arm Highway denies
// NEON where there are no instructions for AES.
std::vector<int64_t> targets_here() {
  std::vector<int64_t> targets;
  for (int64_t left = (hwy::SupportedTargets() | HWY_STATIC_TARGET) & HWY_TARGETS; left != 0; left &= left - 1) {
    targets.push_back(left & -left);
  }
  return targets;
}

std::string name_of(int64_t target) {
  if (target == HWY_EMU128) return "scalar";
  std::string name = hwy::TargetName(target);
  std::ranges::transform(name, name.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return name;
}

void allow(int64_t targets) {
  hwy::SetSupportedTargetsForTest(targets);
  hwy::GetChosenTarget().Update(hwy::SupportedTargets());
}

}  // namespace

std::vector<std::string> instruction_sets() {
  std::vector<std::string> names;
  for (const int64_t target : targets_here()) names.push_back(name_of(target));
  return names;
}

Status use_instruction_set(std::string_view name) {
  allow(0);
  if (name.empty()) return {};
  for (const int64_t target : targets_here()) {
    if (name_of(target) != name) continue;
    allow(target);
    return {};
  }
  return error(Error::kBadUsage, "there is no instruction set '{}' here", name)
      .with_hint(fmt::format("TMC_FORCE_ISA is one of {}", fmt::join(instruction_sets(), ", ")));
}

Status use_forced_instruction_set() {
  static const Status kStatus = [] {
    const char* const forced = std::getenv("TMC_FORCE_ISA");
    return forced == nullptr ? Status() : use_instruction_set(forced);
  }();
  return kStatus;
}

}  // namespace tmc::kernels::highway

// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/storage/budget.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <numeric>

namespace tmc::storage {
namespace {

using program::Buffer;
using program::Constant;
using program::Operand;
using program::Program;

constexpr size_t kRows = 8;

// Bytes that at least one of the buffers covers.
int64_t covered_bytes(const Program& program, const std::vector<int32_t>& buffers) {
  std::vector<const Buffer*> sorted;
  for (const int32_t buffer : buffers) sorted.push_back(&program.buffers[static_cast<size_t>(buffer)]);
  std::ranges::sort(sorted, {}, [](const Buffer* b) { return std::pair(b->region, b->offset); });
  int64_t bytes = 0;
  int64_t end = 0;
  int32_t region = -1;
  for (const Buffer* buffer : sorted) {
    if (buffer->region != region) end = 0;
    region = buffer->region;
    const int64_t begin = std::max(buffer->offset, end);
    end = std::max(end, buffer->offset + buffer->bytes);
    bytes += std::max<int64_t>(end - begin, 0);
  }
  return bytes;
}

std::vector<int32_t> living_buffers(const Program& program, const std::vector<program::Lifetime>& lives, int32_t step) {
  std::vector<int32_t> living;
  for (size_t i = 0; i < lives.size(); ++i) {
    if (lives[i].first <= step && step <= lives[i].last) living.push_back(static_cast<int32_t>(i));
  }
  std::ranges::stable_sort(living, std::greater<>(),
                           [&](int32_t buffer) { return program.buffers[static_cast<size_t>(buffer)].bytes; });
  return living;
}

// Steps that read each constant.
std::vector<std::string> users_of_constants(const Program& program) {
  std::vector<std::string> users(program.constants.size());
  for (const program::Step& step : program.steps) {
    for (const Operand& operand : step.operands) {
      if (operand.kind != Operand::Kind::kConstant) continue;
      std::string& names = users[static_cast<size_t>(operand.index)];
      names += fmt::format("{}'{}'", names.empty() ? "" : ", ", step.name);
    }
  }
  return users;
}

std::string flash_table(const Program& program, int64_t flash_bytes) {
  const auto size = [&](size_t i) { return program.constants[i].blob.bytes.size(); };
  std::vector<size_t> order(program.constants.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::ranges::stable_sort(order, std::greater<>(), size);
  const std::vector<std::string> users = users_of_constants(program);
  std::string text = "\n  largest constants in flash, bytes:";
  for (size_t row = 0; row < std::min(order.size(), kRows); ++row) {
    const Constant& constant = program.constants[order[row]];
    text += fmt::format("\n  {:>10}  {} '{}' of {}", size(order[row]), constant.blob.is_table ? "table" : "weights",
                        constant.name, users[order[row]]);
  }
  if (order.size() > kRows) {
    size_t rest = 0;
    for (size_t row = kRows; row < order.size(); ++row) rest += size(order[row]);
    text += fmt::format("\n  {:>10}  in {} other constants", rest, order.size() - kRows);
  }
  const int64_t code_bytes = flash_bytes - memory_of(program).flash_bytes;
  if (code_bytes > 0) text += fmt::format("\n  {:>10}  code and everything else", code_bytes);
  return text;
}

std::string ram_table(const Program& program, int64_t ram_bytes) {
  const std::vector<StepMemory> steps = live_memory(program);
  std::string text = "\n  steps that need most RAM, bytes:";
  for (size_t row = 0; row < std::min(steps.size(), kRows); ++row) {
    const program::Step& step = program.steps[static_cast<size_t>(steps[row].step)];
    text += fmt::format("\n  {:>10}  step {} '{}' ({})", steps[row].live_bytes, steps[row].step, step.name, step.op);
  }
  if (!steps.empty()) {
    text += fmt::format("\n  buffers alive in step {}, bytes:", steps.front().step);
    for (const int32_t index : steps.front().buffers) {
      const Buffer& buffer = program.buffers[static_cast<size_t>(index)];
      text += fmt::format("\n  {:>10}  '{}' at {}", buffer.bytes, buffer.name, buffer.offset);
    }
  }
  const int64_t other_bytes = ram_bytes - memory_of(program).ram_bytes;
  if (other_bytes > 0) text += fmt::format("\n  {:>10}  outside the model's memory: stack and variables", other_bytes);
  return text;
}

}  // namespace

MemoryUse memory_of(const Program& program) {
  MemoryUse use;
  for (const Constant& constant : program.constants) use.flash_bytes += std::ssize(constant.blob.bytes);
  for (const program::Region& region : program.regions) use.ram_bytes += region.used_bytes;
  return use;
}

std::vector<StepMemory> live_memory(const Program& program) {
  const std::vector<program::Lifetime> lives = program::lifetimes(program);
  std::vector<StepMemory> result;
  for (int32_t step = 0; step < std::ssize(program.steps); ++step) {
    std::vector<int32_t> living = living_buffers(program, lives, step);
    const int64_t bytes = covered_bytes(program, living);
    result.push_back({step, bytes, std::move(living)});
  }
  std::ranges::stable_sort(result, std::greater<>(), &StepMemory::live_bytes);
  return result;
}

Status check_budget(const Program& program, const MemoryUse& used, const Budget& budget) {
  std::string message;
  std::string tables;
  const auto hold = [&](const char* memory, int64_t bytes, const std::optional<int64_t>& limit) {
    if (!limit || bytes <= *limit) return false;
    message += fmt::format("{}{} takes {} bytes, {} more than the {} {}", message.empty() ? "" : "; ", memory, bytes,
                           bytes - *limit, budget.is_hardware ? "target's" : "budget of", *limit);
    return true;
  };
  const bool flash = hold("flash", used.flash_bytes, budget.flash_bytes);
  const bool ram = hold("RAM", used.ram_bytes, budget.ram_bytes);
  if (!flash && !ram) return {};
  if (flash) tables += flash_table(program, used.flash_bytes);
  if (ram) tables += ram_table(program, used.ram_bytes);
  Status status = error(budget.is_hardware ? Error::kDoesNotFit : Error::kBudgetExceeded, "{}{}", message, tables);
  return std::move(status).with_hint(fmt::format("use {}, or {}",
                                                 flash && ram ? "a smaller model"
                                                 : flash      ? "a smaller model, --optimize size"
                                                              : "smaller tensors in the steps above",
                                                 budget.is_hardware ? "a target with more memory" : "a larger budget"));
}

}  // namespace tmc::storage

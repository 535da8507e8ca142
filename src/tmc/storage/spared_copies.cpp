// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/storage/spared_copies.hpp"

#include "tmc/kernels/contract/copy.hpp"

namespace tmc::storage {
namespace {

using program::Operand;
using program::Step;

bool is_copy(const Step& step) {
  if (std::string_view(step.implementation->kernel->name) != kernels::Copy::kName) return false;
  const bool is_between_buffers =
      step.operands[0].kind == Operand::Kind::kBuffer && step.operands[1].kind == Operand::Kind::kBuffer;
  return is_between_buffers && kernels::from_words<kernels::Copy::Params>(step.params).rows == 1;
}

class Sparing {
 public:
  Sparing(const program::Program& program, std::vector<Step>& body) : program_(program), body_(body) {}

  bool can_spare(size_t at) const {
    const Operand& from = body_[at].operands[0];
    const Operand& to = body_[at].operands[1];
    const auto row = kernels::from_words<kernels::Copy::Params>(body_[at].params).row_bytes;
    const bool is_aligned =
        from.byte_offset % program::kAlignBytes == 0 && from.advance_bytes % program::kAlignBytes == 0;
    const bool is_whole = to.byte_offset == 0 && to.advance_bytes == 0 &&
                          program_.buffers[static_cast<size_t>(to.index)].bytes == row && from.index != to.index;
    if (!is_aligned || !is_whole) return false;
    size_t last_read = at;
    for (size_t step = 0; step < body_.size(); ++step) {
      for (size_t slot = 0; slot < body_[step].operands.size(); ++slot) {
        if (step == at || !touches(step, slot, to.index)) continue;
        if (writes(step, slot) || step < at) return false;
        last_read = step;
      }
    }
    for (size_t step = at + 1; step <= last_read; ++step) {
      for (size_t slot = 0; slot < body_[step].operands.size(); ++slot) {
        if (touches(step, slot, from.index) && writes(step, slot)) return false;
      }
    }
    return true;
  }

  void spare(size_t at) {
    const Operand from = body_[at].operands[0];
    const Operand to = body_[at].operands[1];
    const auto row = kernels::from_words<kernels::Copy::Params>(body_[at].params).row_bytes;
    for (Step& step : body_) {
      for (Operand& operand : step.operands) {
        if (operand.kind != Operand::Kind::kBuffer || operand.index != to.index) continue;
        const int64_t inside = operand.byte_offset;
        operand = from;
        operand.byte_offset += inside;
        // Of what advances all trips together are covered.
        if (from.advance_bytes == 0)
          operand.bytes = row - inside;
        else
          operand.bytes -= inside;
      }
    }
    body_.erase(body_.begin() + static_cast<std::ptrdiff_t>(at));
  }

 private:
  bool touches(size_t step, size_t slot, int32_t buffer) const {
    const Operand& operand = body_[step].operands[slot];
    return operand.kind == Operand::Kind::kBuffer && operand.index == buffer;
  }
  bool writes(size_t step, size_t slot) const {
    return body_[step].implementation->kernel->buffers[slot].role != kernels::Role::kInput;
  }

  const program::Program& program_;
  std::vector<Step>& body_;
};

}  // namespace

void spare_copies(const program::Program& program, std::vector<Step>& body,
                  const std::function<bool(int32_t)>& is_needed_after) {
  Sparing sparing(program, body);
  for (size_t at = 0; at < body.size();) {
    const bool is_spared = is_copy(body[at]) && !is_needed_after(body[at].operands[1].index) && sparing.can_spare(at);
    if (is_spared)
      sparing.spare(at);
    else
      ++at;
  }
}

}  // namespace tmc::storage

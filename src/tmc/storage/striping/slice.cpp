// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/storage/striping/slice.hpp"

#include <algorithm>
#include <map>

namespace tmc::storage {
namespace {

using program::Operand;
using program::Program;

class Slicing {
 public:
  Slicing(const Program& program, int32_t first, int32_t last) : program_(program), first_(first), last_(last) {}

  Slice run(const Uses& uses, std::span<const Life> lives) {
    add_steps();
    add_tensors();
    for (size_t i = 0; i < lives.size(); ++i) add_segment(uses.segments[i], lives[i]);
    return std::move(slice_);
  }

 private:
  void add_steps() {
    for (int32_t s = first_; s <= last_; ++s) {
      slice_.program.steps.push_back(program_.steps[static_cast<size_t>(s)]);
      for (Operand& operand : slice_.program.steps.back().operands) {
        if (operand.kind == Operand::Kind::kBuffer) operand.index = buffer(operand.index);
      }
    }
  }

  // Its number in the slice.
  int32_t buffer(int32_t index) {
    const auto [found, is_new] = buffers_.try_emplace(index, static_cast<int32_t>(buffers_.size()));
    if (is_new) slice_.program.buffers.push_back(program_.buffers[static_cast<size_t>(index)]);
    return found->second;
  }

  // They say what rows a buffer has.
  void add_tensors() {
    for (const program::Tensor& tensor : program_.tensors) {
      const auto found = buffers_.find(tensor.buffer);
      if (found == buffers_.end() || tensor.step > last_) continue;
      slice_.program.tensors.push_back(tensor);
      slice_.program.tensors.back().buffer = found->second;
      slice_.program.tensors.back().step = std::max(tensor.step - first_, -1);
    }
  }

  void add_segment(const Segment& segment, const Life& life) {
    if (life.last < first_ || life.first > last_) return;
    const auto found = buffers_.find(segment.buffer);
    const auto is_inside = [this](int32_t step) { return first_ <= step && step <= last_; };
    if (found == buffers_.end() || std::ranges::none_of(segment.users, is_inside)) {
      slice_.other_blocks += segment.blocks.size();
      return;
    }
    Program& program = slice_.program;
    const auto port = static_cast<int32_t>(program.tensors.size());
    if (life.first < first_) program.inputs.push_back(port);
    if (life.last > last_) program.outputs.push_back(port);
    if (life.first >= first_ && life.last <= last_) return;
    program::Tensor tensor;
    tensor.shape = Shape::of(segment.blocks.size() * program::kAlignBytes);
    tensor.buffer = found->second;
    tensor.byte_offset = segment.blocks.begin * program::kAlignBytes;
    program.tensors.push_back(std::move(tensor));
  }

  const Program& program_;
  int32_t first_;
  int32_t last_;
  std::map<int32_t, int32_t> buffers_;
  Slice slice_;
};

}  // namespace

Slice slice(const Program& program, const Uses& uses, std::span<const Life> lives, int32_t first, int32_t last) {
  return Slicing(program, first, last).run(uses, lives);
}

}  // namespace tmc::storage

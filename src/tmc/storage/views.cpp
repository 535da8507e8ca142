// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/storage/views.hpp"

#include <algorithm>
#include <optional>
#include <string_view>

#include "tmc/kernels/contract/copy.hpp"
#include "tmc/program/edit.hpp"
#include "tmc/storage/last_writer.hpp"
#include "tmc/storage/uses.hpp"

namespace tmc::storage {
namespace {

using program::Buffer;
using program::Operand;
using program::Program;
using program::Step;

constexpr size_t kInput = 0;  // operands of a copy
constexpr size_t kOutput = 1;

// A run of bytes of one buffer that step `step` copies to another.
struct Copied {
  int32_t step = 0;
  Operand from, to;
  int64_t bytes = 0;
};

std::optional<Copied> copied_by(const Program& program, int32_t index) {
  const Step& step = program.steps[static_cast<size_t>(index)];
  if (step.loop >= 0 || std::string_view(step.implementation->kernel->name) != kernels::Copy::kName)
    return std::nullopt;
  const Operand& from = step.operands[kInput];
  const Operand& to = step.operands[kOutput];
  if (from.kind != Operand::Kind::kBuffer || from.index == to.index) return std::nullopt;
  const auto p = kernels::from_words<kernels::Copy::Params>(step.params);
  const bool dense = p.rows == 1 || (p.input_stride == p.row_bytes && p.output_stride == p.row_bytes);
  if (!dense) return std::nullopt;
  return Copied{index, from, to, int64_t{p.rows} * p.row_bytes};
}

bool is_whole(const Program& program, const Operand& operand, int64_t bytes) {
  return operand.byte_offset == 0 && program.buffers[static_cast<size_t>(operand.index)].bytes == bytes;
}

// Whether a step from `first` on, but not `except`, writes to these bytes.
bool is_written(const Program& program, int32_t buffer, const Extent& bytes, int32_t first, int32_t except) {
  for (int32_t s = first; s < std::ssize(program.steps); ++s) {
    const Step& step = program.steps[static_cast<size_t>(s)];
    for (size_t i = 0; s != except && i < step.operands.size(); ++i) {
      const Operand& operand = step.operands[i];
      if (operand.kind != Operand::Kind::kBuffer || operand.index != buffer) continue;
      if (step.implementation->kernel->buffers[i].role == kernels::Role::kInput) continue;
      if (operand_extent(program, operand).intersects(bytes)) return true;
    }
  }
  return false;
}

// Whether all these bytes are read together after step `first`, so that none of them is let go early.
bool is_read(const Program& program, int32_t buffer, const Extent& bytes, int32_t first) {
  const auto covers = [&](const Extent& read) { return read.begin <= bytes.begin && bytes.end <= read.end; };
  for (const int32_t port : program.outputs) {
    const program::Tensor& tensor = program.tensors[static_cast<size_t>(port)];
    if (tensor.buffer == buffer && covers(tensor_extent(tensor))) return true;
  }
  for (int32_t s = first + 1; s < std::ssize(program.steps); ++s) {
    const Step& step = program.steps[static_cast<size_t>(s)];
    for (size_t i = 0; i < step.operands.size(); ++i) {
      const Operand& operand = step.operands[i];
      if (operand.kind != Operand::Kind::kBuffer || operand.index != buffer) continue;
      if (step.implementation->kernel->buffers[i].role != kernels::Role::kInput) continue;
      if (covers(operand_extent(program, operand))) return true;
    }
  }
  return false;
}

// Source and destination hold the same bytes from the copy on, and only the source has them before.
bool stay_equal(const Program& program, const Copied& copied) {
  const Extent from{copied.from.byte_offset, copied.from.byte_offset + copied.bytes};
  const Extent to{copied.to.byte_offset, copied.to.byte_offset + copied.bytes};
  const Buffer::Kind kind = program.buffers[static_cast<size_t>(copied.to.index)].kind;
  const bool given = kind == Buffer::Kind::kInput || kind == Buffer::Kind::kState;
  return !given && is_read(program, copied.to.index, to, copied.step) &&
         !is_written(program, copied.to.index, to, 0, copied.step) &&
         !is_written(program, copied.from.index, from, copied.step, copied.step);
}

// An output is written by a step, also where there is nothing else to do: a program without steps is none. In place the
// copy takes no more memory.
bool would_join_ports(const Program& program, const Copied& copied) {
  const auto kind = [&](const Operand& operand) { return program.buffers[static_cast<size_t>(operand.index)].kind; };
  return kind(copied.from) == Buffer::Kind::kInput && kind(copied.to) == Buffer::Kind::kOutput;
}

// Inputs are inputs and outputs are outputs, also as parts of another buffer.
Buffer::Kind joint_kind(Buffer::Kind a, Buffer::Kind b) {
  for (const Buffer::Kind kind : {Buffer::Kind::kInput, Buffer::Kind::kOutput}) {
    if (a == kind || b == kind) return kind;
  }
  return a;
}

// Buffer `part` becomes what lies `byte_offset` bytes into buffer `whole`.
void embed(Program& program, int32_t part, int32_t whole, int64_t byte_offset) {
  const Buffer gone = program.buffers[static_cast<size_t>(part)];
  for (Step& step : program.steps) {
    for (Operand& operand : step.operands) {
      if (operand.kind != Operand::Kind::kBuffer || operand.index != part) continue;
      if (operand.bytes == 0) operand.bytes = gone.bytes - operand.byte_offset;
      operand.byte_offset += byte_offset;
      operand.index = whole;
    }
  }
  for (program::Tensor& tensor : program.tensors) {
    if (tensor.buffer != part) continue;
    tensor.byte_offset += byte_offset;
    tensor.buffer = whole;
  }
  Buffer::Kind& kind = program.buffers[static_cast<size_t>(whole)].kind;
  kind = joint_kind(kind, gone.kind);
  program::remove_buffers(program, [part](int32_t buffer) { return buffer == part; });
}

// What the copy completed is whole as soon as its source is.
void erase_step(Program& program, int32_t step) {
  program.steps.erase(program.steps.begin() + step);
  for (program::Tensor& tensor : program.tensors) {
    if (tensor.step == step) {
      tensor.step = last_writer(program, tensor, step - 1);
    } else if (tensor.step > step) {
      --tensor.step;
    }
  }
}

bool make_view(Program& program, const Copied& copied) {
  const auto is_aligned = [](int64_t byte_offset) { return byte_offset % program::kAlignBytes == 0; };
  const bool source_fits = is_whole(program, copied.from, copied.bytes) && is_aligned(copied.to.byte_offset);
  const bool destination_fits = is_whole(program, copied.to, copied.bytes) && is_aligned(copied.from.byte_offset);
  if (!(source_fits || destination_fits) || !stay_equal(program, copied)) return false;
  if (would_join_ports(program, copied)) return false;
  const auto& [part, whole] = source_fits ? std::pair(copied.from, copied.to) : std::pair(copied.to, copied.from);
  if (program.buffers[static_cast<size_t>(part.index)].region !=
      program.buffers[static_cast<size_t>(whole.index)].region)
    return false;
  embed(program, part.index, whole.index, whole.byte_offset);
  erase_step(program, copied.step);
  return true;
}

}  // namespace

int32_t make_views(Program& program) {
  int32_t made = 0;
  for (int32_t step = 0; step < std::ssize(program.steps);) {
    const auto copied = copied_by(program, step);
    if (copied && make_view(program, *copied)) {
      ++made;
    } else {
      ++step;
    }
  }
  return made;
}

}  // namespace tmc::storage

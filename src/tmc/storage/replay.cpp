// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/storage/replay.hpp"

#include <algorithm>
#include <cstdlib>

#include "tmc/program/overlaps.hpp"

namespace tmc::storage {
namespace {

using kernels::Role;
using program::Operand;
using program::Program;
using program::Step;

constexpr int32_t kNobody = -1;

// Bytes [begin, end) of a region.
struct Span {
  int32_t region = 0;
  int64_t begin = 0;
  int64_t end = 0;
  bool intersects(const Span& other) const { return region == other.region && begin < other.end && other.begin < end; }
};

struct Byte {
  int32_t buffer = kNobody;
  int32_t step = kNobody;  // that wrote it
};

class Replay {
 public:
  explicit Replay(const Program& program) : program_(program) {
    for (const program::Region& region : program.regions) {
      memory_.emplace_back(static_cast<size_t>(region.used_bytes));
    }
    for (const program::Buffer& buffer : program.buffers) written_.emplace_back(static_cast<size_t>(buffer.bytes));
  }

  Status run() {
    for (const int32_t input : program_.inputs) write(tensor(input).buffer, tensor_span(tensor(input)), kNobody);
    if (program_.state_buffer != Program::kNone) write(program_.state_buffer, state_span(), kNobody);
    TMC_TRY(check_tensors(-1));
    for (int32_t first = 0, end = 0; first < std::ssize(program_.steps); first = end) {
      end = program::end_of_loop(program_, first);
      TMC_TRY(run_loop(first, end));
    }
    for (const int32_t output : program_.outputs) TMC_TRY(check_tensor(tensor(output)));
    if (program_.state_buffer != Program::kNone) TMC_TRY(check(program_.state_buffer, state_span()));
    if (program_.keep_inputs) {
      for (const int32_t input : program_.inputs) TMC_TRY(check_tensor(tensor(input)));
    }
    return {};
  }

 private:
  const program::Tensor& tensor(int32_t index) const { return program_.tensors[static_cast<size_t>(index)]; }

  Span span(int32_t buffer, int64_t byte_offset, int64_t bytes) const {
    const program::Buffer& place = program_.buffers[static_cast<size_t>(buffer)];
    const int64_t begin = place.offset + byte_offset;
    return {place.region, begin, bytes > 0 ? begin + bytes : place.offset + place.bytes};
  }
  Span state_span() const { return span(program_.state_buffer, 0, 0); }
  Span tensor_span(const program::Tensor& t) const { return span(t.buffer, t.byte_offset, t.bytes()); }
  Span operand_span(const Operand& operand) const { return span(operand.index, operand.byte_offset, operand.bytes); }

  void write(int32_t buffer, const Span& bytes, int32_t step) {
    const int64_t begin = program_.buffers[static_cast<size_t>(buffer)].offset;
    for (int64_t i = bytes.begin; i < bytes.end; ++i) {
      memory_[static_cast<size_t>(bytes.region)][static_cast<size_t>(i)] = {buffer, step};
      written_[static_cast<size_t>(buffer)][static_cast<size_t>(i - begin)] = true;
    }
  }

  // Whether the buffer still has what was written to these bytes. Gaps that nobody wrote to may belong to anybody.
  Status check(int32_t buffer, const Span& bytes) const {
    const program::Buffer& place = program_.buffers[static_cast<size_t>(buffer)];
    bool any = false;
    for (int64_t i = bytes.begin; i < bytes.end; ++i) {
      if (!written_[static_cast<size_t>(buffer)][static_cast<size_t>(i - place.offset)]) continue;
      any = true;
      const Byte& byte = memory_[static_cast<size_t>(bytes.region)][static_cast<size_t>(i)];
      if (byte.buffer == buffer) continue;
      return error(Error::kInternal, "byte {} of '{}' was overwritten by '{}' in '{}'", i - place.offset, place.name,
                   program_.buffers[static_cast<size_t>(byte.buffer)].name, writer_name(byte.step));
    }
    return any ? Status() : error(Error::kInternal, "'{}' is read before anything was written to it", place.name);
  }

  std::string writer_name(int32_t step) const {
    return step == kNobody ? "the inputs" : program_.steps[static_cast<size_t>(step)].name;
  }

  Status check_tensor(const program::Tensor& t) const { return check(t.buffer, tensor_span(t)); }

  Status check_tensors(int32_t step) const {
    for (const program::Tensor& t : program_.tensors) {
      if (t.step == step) TMC_TRY(check_tensor(t));
    }
    return {};
  }

  Status run_loop(int32_t first, int32_t end) {
    const int32_t trips = program::trips_of(program_, program_.steps[static_cast<size_t>(first)]);
    for (int32_t trip = 0; trip < trips; ++trip) {
      for (int32_t i = first; i < end; ++i) {
        Status status = run_step(i, trip, trips);
        if (!status.ok()) return std::move(status).at_node(program_.steps[static_cast<size_t>(i)].name);
      }
    }
    for (int32_t i = first; i < end; ++i) TMC_TRY(check_tensors(i));
    return {};
  }

  // The step as it is at one trip of its loop.
  Step at_trip(const Step& step, int32_t trip, int32_t trips) const {
    Step once = step;
    for (size_t i = 0; i < step.operands.size(); ++i) {
      Operand& operand = once.operands[i];
      if (operand.advance_bytes == 0) continue;
      const Span all = operand_span(operand);
      operand.byte_offset = program::begin_of(step.operands[i], trip, trips);
      operand.bytes = all.end - all.begin - (trips - 1) * std::abs(operand.advance_bytes);
    }
    return once;
  }

  Status run_step(int32_t index, int32_t trip, int32_t trips) {
    const Step step = at_trip(program_.steps[static_cast<size_t>(index)], trip, trips);
    for (size_t i = 0; i < step.operands.size(); ++i) {
      if (!is_buffer(step, i)) continue;
      if (role(step, i) == Role::kInput) {
        TMC_TRY(check(step.operands[i].index, operand_span(step.operands[i])));
      } else {
        TMC_TRY(check_write(step, i));
      }
    }
    for (size_t i = 0; i < step.operands.size(); ++i) {
      if (!is_buffer(step, i) || role(step, i) == Role::kInput) continue;
      write(step.operands[i].index, operand_span(step.operands[i]), index);
    }
    return {};
  }

  // What operand `i`, an output or scratch, may do to the other operands of its step.
  Status check_write(const Step& step, size_t i) const {
    const Operand& written = step.operands[i];
    for (const int32_t input : program_.inputs) {
      if (program_.keep_inputs && tensor(input).buffer == written.index &&
          operand_span(written).intersects(tensor_span(tensor(input)))) {
        return error(Error::kInternal, "writes to the input '{}', which has to survive", tensor(input).name);
      }
    }
    for (size_t j = 0; j < step.operands.size(); ++j) {
      if (j == i || !is_buffer(step, j)) continue;
      const Span output = operand_span(written);
      const Span other = operand_span(step.operands[j]);
      if (!output.intersects(other) || allowed(step, i, j)) continue;
      return error(Error::kInternal, "operand '{}' at {} runs into operand '{}' at {}",
                   step.implementation->kernel->buffers[i].name, output.begin,
                   step.implementation->kernel->buffers[j].name, other.begin);
    }
    return {};
  }

  // Whether the implementation lets its output `i` share bytes with operand `j`.
  bool allowed(const Step& step, size_t i, size_t j) const {
    if (role(step, i) != Role::kOutput || role(step, j) != Role::kInput || output_count(step) != 1) return false;
    return program::allows(step.implementation->overlap(step.params, static_cast<int>(j)),
                           operand_span(step.operands[i]), operand_span(step.operands[j]));
  }

  static Role role(const Step& step, size_t operand) { return step.implementation->kernel->buffers[operand].role; }
  static bool is_buffer(const Step& step, size_t operand) {
    return step.operands[operand].kind == Operand::Kind::kBuffer;
  }
  static int64_t output_count(const Step& step) {
    return std::ranges::count(step.implementation->kernel->buffers, Role::kOutput, &kernels::BufferInfo::role);
  }

  const Program& program_;
  std::vector<std::vector<Byte>> memory_;   // by region
  std::vector<std::vector<bool>> written_;  // by buffer
};

}  // namespace

Status replay(const Program& program) {
  TMC_TRY(program::verify(program, /*placed=*/true));
  return Replay(program).run();
}

}  // namespace tmc::storage

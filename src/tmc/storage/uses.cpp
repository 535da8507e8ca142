// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/storage/uses.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace tmc::storage {
namespace {

using kernels::Overlap;
using kernels::Role;
using program::Operand;
using program::Program;
using program::Step;

constexpr int64_t kBlockBytes = program::kAlignBytes;
constexpr int32_t kBeforeFirstStep = -1;

int64_t floor_blocks(int64_t bytes) {
  return bytes / kBlockBytes - (bytes % kBlockBytes < 0 ? 1 : 0);
}

struct Access {
  int32_t step = 0;  // kBeforeFirstStep, or the number of steps for a read after the last one
  Extent bytes;
  bool writes = false;
  bool keeps = true;  // the content matters: not scratch
};
using BufferAccesses = std::vector<std::vector<Access>>;

BufferAccesses find_accesses(const Program& program) {
  BufferAccesses accesses(program.buffers.size());
  const auto step_count = static_cast<int32_t>(program.steps.size());
  const auto port = [&](int32_t index, int32_t step, bool writes) {
    const program::Tensor& tensor = program.tensors[static_cast<size_t>(index)];
    accesses[static_cast<size_t>(tensor.buffer)].push_back({step, tensor_extent(tensor), writes});
  };
  for (const int32_t input : program.inputs) port(input, kBeforeFirstStep, true);
  const auto state = [&](int32_t step, bool writes) {
    if (program.state_buffer == Program::kNone) return;
    const auto index = static_cast<size_t>(program.state_buffer);
    accesses[index].push_back({step, {0, program.buffers[index].bytes}, writes});
  };
  state(kBeforeFirstStep, true);
  for (int32_t s = 0; s < step_count; ++s) {
    const Step& step = program.steps[static_cast<size_t>(s)];
    for (size_t i = 0; i < step.operands.size(); ++i) {
      const Operand& operand = step.operands[i];
      if (operand.kind != Operand::Kind::kBuffer) continue;
      const Role role = step.implementation->kernel->buffers[i].role;
      accesses[static_cast<size_t>(operand.index)].push_back(
          {s, operand_extent(program, operand), role != Role::kInput, role != Role::kScratch});
    }
  }
  for (const int32_t output : program.outputs) port(output, step_count, false);
  state(step_count, false);
  if (program.keep_inputs) {
    for (const int32_t input : program.inputs) port(input, step_count, false);
  }
  return accesses;
}

// A loop uses at all of its steps what it uses at any: the next trip may need it.
void add_users(const Program& program, int32_t step, std::vector<int32_t>& users) {
  const int32_t loop = program.steps[static_cast<size_t>(step)].loop;
  int32_t first = step;
  while (loop >= 0 && first > 0 && program.steps[static_cast<size_t>(first) - 1].loop == loop) --first;
  for (int32_t user = first; user < program::end_of_loop(program, step); ++user) {
    if (users.empty() || users.back() < user) users.push_back(user);
  }
}

// Cuts a buffer where an access begins or ends.
void add_segments(const Program& program, int32_t buffer, const std::vector<Access>& accesses,
                  std::vector<Segment>& segments) {
  const auto step_count = static_cast<int32_t>(program.steps.size());
  std::set<int64_t> cuts;
  for (const Access& access : accesses) {
    cuts.insert(floor_blocks(access.bytes.begin));
    cuts.insert(to_blocks(access.bytes.end));
  }
  for (auto cut = cuts.begin(); cut != cuts.end() && std::next(cut) != cuts.end(); ++cut) {
    Segment segment{.buffer = buffer, .blocks = {*cut, *std::next(cut)}, .users = {}};
    for (const Access& access : accesses) {
      const Extent blocks{floor_blocks(access.bytes.begin), to_blocks(access.bytes.end)};
      if (!blocks.intersects(segment.blocks)) continue;
      if (access.step == kBeforeFirstStep) {
        segment.at_start = true;
      } else if (access.step == step_count) {
        segment.at_end = true;
      } else {
        add_users(program, access.step, segment.users);
      }
    }
    if (segment.at_start || segment.at_end || !segment.users.empty()) segments.push_back(std::move(segment));
  }
}

// A step runs after those whose writes it reads or overwrites, and after those that read what it overwrites.
void add_predecessors(const std::vector<Access>& accesses, int32_t step_count, std::vector<StepUses>& steps) {
  for (size_t j = 0; j < accesses.size(); ++j) {
    const Access& later = accesses[j];
    if (later.step == step_count || !later.keeps) continue;
    for (size_t i = 0; i < j; ++i) {
      const Access& earlier = accesses[i];
      if (earlier.step == kBeforeFirstStep || earlier.step == later.step || !earlier.keeps) continue;
      if ((earlier.writes || later.writes) && earlier.bytes.intersects(later.bytes)) {
        steps[static_cast<size_t>(later.step)].predecessors.push_back(earlier.step);
      }
    }
  }
}

// Steps of one node that do the same to other parts of the same tensors, as the pieces of a slice: any order of them
// takes as much memory, so that they keep theirs, which spares the search their permutations.
bool are_pieces(const program::Step& a, const program::Step& b) {
  return a.implementation == b.implementation && a.params == b.params &&
         std::ranges::equal(a.operands, b.operands, [](const Operand& left, const Operand& right) {
           return left.kind == right.kind && left.index == right.index && left.bytes == right.bytes;
         });
}

// What a rule means for the buffers' offsets.
Window window_of(const Overlap& rule, const Extent& input, const Extent& output) {
  Window window{.low = -kUnbounded, .high = kUnbounded};
  switch (rule.kind) {
    case Overlap::Kind::kForward:
      window.high = floor_blocks(input.begin - output.begin + rule.slack_bytes);
      break;
    case Overlap::Kind::kBackward:
      window.low = to_blocks(input.end - output.end - rule.slack_bytes);
      break;
    case Overlap::Kind::kSameBegin:
      window.low = to_blocks(input.begin - output.begin);
      window.high = floor_blocks(input.begin - output.begin);
      break;
    case Overlap::Kind::kNever:
      window.high = -kUnbounded - 1;
      break;
  }
  return window;
}

const Operand* only_output(const Step& step) {
  const Operand* output = nullptr;
  for (size_t i = 0; i < step.operands.size(); ++i) {
    if (step.implementation->kernel->buffers[i].role != Role::kOutput) continue;
    if (output) return nullptr;
    output = &step.operands[i];
  }
  return output;
}

// Whether the end of the output is known: a step that writes a slice may leave its length open.
bool end_is_exact(const Program& program, const Operand& output) {
  if (output.bytes > 0) return true;
  int writers = 0;
  for (const Step& step : program.steps) {
    for (size_t i = 0; i < step.operands.size(); ++i) {
      const Operand& operand = step.operands[i];
      if (operand.kind != Operand::Kind::kBuffer || operand.index != output.index) continue;
      if (step.implementation->kernel->buffers[i].role == Role::kOutput) ++writers;
    }
  }
  return writers == 1;
}

// By input buffer, what all the operands of a step that read it allow together.
std::map<int32_t, Window> buffer_windows(const Program& program, const Step& step, const Operand& output) {
  std::map<int32_t, Window> windows;
  for (size_t i = 0; i < step.operands.size(); ++i) {
    const Operand& input = step.operands[i];
    if (input.kind != Operand::Kind::kBuffer || step.implementation->kernel->buffers[i].role != Role::kInput) continue;
    Overlap rule = step.implementation->overlap(step.params, static_cast<int>(i));
    if (rule.kind == Overlap::Kind::kBackward && !end_is_exact(program, output)) rule = kernels::kNoOverlap;
    const Window one = window_of(rule, operand_extent(program, input), operand_extent(program, output));
    const auto [window, is_new] = windows.try_emplace(input.index, one);
    if (is_new) continue;
    window->second.low = std::max(window->second.low, one.low);
    window->second.high = std::min(window->second.high, one.high);
  }
  windows.erase(output.index);
  return windows;
}

// The most blocks that two extents have in common when the second's buffer lies low..high above the first's.
int64_t most_common_blocks(const Extent& input, const Extent& output, const Window& window) {
  const int64_t begins = input.begin - output.begin;  // distance at which both begin together
  const int64_t ends = input.end - output.end;
  const int64_t best =
      std::clamp(std::clamp(begins, window.low, window.high), std::min(begins, ends), std::max(begins, ends));
  const int64_t distance = std::clamp(best, window.low, window.high);
  return std::max<int64_t>(0,
                           std::min(input.end, output.end + distance) - std::max(input.begin, output.begin + distance));
}

void add_windows(const Program& program, int32_t s, Uses& uses) {
  const Step& step = program.steps[static_cast<size_t>(s)];
  StepUses& step_uses = uses.steps[static_cast<size_t>(s)];
  const Operand* output = only_output(step);
  if (!output || step.loop >= 0) return;
  const std::map<int32_t, Window> windows = buffer_windows(program, step, *output);
  for (const int32_t v : step_uses.segments) {
    const Segment& to = uses.segments[static_cast<size_t>(v)];
    if (to.buffer != output->index) continue;
    for (const int32_t u : step_uses.segments) {
      const Segment& from = uses.segments[static_cast<size_t>(u)];
      const auto found = windows.find(from.buffer);
      if (found == windows.end() || found->second.low > found->second.high) continue;
      Window window = found->second;
      window.input = u;
      window.output = v;
      window.shared = most_common_blocks(from.blocks, to.blocks, window);
      step_uses.windows.push_back(window);
    }
  }
}

}  // namespace

int64_t to_blocks(int64_t bytes) {
  return -floor_blocks(-bytes);
}

Extent operand_extent(const Program& program, const Operand& operand) {
  const int64_t end = program.buffers[static_cast<size_t>(operand.index)].bytes;
  return {operand.byte_offset, operand.bytes > 0 ? operand.byte_offset + operand.bytes : end};
}

Extent tensor_extent(const program::Tensor& tensor) {
  return {tensor.byte_offset, tensor.byte_offset + tensor.bytes()};
}

Uses find_uses(const Program& program, bool overlap) {
  Uses uses;
  const auto step_count = static_cast<int32_t>(program.steps.size());
  uses.steps.resize(program.steps.size());
  const BufferAccesses accesses = find_accesses(program);
  for (size_t buffer = 0; buffer < accesses.size(); ++buffer) {
    uses.buffer_blocks.push_back(to_blocks(program.buffers[buffer].bytes));
    add_segments(program, static_cast<int32_t>(buffer), accesses[buffer], uses.segments);
    add_predecessors(accesses[buffer], step_count, uses.steps);
  }
  for (size_t step = 1; step < uses.steps.size(); ++step) {
    if (!are_pieces(program.steps[step - 1], program.steps[step])) continue;
    uses.steps[step].predecessors.push_back(static_cast<int32_t>(step) - 1);
  }
  for (StepUses& step : uses.steps) {
    std::ranges::sort(step.predecessors);
    step.predecessors.erase(std::unique(step.predecessors.begin(), step.predecessors.end()), step.predecessors.end());
  }
  for (size_t i = 0; i < uses.segments.size(); ++i) {
    for (const int32_t step : uses.segments[i].users) {
      uses.steps[static_cast<size_t>(step)].segments.push_back(static_cast<int32_t>(i));
    }
  }
  for (int32_t s = 0; overlap && s < step_count; ++s) add_windows(program, s, uses);
  return uses;
}

}  // namespace tmc::storage

// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/storage/testing/program_builder.hpp"

#include "tmc/kernels/contract/copy.hpp"

namespace tmc::storage::testing {

using kernels::Overlap;
using program::Buffer;
using program::Operand;

namespace {

Operand operand(const Place& place) {
  return {Operand::Kind::kBuffer, place.buffer, place.byte_offset, place.bytes};
}

}  // namespace

int32_t ProgramBuilder::buffer(int64_t bytes) {
  const auto index = static_cast<int32_t>(program_.buffers.size());
  program_.buffers.push_back({.name = fmt::format("b{}", index), .bytes = bytes});
  return index;
}

Place ProgramBuilder::whole(int32_t buffer) const {
  return {buffer, 0, program_.buffers[static_cast<size_t>(buffer)].bytes};
}

int32_t ProgramBuilder::tensor(const Place& place, int32_t step) {
  const auto index = static_cast<int32_t>(program_.tensors.size());
  program_.tensors.push_back({.name = fmt::format("t{}", index),
                              .shape = Shape::of(place.bytes),
                              .quantization = {},
                              .buffer = place.buffer,
                              .byte_offset = place.byte_offset,
                              .step = step});
  return index;
}

Place ProgramBuilder::input(int64_t bytes) {
  const Place place = whole(buffer(bytes));
  program_.buffers.back().kind = Buffer::Kind::kInput;
  program_.inputs.push_back(tensor(place, -1));
  return place;
}

void ProgramBuilder::output(const Place& place) {
  program_.buffers[static_cast<size_t>(place.buffer)].kind = Buffer::Kind::kOutput;
  program_.outputs.push_back(tensor(place, static_cast<int32_t>(program_.steps.size()) - 1));
}

void ProgramBuilder::step(const std::vector<Input>& inputs, const Place& output, int64_t scratch_bytes) {
  const auto index = static_cast<int32_t>(program_.steps.size());
  FakeParams params{};
  params.seed = index + 1;
  params.output_bytes = static_cast<int32_t>(output.bytes);
  params.scratch_bytes = static_cast<int32_t>(scratch_bytes);
  program::Step step;
  step.name = fmt::format("s{}", index);
  step.op = "fake";
  step.implementation = fake_implementation(static_cast<int>(inputs.size()));
  for (size_t i = 0; i < inputs.size(); ++i) {
    params.input_bytes[i] = static_cast<int32_t>(inputs[i].place.bytes);
    params.overlaps[i] = inputs[i].overlap.kind != Overlap::Kind::kNever;
    params.slack_bytes[i] = inputs[i].overlap.slack_bytes;
    if (params.overlaps[i]) params.kind = static_cast<int32_t>(inputs[i].overlap.kind);
    step.operands.push_back(operand(inputs[i].place));
  }
  step.operands.push_back(operand(output));
  step.operands.emplace_back();
  if (scratch_bytes > 0) {
    step.operands.back() = operand(whole(buffer(scratch_bytes)));
    program_.buffers.back().kind = Buffer::Kind::kScratch;
  }
  step.params = kernels::to_words(params);
  program_.steps.push_back(std::move(step));
  tensor(output, index);
}

void ProgramBuilder::copy(const Place& from, const Place& to) {
  const auto bytes = static_cast<int32_t>(to.bytes);
  const auto index = static_cast<int32_t>(program_.steps.size());
  program::Step step;
  step.name = fmt::format("s{}", index);
  step.op = "copy";
  step.implementation = kernels::find_implementation("portable", "copy");
  step.params = kernels::to_words(kernels::Copy::Params{1, bytes, bytes, bytes});
  step.operands = {operand(from), operand(to)};
  program_.steps.push_back(std::move(step));
  tensor(to, index);
}

Place ProgramBuilder::step(const std::vector<Input>& inputs, int64_t output_bytes, int64_t scratch_bytes) {
  const Place place = whole(buffer(output_bytes));
  step(inputs, place, scratch_bytes);
  return place;
}

}  // namespace tmc::storage::testing

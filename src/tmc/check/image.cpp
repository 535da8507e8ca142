// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/check/image.hpp"

#include <algorithm>
#include <numeric>

#include "tmc/check/decoder_memory.hpp"
#include "tmc/pipeline/emit.hpp"
#include "tmc/pipeline/executor.hpp"
#include "tmc/pipeline/predict.hpp"

namespace tmc::check {
namespace {

// Indices of the tensors that some step completes, in the order of the steps.
std::vector<size_t> completed_tensors(const program::Program& program) {
  std::vector<size_t> indices(program.tensors.size());
  std::iota(indices.begin(), indices.end(), size_t{0});
  std::erase_if(indices, [&](size_t i) { return program.tensors[i].step < 0; });
  std::ranges::stable_sort(indices, {}, [&](size_t i) { return program.tensors[i].step; });
  return indices;
}

firmware::Dump dump_of(const program::Program& program, const program::Tensor& tensor) {
  const program::Buffer& buffer = program.buffers[static_cast<size_t>(tensor.buffer)];
  return {static_cast<uint32_t>(tensor.step),
          {static_cast<uint32_t>(buffer.offset + tensor.byte_offset), static_cast<uint32_t>(tensor.bytes()),
           static_cast<uint32_t>(buffer.region)}};
}

// Where the plan says in which memories it wants its arenas.
std::vector<std::string> arena_regions(const Compilation& compilation) {
  std::vector<std::string> names;
  if (compilation.options.arena_regions.empty()) return names;
  for (const program::Region& region : compilation.program.regions) names.push_back(region.name);
  return names;
}

// An image is run as it is, unless its sources are asked for, or a text, which those write.
Status emit(const Compilation& compilation, const ImageRequest& request, const std::filesystem::path& folder) {
  const bool runs_image = compilation.is_image && !compilation.options.executor.as_sources;
  if (runs_image && request.text == nullptr) return pipeline::emit_executor_with_image(compilation, folder);
  pipeline::EmitOptions options;
  if (request.text != nullptr) options.beside = *request.text;
  return emit_sources(compilation, folder, options);
}

}  // namespace

Result<Image> build_image(const Compilation& compilation, const ImageRequest& request) {
  TMC_TRY(check_window(compilation));
  TMC_ASSIGN(ScratchFolder folder, ScratchFolder::make());
  TMC_TRY(emit(compilation, request, folder.path() / "model"));
  firmware::BuildRequest build{.generated = folder.path() / "model",
                               .work = folder.path() / "work",
                               .optimize = compilation.options.optimize,
                               .arena_regions = arena_regions(compilation),
                               .pin_region = compilation.program.pin_region,
                               .count = request.count,
                               .steps = request.steps,
                               .keeps_state = request.keeps_state,
                               .text = request.text != nullptr,
                               .dumps = {}};
  std::vector<size_t> dumped;
  if (request.dump_tensors) {
    dumped = completed_tensors(compilation.program);
    for (const size_t i : dumped) build.dumps.push_back(dump_of(compilation.program, compilation.program.tensors[i]));
  }
  TMC_ASSIGN(firmware::Firmware firmware, firmware::build_firmware(compilation.target, build));
  TMC_ASSIGN(const cost::Cost predicted, predict_cost(compilation));
  firmware.expected_instructions = predicted.instructions;
  return Image{std::move(folder), std::move(firmware), std::move(dumped)};
}

}  // namespace tmc::check

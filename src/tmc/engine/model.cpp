// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/engine/model.hpp"

#include <string>

#include "tmc/image/host/open.hpp"
#include "tmc/kernels/highway/host/dispatch.hpp"
#include "tmc/program/kernel_form.hpp"

namespace tmc::engine {

Result<std::shared_ptr<const Model>> Model::load(const std::filesystem::path& path, const LoadOptions& options) {
  auto file = MappedFile::open(path);
  if (!file.ok()) return std::move(file).status().in_file(path.string());
  auto model = std::make_shared<Model>();
  if (Status status = model->open(file->bytes(), options); !status.ok()) {
    return std::move(status).in_file(path.string());
  }
  model->file_ = std::move(*file);
  return std::shared_ptr<const Model>(std::move(model));
}

Result<std::shared_ptr<const Model>> Model::from_bytes(std::span<const std::byte> bytes, const LoadOptions& options) {
  auto model = std::make_shared<Model>();
  TMC_TRY(model->open(bytes, options));
  return std::shared_ptr<const Model>(std::move(model));
}

Status Model::open(std::span<const std::byte> bytes, const LoadOptions& options) {
  TMC_TRY(kernels::highway::use_forced_instruction_set());
  TMC_ASSIGN(image_, image::open(bytes, options.checks_hash ? image::Constants::kHashed : image::Constants::kTrusted));
  TMC_TRY(place_regions());
  TMC_TRY(add_steps(options.trust));
  add_passes();
  TMC_ASSIGN(inputs_, ports_of(image_, steps_, ends_, Port::Kind::kInput));
  TMC_ASSIGN(outputs_, ports_of(image_, steps_, ends_, Port::Kind::kOutput));
  return {};
}

Status Model::place_regions() {
  uint64_t bytes = 0;
  for (const image::Region& region : image_.regions()) {
    region_offsets_.push_back(bytes);
    bytes += (uint64_t{region.bytes} + image::kImageAlignBytes - 1) / image::kImageAlignBytes * image::kImageAlignBytes;
    if (bytes > UINT32_MAX) return error(Error::kMalformed, "its arenas have more than 4 GiB");
  }
  arena_bytes_ = static_cast<size_t>(bytes);
  return {};
}

Status Model::find_kernels(std::vector<const kernels::ImplementationInfo*>& implementations) const {
  for (const image::Kernel& kernel : image_.kernels()) {
    const program::KernelReference reference = {image_.name(kernel.name), kernel.words, kernel.buffers, kernel.form};
    TMC_ASSIGN(implementations.emplace_back(), program::implementation_of(reference));
  }
  return {};
}

Status Model::add_steps(Trust trust) {
  std::vector<const kernels::ImplementationInfo*> implementations;
  TMC_TRY(find_kernels(implementations));
  ends_.resize(image_.operands().count);
  steps_.reserve(image_.steps().count);
  for (const image::Step& record : image_.steps()) {
    const kernels::Words words(image_.words().first + record.first_word, image_.kernels()[record.kernel].words);
    const uint32_t trips = record.loop == image::kAbsent ? 1 : image_.loops()[record.loop].trips;
    steps_.push_back(
        {&record, implementations[record.kernel], words, image_.operands().first + record.first_operand, trips});
    auto ends = check_step(image_, steps_.back(), trust);
    if (!ends.ok()) return std::move(ends).status().at_node(image_.name(record.name));
    for (size_t i = 0; i < ends->size(); ++i) {
      uint64_t& end = ends_[record.first_operand + i];
      end = std::max(end, (*ends)[i]);
    }
  }
  return {};
}

void Model::add_passes() {
  for (uint32_t i = 0; i < steps_.size(); ++i) {
    const uint32_t loop = steps_[i].record->loop;
    if (loop != image::kAbsent && i > 0 && steps_[i - 1].record->loop == loop) {
      passes_.back().end = i + 1;
    } else {
      passes_.push_back({i, i + 1, steps_[i].trips});
    }
  }
}

}  // namespace tmc::engine

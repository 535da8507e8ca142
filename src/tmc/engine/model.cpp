// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/engine/model.hpp"

#include <string>

#include "tmc/base/host/sha256.hpp"
#include "tmc/image/check.hpp"

namespace tmc::engine {
namespace {

Status malformed(const image::Fault& fault) {
  const std::string where = fault.table == image::Table::kCount
                                ? "its header"
                                : fmt::format("{} {}", image::name_of(fault.table), fault.index);
  return error(Error::kMalformed, "no model image that can be run: {} ({})", image::text_of(fault.reason), where)
      .with_hint("make it again with `tinymlc compile --emit image`");
}

Status check_hash(const image::Image& image) {
  std::string said;
  for (const uint8_t byte : image.header().constants_sha256) said += fmt::format("{:02x}", byte);
  if (sha256_hex({reinterpret_cast<const char*>(image.constants_begin()), image.constants_bytes()}) == said) return {};
  return error(Error::kMalformed, "the image's constants are not those that its hash is of")
      .with_hint("it was damaged; fetch or make it again");
}

Result<const kernels::ImplementationInfo*> implementation_of(const image::Image& image, const image::Kernel& kernel) {
  const std::string_view label = image.name(kernel.name);
  const size_t slash = label.find('/');
  const kernels::ImplementationInfo* const found =
      slash == label.npos ? nullptr : kernels::find_implementation(label.substr(0, slash), label.substr(slash + 1));
  const bool is_here = found != nullptr && found->run != nullptr && found->foreign == nullptr;
  if (is_here && found->kernel->param_words == kernel.words && found->kernel->buffers.size() == kernel.buffers &&
      kernel.buffers <= kMostOperands) {
    return found;
  }
  return error(Error::kUnsupportedOp, "no kernel '{}' of {} parameters and {} operands is here", label, kernel.words,
               kernel.buffers)
      .with_hint(
          "make the image again with this version of tinymlc; code of custom operators runs in C++ sources only");
}

}  // namespace

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
  image::Fault fault = image_.open(bytes.data(), bytes.size());
  if (fault.is_none()) fault = image::check(image_);
  if (!fault.is_none()) return malformed(fault);
  if (options.checks_hash) TMC_TRY(check_hash(image_));
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
    TMC_ASSIGN(implementations.emplace_back(), implementation_of(image_, kernel));
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

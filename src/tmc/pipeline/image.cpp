// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/pipeline/image.hpp"

#include <algorithm>
#include <fstream>
#include <span>

#include "tmc/backend/image/read.hpp"
#include "tmc/base/host/aligned_bytes.hpp"
#include "tmc/base/host/files.hpp"

namespace tmc::pipeline {
namespace {

// What is said of a model's file and cannot be said of what became of it.
Status check_options(const CompileOptions& options) {
  if (!options.quantize && !options.pin && options.arena_regions.empty() && options.stream.axes.empty()) return {};
  return error(Error::kBadUsage, "a model image is compiled: it is not quantised, placed or made to stream any more")
      .with_hint("say that to `tinymlc compile --emit image`, with the model's own file");
}

}  // namespace

bool is_image(const std::filesystem::path& file) {
  uint8_t begin[sizeof(tmc::image::kMagic)] = {};
  std::ifstream stream(file, std::ios::binary);
  stream.read(reinterpret_cast<char*>(begin), sizeof(begin));
  return stream && std::ranges::equal(begin, tmc::image::kMagic);
}

Status emit_image(const Compilation& compilation, const std::filesystem::path& file, backend::image::Names names) {
  auto bytes = backend::image::write(compilation.program, names);
  if (!bytes.ok()) return std::move(bytes).status().in_file(compilation.model.string());
  return write_file(file, {reinterpret_cast<const char*>(bytes->data()), bytes->size()});
}

Status check_hash(const std::filesystem::path& file) {
  if (!is_image(file)) {
    return error(Error::kBadUsage, "is no model image, so that there is no hash to check").in_file(file.string());
  }
  TMC_ASSIGN(const std::string content, read_file(file));
  const auto copy = AlignedBytes::copy_of(std::as_bytes(std::span(content)), tmc::image::kImageAlignBytes);
  return Status(tmc::image::open(copy.bytes(), tmc::image::Constants::kHashed).status()).in_file(file.string());
}

Result<Compilation> read_image(const std::filesystem::path& file, const Target& target, const CompileOptions& options) {
  const auto with_file = [&](Status status) { return std::move(status).in_file(file.string()); };
  if (Status status = check_options(options); !status.ok()) return with_file(std::move(status));
  TMC_ASSIGN(const std::string content, read_file(file));
  const auto copy = AlignedBytes::copy_of(std::as_bytes(std::span(content)), tmc::image::kImageAlignBytes);
  auto image = tmc::image::open(copy.bytes());
  if (!image.ok()) return with_file(std::move(image).status());
  auto program = backend::image::read(*image);
  if (!program.ok()) return with_file(std::move(program).status());
  if (program->target != target.name) {
    return with_file(error(Error::kBadUsage, "it is an image for '{}', not for '{}'", program->target, target.name)
                         .with_hint("give --target " + program->target));
  }
  if (!options.name.empty()) program->name = options.name;
  Compilation compilation{.model = file,
                          .options = options,
                          .target = target,
                          .graph = {},
                          .program = *std::move(program),
                          .quantized_here = {},
                          .quantization = {}};
  compilation.has_program = true;
  compilation.is_image = true;
  return compilation;
}

}  // namespace tmc::pipeline

// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/pipeline/executor.hpp"

#include <algorithm>
#include <span>

#include "tmc/backend/cpp/folder.hpp"
#include "tmc/backend/executor/executor.hpp"
#include "tmc/backend/executor/image_model.hpp"
#include "tmc/backend/image/read.hpp"
#include "tmc/base/host/aligned_bytes.hpp"
#include "tmc/base/host/files.hpp"
#include "tmc/pipeline/image.hpp"

namespace tmc::pipeline {
namespace {

// The labels of what an image names, one a line.
Result<std::string> kernels_of_image(const std::string& content) {
  const auto copy = AlignedBytes::copy_of(std::as_bytes(std::span(content)), tmc::image::kImageAlignBytes);
  TMC_ASSIGN(const tmc::image::Image image, tmc::image::open(copy.bytes(), tmc::image::Constants::kTrusted));
  std::string labels;
  for (const tmc::image::Kernel& kernel : image.kernels()) labels.append(image.name(kernel.name)).push_back('\n');
  return labels;
}

Status add_file(const std::filesystem::path& file, const Target& target, backend::executor::KernelSet& set) {
  TMC_ASSIGN(std::string content, read_file(file));
  if (is_image(file)) {
    TMC_ASSIGN(content, kernels_of_image(content));
  }
  return set.add_names(content, target.isa);
}

Result<backend::executor::KernelSet> kernels_of(const Compilation& compilation) {
  backend::executor::KernelSet set;
  TMC_TRY(set.add(compilation.program));
  for (const std::filesystem::path& file : compilation.options.executor.kernels) {
    if (Status status = add_file(file, compilation.target, set); !status.ok()) {
      return std::move(status).in_file(file.string());
    }
  }
  for (const kernels::ImplementationInfo* kernel : set.kernels()) {
    if (std::ranges::find(compilation.target.isa, kernel->isa) != compilation.target.isa.end()) continue;
    return error(Error::kUnsupportedOp, "kernel '{}' is none that sources for {} can hold", kernel->label(),
                 compilation.target.name)
        .with_hint("compile the image with --isa portable");
  }
  return set;
}

Result<backend::cpp::Files> generate(const backend::executor::KernelSet& set, const CompileOptions& options) {
  return backend::executor::generate(set, {.optimize = options.optimize, .assembly = options.assembly});
}

}  // namespace

Result<size_t> emit_executor(const Compilation& compilation, const std::filesystem::path& folder) {
  TMC_ASSIGN(const backend::executor::KernelSet set, kernels_of(compilation));
  TMC_ASSIGN(const backend::cpp::Files files, generate(set, compilation.options));
  TMC_TRY(backend::cpp::write_folder(folder, files));
  return set.kernels().size();
}

Status emit_executor_with_image(const Compilation& compilation, const std::filesystem::path& folder) {
  TMC_ASSIGN(const backend::executor::KernelSet set, kernels_of(compilation));
  TMC_ASSIGN(backend::cpp::Files files, generate(set, compilation.options));
  TMC_ASSIGN(const std::string image, read_file(compilation.model));
  files.merge(backend::executor::image_model(compilation.program, std::as_bytes(std::span(image))));
  return backend::cpp::write_folder(folder, files);
}

}  // namespace tmc::pipeline

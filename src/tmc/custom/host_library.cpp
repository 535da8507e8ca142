// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/custom/host_library.hpp"

#include <dlfcn.h>

#include <cstdlib>

#include "tmc/base/host/files.hpp"
#include "tmc/base/host/process.hpp"
#include "tmc/custom/adapter.hpp"
#include "tmc/custom/operator.hpp"

namespace tmc::custom {
namespace {

namespace fs = std::filesystem;
using kernels::ForeignCode;

constexpr double kCompilerTimeoutS = 300;
constexpr const char* kFunction = "tmc_custom_run";

std::string compiler() {
  const char* chosen = std::getenv("TINYMLC_CXX");
  return chosen != nullptr && *chosen != '\0' ? chosen : "c++";
}

// The adapter behind a function of C, whose arguments are those of every implementation.
std::string library_source(const Description& description) {
  return fmt::format(R"(#include "{}"
#include <string.h>
extern "C" void {}(const int32_t* words, void* const* pointers) {{
  using Implementation = {};
  Implementation::Params params;
  Implementation::Buffers buffers;
  memcpy(&params, words, sizeof(params));
  memcpy(&buffers, pointers, sizeof(buffers));
  Implementation::run(params, buffers);
}}
)",
                     adapter_path(description), kFunction, adapter_type(description));
}

Status write_sources(const fs::path& folder, const Operator& op) {
  const auto write = [&](const fs::path& path, std::string_view text) -> Status {
    std::error_code failure;
    fs::create_directories((folder / path).parent_path(), failure);
    return write_file(folder / path, text);
  };
  TMC_TRY(write(op.adapter().path, op.adapter().text));
  for (const EmbeddedFile& file : op.files()) TMC_TRY(write(file.path, file.text));
  return write("library.cpp", library_source(op.description()));
}

Result<ForeignCode::Function> open_library(const fs::path& library) {
  void* const handle = dlopen(library.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (handle == nullptr) return error(Error::kToolFailed, "cannot load it: {}", dlerror());
  return ForeignCode::Function{reinterpret_cast<decltype(ForeignCode::Function::run)>(dlsym(handle, kFunction))};
}

Result<ForeignCode::Function> build(const Operator& op) {
  TMC_ASSIGN(const ScratchFolder scratch, ScratchFolder::make());
  TMC_TRY(write_sources(scratch.path(), op));
  const Command command{{compiler(), "-std=c++17", "-O2", "-fPIC", "-shared", "-fno-exceptions", "-fno-rtti",
                         "-ffp-contract=off", "-Wl,-z,defs", "-I.", "-o", "library.so", "library.cpp", "-lm"},
                        scratch.path(),
                        kCompilerTimeoutS};
  TMC_ASSIGN([[maybe_unused]] const Finished finished, run_checked(command));
  return open_library(scratch.path() / "library.so");
}

Status explained(Status failure, const Description& description) {
  const std::string header = (description.folder / description.header).string();
  if (failure.code() == Error::kToolMissing) {
    return Status(Error::kToolMissing, failure.message())
        .in_file(header)
        .with_hint(
            "this machine runs custom operators as its C++17 compiler makes them: install one, or name it in "
            "TINYMLC_CXX");
  }
  return std::move(failure).in_file(header).with_hint(
      fmt::format("the operator '{}' calls {} with the arguments that its description lists, in that order",
                  description.name, description.function));
}

}  // namespace

Result<ForeignCode::Function> HostLibrary::load(const Operator& op) const {
  const std::scoped_lock lock(mutex_);
  if (!loaded_) {
    loaded_ = build(op);
    if (!loaded_->ok()) loaded_ = explained(std::move(*loaded_).status(), op.description());
  }
  return *loaded_;
}

}  // namespace tmc::custom

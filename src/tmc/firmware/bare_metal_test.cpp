// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// Every kernel implementation compiles with no header but the compiler's own, and links for every board that may use
// it, with nothing that bare metal has not: build_firmware refuses heap, exceptions, unwinder and global constructors,
// and the link has no C library. Here for boards that nothing runs; for those with an emulator
// implementations_on_board_test.cpp builds all implementations in the same way, and runs them.

#include <gtest/gtest.h>

#include <algorithm>

#include "tmc/base/host/files.hpp"
#include "tmc/firmware/build.hpp"
#include "tmc/firmware/testing/compiler_headers.hpp"
#include "tmc/firmware/tiny_model_fixture.hpp"
#include "tmc/kernels/host/registry.hpp"

namespace tmc::firmware {
namespace {

namespace fs = std::filesystem;

// A model that calls each implementation once, with Params and Buffers that no compiler can see through.
std::string source_calling(const std::vector<const kernels::ImplementationInfo*>& implementations) {
  std::string text = "#include \"model.h\"\n";
  for (const auto* implementation : implementations) {
    for (const char* header : implementation->headers()) text += fmt::format("#include \"{}\"\n", header);
  }
  text += R"(
namespace {
template <typename Implementation>
[[gnu::noinline]] void call(const void* arena) {
  typename Implementation::Contract::Params params;
  typename Implementation::Contract::Buffers buffers;
  __builtin_memcpy(&params, arena, sizeof params);
  __builtin_memcpy(&buffers, arena, sizeof buffers);
  Implementation::run(params, buffers);
}
}  // namespace
extern "C" void tiny_run(void* arena) {
)";
  for (const auto* implementation : implementations)
    text += fmt::format("  call<{}>(arena);\n", implementation->type_name);
  return text + "}\n";
}

std::vector<const kernels::ImplementationInfo*> implementations_for(const Target& target) {
  std::vector<const kernels::ImplementationInfo*> implementations;
  for (const auto* implementation : kernels::all_implementations()) {
    if (std::find(target.isa.begin(), target.isa.end(), implementation->isa) != target.isa.end())
      implementations.push_back(implementation);
  }
  return implementations;
}

TEST(BareMetal, EveryImplementationLinksWithoutHeapExceptionsAndLibrary) {
  ASSERT_TRUE(fs::exists(fs::current_path() / "src/tmc/kernels")) << "run from the root of the source tree";
  for (const std::string& name : target_names()) {
    auto target = load_target(name);
    ASSERT_TRUE(target.ok()) << target.status().text();
    if (!target->board || target->run.method == RunMethod::kEmulator) continue;
    SCOPED_TRACE(name);
    const Status only_compiler_headers = find_only_compiler_headers(*target);
    if (!only_compiler_headers.ok()) GTEST_SKIP() << only_compiler_headers.text();
    const auto implementations = implementations_for(*target);
    ASSERT_FALSE(implementations.empty());
    const auto folder = ScratchFolder::make();
    ASSERT_TRUE(folder.ok());
    write_tiny_model(folder->path() / "generated", source_calling(implementations));
    BuildRequest request;
    request.generated = folder->path() / "generated";
    request.work = folder->path() / "work";
    const auto firmware = build_firmware(*target, request);
    ASSERT_TRUE(firmware.ok()) << firmware.status().text();
    EXPECT_GT(firmware->footprint.flash.code, 50 * implementations.size());
  }
}

}  // namespace
}  // namespace tmc::firmware

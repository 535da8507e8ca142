// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// Every kernel body compiles with no header but the compiler's own, and links for every board that may use it, with
// nothing that bare metal has not: build_firmware refuses heap, exceptions, unwinder and global constructors, and the
// link has no C library.

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

// A model that calls each body once, with Params and Buffers that no compiler can see through.
std::string source_calling(const std::vector<const kernels::BodyInfo*>& bodies) {
  std::string text = "#include \"model.h\"\n";
  for (const auto* body : bodies) {
    for (const char* header : body->headers()) text += fmt::format("#include \"{}\"\n", header);
  }
  text += R"(
namespace {
template <typename Body>
[[gnu::noinline]] void call(const void* arena) {
  typename Body::Contract::Params params;
  typename Body::Contract::Buffers buffers;
  __builtin_memcpy(&params, arena, sizeof params);
  __builtin_memcpy(&buffers, arena, sizeof buffers);
  Body::run(params, buffers);
}
}  // namespace
extern "C" void tiny_run(void* arena) {
)";
  for (const auto* body : bodies) text += fmt::format("  call<{}>(arena);\n", body->type_name);
  return text + "}\n";
}

std::vector<const kernels::BodyInfo*> bodies_for(const Target& target) {
  std::vector<const kernels::BodyInfo*> bodies;
  for (const auto* body : kernels::all_bodies()) {
    if (std::find(target.isa.begin(), target.isa.end(), body->isa) != target.isa.end()) bodies.push_back(body);
  }
  return bodies;
}

TEST(BareMetal, EveryBodyLinksWithoutHeapExceptionsAndLibrary) {
  ASSERT_TRUE(fs::exists(fs::current_path() / "src/tmc/kernels")) << "run from the root of the source tree";
  for (const std::string& name : target_names()) {
    auto target = load_target(name);
    ASSERT_TRUE(target.ok()) << target.status().text();
    if (!target->board) continue;
    SCOPED_TRACE(name);
    const Status only_compiler_headers = find_only_compiler_headers(*target);
    if (!only_compiler_headers.ok()) GTEST_SKIP() << only_compiler_headers.text();
    const auto bodies = bodies_for(*target);
    ASSERT_FALSE(bodies.empty());
    const auto folder = ScratchFolder::make();
    ASSERT_TRUE(folder.ok());
    write_tiny_model(folder->path() / "generated", source_calling(bodies));
    BuildRequest request;
    request.generated = folder->path() / "generated";
    request.work = folder->path() / "work";
    const auto firmware = build_firmware(*target, request);
    ASSERT_TRUE(firmware.ok()) << firmware.status().text();
    EXPECT_GT(firmware->bill.flash.code, 50 * bodies.size());
  }
}

}  // namespace
}  // namespace tmc::firmware

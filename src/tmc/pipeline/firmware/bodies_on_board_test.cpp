// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// The bodies of a board's instruction sets, as its compiler makes them, agree bit for bit with the portable bodies as
// the host's compiler makes them, over the random and extreme cases of the kernels' own tests.

#include <gtest/gtest.h>

#include <set>

#include "tmc/base/host/files.hpp"
#include "tmc/base/host/process.hpp"
#include "tmc/kernels/testing/add_case.hpp"
#include "tmc/kernels/testing/average_pool_case.hpp"
#include "tmc/kernels/testing/conv_case.hpp"
#include "tmc/kernels/testing/fully_connected_case.hpp"
#include "tmc/pipeline/firmware/testing/body_firmware.hpp"

namespace tmc::firmware {
namespace {

using kernels::testing::Case;

std::vector<Case> all_cases() {
  std::mt19937 rng(7);
  std::vector<Case> cases;
  for (int round = 0; round < 40; ++round) {
    cases.push_back(kernels::testing::any_conv_case(rng, round));
    cases.push_back(kernels::testing::network_conv_case(rng, round));
    cases.push_back(kernels::testing::full_range_conv_case(rng));
    cases.push_back(kernels::testing::any_depthwise_case(rng, round));
    cases.push_back(kernels::testing::network_depthwise_case(rng, round));
    cases.push_back(kernels::testing::any_fully_connected_case(rng, round));
    cases.push_back(kernels::testing::any_add_case(rng));
    cases.push_back(kernels::testing::any_average_pool_case(rng));
  }
  return cases;
}

struct Queued {
  const kernels::BodyInfo* body;
  const Case* test_case;
};

void expect_agreement(const Target& target, const std::filesystem::path& work) {
  auto firmware = BodyFirmware::build(target, work);
  ASSERT_TRUE(firmware.ok()) << firmware.status().text();
  const std::vector<Case> cases = all_cases();
  std::vector<Queued> queue;
  for (const Case& test_case : cases) {
    for (const kernels::BodyInfo* body : firmware->bodies()) {
      if (body->kernel == test_case.kernel && firmware->add(*body, test_case)) queue.push_back({body, &test_case});
    }
  }
  const auto runs = firmware->run();
  ASSERT_TRUE(runs.ok()) << runs.status().text();
  ASSERT_EQ(runs->size(), queue.size());
  std::set<const kernels::BodyInfo*> ran;
  for (size_t i = 0; i < queue.size(); ++i) {
    const auto& [body, test_case] = queue[i];
    const auto expected = run_body(*kernels::find_body("portable", test_case->kernel->name), *test_case);
    EXPECT_EQ(std::memcmp((*runs)[i].outputs.data(), expected->data(), expected->size()), 0)
        << body->type_name << " differs, params " << ::testing::PrintToString(test_case->params);
    EXPECT_LE((*runs)[i].stack_bytes, 700U) << body->type_name;  // with Params, which are no constants here
    ran.insert(body);
  }
  for (const kernels::BodyInfo* body : firmware->bodies()) {
    EXPECT_TRUE(ran.contains(body) || std::string_view(body->isa) == "portable") << body->type_name << " never ran";
  }
}

TEST(BodiesOnBoard, AgreeWithThePortableBodiesOnTheHost) {
  int boards = 0;
  for (const std::string& name : target_names()) {
    const auto target = load_target(name);
    ASSERT_TRUE(target.ok()) << target.status().text();
    if (!target->board || target->run.method != RunMethod::kEmulator) continue;
    if (!run_process({{target->toolchain->compiler, "--version"}, {}, 20}).ok() ||
        !run_process({{target->run.command.front(), "--version"}, {}, 20}).ok()) {
      GTEST_SKIP() << name << ": compiler or emulator is not installed (scripts/setup)";
    }
    SCOPED_TRACE(name);
    const auto folder = ScratchFolder::make();
    ASSERT_TRUE(folder.ok());
    expect_agreement(*target, folder->path());
    ++boards;
  }
  EXPECT_GT(boards, 0);
}

}  // namespace
}  // namespace tmc::firmware

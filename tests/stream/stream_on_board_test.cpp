// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// The stream's device code on the emulated board: it compiles with no header but the compiler's own, links without
// heap, exceptions and library, and gives the host's bits.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <random>

#include "stream/stream_case.hpp"
#include "tmc/base/host/files.hpp"
#include "tmc/firmware/run.hpp"
#include "tmc/firmware/testing/compiler_headers.hpp"
#include "tmc/stream/host/llama2c_tokenizer.hpp"
#include "tmc/stream/host/sampling.hpp"
#include "tmc/stream/testing/tokenizer_files.hpp"

namespace tmc::stream {
namespace {

namespace fs = std::filesystem;
using testing::CaseHeader;
using testing::CaseKind;

constexpr const char* kModelHeader = R"(#define STREAM_ARENA_BYTES 16384u
#define STREAM_ARENA_ALIGN 16
#define STREAM_INPUT_COUNT 1
#define STREAM_INPUT0_OFFSET 4096
#define STREAM_INPUT0_BYTES 12288
#define STREAM_OUTPUT_COUNT 1
#define STREAM_OUTPUT0_OFFSET 0
#define STREAM_OUTPUT0_BYTES 4096
#ifdef __cplusplus
extern "C" {
#endif
void stream_run(void* arena);
#ifdef __cplusplus
}
#endif
)";
constexpr const char* kModelSource = R"(#include "model.h"
#include "stream_case.hpp"
extern "C" void stream_run(void* arena) {
  auto* bytes = static_cast<unsigned char*>(arena);
  tmc::stream::testing::run_case(bytes + STREAM_INPUT0_OFFSET, reinterpret_cast<int32_t*>(arena));
}
)";

std::string case_of(const CaseHeader& header, std::string_view content, std::span<const uint8_t> tables = {}) {
  std::string bytes(testing::kCaseBytes, '\0');
  std::memcpy(bytes.data(), &header, sizeof header);
  std::memcpy(bytes.data() + testing::kContentAt, content.data(), content.size());
  if (!tables.empty()) std::memcpy(bytes.data() + testing::kTablesAt, tables.data(), tables.size());
  return bytes;
}

// Logits of a vocabulary of `tokens` and options of every kind.
std::string sample_case(std::mt19937& rng, int round, int32_t tokens, int32_t draws) {
  constexpr LogitType kTypes[] = {LogitType::kF32, LogitType::kI8, LogitType::kI16, LogitType::kI32};
  const LogitType type = kTypes[round % 4];
  const Logits scale = quantized_logits(type, type == LogitType::kI32 ? 1e-5 : 0.05, 3);
  CaseHeader header{};
  header.kind = CaseKind::kSample;
  header.count = draws;
  header.type = type;
  header.tokens = tokens;
  header.zero_point = scale.zero_point;
  header.multiplier = scale.multiplier;
  header.shift = scale.shift;
  header.seed = static_cast<uint32_t>(round);
  header.options.temperature = round % 7 == 0 ? 0 : q16(0.5 + (round % 5) * 0.3);
  header.options.top_k = round % 3 == 0 ? 20 : 0;
  header.options.top_p = round % 2 == 0 ? q16(0.9) : kOneQ16;
  header.options.min_p = round % 5 == 0 ? q16(0.02) : 0;
  header.options.penalty = round % 4 < 2 ? q16(1.2) : kOneQ16;
  header.options.penalty_tokens = 32;
  std::string content;
  std::normal_distribution<float> normal(0, 3);
  for (int32_t i = 0; i < tokens; ++i) {
    const float value = normal(rng);
    const auto put = [&](auto number) { content.append(reinterpret_cast<const char*>(&number), sizeof number); };
    if (type == LogitType::kF32) put(value);
    if (type == LogitType::kI8) put(static_cast<int8_t>(std::clamp(value * 12, -128.0f, 127.0f)));
    if (type == LogitType::kI16) put(static_cast<int16_t>(value * 20));
    if (type == LogitType::kI32) put(static_cast<int32_t>(value * 100'000));
  }
  return case_of(header, content);
}

std::string encode_case(const std::vector<uint8_t>& tables, std::string_view text) {
  CaseHeader header{};
  header.kind = CaseKind::kEncode;
  header.count = static_cast<int32_t>(text.size());
  header.tables_bytes = static_cast<uint32_t>(tables.size());
  return case_of(header, text, tables);
}

std::string steps_case(std::mt19937& rng, const StreamSpec& spec) {
  CaseHeader header{};
  header.kind = CaseKind::kSteps;
  header.count = 60;
  header.spec = spec;
  std::string content;
  for (int i = 0; i < 60; ++i) content += static_cast<char>(1 + rng() % spec.block);
  return case_of(header, content);
}

Result<std::vector<uint8_t>> small_tables() {
  const std::string file = testing::llama2c_tokenizer_file(
      {{" ", -9}, {"a", -10}, {"b", -11}, {"ab", -1}, {" ab", -2}, {"aba", -3}, {"\xC3\xA9", -12}, {"bb", -4}});
  TMC_ASSIGN(const TokenizerModel model, read_llama2c_tokenizer(file));
  return tokenizer_tables(model);
}

Result<firmware::Firmware> build(Target& target, const fs::path& folder) {
  TMC_TRY(firmware::find_only_compiler_headers(target));
  firmware::BuildRequest request;
  request.generated = folder / "generated";
  request.work = folder / "work";
  request.count = true;
  fs::create_directories(request.generated);
  TMC_ASSIGN(const std::string shared, read_file("tests/stream/stream_case.hpp"));
  TMC_TRY(write_file(request.generated / "stream_case.hpp", shared));
  TMC_TRY(write_file(request.generated / "model.h", kModelHeader));
  TMC_TRY(write_file(request.generated / "model.cpp", kModelSource));
  return firmware::build_firmware(target, request);
}

TEST(StreamOnBoard, GivesTheBitsOfTheHost) {
  auto target = load_target("mps2-an500");
  ASSERT_TRUE(target.ok()) << target.status().text();
  const auto folder = ScratchFolder::make();
  ASSERT_TRUE(folder.ok());
  const auto firmware = build(*target, folder->path());
  if (!firmware.ok() && firmware.status().code() == Error::kToolMissing) GTEST_SKIP() << firmware.status().text();
  ASSERT_TRUE(firmware.ok()) << firmware.status().text();

  std::mt19937 rng(21);
  std::vector<std::string> cases;
  for (int round = 0; round < 40; ++round) cases.push_back(sample_case(rng, round, round < 8 ? 512 : 100, 10));
  const auto tables = small_tables();
  ASSERT_TRUE(tables.ok()) << tables.status().text();
  cases.push_back(encode_case(*tables, "ab abab bbabé aab\xFF z"));
  cases.push_back(encode_case(*tables, ""));
  cases.push_back(encode_case(*tables, std::string(600, 'a')));  // longer than the memory for a word
  cases.push_back(steps_case(rng, {16, 2, StreamMode::kSinks, 5}));
  cases.push_back(steps_case(rng, {9, 0, StreamMode::kWindow, 9}));
  cases.push_back(steps_case(rng, {40, 0, StreamMode::kFull, 3}));

  const auto runs = firmware::run_samples(*target, *firmware, cases);
  ASSERT_TRUE(runs.ok()) << runs.status().text();
  ASSERT_EQ(runs->size(), cases.size());
  int right = 0;
  for (size_t i = 0; i < cases.size(); ++i) {
    std::vector<int32_t> wanted(testing::kResultBytes / 4);
    testing::run_case(reinterpret_cast<const uint8_t*>(cases[i].data()), wanted.data());
    ASSERT_EQ(std::memcmp(wanted.data(), (*runs)[i].outputs.data(), testing::kResultBytes), 0) << "case " << i;
    right += wanted[0] == 0 ? 1 : 0;
  }
  EXPECT_EQ(right, 44);  // but for the long word and the cache that becomes full
  // Instructions of ten tokens of 512: docs/streaming.md says how many a token takes.
  for (int i = 0; i < 8; ++i) EXPECT_LT((*runs)[static_cast<size_t>(i)].instructions, 10U * 130'000) << i;
}

}  // namespace
}  // namespace tmc::stream

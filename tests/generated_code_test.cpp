// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// What backend/cpp writes, built by every compiler that is installed, gives the same bytes as exec.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "testing/compilers.hpp"
#include "testing/hostile_names.hpp"
#include "testing/program_builder.hpp"
#include "testing/targets_by_isa.hpp"
#include "tmc/backend/cpp/backend.hpp"
#include "tmc/backend/cpp/folder.hpp"
#include "tmc/base/host/files.hpp"
#include "tmc/exec/executor.hpp"
#include "tmc/storage/storage.hpp"

namespace tmc {
namespace {

namespace fs = std::filesystem;
using backend::cpp::Files;
using Bytes = std::vector<std::byte>;

std::string to_string(const Bytes& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

Files generated(const program::Program& program, Optimize optimize) {
  backend::cpp::Options options;
  options.optimize = optimize;
  auto files = backend::cpp::generate(program, options);
  EXPECT_TRUE(files.ok()) << files.status().text();
  return files.ok() ? std::move(files).value() : Files{};
}

struct Generated {
  std::string name;
  std::vector<std::string> arenas;  // suffixes of their classes
};

// A program of one input and one output from standard C++ streams, for each model in turn: input.bin to NAME.out.
std::string runner_source(const std::vector<Generated>& models) {
  std::string text = "#include <cstdio>\n#include <cstring>\n";
  for (const Generated& model : models) text += fmt::format("#include \"{}/model.hpp\"\n", model.name);
  text += "int main() {\n";
  for (const auto& [name, arenas] : models) {
    text += "  {\n";
    std::string arguments;
    for (const std::string& arena : arenas) {
      text += fmt::format("    static {0}::Arena{1} arena{1};\n", name, arena);
      text += fmt::format("    std::memset(arena{0}.bytes, 0x5a, sizeof arena{0}.bytes);\n", arena);
      arguments += fmt::format("{}arena{}", arguments.empty() ? "" : ", ", arena);
    }
    text += fmt::format(R"(    const {0}::Model model({1});
    std::FILE* in = std::fopen("input.bin", "rb");
    const auto input = model.input0();
    static_assert(input.size() == {0}::Input0::kElements && sizeof *input.data() == 1, "int8 input");
    if (std::fread(input.data(), 1, input.size(), in) != input.size()) return 1;
    std::fclose(in);
    model.run();
    std::FILE* out = std::fopen("{0}.out", "wb");
    std::fwrite(model.output0().data(), 1, {0}::Output0::kBytes, out);
    std::fclose(out);
  }}
)",
                        name, arguments);
  }
  return text + "  return 0;\n}\n";
}

// Folders NAME beside a main.cpp that runs them all on one input.
class GeneratedCode : public ::testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    if (!testing::is_installed(GetParam())) GTEST_SKIP() << GetParam() << " is not installed";
    auto made = ScratchFolder::make();
    ASSERT_TRUE(made.ok());
    scratch_.emplace(std::move(made).value());
  }

  const fs::path& folder() const { return scratch_->path(); }

  void add(const std::string& name, const Files& files, const std::vector<std::string>& arenas = {""}) {
    const Status status = backend::cpp::write_folder(folder() / name, files);
    ASSERT_TRUE(status.ok()) << status.text();
    models_.push_back({name, arenas});
  }

  void forget() { models_.clear(); }

  // The outputs of the models, in the order in which they were added.
  std::vector<std::string> run(const Bytes& input, const std::string& optimization) {
    EXPECT_TRUE(write_file(folder() / "input.bin", to_string(input)).ok());
    EXPECT_TRUE(write_file(folder() / "main.cpp", runner_source(models_)).ok());
    std::vector<std::string> arguments = {GetParam(), "-std=c++17", optimization, "-o", "runner", "main.cpp"};
    arguments.insert(arguments.end(), testing::kStrictFlags.begin(), testing::kStrictFlags.end());
    for (const auto& [name, arenas] : models_) {
      for (const char* source : {"/model.cpp", "/weights.cpp"}) arguments.push_back(name + source);
    }
    EXPECT_EQ(testing::failure_of(arguments, folder()), "");
    EXPECT_EQ(testing::failure_of({(folder() / "runner").string()}, folder()), "");
    std::vector<std::string> outputs;
    for (const auto& [name, arenas] : models_) {
      auto output = read_file(folder() / (name + ".out"));
      EXPECT_TRUE(output.ok()) << output.status().text();
      outputs.push_back(output.ok() ? *output : "");
    }
    return outputs;
  }

 private:
  std::optional<ScratchFolder> scratch_;
  std::vector<Generated> models_;
};

std::string executed(const program::Program& program, const std::vector<Bytes>& inputs) {
  auto executor = exec::Executor::create(program);
  EXPECT_TRUE(executor.ok()) << executor.status().text();
  auto outputs = executor->run(inputs);
  EXPECT_TRUE(outputs.ok()) << outputs.status().text();
  return to_string(outputs->front());
}

TEST_P(GeneratedCode, GivesTheBytesOfExecAtEveryOptimisation) {
  for (const Target& target : testing::targets_by_isa()) {
    const auto& isas = target.isa;
    program::Program program = testing::small_network("model", 1, isas);
    const auto inputs = testing::random_inputs(program, 2);
    const std::string expected = executed(program, inputs);
    const std::set<char> values(expected.begin(), expected.end());
    ASSERT_THAT(values.size(), ::testing::Gt(3u)) << "the network says nothing";
    for (const Optimize optimize : {Optimize::kSpeed, Optimize::kBalanced, Optimize::kSize}) {
      program.name = fmt::format("{}_{}", isas.front(), optimize_name(optimize));
      add(program.name, generated(program, optimize));
    }
    EXPECT_THAT(run(inputs.front(), "-O2"), ::testing::Each(expected));
    forget();
  }
}

TEST_P(GeneratedCode, GivesTheSameBytesInSeveralArenas) {
  program::Program program = testing::small_network("split", 1);
  const auto inputs = testing::random_inputs(program, 2);
  const std::string expected = executed(program, inputs);
  const int64_t whole_bytes = program.arena_bytes();
  auto placed = storage::place(program, {.arena_regions = {{"FAST", whole_bytes - 16}, {"SLOW", whole_bytes}}});
  ASSERT_TRUE(placed.ok()) << placed.status().text();
  ASSERT_EQ(placed->regions.size(), 2U);
  const Files files = generated(*placed, Optimize::kSpeed);
  EXPECT_THAT(files.at("model.h"), ::testing::HasSubstr("#define SPLIT_ARENA1_REGION \"SLOW\""));
  EXPECT_THAT(files.at("model.h"), ::testing::HasSubstr("void split_run(void* arena0, void* arena1);"));
  add("split", files, {"0", "1"});
  EXPECT_THAT(run(inputs.front(), "-O1"), ::testing::ElementsAre(expected));
}

TEST_P(GeneratedCode, HostileNamesChangeNothing) {
  program::Program program = testing::small_network("hostile", 1);
  const auto inputs = testing::random_inputs(program, 2);
  const std::string expected = executed(program, inputs);
  testing::give_hostile_names(program);
  add(program.name, generated(program, Optimize::kSize));
  EXPECT_THAT(run(inputs.front(), "-O0"), ::testing::ElementsAre(expected));
}

// The second folder claims another version of the headers, in which clamping gives a constant. Had the two one
// definition of it, one would give the other's bytes; without optimisation nothing is inlined, so that it would show.
TEST_P(GeneratedCode, TwoVersionsOfTheKernelsLinkIntoOneProgram) {
  const program::Program first = testing::small_network("first", 1);
  const program::Program second = testing::small_network("second", 1);
  const auto inputs = testing::random_inputs(first, 2);
  Files changed = generated(second, Optimize::kSize);
  const std::string& source = changed.at("model.cpp");
  const std::string version = source.substr(source.find("tmc::k") + 5, 13);
  for (auto& [path, text] : changed) {
    for (auto at = text.find(version); at != text.npos; at = text.find(version, at)) text.replace(at, 13, "kother");
  }
  std::string& fixed_point = changed.at("tmc/base/fixed_point.hpp");
  const std::string clamp = "return value < low ?";
  ASSERT_NE(fixed_point.find(clamp), fixed_point.npos);
  fixed_point.replace(fixed_point.find(clamp), clamp.size(), "return low <= high ? 42 : value < low ?");
  add("first", generated(first, Optimize::kSize));
  add("second", changed);
  const auto outputs = run(inputs.front(), "-O0");
  EXPECT_EQ(outputs[0], executed(first, inputs));
  EXPECT_EQ(outputs[1], std::string(outputs[0].size(), 42));
}

INSTANTIATE_TEST_SUITE_P(Compilers, GeneratedCode, ::testing::Values("g++", "clang++"),
                         [](const auto& test) { return std::string(test.param) == "g++" ? "Gcc" : "Clang"; });

}  // namespace
}  // namespace tmc

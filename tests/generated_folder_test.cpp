// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// What a generated folder promises beside the right bytes: it is reproducible, serves C, is freestanding, keeps to its
// budget, and says where it came from.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <sstream>

#include "testing/compilers.hpp"
#include "testing/hostile_names.hpp"
#include "testing/program_builder.hpp"
#include "tmc/backend/cpp/backend.hpp"
#include "tmc/backend/cpp/folder.hpp"
#include "tmc/base/host/files.hpp"
#include "tmc/base/host/json.hpp"

namespace tmc {
namespace {

namespace fs = std::filesystem;
using backend::cpp::Files;
using backend::cpp::Options;
using ::testing::HasSubstr;
using ::testing::Not;

Files generated(const program::Program& program, const Options& options = {}) {
  auto files = backend::cpp::generate(program, options);
  EXPECT_TRUE(files.ok()) << files.status().text();
  return files.ok() ? std::move(files).value() : Files{};
}

// A scratch folder with the generated files in `model/`.
class GeneratedFolder : public ::testing::Test {
 protected:
  void SetUp() override {
    auto made = ScratchFolder::make();
    ASSERT_TRUE(made.ok());
    scratch_.emplace(std::move(made).value());
  }
  const fs::path& folder() const { return scratch_->path(); }

  void write(const Files& files) { ASSERT_TRUE(backend::cpp::write_folder(folder() / "model", files).ok()); }
  void write(const std::string& name, const std::string& text) { ASSERT_TRUE(write_file(folder() / name, text).ok()); }

  // Runs a compiler in the folder; what it had to say, empty where all is well.
  std::string compile(const std::string& compiler, const std::string& standard,
                      const std::vector<std::string>& arguments) {
    std::vector<std::string> all = {compiler, standard, "-O2", "-Wall", "-Wextra", "-Wpedantic", "-Werror"};
    all.insert(all.end(), arguments.begin(), arguments.end());
    return testing::failure_of(all, folder());
  }

 private:
  std::optional<ScratchFolder> scratch_;
};

TEST_F(GeneratedFolder, TheSameProgramGivesTheSameBytes) {
  for (const Optimize optimize : {Optimize::kSpeed, Optimize::kBalanced, Optimize::kSize}) {
    Options options;
    options.optimize = optimize;
    EXPECT_EQ(generated(testing::small_network("kws", 1), options),
              generated(testing::small_network("kws", 1), options));
  }
  EXPECT_NE(generated(testing::small_network("kws", 1)), generated(testing::small_network("kws", 2)));
}

TEST_F(GeneratedFolder, ServesAProgramInC) {
  const program::Program program = testing::small_network("kws_int8", 1);
  write(generated(program));
  write("main.c", R"(#include "model/model.h"
#include <stdint.h>
#include <stdio.h>
static union { uint8_t bytes[KWS_INT8_ARENA_BYTES]; double aligned[2]; } arena __attribute__((aligned(KWS_INT8_ARENA_ALIGN)));
int main(void) {
  float scale = KWS_INT8_INPUT0_SCALE + KWS_INT8_OUTPUT0_SCALE;
  kws_int8_run(arena.bytes);
  printf("%d %d %d %d %d %d %d\n", KWS_INT8_INPUT_COUNT, KWS_INT8_INPUT0_BYTES, KWS_INT8_INPUT0_ZERO_POINT,
         KWS_INT8_OUTPUT_COUNT, KWS_INT8_OUTPUT0_BYTES, KWS_INT8_OUTPUT0_ZERO_POINT, scale == 0.125f);
  return KWS_INT8_INPUT0_OFFSET + KWS_INT8_INPUT0_BYTES > KWS_INT8_ARENA_BYTES ||
         KWS_INT8_OUTPUT0_OFFSET + KWS_INT8_OUTPUT0_BYTES > KWS_INT8_ARENA_BYTES;
}
)");
  ASSERT_EQ(compile("gcc", "-std=c99", {"-c", "main.c", "-o", "main.o"}), "");
  ASSERT_EQ(compile("g++", "-std=c++17", {"main.o", "model/model.cpp", "model/weights.cpp", "-o", "main"}), "");
  const auto finished = run_process({{(folder() / "main").string()}, {}, 60});
  ASSERT_TRUE(finished.ok());
  EXPECT_EQ(finished->exit_code, 0);
  EXPECT_EQ(finished->out, "1 90 3 1 9 -2 1\n");
}

// Symbols of an object as `nm -P` lists them: name and type.
std::vector<std::pair<std::string, char>> symbols_of(const std::string& nm, const fs::path& object) {
  const auto finished = run_process({{nm, "-P", object.string()}, {}, 60});
  EXPECT_TRUE(finished.ok() && finished->exit_code == 0);
  std::vector<std::pair<std::string, char>> symbols;
  std::istringstream lines(finished->out);
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::string name, type;
    words >> name >> type;
    symbols.emplace_back(name, type.empty() ? '?' : type.front());
  }
  return symbols;
}

struct Toolchain {
  std::string compiler, linker, nm;
  std::vector<std::string> flags;
};

class Freestanding : public GeneratedFolder, public ::testing::WithParamInterface<Toolchain> {};

TEST_P(Freestanding, RefersToNothingAndHoldsNoVariables) {
  const Toolchain& tools = GetParam();
  if (!testing::is_installed(tools.compiler)) GTEST_SKIP() << tools.compiler << " is not installed";
  write(generated(testing::small_network("kws", 1, {"armv7em", "portable"})));
  std::vector<std::string> objects;
  for (const std::string source : {"model", "weights"}) {
    std::vector<std::string> arguments = {"-ffreestanding", "-fno-exceptions",         "-fno-rtti", "-c", "-o",
                                          source + ".o",    "model/" + source + ".cpp"};
    arguments.insert(arguments.end(), tools.flags.begin(), tools.flags.end());
    ASSERT_EQ(compile(tools.compiler, "-std=c++17", arguments), "");
    objects.push_back(source + ".o");
  }
  ASSERT_EQ(testing::failure_of({tools.linker, "-r", objects[0], objects[1], "-o", "all.o"}, folder()), "");
  bool has_run = false;
  for (const auto& [name, type] : symbols_of(tools.nm, folder() / "all.o")) {
    SCOPED_TRACE(name);
    if (name == "kws_run") has_run = type == 'T';
    // The compiler's own: what the language lets it call, its arithmetic, and the base of position-independent code.
    const bool is_own = name == "memcpy" || name == "memset" || name == "memmove" || name.starts_with("__aeabi_") ||
                        name == "_GLOBAL_OFFSET_TABLE_";
    EXPECT_TRUE(type != 'U' || is_own);
    EXPECT_THAT(std::string("bBdDcC"), Not(HasSubstr(std::string(1, type)))) << "a variable";
  }
  EXPECT_TRUE(has_run);
}

INSTANTIATE_TEST_SUITE_P(
    Toolchains, Freestanding,
    ::testing::Values(Toolchain{"g++", "ld", "nm", {}}, Toolchain{"clang++", "ld", "nm", {}},
                      Toolchain{"arm-none-eabi-g++",
                                "arm-none-eabi-ld",
                                "arm-none-eabi-nm",
                                {"-mcpu=cortex-m7", "-mthumb", "-mfpu=fpv5-d16", "-mfloat-abi=hard"}}),
    [](const auto& test) {
      return test.param.compiler == "g++" ? "Gcc" : test.param.compiler == "clang++" ? "Clang" : "Arm";
    });

TEST_F(GeneratedFolder, ConstantsLieInSectionsOfTheirOwn) {
  program::Program program = testing::small_network("kws", 1);
  program.constants.front().blob.is_table = true;
  write(generated(program));
  ASSERT_EQ(compile("g++", "-std=c++17", {"-c", "model/weights.cpp", "-o", "weights.o"}), "");
  const auto finished = run_process({{"objdump", "-h", (folder() / "weights.o").string()}, {}, 60});
  ASSERT_TRUE(finished.ok());
  std::size_t weights = 0, tables = 0;
  std::istringstream lines(finished->out);
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::string index, name, bytes;
    words >> index >> name >> bytes;
    if (name.starts_with(".rodata.tmc_weights.kws_")) weights += std::stoul(bytes, nullptr, 16);
    if (name.starts_with(".rodata.tmc_tables.kws_")) tables += std::stoul(bytes, nullptr, 16);
  }
  const std::size_t first = program.constants.front().blob.bytes.size();
  std::size_t all = 0;
  for (const program::Constant& constant : program.constants) all += constant.blob.bytes.size();
  EXPECT_EQ(tables, first);
  EXPECT_EQ(weights, all - first);
}

// Every dtype, at its limits; bytes long enough to be written as text, with all that needs an escape in every order.
std::vector<kernels::Blob> every_kind_of_constant() {
  constexpr float kInfinity = std::numeric_limits<float>::infinity();
  std::vector<int8_t> text(10000);
  for (std::size_t i = 0; i < text.size(); ++i) text[i] = static_cast<int8_t>(i * i / 7 + i);
  std::vector<uint8_t> unsigned_text(text.begin(), text.end());
  return {kernels::make_blob<float>(DType::kF32, {0.1F, -0.0F, 1e-45F, 3.4028235e38F, -kInfinity}),
          kernels::make_blob<double>(DType::kF64, {0.1, 5e-324, 1.7976931348623157e308}),
          kernels::make_blob<uint16_t>(DType::kF16, {0x3c00, 0xffff}),
          kernels::make_blob<uint16_t>(DType::kBF16, {0x8000}),
          kernels::make_blob<int8_t>(DType::kI8, {-128, 127}),
          kernels::make_blob<uint8_t>(DType::kU8, {0, 255}),
          kernels::make_blob<uint8_t>(DType::kBool, {0, 1}),
          kernels::make_blob<int16_t>(DType::kI16, {INT16_MIN, INT16_MAX}),
          kernels::make_blob<uint16_t>(DType::kU16, {UINT16_MAX}),
          kernels::make_blob<int32_t>(DType::kI32, {INT32_MIN, INT32_MAX}),
          kernels::make_blob<uint32_t>(DType::kU32, {UINT32_MAX}),
          kernels::make_blob<int64_t>(DType::kI64, {INT64_MIN, INT64_MAX}),
          kernels::make_blob<uint64_t>(DType::kU64, {UINT64_MAX}),
          kernels::make_blob(DType::kI8, text),
          kernels::make_blob(DType::kU8, unsigned_text),
          kernels::make_blob<int32_t>(DType::kI32, {})};
}

TEST_F(GeneratedFolder, ConstantsKeepTheirBytes) {
  program::Program program = testing::small_network("kws", 1);
  std::string main = "#include <cstdio>\n#include <cstring>\n#include <vector>\n#include \"model/weights.hpp\"\n";
  main += "int main() {\n  int differences = 0;\n";
  for (kernels::Blob& blob : every_kind_of_constant()) {
    const std::size_t index = program.constants.size();
    write(fmt::format("{}.bin", index), {reinterpret_cast<const char*>(blob.bytes.data()), blob.bytes.size()});
    main += fmt::format(R"(  {{
    std::vector<char> bytes({1} + 1);
    std::FILE* file = std::fopen("{0}.bin", "rb");
    if (std::fread(bytes.data(), 1, {1} + 1, file) != {1}) return 100;
    std::fclose(file);
    static_assert(sizeof kws::weights::c{0} >= {1}, "");
    if (std::memcmp(bytes.data(), kws::weights::c{0}, {1}) != 0 && ++differences) std::puts("c{0}");
  }}
)",
                        index, blob.bytes.size());
    program.constants.push_back({"", std::move(blob)});
  }
  write("main.cpp", main + "  return differences;\n}\n");
  write(generated(program));
  for (const std::string compiler : {"g++", "clang++"}) {
    if (!testing::is_installed(compiler)) continue;
    ASSERT_EQ(compile(compiler, "-std=c++17", {"main.cpp", "model/weights.cpp", "-o", "main"}), "");
    EXPECT_EQ(testing::failure_of({(folder() / "main").string()}, folder()), "") << compiler;
  }
}

TEST_F(GeneratedFolder, CallsTheHookAfterEveryStepWhereAskedTo) {
  const program::Program program = testing::small_network("kws", 1);
  write(generated(program));
  write("main.cpp", R"(#include "model/model.hpp"
#include <cstdio>
extern "C" void tmc_step_hook(unsigned step) { std::printf("%u ", step); }
int main() {
  static kws::Arena arena;
  kws::Model(arena).run();
}
)");
  std::vector<std::string> arguments = {"main.cpp", "model/model.cpp", "model/weights.cpp", "-o", "main"};
  for (const std::string expected : {"", "0 1 2 3 4 "}) {
    ASSERT_EQ(compile("g++", "-std=c++17", arguments), "");
    const auto finished = run_process({{(folder() / "main").string()}, {}, 60});
    ASSERT_TRUE(finished.ok());
    EXPECT_EQ(finished->out, expected);
    arguments.push_back("-DTMC_STEP_HOOK");
  }
}

TEST_F(GeneratedFolder, ABudgetIsAssertedWhereItIsUsed) {
  const program::Program program = testing::small_network("kws", 1);
  Options options;
  options.ram_budget_bytes = program.arena_bytes();
  options.flash_budget_bytes = 1000000;
  write("main.cpp", "#include \"model/model.hpp\"\n");
  write(generated(program, options));
  EXPECT_EQ(compile("g++", "-std=c++17", {"-c", "main.cpp"}), "");
  options.ram_budget_bytes = program.arena_bytes() - 1;
  write(generated(program, options));
  EXPECT_THAT(compile("g++", "-std=c++17", {"-c", "main.cpp"}), HasSubstr("the arena alone exceeds the RAM budget"));
  options.ram_budget_bytes.reset();
  options.flash_budget_bytes = 100;
  write(generated(program, options));
  EXPECT_THAT(compile("g++", "-std=c++17", {"-c", "main.cpp"}),
              HasSubstr("the constants alone exceed the flash budget"));
}

TEST_F(GeneratedFolder, HasACMakeTarget) {
  if (!testing::is_installed("cmake")) GTEST_SKIP() << "cmake is not installed";
  write(generated(testing::small_network("first", 1)));
  ASSERT_TRUE(backend::cpp::write_folder(folder() / "second", generated(testing::small_network("second", 2))).ok());
  write("main.cpp",
        "#include \"model/model.hpp\"\n#include \"second/model.hpp\"\n"
        "static first::Arena a;\nstatic second::Arena b;\n"
        "int main() { first::Model(a).run(); second::Model(b).run(); }\n");
  write("CMakeLists.txt",
        "cmake_minimum_required(VERSION 3.10)\nproject(user LANGUAGES CXX)\nadd_subdirectory(model)\n"
        "add_subdirectory(second)\nadd_executable(user main.cpp)\ntarget_link_libraries(user first second)\n");
  EXPECT_EQ(testing::failure_of({"cmake", "-S", ".", "-B", "build"}, folder()), "");
  EXPECT_EQ(testing::failure_of({"cmake", "--build", "build"}, folder()), "");
  EXPECT_EQ(testing::failure_of({(folder() / "build" / "user").string()}, folder()), "");
  EXPECT_EQ(testing::failure_of({"cmake", "-S", "model", "-B", "alone"}, folder()), "");
}

TEST_F(GeneratedFolder, TheHeaderSaysWhetherInputsSurvive) {
  program::Program program = testing::small_network("kws", 1);
  EXPECT_THAT(generated(program).at("model.h"), HasSubstr("A run may overwrite the inputs"));
  program.keep_inputs = true;
  EXPECT_THAT(generated(program).at("model.h"), HasSubstr("A run leaves the inputs as they are."));
}

TEST_F(GeneratedFolder, TheManifestTellsOriginAndPlanAndNoPath) {
  program::Program program = testing::small_network("kws", 1);
  testing::give_hostile_names(program);
  Options options;
  options.model_sha256 = "0123abcd";
  options.optimize = Optimize::kSize;
  const Files files = generated(program, options);
  const auto parsed = json::parse(files.at("manifest.json"));
  ASSERT_TRUE(parsed.ok());
  const json::Value& manifest = *parsed;
  EXPECT_EQ(manifest["model_sha256"], "0123abcd");
  EXPECT_EQ(manifest["optimize"], "size");
  EXPECT_EQ(manifest["plan"]["arena_bytes"], program.arena_bytes());
  EXPECT_EQ(manifest["plan"]["buffers"].size(), program.buffers.size());
  EXPECT_EQ(manifest["steps"].at(0)["kernel"], "portable/conv2d_s8");
  EXPECT_EQ(manifest["files"].size(), files.size() - 1);
  for (const auto& [path, content] : files) EXPECT_THAT(content, Not(HasSubstr(fs::current_path().string()))) << path;
}

TEST_F(GeneratedFolder, RefusesWhatItCannotWrite) {
  program::Program program = testing::small_network("kws", 1);
  program.name = "int";
  EXPECT_EQ(backend::cpp::generate(program, {}).status().code(), Error::kBadUsage);
  program.name = "a\"; evil";
  EXPECT_EQ(backend::cpp::generate(program, {}).status().code(), Error::kBadUsage);
  program.name = "kws";
  program.buffers.front().offset = program::kOpen;
  EXPECT_EQ(backend::cpp::generate(program, {}).status().code(), Error::kInternal);
}

}  // namespace
}  // namespace tmc

// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/firmware/testing/implementation_firmware.hpp"

#include <algorithm>

#include "tmc/base/host/files.hpp"
#include "tmc/firmware/testing/compiler_headers.hpp"

namespace tmc::firmware {
namespace {

namespace fs = std::filesystem;
using kernels::ImplementationInfo;
using kernels::Role;

constexpr size_t kAlign = 16;
constexpr size_t kOutputBytes = 40 * 1024;
constexpr size_t kSampleBytes = 160 * 1024;
constexpr size_t kScratchOffset = kOutputBytes + kSampleBytes;
constexpr size_t kArenaBytes = kScratchOffset + 64 * 1024;
constexpr size_t kMaxBuffers = 8;
constexpr size_t kHeaderWords = 1 + kMaxBuffers;

std::string model_header() {
  return fmt::format(
      "#define IMPLEMENTATIONS_ARENA_BYTES {}u\n#define IMPLEMENTATIONS_ARENA_ALIGN 16\n#define "
      "IMPLEMENTATIONS_INPUT_COUNT 1\n"
      "#define IMPLEMENTATIONS_INPUT0_OFFSET {}\n#define IMPLEMENTATIONS_INPUT0_BYTES {}\n#define "
      "IMPLEMENTATIONS_OUTPUT_COUNT 1\n"
      "#define IMPLEMENTATIONS_OUTPUT0_OFFSET 0\n#define IMPLEMENTATIONS_OUTPUT0_BYTES {}\n"
      "#ifdef __cplusplus\nextern \"C\" {{\n#endif\nvoid implementations_run(void* arena);\n"
      "#ifdef __cplusplus\n}}\n#endif\n",
      kArenaBytes, kOutputBytes, kSampleBytes, kOutputBytes);
}

std::string model_source(const std::vector<const ImplementationInfo*>& implementations) {
  std::string text = "#include \"model.h\"\n";
  for (const ImplementationInfo* implementation : implementations) {
    for (const char* header : implementation->headers()) text += fmt::format("#include \"{}\"\n", header);
  }
  text += fmt::format(R"(
namespace {{
template <typename Implementation>
[[gnu::noinline]] void call(unsigned char* arena, const unsigned* words) {{
  typename Implementation::Contract::Params params;
  typename Implementation::Contract::Buffers buffers;
  __builtin_memcpy(&params, words + {0}, sizeof params);
  void* pointers[sizeof buffers / sizeof(void*)];
  for (unsigned i = 0; i < sizeof buffers / sizeof(void*); ++i) pointers[i] = arena + words[1 + i];
  __builtin_memcpy(&buffers, pointers, sizeof buffers);
  Implementation::run(params, buffers);
}}
}}  // namespace
extern "C" void implementations_run(void* memory) {{
  auto* arena = static_cast<unsigned char*>(memory);
  const auto* words = reinterpret_cast<const unsigned*>(arena + {1});
  switch (words[0]) {{
)",
                      kHeaderWords, kOutputBytes);
  for (size_t i = 0; i < implementations.size(); ++i) {
    text += fmt::format("    case {}: return call<{}>(arena, words);\n", i, implementations[i]->type_name);
  }
  return text + "  }\n}\n";
}

// Collects the sample's bytes behind its header.
class SampleWriter {
 public:
  SampleWriter(size_t implementation, const std::vector<int32_t>& params) {
    words_.push_back(static_cast<uint32_t>(implementation));
    words_.resize(kHeaderWords);
    for (const int32_t param : params) words_.push_back(static_cast<uint32_t>(param));
    bytes_.resize(words_.size() * sizeof(uint32_t));
  }
  void set_offset(size_t buffer, size_t offset) { words_[1 + buffer] = static_cast<uint32_t>(offset); }
  size_t append(std::span<const std::byte> content) {
    bytes_.resize((bytes_.size() + kAlign - 1) / kAlign * kAlign);
    const size_t offset = kOutputBytes + bytes_.size();
    bytes_.append(reinterpret_cast<const char*>(content.data()), content.size());
    return offset;
  }
  std::optional<SampleBytes> finish() {
    if (bytes_.size() > kSampleBytes) return std::nullopt;
    std::memcpy(bytes_.data(), words_.data(), words_.size() * sizeof(uint32_t));
    SampleBytes sample(kSampleBytes, '\0');
    std::ranges::copy(bytes_, sample.begin());
    return sample;
  }

 private:
  std::vector<uint32_t> words_;
  SampleBytes bytes_;
};

}  // namespace

Result<ImplementationFirmware> ImplementationFirmware::build(Target target, const fs::path& work) {
  ImplementationFirmware made;
  for (const ImplementationInfo* implementation : kernels::all_implementations()) {
    if (std::ranges::find(target.isa, implementation->isa) != target.isa.end())
      made.implementations_.push_back(implementation);
  }
  TMC_TRY(find_only_compiler_headers(target));
  made.target_ = std::move(target);
  BuildRequest request;
  request.generated = work / "generated";
  request.work = work / "work";
  request.optimize = Optimize::kSpeed;
  request.count = true;
  fs::create_directories(request.generated);
  TMC_TRY(write_file(request.generated / "model.h", model_header()));
  TMC_TRY(write_file(request.generated / "model.cpp", model_source(made.implementations_)));
  TMC_ASSIGN(made.firmware_, build_firmware(made.target_, request));
  return made;
}

bool ImplementationFirmware::add(const ImplementationInfo& implementation, const kernels::testing::Case& test_case) {
  if (!implementation.applies(test_case.params)) return false;
  std::vector<kernels::ConstantView> views;
  for (const kernels::Blob& constant : test_case.constants) views.push_back({constant.dtype, constant.bytes});
  const kernels::Blobs packed = implementation.pack(test_case.params, views);
  if (!packed || test_case.output_bytes > kOutputBytes) return false;
  if (implementation.scratch_bytes(test_case.params) > static_cast<int64_t>(kArenaBytes - kScratchOffset)) return false;

  const auto index =
      static_cast<size_t>(std::ranges::find(implementations_, &implementation) - implementations_.begin());
  SampleWriter writer(index, test_case.params);
  size_t input = 0;
  size_t constant = 0;
  size_t updated = 0;
  for (size_t i = 0; i < implementation.kernel->buffers.size(); ++i) {
    switch (implementation.kernel->buffers[i].role) {
      case Role::kInput:
        writer.set_offset(i, writer.append(test_case.inputs.at(input++)));
        break;
      case Role::kConstant:
        writer.set_offset(i, writer.append(packed->at(constant++).bytes));
        break;
      case Role::kOutput:
        writer.set_offset(i,
                          updated < test_case.updated.size() ? writer.append(test_case.updated[updated++]) : size_t{0});
        break;
      case Role::kScratch:
        writer.set_offset(i, kScratchOffset);
        break;
    }
  }
  auto sample = writer.finish();
  if (sample) samples_.push_back(std::move(*sample));
  return sample.has_value();
}

Result<std::vector<SampleRun>> ImplementationFirmware::run() {
  auto runs = run_samples(target_, firmware_, samples_);
  samples_.clear();
  return runs;
}

}  // namespace tmc::firmware

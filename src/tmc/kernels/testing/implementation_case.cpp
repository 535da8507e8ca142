// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/testing/implementation_case.hpp"

#include <algorithm>
#include <new>
#include <utility>

namespace tmc::kernels::testing {
namespace {

// An aligned block that ends exactly where its tensor ends.
class Block {
 public:
  explicit Block(size_t bytes) : bytes_(bytes), data_(::operator new(std::max<size_t>(bytes, 1), kAlign)) {
    std::memset(data_, kUntouched, bytes);
  }
  explicit Block(std::span<const std::byte> from) : Block(from.size()) {
    if (!from.empty()) std::memcpy(data_, from.data(), from.size());
  }
  Block(Block&& other) noexcept : bytes_(other.bytes_), data_(std::exchange(other.data_, nullptr)) {}
  ~Block() { ::operator delete(data_, kAlign); }
  void* data() const { return data_; }
  std::vector<std::byte> bytes() const {
    const auto* first = static_cast<const std::byte*>(data_);
    return {first, first + bytes_};
  }

 private:
  static constexpr std::align_val_t kAlign{16};
  size_t bytes_;
  void* data_;
};

// The blocks of one call, in the order of the contract's buffers.
struct Call {
  std::vector<Block> blocks;
  std::vector<void*> pointers;
  size_t output = 0;
};

// Null where the implementation does not apply or its pack refuses the values.
std::optional<Call> prepare(const ImplementationInfo& implementation, const Case& test_case) {
  if (!implementation.applies(test_case.params)) return std::nullopt;
  std::vector<ConstantView> views;
  for (const Blob& constant : test_case.constants) views.push_back({constant.dtype, constant.bytes});
  const Blobs packed = implementation.pack(test_case.params, views);
  if (!packed) return std::nullopt;

  Call call;
  size_t input = 0;
  size_t constant = 0;
  size_t updated = 0;
  for (const BufferInfo& info : implementation.kernel->buffers) {
    switch (info.role) {
      case Role::kInput:
        call.blocks.emplace_back(test_case.inputs.at(input++));
        break;
      case Role::kConstant:
        call.blocks.emplace_back(packed->at(constant++).bytes);
        break;
      case Role::kOutput:
        call.output = call.blocks.size();
        if (updated < test_case.updated.size()) {
          call.blocks.emplace_back(test_case.updated[updated++]);
        } else {
          call.blocks.emplace_back(test_case.output_bytes);
        }
        break;
      case Role::kScratch:
        call.blocks.emplace_back(static_cast<size_t>(implementation.scratch_bytes(test_case.params)));
        break;
    }
    call.pointers.push_back(call.blocks.back().data());
  }
  return call;
}

int64_t round_down_to_alignment(int64_t offset) {
  return offset >= 0 ? offset / 16 * 16 : -((-offset + 15) / 16 * 16);
}

// The output's offset from the input that runs furthest into it, on the tensors' alignment.
int64_t deepest_offset(const Overlap& overlap, int64_t input_bytes, int64_t output_bytes) {
  if (overlap.kind == Overlap::Kind::kForward) {
    return round_down_to_alignment(std::min<int64_t>(overlap.slack_bytes, input_bytes));
  }
  return -round_down_to_alignment(-(input_bytes - overlap.slack_bytes - output_bytes));
}

// Runs the implementation with input `buffer` and the output in one block, the output `offset` bytes after the input.
void expect_same_when_overlapped(const ImplementationInfo& implementation, const Case& test_case, size_t buffer,
                                 int64_t offset, const std::vector<std::byte>& expected) {
  Call call = *prepare(implementation, test_case);
  const std::vector<std::byte> input = call.blocks[buffer].bytes();
  const auto input_at = static_cast<size_t>(std::max<int64_t>(0, -offset));
  const auto output_at = static_cast<size_t>(std::max<int64_t>(0, offset));
  const Block shared(std::max(input_at + input.size(), output_at + expected.size()));
  auto* first = static_cast<std::byte*>(shared.data());
  std::ranges::copy(input, first + input_at);
  call.pointers[buffer] = first + input_at;
  call.pointers[call.output] = first + output_at;
  implementation.run(test_case.params, call.pointers.data());
  EXPECT_TRUE(std::ranges::equal(expected, std::span(first + output_at, expected.size())))
      << implementation.type_name << " with the output " << offset << " bytes after '"
      << implementation.kernel->buffers[buffer].name << "', params " << ::testing::PrintToString(test_case.params);
}

// The implementation keeps its promise about each input that the output may run into, at the deepest place and beyond
// it.
void expect_overlaps_are_safe(const ImplementationInfo& implementation, const Case& test_case,
                              const std::vector<std::byte>& expected) {
  size_t input = 0;
  for (size_t buffer = 0; buffer < implementation.kernel->buffers.size(); ++buffer) {
    if (implementation.kernel->buffers[buffer].role != Role::kInput) continue;
    const auto input_bytes = static_cast<int64_t>(test_case.inputs[input++].size());
    const Overlap overlap = implementation.overlap(test_case.params, static_cast<int>(buffer));
    if (overlap.kind == Overlap::Kind::kNever) continue;
    if (overlap.kind == Overlap::Kind::kSameBegin) {
      expect_same_when_overlapped(implementation, test_case, buffer, 0, expected);
      continue;
    }
    const int64_t deepest = deepest_offset(overlap, input_bytes, static_cast<int64_t>(expected.size()));
    const int64_t step = overlap.kind == Overlap::Kind::kForward ? -16 : 16;
    for (const int64_t offset : {deepest, deepest + step, deepest + 3 * step}) {
      expect_same_when_overlapped(implementation, test_case, buffer, offset, expected);
    }
  }
}

// As near as the case asks.
void expect_near(const ImplementationInfo& implementation, const Case& test_case,
                 const std::vector<std::byte>& expected, const std::vector<std::byte>& actual) {
  ASSERT_EQ(test_case.tolerances.size() * sizeof(float), expected.size())
      << "the case says nothing of how near " << implementation.type_name << " has to be";
  for (size_t i = 0; i < test_case.tolerances.size(); ++i) {
    float reference, value;
    std::memcpy(&reference, expected.data() + i * sizeof(float), sizeof(float));
    std::memcpy(&value, actual.data() + i * sizeof(float), sizeof(float));
    if (reference == value) continue;
    ASSERT_NEAR(reference, value, test_case.tolerances[i])
        << implementation.type_name << " at element " << i << ", params " << ::testing::PrintToString(test_case.params);
  }
}

void expect_agreement(const ImplementationInfo& implementation, const Case& test_case,
                      const std::vector<std::byte>& expected, const std::vector<std::byte>& actual) {
  if (implementation.is_near) return expect_near(implementation, test_case, expected, actual);
  const auto differ = std::ranges::mismatch(expected, actual);
  EXPECT_TRUE(differ.in1 == expected.end() && differ.in2 == actual.end())
      << implementation.type_name << " differs at byte " << differ.in1 - expected.begin() << ", params "
      << ::testing::PrintToString(test_case.params);
}

}  // namespace

std::optional<std::vector<std::byte>> run_implementation(const ImplementationInfo& implementation,
                                                         const Case& test_case) {
  const std::optional<Call> call = prepare(implementation, test_case);
  if (!call) return std::nullopt;
  implementation.run(test_case.params, call->pointers.data());
  std::vector<std::byte> bytes = call->blocks[call->output].bytes();
  for (size_t i = 0; i < call->blocks.size(); ++i) {
    if (i == call->output || implementation.kernel->buffers[i].role != Role::kOutput) continue;
    const std::vector<std::byte> further = call->blocks[i].bytes();
    bytes.insert(bytes.end(), further.begin(), further.end());
  }
  return bytes;
}

std::vector<std::byte> expect_implementations_agree(const Case& test_case, std::vector<std::string>* tested) {
  // Functions of doubles have implementations of hosts alone.
  const bool is_portable = find_implementation("portable", test_case.kernel->name) != nullptr;
  const ImplementationInfo* portable = find_implementation(is_portable ? "portable" : "host", test_case.kernel->name);
  const auto expected = run_implementation(*portable, test_case);
  if (!expected) {
    ADD_FAILURE() << "the portable implementation of " << test_case.kernel->name << " does not apply";
    return {};
  }
  expect_overlaps_are_safe(*portable, test_case, *expected);
  for (const ImplementationInfo* implementation : all_implementations()) {
    if (implementation == portable || implementation->kernel != test_case.kernel) continue;
    const auto actual = run_implementation(*implementation, test_case);
    if (!actual) continue;
    if (tested) tested->push_back(std::string(implementation->isa) + "/" + implementation->name);
    expect_agreement(*implementation, test_case, *expected, *actual);
    expect_overlaps_are_safe(*implementation, test_case, *actual);
  }
  return *expected;
}

void expect_all_were_tested(const KernelInfo& kernel, const std::vector<std::string>& tested) {
  for (const ImplementationInfo* implementation : all_implementations()) {
    if (implementation->kernel != &kernel || implementation->is_reference()) continue;
    const std::string name = std::string(implementation->isa) + "/" + implementation->name;
    EXPECT_TRUE(std::ranges::find(tested, name) != tested.end()) << name << " never ran";
  }
}

}  // namespace tmc::kernels::testing

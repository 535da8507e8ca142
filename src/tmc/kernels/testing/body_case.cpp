// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/testing/body_case.hpp"

#include <algorithm>
#include <new>
#include <utility>

namespace tmc::kernels::testing {
namespace {

// An aligned block that ends exactly where its tensor ends.
class Block {
 public:
  explicit Block(size_t bytes) : bytes_(bytes), data_(::operator new(std::max<size_t>(bytes, 1), kAlign)) {
    std::memset(data_, 0x5a, bytes);
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

}  // namespace

std::optional<std::vector<std::byte>> run_body(const BodyInfo& body, const Case& test_case) {
  if (!body.applies(test_case.params)) return std::nullopt;
  std::vector<ConstantView> views;
  for (const Blob& constant : test_case.constants) views.push_back({constant.dtype, constant.bytes});
  const Blobs packed = body.pack(test_case.params, views);
  if (!packed) return std::nullopt;

  std::vector<Block> blocks;
  std::vector<void*> pointers;
  size_t input = 0;
  size_t constant = 0;
  size_t output = 0;
  for (const BufferInfo& info : body.kernel->buffers) {
    switch (info.role) {
      case Role::kInput:
        blocks.emplace_back(test_case.inputs.at(input++));
        break;
      case Role::kConstant:
        blocks.emplace_back(packed->at(constant++).bytes);
        break;
      case Role::kOutput:
        output = blocks.size();
        blocks.emplace_back(test_case.output_bytes);
        break;
      case Role::kScratch:
        blocks.emplace_back(static_cast<size_t>(body.scratch_bytes(test_case.params)));
        break;
    }
    pointers.push_back(blocks.back().data());
  }
  body.run(test_case.params, pointers.data());
  return blocks[output].bytes();
}

std::vector<std::byte> expect_bodies_agree(const Case& test_case, std::vector<std::string>* tested) {
  const BodyInfo* portable = find_body("portable", test_case.kernel->name);
  const auto expected = run_body(*portable, test_case);
  if (!expected) {
    ADD_FAILURE() << "the portable body of " << test_case.kernel->name << " does not apply";
    return {};
  }
  for (const BodyInfo* body : all_bodies()) {
    if (body == portable || body->kernel != test_case.kernel) continue;
    const auto actual = run_body(*body, test_case);
    if (!actual) continue;
    if (tested) tested->push_back(std::string(body->isa) + "/" + body->name);
    const auto differ = std::ranges::mismatch(*expected, *actual);
    EXPECT_TRUE(differ.in1 == expected->end() && differ.in2 == actual->end())
        << body->type_name << " differs at byte " << differ.in1 - expected->begin() << ", params "
        << ::testing::PrintToString(test_case.params);
  }
  return *expected;
}

}  // namespace tmc::kernels::testing

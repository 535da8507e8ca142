// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/program/kernel_form.hpp"

#include <algorithm>
#include <bit>

#include "tmc/program/extents.hpp"
#include "tmc/program/params.hpp"
#include "tmc/program/values.hpp"

namespace tmc::program {
namespace {

// FNV-1a.
class Hash {
 public:
  void add(std::span<const std::byte> bytes) {
    for (const std::byte byte : bytes) value_ = (value_ ^ static_cast<uint8_t>(byte)) * 16777619U;
  }
  void add(std::string_view text) {
    add(std::as_bytes(std::span(text)));
    add(uint64_t{text.size()});
  }
  void add(uint64_t number) { add(std::as_bytes(std::span(&number, 1))); }
  uint32_t value() const { return value_; }

 private:
  uint32_t value_ = 2166136261U;
};

// A made-up layer.
struct Sizes {
  int32_t channels, window, input, output, pad, groups, zero_point;
};
// The first to which an implementation applies is taken. Zero points tell most; depthwise layers have a group for each
// channel; and some kernels are for windows that are pixels, for single pixels, for images that keep their size, for
// sixteen channels, or for symmetric values alone.
constexpr Sizes kSizes[] = {{8, 3, 4, 2, 0, 1, 3}, {8, 3, 4, 2, 0, 8, 3},   {8, 1, 4, 4, 0, 1, 3},
                            {8, 1, 1, 1, 0, 1, 3}, {16, 3, 4, 2, 0, 16, 3}, {8, 3, 4, 4, 1, 8, 3},
                            {8, 3, 4, 2, 0, 1, 0}, {8, 3, 4, 2, 0, 8, 0},   {8, 1, 4, 4, 0, 1, 0},
                            {1, 3, 4, 2, 0, 1, 3}, {1, 3, 4, 2, 0, 1, 0},   {3, 3, 4, 2, 0, 1, 3}};
// Sizes of tables that kernels ask for.
constexpr int32_t kTables[] = {129, 256, 1024};

// Of all channels: those of TFLite, which round twice, or shorter ones, which round once.
enum class Multipliers : uint8_t { kLong, kShort };

int32_t made_up_word(const kernels::ParamInfo& param, const Sizes& sizes, int32_t table) {
  const std::string_view name = param.name;
  if (param.is_float) return std::bit_cast<int32_t>(name == "activation_min" ? -1e30F : 1e30F);
  if (name == "activation_min") return -128;
  if (name == "activation_max") return 127;
  if (name == "input_zero_point" || name == "output_zero_point") return sizes.zero_point;
  if (name == "input_h" || name == "input_w") return sizes.input;
  if (name == "output_h" || name == "output_w") return sizes.output;
  if (name == "kernel_h" || name == "kernel_w") return sizes.window;
  if (name == "input_c" || name == "output_c" || name == "inputs" || name == "outputs") return sizes.channels;
  if (name == "groups") return sizes.groups;
  if (name == "group_inputs" || name == "gates") return 4;
  if (name.ends_with("multiplier") || name.ends_with("multipliers")) return 1 << 14;
  if (name == "pad_top" || name == "pad_left") return sizes.pad;
  if (name.ends_with("_shift") || name.ends_with("zero_point")) return 0;
  if (name == "exponentials" || name == "table" || name == "twiddles") return table;
  return 1;
}

std::vector<int32_t> made_up_words(const kernels::KernelInfo& kernel, const Sizes& sizes, int32_t table) {
  std::vector<int32_t> words;
  for (const kernels::ParamInfo& param : kernel.params) {
    words.insert(words.end(), static_cast<size_t>(param.count), made_up_word(param, sizes, table));
  }
  return words;
}

// Numbers that are small, so that sums and what rescales them are within what implementations take, and differ.
template <typename T>
kernels::Blob made_up(DType dtype, int64_t elements, T first, T step, int64_t period) {
  std::vector<T> values;
  for (int64_t i = 0; i < elements; ++i) values.push_back(static_cast<T>(first + static_cast<T>(i % period) * step));
  return kernels::make_blob(dtype, values);
}

// `place` of a layer's: weights, biases, multipliers, shifts.
kernels::Blob made_up(const WantedConstant& wanted, size_t place, Multipliers multipliers) {
  const bool is_long = multipliers == Multipliers::kLong;
  constexpr int64_t kOfAll = 512;  // a table that nothing says the size of
  const int64_t elements = wanted.elements > 0 ? wanted.elements : kOfAll;
  switch (wanted.dtype) {
    case DType::kI8:
      return made_up<int8_t>(wanted.dtype, elements, -7, 1, 15);
    case DType::kI16:
      return made_up<int16_t>(wanted.dtype, elements, 1, 3, 50);
    case DType::kI32:
      if (place == 2) return made_up<int32_t>(wanted.dtype, elements, is_long ? 1 << 30 : 1 << 23, 12345, 7);
      if (place == 3) return made_up<int32_t>(wanted.dtype, elements, is_long ? -7 : 0, is_long ? 1 : 0, 3);
      return made_up<int32_t>(wanted.dtype, elements, 5, 3, 11);
    case DType::kF32:
      return made_up<float>(wanted.dtype, elements, 0.5F, 0.25F, 13);
    default:
      return {wanted.dtype, std::vector<std::byte>(static_cast<size_t>(elements * dtype_bytes(wanted.dtype)))};
  }
}

kernels::Blobs packed(const kernels::ImplementationInfo& implementation, kernels::Words words,
                      Multipliers multipliers) {
  std::vector<kernels::Blob> constants;
  for (const WantedConstant& wanted : wanted_constants(*implementation.kernel, words)) {
    constants.push_back(made_up(wanted, constants.size(), multipliers));
  }
  std::vector<kernels::ConstantView> views;
  for (const kernels::Blob& constant : constants) views.push_back({constant.dtype, constant.bytes});
  return implementation.pack(words, views);
}

bool has_constants(const kernels::KernelInfo& kernel) {
  return std::ranges::any_of(kernel.buffers,
                             [](const auto& buffer) { return buffer.role == kernels::Role::kConstant; });
}

void add_contract(Hash& hash, const kernels::KernelInfo& kernel) {
  hash.add(kernel.name);
  for (const kernels::ParamInfo& param : kernel.params) {
    hash.add(param.name);
    hash.add(uint64_t{static_cast<uint32_t>(param.count)} * 2 + (param.is_float ? 1 : 0));
  }
  for (size_t i = 0; i < kernel.buffers.size(); ++i) {
    hash.add(kernel.buffers[i].name);
    hash.add(static_cast<uint64_t>(kernel.buffers[i].role));
    hash.add(static_cast<uint64_t>(kernel.types[i].element_bytes));
  }
}

}  // namespace

std::optional<PackedExample> packed_example(const kernels::ImplementationInfo& implementation) {
  const kernels::KernelInfo& kernel = *implementation.kernel;
  if (!has_constants(kernel)) return std::nullopt;
  for (const Sizes& sizes : kSizes) {
    for (const int32_t table : kTables) {
      const std::vector<int32_t> words = made_up_words(kernel, sizes, table);
      const bool is_sane = needed_bytes(kernel, words).ok() && check_values(Error::kInternal, kernel, words).ok();
      if (!is_sane || !implementation.applies(words)) continue;
      for (const Multipliers multipliers : {Multipliers::kLong, Multipliers::kShort}) {
        if (kernels::Blobs blobs = packed(implementation, words, multipliers)) return {{words, *std::move(blobs)}};
      }
    }
  }
  return std::nullopt;
}

uint32_t kernel_form(const kernels::ImplementationInfo& implementation) {
  Hash hash;
  add_contract(hash, *implementation.kernel);
  if (const auto example = packed_example(implementation)) {
    for (const kernels::Blob& blob : example->blobs) {
      hash.add(static_cast<uint64_t>(blob.dtype));
      hash.add(blob.bytes);
      hash.add(uint64_t{blob.bytes.size()});
    }
  }
  return hash.value();
}

Result<const kernels::ImplementationInfo*> implementation_of(const KernelReference& kernel) {
  const kernels::ImplementationInfo* const found = kernels::find_implementation(kernel.label);
  if (found == nullptr || found->foreign != nullptr) {
    return error(Error::kUnsupportedOp, "no kernel '{}' is here", kernel.label)
        .with_hint(
            "make the image again with this version of tinymlc; code of custom operators runs in C++ sources only");
  }
  if (found->kernel->param_words != kernel.words || found->kernel->buffers.size() != kernel.operands ||
      kernel_form(*found) != kernel.form) {
    return error(Error::kUnsupportedOp, "the kernel '{}' is of another form than the image was made for", kernel.label)
        .with_hint("make the image again with this version of tinymlc, or run it with the version that made it");
  }
  return found;
}

}  // namespace tmc::program

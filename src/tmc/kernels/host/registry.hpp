// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Host side of the kernels: contracts and implementations as tables that `select`, `exec` and the backends work from
// without knowing any of them by name. The tables are generated from the folders (kernels/CMakeLists.txt). Params
// travel as int32 words, a float as its bits; buffers as an array of pointers in the order of the contract's kBuffers.

#include <array>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "tmc/base/dtype.hpp"
#include "tmc/kernels/host/buffer_types.hpp"
#include "tmc/kernels/host/foreign_code.hpp"
#include "tmc/kernels/host/params.hpp"
#include "tmc/kernels/kernel.hpp"

namespace tmc::kernels {

// A constant operand as the model has it, in the order that the contract's header gives: input of `pack`.
struct ConstantView {
  DType dtype;
  std::span<const std::byte> bytes;

  template <typename T>
  std::vector<T> to_vector() const {
    std::vector<T> values(bytes.size() / sizeof(T));
    if (!values.empty()) std::memcpy(values.data(), bytes.data(), values.size() * sizeof(T));
    return values;
  }
};

// A constant as an implementation wants it: one for every kConstant buffer of the contract, in their order. `is_table`
// marks what is not tensor data (look-up tables); it counts as code in the footprint.
struct Blob {
  DType dtype = DType::kI8;
  std::vector<std::byte> bytes;
  bool is_table = false;
};

template <typename T>
Blob make_blob(DType dtype, const std::vector<T>& values, bool is_table = false) {
  const auto raw = std::as_bytes(std::span(values));
  return {dtype, {raw.begin(), raw.end()}, is_table};
}

using Constants = std::span<const ConstantView>;
using Words = std::span<const int32_t>;
using CostFeatures = std::vector<double>;
using Blobs = std::optional<std::vector<Blob>>;

struct KernelInfo {
  const char* name;
  const char* type_name;  // "tmc::kernels::AddS8"
  std::span<const ParamInfo> params;
  std::span<const BufferInfo> buffers;
  size_t param_words;
  std::span<const BufferType> types;  // of the buffers
  Access access = Access::kUnknown;
};

struct ImplementationInfo {
  const KernelInfo* kernel;
  const char* isa;
  const char* name;             // of the file: "add_s8"
  const char* type_name;        // "tmc::kernels::portable::AddS8"
  const char* header;           // "tmc/kernels/portable/add_s8.hpp"
  const char* function_header;  // of what its type is a template of: "tmc/function/unary/exp.hpp"; or null
  bool is_fitted;               // cost tables have rows of it; else its own estimate holds
  // Of the same instruction set, does the same with the same blobs in less code and scratch and more instructions; or
  // null.
  const char* instead_of;
  bool (*applies)(Words params);
  int64_t (*scratch_bytes)(Words params);
  Overlap (*overlap)(Words params, int buffer);
  double (*instructions)(Words params);
  CostFeatures (*cost_features)(Words params);
  // Lays the model's constants out as this implementation wants them; nullopt where their values rule the
  // implementation out.
  Blobs (*pack)(Words params, std::span<const ConstantView> constants);
  void (*run)(Words params, void* const* buffers);  // null of foreign code
  const ForeignCode* foreign = nullptr;             // what is no part of this program has its function there
  // Has constants of its own, as tables of functions, for fewer instructions: what they are, another computes.
  bool has_tables = false;
  bool is_near = false;  // rounds otherwise than the portable one (kernel.hpp)

  // "portable/add_s8": how people, reports and cost tables name it.
  std::string label() const { return std::string(isa) + "/" + name; }
  // Whether the others of its kernel must give its bits.
  bool is_reference() const { return std::string_view(isa) == "portable" || std::string_view(isa) == "host"; }
  bool spends_flash() const { return instead_of != nullptr || has_tables; }
  // What declares its type.
  std::vector<const char*> headers() const {
    return function_header == nullptr ? std::vector{header} : std::vector{header, function_header};
  }
};

// Generated, in the order of names.
std::span<const KernelInfo* const> all_kernels();
std::span<const ImplementationInfo* const> all_implementations();

const KernelInfo* find_kernel(std::string_view name);                                        // null where there is none
const ImplementationInfo* find_implementation(std::string_view isa, std::string_view name);  // null where there is none
const ImplementationInfo* find_implementation(std::string_view label);                       // as label() names it
std::vector<const ImplementationInfo*> implementations_of(const KernelInfo& kernel, std::string_view isa);

template <typename Params>
std::vector<int32_t> to_words(const Params& params) {
  static_assert(std::is_trivially_copyable_v<Params> && sizeof(Params) % 4 == 0 && alignof(Params) == 4);
  std::vector<int32_t> words(sizeof(Params) / 4);
  std::memcpy(words.data(), &params, sizeof(Params));
  return words;
}

template <typename Params>
Params from_words(Words words) {
  Params params;
  std::memcpy(&params, words.data(), sizeof(Params));
  return params;
}

template <typename Type>
struct Tag {};

// Names an implementation to its host side (kernels/ISA/host/NAME.hpp), whose functions are overloaded for it:
//   Blobs pack(Of<Implementation>, const Params&, Constants), without which the model's constants are taken as they
//   are; CostFeatures cost_features(Of<Implementation>, const Params&), what its instructions are linear in, with
//   coefficients that are fitted (tmc/cost/table.hpp); without it, its own estimate is the only term.
// A null pointer, so that an implementation that is derived from another one shares what is said of that.
template <typename Implementation>
using Of = const Implementation*;

// The term of a pass over all outputs that only a narrower range than int8 needs.
inline double clamped_values(int32_t low, int32_t high, double values) {
  return low > -128 || high < 127 ? values : 0;
}

// Pairs of an output pixel and a tap of its window that lies inside the input, of one image.
template <typename WindowParams>
double taps_inside(const WindowParams& p) {
  const auto along = [](int32_t outputs, int32_t stride, int32_t pad, int32_t taps, int32_t dilation, int32_t inputs) {
    double inside = 0;
    for (int32_t i = 0; i < outputs; ++i) {
      for (int32_t tap = 0; tap < taps; ++tap) {
        const int32_t at = i * stride - pad + tap * dilation;
        if (at >= 0 && at < inputs) ++inside;
      }
    }
    return inside;
  };
  return along(p.output_h, p.stride_h, p.pad_top, p.kernel_h, p.dilation_h, p.input_h) *
         along(p.output_w, p.stride_w, p.pad_left, p.kernel_w, p.dilation_w, p.input_w);
}

template <typename Contract>
constexpr KernelInfo make_kernel_info(const char* type_name) {
  using Params = typename Contract::Params;
  constexpr auto kWords = [] {
    size_t words = 0;
    for (const ParamInfo& param : ParamsOf<Contract>::kInfos) words += static_cast<size_t>(param.count);
    return words;
  }();
  static_assert(kWords * 4 == sizeof(Params), "the text of TMC_PARAMS names every member of Params");
  static_assert(std::size(Contract::kBuffers) * sizeof(void*) == sizeof(typename Contract::Buffers),
                "kBuffers names every member of Buffers");
  static_assert(types_match_roles<Contract>(), "what an implementation writes is not const, what it reads is");
  return {Contract::kName,        type_name,        ParamsOf<Contract>::kInfos, Contract::kBuffers, kWords,
          kBufferTypes<Contract>, Contract::kAccess};
}

// ImplementationInfo::instead_of: an implementation names the other by a member kInsteadOf.
template <typename Implementation>
constexpr const char* instead_of() {
  if constexpr (requires { Implementation::kInsteadOf; }) return Implementation::kInsteadOf;
  return nullptr;
}

// ImplementationInfo::has_tables: by a member kHasTables.
template <typename Implementation>
constexpr bool has_tables() {
  if constexpr (requires { Implementation::kHasTables; }) return Implementation::kHasTables;
  return false;
}

// ImplementationInfo::is_near: by a member kIsNear.
template <typename Implementation>
constexpr bool is_near() {
  if constexpr (requires { Implementation::kIsNear; }) return Implementation::kIsNear;
  return false;
}

template <typename Implementation>
CostFeatures cost_terms_of(const typename Implementation::Contract::Params& p) {
  if constexpr (requires { cost_features(Of<Implementation>{}, p); }) {
    return cost_features(Of<Implementation>{}, p);
  } else {
    return {Implementation::instructions(p)};
  }
}

template <typename Implementation>
Blobs blobs_of(const typename Implementation::Contract::Params& p, Constants constants) {
  if constexpr (requires { pack(Of<Implementation>{}, p, constants); }) {
    return pack(Of<Implementation>{}, p, constants);
  } else {
    std::vector<Blob> blobs;
    for (const ConstantView& constant : constants) {
      blobs.push_back({constant.dtype, {constant.bytes.begin(), constant.bytes.end()}});
    }
    return blobs;
  }
}

// Needs the generated `kernel_info` of the implementation's contract.
template <typename Implementation>
constexpr ImplementationInfo make_implementation_info(const char* isa, const char* name, const char* type_name,
                                                      const char* header, const char* function_header = nullptr,
                                                      bool is_fitted = true) {
  using Params = typename Implementation::Contract::Params;
  using Buffers = typename Implementation::Contract::Buffers;
  return {
      &kernel_info(Tag<typename Implementation::Contract>{}),
      isa,
      name,
      type_name,
      header,
      function_header,
      is_fitted,
      instead_of<Implementation>(),
      [](Words words) { return Implementation::applies(from_words<Params>(words)); },
      [](Words words) -> int64_t { return Implementation::scratch_bytes(from_words<Params>(words)); },
      [](Words words, int buffer) { return Implementation::overlap(from_words<Params>(words), buffer); },
      [](Words words) -> double { return Implementation::instructions(from_words<Params>(words)); },
      [](Words words) { return cost_terms_of<Implementation>(from_words<Params>(words)); },
      [](Words words, Constants constants) { return blobs_of<Implementation>(from_words<Params>(words), constants); },
      [](Words words, void* const* pointers) {
        Buffers buffers;
        std::memcpy(&buffers, pointers, sizeof(Buffers));
        Implementation::run(from_words<Params>(words), buffers);
      },
      nullptr,
      has_tables<Implementation>(),
      is_near<Implementation>(),
  };
}

}  // namespace tmc::kernels

// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Kernels and implementations of families: one for each function and each type of elements that it is defined for. The
// generated tables (kernels/CMakeLists.txt) call add_family of every function.

#include "tmc/function/functions.gen.hpp"
#include "tmc/kernels/host/registry.hpp"
#include "tmc/kernels/portable/family/map.hpp"
#include "tmc/kernels/portable/host/family/join.hpp"
#include "tmc/kernels/portable/host/family/reduce.hpp"

namespace tmc::kernels {

struct Tables {
  std::vector<const KernelInfo*> kernels;
  std::vector<const ImplementationInfo*> implementations;
};

namespace internal {

constexpr std::string_view type_text(DType dtype) {
  constexpr std::string_view kTexts[] = {"float",    "",        "",         "double",  "int8_t",   "uint8_t", "int16_t",
                                         "uint16_t", "int32_t", "uint32_t", "int64_t", "uint64_t", "bool"};
  return kTexts[static_cast<size_t>(dtype)];
}

// "tmc::kernels::Map<tmc::function::Exp, float>", of a module, a family, a function and a type.
struct TypeName {
  char text[112] = {};

  constexpr TypeName(std::string_view isa, std::string_view family, std::string_view function, DType dtype) {
    size_t end = 0;
    for (const std::string_view part : {isa, family, std::string_view("<"), function, std::string_view(", "),
                                        type_text(dtype), std::string_view(">")}) {
      for (const char c : part) text[end++] = c;
    }
  }
};

}  // namespace internal

// The family of a function, by how many operands it has.
template <typename F, typename T, int32_t kOperands = F::kOperands>
struct FamilyOf {
  using Contract = Map<F, T>;
  using Implementation = portable::Map<F, T>;
  static constexpr const char* kName = "Map";
  static constexpr const char* kHeader = "tmc/kernels/portable/family/map.hpp";
};
template <typename F, typename T>
struct FamilyOf<F, T, 2> {
  using Contract = Join<F, T>;
  using Implementation = portable::Join<F, T>;
  static constexpr const char* kName = "Join";
  static constexpr const char* kHeader = "tmc/kernels/portable/family/join.hpp";
};
template <typename F, typename T>
struct FamilyOf<F, T, 0> {
  using Contract = Reduce<F, T>;
  using Implementation = portable::Reduce<F, T>;
  static constexpr const char* kName = "Reduce";
  static constexpr const char* kHeader = "tmc/kernels/portable/family/reduce.hpp";
};

template <typename F, typename T>
inline constexpr internal::TypeName kContractType{"tmc::kernels::", FamilyOf<F, T>::kName, function::kTypeName<F>,
                                                  kDTypeOf<T>};
template <typename F, typename T>
inline constexpr internal::TypeName kImplementationType{"tmc::kernels::portable::", FamilyOf<F, T>::kName,
                                                        function::kTypeName<F>, kDTypeOf<T>};

template <typename F, typename T>
inline constexpr KernelInfo kFamilyKernel =
    make_kernel_info<typename FamilyOf<F, T>::Contract>(kContractType<F, T>.text);

template <typename F, typename T>
constexpr const KernelInfo& kernel_info(Tag<Map<F, T>>) {
  return kFamilyKernel<F, T>;
}
template <typename F, typename T>
constexpr const KernelInfo& kernel_info(Tag<Join<F, T>>) {
  return kFamilyKernel<F, T>;
}
template <typename F, typename T>
constexpr const KernelInfo& kernel_info(Tag<Reduce<F, T>>) {
  return kFamilyKernel<F, T>;
}

// Those of float have fits; the others are expected to cost what the function says. Functions of doubles call the
// host's library: boards have none of them.
template <typename F, typename T>
inline constexpr ImplementationInfo kFamilyImplementation =
    make_implementation_info<typename FamilyOf<F, T>::Implementation>(kDTypeOf<T> == DType::kF64 ? "host" : "portable",
                                                                      FamilyOf<F, T>::Contract::kName,
                                                                      kImplementationType<F, T>.text,
                                                                      FamilyOf<F, T>::kHeader, function::kHeader<F>,
                                                                      kDTypeOf<T> == DType::kF32);

template <typename F>
void add_family(Tables& tables) {
  F::Types::for_each([&]<typename T>(T) {
    tables.kernels.push_back(&kFamilyKernel<F, T>);
    tables.implementations.push_back(&kFamilyImplementation<F, T>);
  });
}

}  // namespace tmc::kernels

// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/program/kernel_form.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "tmc/program/params.hpp"

namespace tmc::program {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

const kernels::ImplementationInfo& dense() {
  return *kernels::find_implementation("portable", "fully_connected_s8");
}

// As a version that packs otherwise has them: one byte more.
kernels::Blobs packed_otherwise(kernels::Words words, std::span<const kernels::ConstantView> constants) {
  kernels::Blobs blobs = dense().pack(words, constants);
  if (blobs) blobs->front().bytes.push_back(std::byte{0});
  return blobs;
}

TEST(KernelForm, IsThatOfContractAndPacking) {
  const uint32_t form = kernel_form(dense());
  EXPECT_EQ(kernel_form(dense()), form);
  kernels::ImplementationInfo other = dense();
  other.pack = packed_otherwise;
  EXPECT_NE(kernel_form(other), form);
  kernels::KernelInfo contract = *dense().kernel;
  std::vector<kernels::ParamInfo> params(contract.params.begin(), contract.params.end());
  std::swap(params[3].name, params[4].name);
  contract.params = params;
  other = dense(), other.kernel = &contract;
  EXPECT_NE(kernel_form(other), form) << "Params in another order";
}

TEST(KernelForm, OfADenseLayerDiffersWhereItIsPackedOtherwise) {
  std::set<uint32_t> forms;
  for (const char* isa : {"portable", "armv7em", "helium", "highway"}) {
    const auto* implementation = kernels::find_implementation(isa, "fully_connected_s8");
    ASSERT_NE(implementation, nullptr) << isa;
    EXPECT_TRUE(forms.insert(kernel_form(*implementation)).second) << isa;
  }
}

TEST(KernelForm, OfEveryLayerKnowsItsPacking) {
  std::vector<std::string> without;
  for (const kernels::ImplementationInfo* implementation : kernels::all_implementations()) {
    const std::string_view kernel = implementation->kernel->name;
    const bool is_layer =
        kernel.find("conv2d") != kernel.npos || kernel.starts_with("fully_connected") || kernel == "dense_sums_s8";
    if (is_layer && !packed_example(*implementation)) without.push_back(implementation->label());
  }
  EXPECT_THAT(without, IsEmpty()) << "make up Params that they apply to in kernel_form.cpp";
}

TEST(KernelForm, OfAnotherVersionIsRefusedByName) {
  const KernelReference known = {"portable/fully_connected_s8", dense().kernel->param_words,
                                 dense().kernel->buffers.size(), kernel_form(dense())};
  const auto found = implementation_of(known);
  ASSERT_TRUE(found.ok()) << found.status().text();
  EXPECT_EQ(*found, &dense());
  KernelReference other = known;
  ++other.form;
  EXPECT_THAT(implementation_of(other).status().text(), HasSubstr("'portable/fully_connected_s8' is of another form"));
  other = known, ++other.words;
  EXPECT_THAT(implementation_of(other).status().text(), HasSubstr("is of another form"));
  other = known, other.label = "portable/fully_connected_s7";
  EXPECT_THAT(implementation_of(other).status().text(), HasSubstr("no kernel 'portable/fully_connected_s7' is here"));
}

}  // namespace
}  // namespace tmc::program

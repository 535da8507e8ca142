// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/backend/cpp/kernel_headers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tmc/kernels/host/registry.hpp"

namespace tmc::backend::cpp {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Key;

constexpr EmbeddedFile kFiles[] = {
    {"tmc/base/math.hpp", "namespace tmc {\nint one();\n}  // namespace tmc\n"},
    {"tmc/kernels/a/implementation.hpp",
     "#include \"tmc/kernels/contract/x.hpp\"\n#include \"tmc/kernels/a/detail/d.hpp\"\n#include <stdint.h>\n"
     "namespace tmc::kernels::a { using X = ::tmc::kernels::X; int tmc_other = htmc::x; }\n"},
    {"tmc/kernels/a/detail/d.hpp", "#include \"tmc/base/math.hpp\"\n// not one: #include \"tmc/none.hpp\"\n"},
    {"tmc/kernels/a/unused.hpp", ""},
    {"tmc/kernels/contract/x.hpp", "namespace tmc::kernels { struct X; }\n"}};

TEST(KernelHeaders, TakesWhatIsIncludedAndNothingElse) {
  const auto headers = collect_headers(kFiles, {"tmc/kernels/a/implementation.hpp"});
  ASSERT_TRUE(headers.ok()) << headers.status().text();
  EXPECT_THAT(headers->files, ElementsAre(Key("tmc/base/math.hpp"), Key("tmc/kernels/a/detail/d.hpp"),
                                          Key("tmc/kernels/a/implementation.hpp"), Key("tmc/kernels/contract/x.hpp")));
}

TEST(KernelHeaders, IncludesAreRelativeToTheHeader) {
  const auto headers = collect_headers(kFiles, {"tmc/kernels/a/implementation.hpp"});
  ASSERT_TRUE(headers.ok());
  const std::string& implementation = headers->files.at("tmc/kernels/a/implementation.hpp");
  EXPECT_THAT(implementation,
              HasSubstr("#include \"../contract/x.hpp\"\n#include \"detail/d.hpp\"\n#include <stdint.h>\n"));
  EXPECT_THAT(headers->files.at("tmc/kernels/a/detail/d.hpp"), HasSubstr("#include \"../../../base/math.hpp\""));
}

TEST(KernelHeaders, EveryMentionOfTheNamespaceHasTheVersion) {
  EXPECT_EQ(with_version(kFiles[0].text, "k1"), "namespace tmc::k1 {\nint one();\n}  // namespace tmc\n");
  EXPECT_THAT(with_version(kFiles[1].text, "k1"),
              HasSubstr("namespace tmc::k1::kernels::a { using X = ::tmc::k1::kernels::X; int tmc_other = htmc::x; }"));
}

TEST(KernelHeaders, TheVersionFollowsTheContent) {
  std::vector<EmbeddedFile> changed(std::begin(kFiles), std::end(kFiles));
  const std::vector<std::string> roots = {"tmc/kernels/a/implementation.hpp"};
  const auto first = collect_headers(kFiles, roots);
  const auto again = collect_headers(changed, roots);
  changed[3].text = "not used";
  const auto unused = collect_headers(changed, roots);
  changed[0].text = "namespace tmc { int two(); }";
  const auto other = collect_headers(changed, roots);
  EXPECT_EQ(first->version, again->version);
  EXPECT_EQ(first->version, unused->version);
  EXPECT_NE(first->version, other->version);
}

TEST(KernelHeaders, AMissingHeaderIsNamed) {
  const EmbeddedFile file{"tmc/a.hpp", "#include \"tmc/b.hpp\"\n"};
  EXPECT_THAT(collect_headers({&file, 1}, {"tmc/a.hpp"}).status().message(), HasSubstr("tmc/b.hpp"));
}

// A custom operator's adapter includes its user's header, which lies elsewhere in the folder.
TEST(KernelHeaders, OtherIncludesAreLeftAlone) {
  const EmbeddedFile file{"tmc/a/b.hpp", "#include \"../../custom/filter.hpp\"\nnamespace tmc::a {}\n"};
  const auto headers = collect_headers({&file, 1}, {"tmc/a/b.hpp"});
  ASSERT_TRUE(headers.ok()) << headers.status().text();
  EXPECT_THAT(headers->files.at("tmc/a/b.hpp"), HasSubstr("#include \"../../custom/filter.hpp\"\n"));
}

TEST(KernelHeaders, TheBuildCarriesTheHeadersOfEveryImplementation) {
  for (const kernels::ImplementationInfo* implementation : kernels::all_implementations()) {
    const auto headers = collect_headers(device_headers(), {implementation->header});
    EXPECT_TRUE(headers.ok()) << headers.status().text();
  }
}

}  // namespace
}  // namespace tmc::backend::cpp

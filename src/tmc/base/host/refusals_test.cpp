// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/base/host/refusals.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tmc {
namespace {

using ::testing::HasSubstr;

TEST(Refusals, UnknownOperatorsAreNamedAtOnce) {
  Refusals refusals;
  EXPECT_TRUE(refusals.status().ok());
  refusals.add_unknown("b", "n1");
  refusals.add_unknown("a", "n2");
  refusals.add_unknown("b", "n3");
  EXPECT_EQ(refusals.status().code(), Error::kUnsupportedOp);
  EXPECT_EQ(refusals.status().message(), "2 operators are not supported:\n  a: 'n2'\n  b: 'n1', 'n3'");
}

TEST(Refusals, OneNodeSpeaksForItself) {
  Refusals refusals;
  refusals.add("Pad", "p", error(Error::kUnsupportedOp, "mode wrap").with_hint("pad with zeros"));
  EXPECT_EQ(refusals.status().text(), "node 'p': mode wrap\n  hint: pad with zeros");
}

TEST(Refusals, EveryRefusalHasAHint) {
  for (const Error code : {Error::kUnsupportedOp, Error::kUnsupportedType, Error::kUnsupportedShape}) {
    Refusals refusals;
    refusals.add("Pad", "p", Status(code, "no"));
    EXPECT_THAT(refusals.status().text(), HasSubstr("\n  hint: "));
  }
}

TEST(Refusals, NodesWithTheSameReasonShareALine) {
  Refusals refusals;
  for (int i = 0; i < 20; ++i) {
    refusals.add("Pad", fmt::format("p{}", i), error(Error::kUnsupportedOp, "mode wrap").with_hint("pad with zeros"));
  }
  EXPECT_EQ(refusals.status().text(),
            "20 nodes are not supported:\n"
            "  'p0', 'p1', 'p2', 'p3', 'p4', 'p5', 'p6' and 13 more (Pad): mode wrap (TMC301)\n"
            "  hint: pad with zeros");
}

TEST(Refusals, AllKindsTogetherEachWithItsCodeAndHint) {
  Refusals refusals;
  refusals.add("Conv", "c", error(Error::kUnsupportedType, "weights are i16").with_hint("use int8"));
  Refusals more;
  more.add_unknown("Erf", "e");
  more.add("", "x", error(Error::kUnsupportedShape, "open").with_hint("bind it"));
  refusals.add(more);
  EXPECT_EQ(refusals.status().code(), Error::kUnsupportedOp);
  EXPECT_EQ(refusals.status().message(),
            "1 operator is not supported:\n"
            "  Erf: 'e'\n"
            "and 2 nodes are not supported:\n"
            "  'c' (Conv): weights are i16 (TMC302: use int8)\n"
            "  'x': open (TMC303: bind it)");
}

}  // namespace
}  // namespace tmc

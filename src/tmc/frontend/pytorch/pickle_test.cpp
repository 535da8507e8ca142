// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/pytorch/pickle.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tmc/frontend/pytorch/testing/state_dict_builder.hpp"

namespace tmc::frontend::pytorch {
namespace {

using ::testing::HasSubstr;
using Kind = Object::Kind;

Result<Pickle> parse(const std::string& implementation) {
  const std::string stream = PickleBuilder().text + implementation;
  return Pickle::parse(as_file(stream));
}

const Object top(const std::string& implementation) {
  const auto pickle = parse(implementation);
  EXPECT_TRUE(pickle.ok()) << pickle.status().text();
  return pickle.ok() ? (*pickle)[pickle->top()] : Object();
}

TEST(Pickle, ReadsPlainValues) {
  EXPECT_EQ(top("N.").kind, Kind::kNone);
  EXPECT_EQ(top("\x88.").integer, 1);
  EXPECT_EQ(top("\x89.").kind, Kind::kBool);
  EXPECT_EQ(top(std::string("J\xFE\xFF\xFF\xFF.", 6)).integer, -2);
  EXPECT_EQ(top(std::string("M\x01\x02.", 4)).integer, 0x201);
  EXPECT_EQ(top("\x8a\x01\xFF.").integer, -1);
  EXPECT_EQ(top(std::string("\x8a\x02\xFF\x00.", 5)).integer, 255);
  EXPECT_EQ(top(std::string("\x8a\x00.", 3)).integer, 0);
  EXPECT_EQ(top("G" + little_endian(__builtin_bswap64(std::bit_cast<uint64_t>(-2.5))) + ".").real, -2.5);
  EXPECT_EQ(top("\x8c\x02hi.").text, "hi");
  EXPECT_EQ(top("\x8d" + little_endian(uint64_t{2}) + "hi.").text, "hi");
}

TEST(Pickle, ReadsContainersAndTheMemo) {
  EXPECT_EQ(top("K\x01K\x02\x86.").items.size(), 2U);
  EXPECT_EQ(top("](K\x01K\x02"
                "eK\x03"
                "a.")
                .items.size(),
            3U);
  EXPECT_EQ(top("}(K\x01K\x02uK\x03K\x04s.").items.size(), 4U);
  EXPECT_EQ(top(std::string("K\x07q\x05"
                            "0h\x05."))
                .integer,
            7);
  EXPECT_EQ(top(std::string("K\x07\x94"
                            "0h\x00.",
                            7))
                .integer,
            7);
}

TEST(Pickle, KeepsCallsAsRecords) {
  const auto pickle = parse("ctorch\nSize\nK\x03\x85R.");
  ASSERT_TRUE(pickle.ok()) << pickle.status().text();
  const Object& call = (*pickle)[pickle->top()];
  EXPECT_EQ(call.kind, Kind::kCall);
  EXPECT_EQ(call.text, "torch.Size");
  EXPECT_EQ((*pickle)[call.items[0]].integer, 3);
  EXPECT_EQ(top("\x8c\x0b"
                "collections\x8c\x0bOrderedDict\x93)R}b.")
                .kind,
            Kind::kDict);
}

TEST(Pickle, RefusesAnyOtherGlobalByItsName) {
  for (const std::string& implementation :
       {std::string("cos\nsystem\n(Vls\ntR."), std::string("cbuiltins\neval\n."),
        std::string("\x8c\x02os\x8c\x06system\x93."), std::string("c__main__\nNet\n)\x81.")}) {
    const Status status = parse(implementation).status();
    EXPECT_EQ(status.code(), Error::kUnsupportedType);
    EXPECT_THAT(status.text(), HasSubstr("not part of a state dictionary"));
    EXPECT_THAT(status.hint(), HasSubstr("state_dict()"));
  }
  EXPECT_THAT(parse("cos\nsystem\n.").status().text(), HasSubstr("'os.system'"));
}

TEST(Pickle, RefusesOpcodesThatItDoesNotNeed) {
  EXPECT_THAT(parse("ios\nsystem\n.").status().text(), HasSubstr("opcode 0x69"));
  EXPECT_THAT(Pickle::parse(as_file("\x80\x07N.")).status().text(), HasSubstr("protocol 7"));
}

TEST(Pickle, RefusesDamage) {
  for (const std::string& implementation :
       {std::string(""), std::string("K"), std::string("X\xFF\xFF\xFF\x7Fhi."), std::string("."), std::string("t."),
        std::string("h\x01."), std::string("K\x01K\x02R."),
        std::string("K\x01K\x02"
                    "a."),
        std::string("}(K\x01u."), std::string("ctorch"), std::string("(0."), std::string("\x8a\x09."),
        std::string("K\x01\x93.")}) {
    EXPECT_EQ(parse(implementation).status().code(), Error::kMalformed) << implementation;
  }
}

TEST(Pickle, AListThatHoldsItselfTakesNoRecursion) {
  const auto pickle = parse(
      "]q\x01h\x01"
      "a.");
  ASSERT_TRUE(pickle.ok());
  EXPECT_EQ((*pickle)[pickle->top()].items[0], pickle->top());
}

TEST(Pickle, BoundsObjects) {
  EXPECT_EQ(parse(std::string((size_t{1} << 20) + 2, 'N') + ".").status().code(), Error::kMalformed);
  std::string many = "ctorch\nSize\n(" + std::string(17, 'N') + "tR.";
  EXPECT_THAT(parse(many).status().text(), HasSubstr("too many arguments"));
}

}  // namespace
}  // namespace tmc::frontend::pytorch

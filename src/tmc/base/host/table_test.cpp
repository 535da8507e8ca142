// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/base/host/table.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tmc {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(Table, CsvOfRfc4180) {
  const Result<Table> table = parse_csv(
      "\xEF\xBB\xBF"
      "a,\"b \"\"c\"\", d\",e\r\n1,\"2\r\n3\",\n\n\"\",x,-4e5");
  ASSERT_TRUE(table.ok()) << table.status().text();
  EXPECT_THAT(table->columns, ElementsAre("a", "b \"c\", d", "e"));
  EXPECT_THAT(table->rows, ElementsAre(ElementsAre("1", "2\r\n3", ""), ElementsAre("", "x", "-4e5")));
  EXPECT_EQ(parse_csv(to_csv(*table))->rows, table->rows);
  EXPECT_EQ(parse_csv(to_csv(*table))->columns, table->columns);
}

TEST(Table, OneColumnMayBeMissing) {
  const Table table{{"a"}, {{""}, {"1"}}};
  EXPECT_EQ(parse_csv(to_csv(table))->rows, table.rows);
}

TEST(Table, CsvErrorsNameTheLine) {
  const auto says = [](std::string_view text) { return parse_csv(text).status().message(); };
  EXPECT_THAT(says("a,b\n1,2\n\"3\n\",4\n5\n"), HasSubstr("line 5 has 1 cells, the header has 2"));
  EXPECT_THAT(says("a,b\n1,\"2"), HasSubstr("line 2 does not end"));
  EXPECT_THAT(says("a,b\n\"1\"2,3"), HasSubstr("line 2 goes on behind a quote"));
  EXPECT_THAT(says("a,b,a\n"), HasSubstr("two columns 'a'"));
  EXPECT_THAT(says(""), HasSubstr("no header"));
}

TEST(Table, JsonAsListAndLines) {
  for (const char* text :
       {R"([{"a": 1, "b": null}, {"b": 2.5, "a": true}])", "{\"a\":1,\"b\":null}\n\n{\"b\":2.5,\"a\":true}"}) {
    const Result<Table> table = parse_json_rows(text);
    ASSERT_TRUE(table.ok()) << table.status().text();
    EXPECT_THAT(table->columns, ElementsAre("a", "b"));
    EXPECT_THAT(table->rows, ElementsAre(ElementsAre("1", ""), ElementsAre("true", "2.5")));
    EXPECT_EQ(parse_json_rows(to_json_rows(*table, true))->rows, table->rows);
    EXPECT_EQ(parse_json_rows(to_json_rows(*table, false))->rows, table->rows);
  }
}

TEST(Table, JsonErrorsNameTheRow) {
  const auto says = [](std::string_view text) { return parse_json_rows(text).status().message(); };
  EXPECT_THAT(says(R"([{"a": 1}, {"b": 1}])"), HasSubstr("row 2 has no member 'a'"));
  EXPECT_THAT(says(R"([{"a": 1}, {"a": 1, "b": 1}])"), HasSubstr("row 2 has 2 members, the first has 1"));
  EXPECT_THAT(says(R"([{"a": [1]}])"), HasSubstr("'a' of row 1"));
  EXPECT_THAT(says(R"([1])"), HasSubstr("row 1 is no object"));
  EXPECT_THAT(says("{\"a\": 1}\n{"), HasSubstr("row 2 is no JSON"));
  EXPECT_THAT(says("[]"), HasSubstr("no rows"));
}

}  // namespace
}  // namespace tmc

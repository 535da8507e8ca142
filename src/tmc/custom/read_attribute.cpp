// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "tmc/custom/read_description.hpp"

namespace tmc::custom {
namespace {

using Json = json::Value;

void read_default(YamlEntry& entry, Attribute& attribute) {
  const Json* value = entry.find("default");
  if (value == nullptr) return;
  std::vector<double> numbers;
  double one = 0;
  if (attribute.count == 0 && json::read(*value, one)) {
    numbers = {one};
  } else if (attribute.count == 0 || !json::read(*value, numbers)) {
    return entry.fail("key 'default' is not of its type");
  }
  const auto fits = [&](double number) {
    return number >= attribute.least && number <= attribute.most && (attribute.is_real || number == std::floor(number));
  };
  if (numbers.size() != attribute.size() || !std::ranges::all_of(numbers, fits)) {
    entry.fail(fmt::format("key 'default' should be {} from {:g} to {:g}",
                           attribute.count == 0 ? "a number" : fmt::format("{} numbers", attribute.count),
                           attribute.least, attribute.most));
  }
  attribute.otherwise = std::move(numbers);
}

}  // namespace

Attribute read_attribute(YamlEntry& entry) {
  Attribute attribute;
  attribute.name = entry.required_text("name");
  if (!is_identifier(attribute.name)) entry.fail("needs a 'name' that is an identifier of C++");
  const std::string type = entry.required_text("type");
  if (type != "int" && type != "float") entry.fail("has the type '" + type + "': choose int or float");
  attribute.is_real = type == "float";
  const Json* count = entry.find("count");
  if (count && (!json::read(*count, attribute.count) || attribute.count < 1 || attribute.count > kMostInAList)) {
    entry.fail(fmt::format("key 'count' should be a whole number from 1 to {}", kMostInAList));
    attribute.count = 1;
  }
  const double largest = attribute.is_real ? 3.4028234663852886e38 : INT32_MAX;
  attribute.least = attribute.is_real ? -largest : INT32_MIN;
  attribute.most = largest;
  entry.read("min", attribute.least);
  entry.read("max", attribute.most);
  if (!(attribute.least <= attribute.most) || attribute.most > largest || attribute.least < -largest - 1) {
    entry.fail("has a 'min' and 'max' that leave no number, or that its type does not hold");
  }
  read_default(entry, attribute);
  entry.finish();
  return attribute;
}

}  // namespace tmc::custom

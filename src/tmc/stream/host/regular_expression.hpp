// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// A regular expression as an automaton for TextConstraint: the whole text matches it. Written as in ECMAScript and
// Python:
//
//   characters, . (any but \n), [a-z_] and [^"\\], \d \w \s \D \W \S, \n \r \t \f \v \0 \xHH, escaped punctuation
//   ( ), (?: ), |, * + ? {m} {m,} {m,n}
//
// Characters are UTF-8: `.` and classes with ^ match whole characters, and one beyond ASCII may stand for itself,
// though not in a class. \d \w \s are of ASCII. Anchors, lookaround, references and lazy or possessive repetitions are
// refused by name; the first would change nothing but where the text ends, the others are not regular, or say nothing
// of whether a text matches.

#include <string_view>

#include "tmc/stream/host/automaton.hpp"

namespace tmc::stream {

// kBadUsage with the place where the expression is wrong or is not supported, where it matches nothing, and where it is
// too large.
Result<Automaton> regular_expression_automaton(std::string_view expression);

}  // namespace tmc::stream

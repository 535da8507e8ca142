// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Strings at which a text stops, as an automaton for StopStrings: A. V. Aho and M. J. Corasick, "Efficient string
// matching: an aid to bibliographic search" (1975).

#include <string>
#include <vector>

#include "tmc/stream/host/automaton.hpp"

namespace tmc::stream {

// kBadUsage where there is none, one is empty or longer than 255 bytes, or all together have too many.
Result<Automaton> stop_strings_automaton(const std::vector<std::string>& strings);

}  // namespace tmc::stream

// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the steps of a general instance hand to it in place of whole Params: the words in which these differ, each in as
// few bytes as hold all its values. The other words are constants of the instance. Layers in stripes have many Params
// that differ in few words, so whole ones would take several times the flash.

#include <cstdint>
#include <vector>

#include "tmc/program/instances.hpp"
#include "tmc/program/program.hpp"

namespace tmc::program {

struct RecordField {
  std::size_t word = 0;  // of the Params
  int32_t bytes = 4;     // 1, 2 or 4, of a signed integer; 4 where the word is a float
  friend bool operator==(const RecordField&, const RecordField&) = default;
};

// The widest fields first, so that none is padded; none of a specialised instance.
std::vector<RecordField> params_record(const Program& program, const Instance& instance);

// What a record takes in flash.
int64_t record_bytes(const std::vector<RecordField>& record);

}  // namespace tmc::program

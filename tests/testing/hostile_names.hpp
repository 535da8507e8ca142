// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Gives everything in a program that a model file names a name that would break source text which takes it as it is.

#include "tmc/program/program.hpp"

namespace tmc::testing {

inline void give_hostile_names(program::Program& program) {
  const std::string names[] = {"line\n#error injected",
                               "comment */ #error /*",
                               "backslash \\",
                               "trigraph ?"
                               "?/",
                               "quote\"); #error (\"",
                               "\xff\xfe\x80 \xe2\x80\xae",
                               "",
                               "int"};
  std::size_t next = 0;
  const auto rename = [&](std::string& name) { name = names[next++ % std::size(names)]; };
  for (program::Tensor& tensor : program.tensors) rename(tensor.name);
  for (program::Buffer& buffer : program.buffers) rename(buffer.name);
  for (program::Constant& constant : program.constants) rename(constant.name);
  for (program::Step& step : program.steps) {
    rename(step.name);
    rename(step.op);
  }
}

}  // namespace tmc::testing

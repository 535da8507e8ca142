// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// A compiled model as firmware images of its target's board, in a scratch folder that goes with the object.

#include <vector>

#include "tmc/backend/cpp/backend.hpp"
#include "tmc/base/host/files.hpp"
#include "tmc/firmware/build.hpp"
#include "tmc/firmware/run.hpp"
#include "tmc/pipeline/compile.hpp"

namespace tmc::check {

using pipeline::Compilation;

struct ImageRequest {
  bool count = false;                         // with the harness that counts instructions
  bool steps = false;                         // with the harness that counts each step's
  bool keeps_state = false;                   // samples are steps of one sequence
  bool dump_tensors = false;                  // the latter records every tensor after its step
  const backend::cpp::Files* text = nullptr;  // of text_files.hpp: the images write text, and `count` counts its tokens
};

struct Image {
  ScratchFolder folder;
  firmware::Firmware firmware;
  std::vector<size_t> dumped_tensors;  // indices into Program::tensors, in the order of the dumps
};

Result<Image> build_image(const Compilation& compilation, const ImageRequest& request);

}  // namespace tmc::check

// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// From a model image to the Program that it was written from. An image that was opened (image/host/open.hpp) is
// untrusted: here everything is looked at, also whether operands are as large as a kernel's Params say, which a device
// takes on trust.

#include "tmc/base/host/status.hpp"
#include "tmc/image/host/open.hpp"
#include "tmc/program/program.hpp"

namespace tmc::backend::image {

// kMalformed: it does not hold what a run relies on. kUnsupportedOp: it names a kernel that this version does not have.
Result<program::Program> read(const tmc::image::Image& image);

}  // namespace tmc::backend::image

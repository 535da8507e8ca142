// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The operators of functions (src/tmc/function) under their names: ops::Exp, ops::Add, ops::Mean.

#include "tmc/ops/functions.gen.hpp"

// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The operators of functions (function/unary/) under their names: ops::Exp, ops::Tanh.

#include "tmc/ops/functions.gen.hpp"

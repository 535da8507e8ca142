// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What is said of the implementation of portable/average_pool.hpp holds of that of highway/average_pool_f32.hpp.

#include "tmc/kernels/highway/average_pool_f32.hpp"
#include "tmc/kernels/portable/host/average_pool.hpp"

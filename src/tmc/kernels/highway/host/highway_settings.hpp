// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What Highway is asked for, to be included before its other headers. Every target costs the time of compiling all
// loops: none has SSSE3 alone any more. AVX-512 with VNNI has to be asked for. Of the target for processors that have
// nothing, see kernels/CMakeLists.txt: GCC is told there to vectorise nothing itself, so its fault does not show.

#define HWY_WANT_AVX3_DL 1
// The loops keep vectors in arrays, which those of Arm's SVE cannot be in: their length is known only when a program
// runs.
#define TMC_HIGHWAY_LEFT_OUT (HWY_SSSE3 | HWY_SVE | HWY_SVE2 | HWY_SVE_256 | HWY_SVE2_128)
#ifdef __clang__
// Highway 1.0 names AVX-VNNI among what that target has. Clang uses it, and Intel's first and AMD's fourth generation
// of AVX-512 with VNNI do not know these instructions.
#define HWY_DISABLED_TARGETS (TMC_HIGHWAY_LEFT_OUT | HWY_AVX3_DL)
#else
#define HWY_DISABLED_TARGETS TMC_HIGHWAY_LEFT_OUT
#endif
#define HWY_BROKEN_EMU128 0
#ifdef __aarch64__
// All processors of this kind have NEON. With this, Highway does not ask what there is, and not for instructions for
// AES beside NEON, which some do not have, and for which GCC would inline nothing into constructors that it makes.
#define TOOLCHAIN_MISS_SYS_AUXV_H
#endif

// Behind the settings.
#include <hwy/targets.h>

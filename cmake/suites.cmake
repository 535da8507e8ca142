# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0

# tmc_discover_suites(TARGET PREFIX)
#
# Makes a test of ctest, PREFIX.Suite, of each suite of a GoogleTest program, once that is built: starting a program under the
# sanitizers takes longer than most tests do. Of a suite that has many tests each twenty are one, PREFIX.Suite#2, so that both
# cores have something to do to the end. What the tests within did is in their output (scripts/results.py reads it).
function(tmc_discover_suites target prefix)
  set(list "${CMAKE_CURRENT_BINARY_DIR}/${target}_suites.cmake")
  set(script "${CMAKE_SOURCE_DIR}/cmake/suites_script.cmake")
  add_custom_command(
    TARGET ${target} POST_BUILD
    COMMAND "${CMAKE_COMMAND}" "-DPROGRAM=$<TARGET_FILE:${target}>" "-DPREFIX=${prefix}" "-DFOLDER=${CMAKE_SOURCE_DIR}"
            "-DLIST=${list}" "-DEMULATOR=${CMAKE_CROSSCOMPILING_EMULATOR}" -P "${script}"
    BYPRODUCTS "${list}"
    VERBATIM)
  set(include "${CMAKE_CURRENT_BINARY_DIR}/${target}_include.cmake")
  file(WRITE "${include}" "if(EXISTS \"${list}\")\n  include(\"${list}\")\nelse()\n  add_test(${prefix}_not_built ${target})\nendif()\n")
  set_property(DIRECTORY APPEND PROPERTY TEST_INCLUDE_FILES "${include}")
endfunction()

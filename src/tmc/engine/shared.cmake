# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
# libtinymlc: the engine, its kernels and nothing of the compiler, with the functions of tinymlc.h for its only symbols; and
# what an outside project finds of it: headers, a CMake package, a pkg-config file.
include(CMakePackageConfigHelpers)
include(GNUInstallDirs)

set(engine_symbols "${CMAKE_CURRENT_SOURCE_DIR}/symbols.map")
add_library(tinymlc_engine SHARED "${CMAKE_BINARY_DIR}/precompiled.cpp")
target_link_libraries(tinymlc_engine PRIVATE "$<LINK_LIBRARY:WHOLE_ARCHIVE,tmc_engine>" tmc_flags)
target_link_options(tinymlc_engine PRIVATE "-Wl,--version-script=${engine_symbols}" -Wl,--as-needed -Wl,--no-undefined)
set_target_properties(tinymlc_engine PROPERTIES
  OUTPUT_NAME tinymlc VERSION "${PROJECT_VERSION}" SOVERSION 1 EXPORT_NAME engine LINK_DEPENDS "${engine_symbols}"
  LIBRARY_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/lib")
target_include_directories(tinymlc_engine INTERFACE "$<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>")

install(TARGETS tinymlc_engine EXPORT tinymlc LIBRARY DESTINATION "${CMAKE_INSTALL_LIBDIR}")
install(FILES tinymlc.h engine.hpp DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}/tinymlc")
set(package "${CMAKE_INSTALL_LIBDIR}/cmake/tinymlc")
install(EXPORT tinymlc NAMESPACE tinymlc:: FILE tinymlc-config.cmake DESTINATION "${package}")
write_basic_package_version_file("${CMAKE_CURRENT_BINARY_DIR}/tinymlc-config-version.cmake" COMPATIBILITY SameMinorVersion)
file(RELATIVE_PATH prefix "/usr/${CMAKE_INSTALL_LIBDIR}/pkgconfig" /usr)
configure_file(tinymlc.pc.in tinymlc.pc @ONLY)
install(FILES "${CMAKE_CURRENT_BINARY_DIR}/tinymlc-config-version.cmake" DESTINATION "${package}")
install(FILES "${CMAKE_CURRENT_BINARY_DIR}/tinymlc.pc" DESTINATION "${CMAKE_INSTALL_LIBDIR}/pkgconfig")

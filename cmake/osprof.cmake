# What every folder shares: the language, the warnings, where outputs lie, and
# how a dependency that is missing leaves its part out.

include(GNUInstallDirs)
include(osprof_client)
include(osprof_archive)
include(osprof_install)
include(osprof_preload)
find_package(PkgConfig)
set(THREADS_PREFER_PTHREAD_FLAG ON)
find_package(Threads REQUIRED)

if(NOT CMAKE_BUILD_TYPE)
	set(CMAKE_BUILD_TYPE RelWithDebInfo)
endif()
set(CMAKE_C_STANDARD 11)
set(CMAKE_C_STANDARD_REQUIRED ON)
set(CMAKE_C_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_C_VISIBILITY_PRESET hidden)

# The build tree has the layout of an installation, so that the programs in
# it find the libraries and the drivers as installed ones do.
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
set(CMAKE_LIBRARY_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/lib)
set(OSPROF_PLUGIN_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/lib/osprof)
set(OSPROF_PLUGIN_INSTALL_DIR ${CMAKE_INSTALL_LIBDIR}/osprof)
file(RELATIVE_PATH OSPROF_PLUGIN_RELATIVE ${CMAKE_INSTALL_FULL_BINDIR}
    ${CMAKE_INSTALL_FULL_LIBDIR}/osprof)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_INSTALL_RPATH "$ORIGIN")

add_compile_definitions(_GNU_SOURCE)
add_compile_options(-Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes
    -Wmissing-prototypes -Wvla -fno-common -fno-semantic-interposition)
# clang takes it that an allocation leaves errno alone, and drops what puts it
# back.
add_compile_options(-fno-builtin-malloc -fno-builtin-calloc
    -fno-builtin-realloc)
if(OSPROF_WERROR)
	add_compile_options(-Werror)
endif()
if(OSPROF_SANITIZE)
	add_compile_options(-fsanitize=${OSPROF_SANITIZE}
	    -fno-omit-frame-pointer -fno-sanitize-recover=all)
	add_link_options(-fsanitize=${OSPROF_SANITIZE})
endif()
if(OSPROF_FUZZ)
	add_compile_options(-fsanitize=fuzzer-no-link)
endif()

# Private headers are included by their path from the root ("shim/span.h");
# public ones by their bare name, as a user would.
include_directories(${CMAKE_SOURCE_DIR} ${CMAKE_SOURCE_DIR}/shim
    ${CMAKE_SOURCE_DIR}/redact)

# Find a pkg-config package as an imported target; if it is not there, say in
# one line what is left out.
function(osprof_find_package target module leaves_out)
	if(PKG_CONFIG_FOUND)
		pkg_check_modules(${target} IMPORTED_TARGET GLOBAL ${module})
	endif()
	if(NOT ${target}_FOUND)
		message(STATUS "${module} not found by pkg-config: "
		    "${leaves_out} left out")
	endif()
	set(${target}_FOUND ${${target}_FOUND} PARENT_SCOPE)
endfunction()
osprof_find_package(SQLITE "sqlite3>=3.31"
    "libosprof_sqlite and the sqlite:// driver")
osprof_find_package(LIBPQ "libpq>=13" "libosprof_pq")
osprof_find_package(LIBDW libdw "file:line of callers in osprof(1)")
osprof_find_package(LIBCRYPTO "libcrypto>=3.0" "signed traces (hmac_keys)")

# The one thing that nothing goes without; a header alone, no library.
find_path(OSPROF_XXHASH_INCLUDE xxhash.h)
if(NOT OSPROF_XXHASH_INCLUDE)
	message(FATAL_ERROR "xxhash.h not found: install libxxhash-dev")
endif()
include_directories(SYSTEM ${OSPROF_XXHASH_INCLUDE})

# What an installation has beside its programs: libraries with their headers, a
# pkg-config file for each library, and a CMake package.
#
# None of it names the prefix: `cmake --install --prefix` may choose another
# one, and a folder that is moved as a whole goes on working.

set(OSPROF_CMAKE_DIR ${CMAKE_INSTALL_LIBDIR}/cmake/osprof)

# osprof_install_library(shared static HEADERS header...): the pkg-config file
# is made of <shared>.pc.in, which lies beside this file.
function(osprof_install_library shared static)
	cmake_parse_arguments(arg "" "" "HEADERS" ${ARGN})
	install(TARGETS ${shared} ${static} EXPORT osprof-targets
	    LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}
	    ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR}
	    INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
	install(FILES ${arg_HEADERS} DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})

	set(pkgconfig ${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig)
	file(RELATIVE_PATH libdir ${pkgconfig} ${CMAKE_INSTALL_FULL_LIBDIR})
	file(RELATIVE_PATH includedir ${pkgconfig}
	    ${CMAKE_INSTALL_FULL_INCLUDEDIR})
	# The linker looks for the libraries of /usr by itself.
	set(rpath " -Wl,-rpath,\${libdir}")
	if(CMAKE_INSTALL_PREFIX STREQUAL /usr)
		set(rpath "")
	endif()
	set(system_libs ${CMAKE_THREAD_LIBS_INIT} -ldl -lm)
	list(JOIN system_libs " " system_libs)
	configure_file(${PROJECT_SOURCE_DIR}/cmake/${shared}.pc.in
	    ${CMAKE_CURRENT_BINARY_DIR}/${shared}.pc @ONLY)
	install(FILES ${CMAKE_CURRENT_BINARY_DIR}/${shared}.pc
	    DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
endfunction()

# find_package(osprof): osprof::osprof, osprof::sqlite, osprof::pq, each also with _static.
function(osprof_install_package)
	include(CMakePackageConfigHelpers)
	set(made ${CMAKE_CURRENT_BINARY_DIR}/package)
	configure_package_config_file(
	    ${PROJECT_SOURCE_DIR}/cmake/osprof-config.cmake.in
	    ${made}/osprof-config.cmake
	    INSTALL_DESTINATION ${OSPROF_CMAKE_DIR})
	write_basic_package_version_file(${made}/osprof-config-version.cmake
	    COMPATIBILITY SameMinorVersion)
	install(FILES ${made}/osprof-config.cmake
	    ${made}/osprof-config-version.cmake
	    DESTINATION ${OSPROF_CMAKE_DIR})
	install(EXPORT osprof-targets NAMESPACE osprof::
	    DESTINATION ${OSPROF_CMAKE_DIR})
endfunction()

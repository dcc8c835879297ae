# The wrappers around a client library: osprof_client(name [INCLUDES folder...]
# HEADERS header... CODE source... PRELOAD source...) makes of the sources
# after CODE
#   libosprof_<name>.so and .a   what programs link, with the headers
#   libosprof-preload-<name>.so  the same under the real names, with what the
#                                preload object alone has
#
# None is linked with the client library: the wrappers' calls are resolved by
# the program's own link, be it shared, static or compiled in.  A DT_NEEDED
# would bring a second copy into a program with its own, and functions that one
# lacks would be taken from the other.
function(osprof_client name)
	cmake_parse_arguments(arg "" "" "INCLUDES;HEADERS;CODE;PRELOAD" ${ARGN})
	set(map ${CMAKE_CURRENT_SOURCE_DIR}/exports.map)

	add_library(${name}_objs OBJECT ${arg_CODE})
	# The wrapper lies between the program and the client library at every
	# call: one jump less.
	target_compile_options(${name}_objs PRIVATE -fno-plt)
	target_include_directories(${name}_objs SYSTEM PRIVATE ${arg_INCLUDES})
	target_link_libraries(${name}_objs PRIVATE Threads::Threads)

	add_library(osprof_${name} SHARED $<TARGET_OBJECTS:${name}_objs>)
	target_include_directories(osprof_${name} INTERFACE
	    $<BUILD_INTERFACE:${CMAKE_CURRENT_SOURCE_DIR}>)
	target_link_libraries(osprof_${name} PUBLIC osprof
	    PRIVATE Threads::Threads)
	target_link_options(osprof_${name} PRIVATE -Wl,-z,nodelete
	    -Wl,--as-needed -Wl,--version-script=${map})
	set_target_properties(osprof_${name} PROPERTIES EXPORT_NAME ${name}
	    VERSION ${PROJECT_VERSION} SOVERSION ${PROJECT_VERSION_MAJOR}
	    LINK_DEPENDS ${map})

	# With its hidden functions, for tests and benchmarks.
	add_library(osprof_${name}_static STATIC
	    $<TARGET_OBJECTS:${name}_objs>)
	target_include_directories(osprof_${name}_static INTERFACE
	    ${CMAKE_CURRENT_SOURCE_DIR} ${PROJECT_SOURCE_DIR}/shim)

	osprof_archive(osprof_${name}_archive osprof_${name}
	    osprof_${name}_static)
	target_link_libraries(osprof_${name}_archive INTERFACE
	    $<INSTALL_INTERFACE:osprof::osprof_static>)
	set_target_properties(osprof_${name}_archive PROPERTIES
	    EXPORT_NAME ${name}_static)
	osprof_install_library(osprof_${name} osprof_${name}_archive
	    HEADERS ${arg_HEADERS})

	if(NOT OSPROF_SANITIZE)
		osprof_preload(${name}
		    EXPORTS ${CMAKE_CURRENT_SOURCE_DIR}/preload.map
		    ${arg_CODE} ${arg_PRELOAD})
		target_include_directories(osprof_preload_${name} SYSTEM
		    PRIVATE ${arg_INCLUDES})
	endif()
endfunction()

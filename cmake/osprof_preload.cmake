# An object for LD_PRELOAD: osprof_preload(name EXPORTS map source...) makes
# lib/osprof/libosprof-preload-<name>.so of a client library's wrappers.
#
# It is never unloaded, finds libosprof.so one folder above itself, and may
# leave no name undefined: what it calls of the client library it looks up.
function(osprof_preload name)
	cmake_parse_arguments(arg "" "EXPORTS" "" ${ARGN})
	set(target osprof_preload_${name})
	add_library(${target} MODULE ${arg_UNPARSED_ARGUMENTS}
	    ${PROJECT_SOURCE_DIR}/shim/preload.c
	    ${PROJECT_SOURCE_DIR}/shim/preload_dl.c
	    ${PROJECT_SOURCE_DIR}/shim/preload_handler.c
	    ${PROJECT_SOURCE_DIR}/shim/preload_module.c)
	target_compile_definitions(${target} PRIVATE OSPROF_PRELOAD)
	target_compile_options(${target} PRIVATE -fno-plt)
	target_link_libraries(${target} PRIVATE osprof Threads::Threads
	    ${CMAKE_DL_LIBS})
	target_link_options(${target} PRIVATE -Wl,-z,nodelete -Wl,-z,defs
	    -Wl,--as-needed -Wl,--version-script=${arg_EXPORTS})
	set_target_properties(${target} PROPERTIES
	    OUTPUT_NAME osprof-preload-${name}
	    LINK_DEPENDS ${arg_EXPORTS}
	    BUILD_RPATH $ORIGIN/.. INSTALL_RPATH $ORIGIN/..
	    LIBRARY_OUTPUT_DIRECTORY ${OSPROF_PLUGIN_OUTPUT_DIRECTORY})
	install(TARGETS ${target} DESTINATION ${OSPROF_PLUGIN_INSTALL_DIR})
endfunction()

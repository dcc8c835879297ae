# Archives for programs that link everything statically: osprof_archive(target
# name static) makes lib<name>.a of what is in the static library.
#
# It holds one object, in which all that is hidden is local: otherwise names of
# ours would meet those of the program, and those of one client's wrappers the
# other's.
function(osprof_archive target name static)
	set(object ${CMAKE_CURRENT_BINARY_DIR}/lib${name}.o)
	add_custom_command(OUTPUT ${object}
	    COMMAND ${CMAKE_C_COMPILER} -r -nostdlib -o ${object}
	    -Wl,--whole-archive $<TARGET_FILE:${static}>
	    COMMAND ${CMAKE_OBJCOPY} --localize-hidden ${object}
	    DEPENDS ${static} VERBATIM)
	add_library(${target} STATIC ${object})
	set_target_properties(${target} PROPERTIES OUTPUT_NAME ${name}
	    LINKER_LANGUAGE C ARCHIVE_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/lib)
endfunction()

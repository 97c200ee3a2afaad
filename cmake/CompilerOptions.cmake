# Warnings, sanitizers and clang-tidy, applied by paralif_target().
# Of a hundred programs that share one library, the newer linkers save minutes.
include(CheckLinkerFlag)
foreach(linker IN ITEMS lld gold)
  if(CMAKE_CXX_COMPILER_ID MATCHES "GNU|Clang" AND NOT PARALIF_LINKER)
    check_linker_flag(CXX -fuse-ld=${linker} PARALIF_LINKS_WITH_${linker})
    if(PARALIF_LINKS_WITH_${linker})
      set(PARALIF_LINKER ${linker})
      add_link_options(-fuse-ld=${linker})
    endif()
  endif()
endforeach()

# GCC 12 splits off cold parts of no length, whose empty unwinding entry hides that of the function
# behind them: a throw there ends the program.
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  add_compile_options($<$<COMPILE_LANGUAGE:CXX>:-fno-reorder-blocks-and-partition>)
endif()

# What is built does not tell in which folder it was.
add_compile_options($<$<COMPILE_LANGUAGE:C,CXX>:-ffile-prefix-map=${CMAKE_SOURCE_DIR}/=>)

if(PARALIF_TIDY)
  find_program(CLANG_TIDY_PROGRAM NAMES clang-tidy clang-tidy-14 REQUIRED)
endif()

# The settings every target of the project shares.
function(paralif_target target)
  target_include_directories(${target} PUBLIC
    $<BUILD_INTERFACE:${CMAKE_SOURCE_DIR}> $<INSTALL_INTERFACE:include/paralif>)
  target_compile_options(${target} PRIVATE -Wall -Wextra -Wpedantic -Wshadow -Wno-unknown-pragmas
    $<$<BOOL:${PARALIF_WERROR}>:-Werror>)
  if(PARALIF_SANITIZE)
    target_compile_options(${target} PRIVATE -fsanitize=address,undefined -fno-omit-frame-pointer)
    target_link_options(${target} PUBLIC -fsanitize=address,undefined)
  endif()
  if(PARALIF_SANITIZE_THREADS)
    target_compile_options(${target} PRIVATE -fsanitize=thread -fno-omit-frame-pointer)
    target_link_options(${target} PUBLIC -fsanitize=thread)
  endif()
  if(PARALIF_TIDY)
    set_target_properties(${target} PROPERTIES
      CXX_CLANG_TIDY "${CLANG_TIDY_PROGRAM};--quiet;--warnings-as-errors=*")
  endif()
endfunction()

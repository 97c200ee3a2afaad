# libparalif for other programs: one shared library of datasets and core, its headers that need none of
# the libraries beneath, and what find_package(ParaLIF) reads. Our own programs link the rooms themselves.
include(PublicHeaders)
include(CMakePackageConfigHelpers)
set(rooms datasets values kernels kernels_cpu neurons layers networks encoding experiments timing training
  recording runs library sweeps sessions lab exchange exchange_export bench agreement)
if(PARALIF_CUDA AND TARGET torch_cuda)
  list(APPEND rooms kernels_cuda)
endif()
list(TRANSFORM rooms PREPEND paralif_)

file(WRITE ${CMAKE_BINARY_DIR}/generated/library.cpp "// All of it comes from the rooms.\n")
add_library(paralif_shared SHARED ${CMAKE_BINARY_DIR}/generated/library.cpp)
target_link_libraries(paralif_shared PRIVATE ${rooms} INTERFACE nlohmann_json::nlohmann_json)
list(TRANSFORM rooms REPLACE "(.+)" "$<TARGET_FILE:\\1>" OUTPUT_VARIABLE archives)
list(JOIN archives " " archives)
# All of each archive; named again as libraries, they bring what they need themselves.
target_link_options(paralif_shared PRIVATE
  "SHELL:-Wl,--whole-archive ${archives} -Wl,--no-whole-archive")
# Until 1.0 a version may change what the one before had: its number is in the library's name.
set_target_properties(paralif_shared PROPERTIES
  OUTPUT_NAME paralif
  EXPORT_NAME paralif
  VERSION ${PROJECT_VERSION}
  SOVERSION ${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR})
target_compile_features(paralif_shared INTERFACE cxx_std_20)

set(library_place lib/${CMAKE_LIBRARY_ARCHITECTURE})
set(package_place ${library_place}/cmake/ParaLIF)
install(TARGETS paralif_shared EXPORT ParaLIFTargets
  LIBRARY DESTINATION ${library_place} COMPONENT library NAMELINK_COMPONENT dev
  INCLUDES DESTINATION include/paralif)
public_headers(headers)
foreach(header IN LISTS headers)
  get_filename_component(folder ${header} DIRECTORY)
  install(FILES ${header} DESTINATION include/paralif/${folder} COMPONENT dev)
endforeach()
install(EXPORT ParaLIFTargets NAMESPACE ParaLIF:: DESTINATION ${package_place} COMPONENT dev)
configure_package_config_file(cmake/ParaLIFConfig.cmake.in ${CMAKE_BINARY_DIR}/generated/ParaLIFConfig.cmake
  INSTALL_DESTINATION ${package_place})
write_basic_package_version_file(${CMAKE_BINARY_DIR}/generated/ParaLIFConfigVersion.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_BINARY_DIR}/generated/ParaLIFConfig.cmake
              ${CMAKE_BINARY_DIR}/generated/ParaLIFConfigVersion.cmake
  DESTINATION ${package_place} COMPONENT dev)

# Everything the project stands on; all from Debian, or a newer LibTorch by CMAKE_PREFIX_PATH.
find_package(Torch REQUIRED)
find_package(OpenMP)
find_package(HDF5 REQUIRED COMPONENTS C)
find_package(nlohmann_json 3.11 REQUIRED)
find_package(CLI11 REQUIRED)
find_package(SQLite3 REQUIRED)
find_package(CURL REQUIRED)
find_package(LibArchive REQUIRED)
find_package(ZLIB REQUIRED)
find_package(OpenSSL REQUIRED COMPONENTS Crypto SSL)
find_package(spdlog REQUIRED)
find_package(fmt REQUIRED)
find_package(Threads REQUIRED)
find_package(benchmark REQUIRED)

# LibTorch's own targets name its headers and libraries; keep them in one place, as system
# headers, so that our warnings stay about our code.
add_library(paralif_torch INTERFACE)
target_include_directories(paralif_torch SYSTEM INTERFACE ${TORCH_INCLUDE_DIRS})
target_link_libraries(paralif_torch INTERFACE ${TORCH_LIBRARIES})
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU AND CMAKE_CXX_COMPILER_VERSION VERSION_GREATER_EQUAL 13)
  # Inlined code of Torch's Function::apply, where the warning is wrong.
  target_compile_options(paralif_torch INTERFACE -Wno-array-bounds -Wno-stringop-overflow)
endif()
if(OpenMP_CXX_FOUND)
  # at::parallel_for is a header template that runs serially unless its user has OpenMP on.
  target_link_libraries(paralif_torch INTERFACE OpenMP::OpenMP_CXX)
endif()

# The headers of Gloo, which LibTorch's process groups are made with.
find_path(GLOO_INCLUDE_DIR gloo/context.h REQUIRED)

add_library(paralif_hdf5 INTERFACE)
target_include_directories(paralif_hdf5 SYSTEM INTERFACE ${HDF5_C_INCLUDE_DIRS})
target_link_libraries(paralif_hdf5 INTERFACE ${HDF5_C_LIBRARIES})

find_package(PkgConfig REQUIRED)
pkg_check_modules(ZIP REQUIRED libzip)
add_library(paralif_zip INTERFACE)
target_include_directories(paralif_zip SYSTEM INTERFACE ${ZIP_INCLUDE_DIRS})
target_link_libraries(paralif_zip INTERFACE ${ZIP_LINK_LIBRARIES})
pkg_check_modules(HTTPLIB REQUIRED cpp-httplib)
add_library(paralif_httplib INTERFACE)
target_include_directories(paralif_httplib SYSTEM INTERFACE ${HTTPLIB_INCLUDE_DIRS})
target_compile_options(paralif_httplib INTERFACE ${HTTPLIB_CFLAGS_OTHER})
target_link_libraries(paralif_httplib INTERFACE ${HTTPLIB_LINK_LIBRARIES} OpenSSL::SSL)
pkg_check_modules(SNDFILE REQUIRED sndfile)
add_library(paralif_sndfile INTERFACE)
target_include_directories(paralif_sndfile SYSTEM INTERFACE ${SNDFILE_INCLUDE_DIRS})
target_link_libraries(paralif_sndfile INTERFACE ${SNDFILE_LINK_LIBRARIES})

if(PARALIF_GUI)
  find_package(Qt6 6.4 REQUIRED COMPONENTS Core Gui Widgets PrintSupport Svg)
  find_package(QCustomPlotQt6 REQUIRED)
endif()
if(PARALIF_TESTS)
  find_package(Qt6 6.4 REQUIRED COMPONENTS Core Test)
endif()

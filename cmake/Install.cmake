include(GNUInstallDirs)
set(shared ${CMAKE_INSTALL_DATADIR})
install(TARGETS paralif RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT paralif)
install(TARGETS paralif-full RUNTIME DESTINATION libexec/paralif COMPONENT paralif)
install(FILES ${CMAKE_BINARY_DIR}/generated/paralif.1.gz
        DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT paralif)
install(FILES ${CMAKE_BINARY_DIR}/generated/completion.bash
        DESTINATION ${shared}/bash-completion/completions RENAME paralif COMPONENT paralif)
install(FILES ${CMAKE_BINARY_DIR}/generated/completion.fish
        DESTINATION ${shared}/fish/vendor_completions.d RENAME paralif.fish COMPONENT paralif)
if(TARGET paralif-studio)
  install(TARGETS paralif-studio RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT studio)
  install(FILES resources/desktop/paralif-studio.desktop
          DESTINATION ${shared}/applications COMPONENT studio)
  install(FILES resources/desktop/org.paralif.Studio.metainfo.xml
          DESTINATION ${shared}/metainfo COMPONENT studio)
  install(FILES resources/desktop/paralif-studio.xml
          DESTINATION ${shared}/mime/packages COMPONENT studio)
  install(FILES ${CMAKE_BINARY_DIR}/generated/paralif-studio.1.gz
          DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT studio)
  install(FILES resources/icons/paralif-studio.svg
          DESTINATION ${shared}/icons/hicolor/scalable/apps COMPONENT studio)
endif()

# Debian packages, by packaging/package: paralif, paralif-studio that needs it, and the library for other
# programs with its headers.
file(WRITE ${CMAKE_BINARY_DIR}/generated/copyright
"Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: ParaLIF Studio

Files: *
Copyright: 2026 the ParaLIF Studio developers
License: GPL-3+
 On Debian systems the full text of the GNU General Public License version 3
 is in /usr/share/common-licenses/GPL-3.
")
file(WRITE ${CMAKE_BINARY_DIR}/generated/changelog
"paralif (${PROJECT_VERSION}) unstable; urgency=medium

  * See the history of the sources.

 -- ParaLIF Studio developers <studio@paralif.org>  Wed, 25 Nov 2026 12:00:00 +0000
")
find_program(GZIP_PROGRAM gzip REQUIRED)
configure_file(resources/desktop/paralif-studio.1 ${CMAKE_BINARY_DIR}/generated/paralif-studio.1 COPYONLY)
execute_process(COMMAND ${GZIP_PROGRAM} -9nkf ${CMAKE_BINARY_DIR}/generated/changelog
                                              ${CMAKE_BINARY_DIR}/generated/paralif-studio.1)
# Components and their packages.
set(package_paralif paralif)
set(package_studio paralif-studio)
set(package_library libparalif${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR})
set(package_dev libparalif-dev)
set(packages paralif library dev)
if(TARGET paralif-studio)
  list(APPEND packages studio)
endif()
foreach(package IN LISTS packages)
  install(FILES ${CMAKE_BINARY_DIR}/generated/copyright ${CMAKE_BINARY_DIR}/generated/changelog.gz
          DESTINATION ${shared}/doc/${package_${package}} COMPONENT ${package})
  string(TOUPPER ${package} component)
  set(CPACK_DEBIAN_${component}_PACKAGE_NAME ${package_${package}})
endforeach()

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_CONTACT "ParaLIF Studio developers <studio@paralif.org>")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_COMPONENTS_ALL ${packages})
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_ENABLE_COMPONENT_DEPENDS OFF)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_COMPONENT_PARALIF_DESCRIPTION
  "spiking neural networks in the terminal\n Trains, checks and measures networks of leaky integrate-and-fire\n neurons and of their parallel form ParaLIF, and takes them to other\n programs and chips.")
set(CPACK_DEBIAN_STUDIO_PACKAGE_DEPENDS "paralif (= ${PROJECT_VERSION})")
# What a classroom needs beside it.
set(CPACK_DEBIAN_STUDIO_PACKAGE_RECOMMENDS "novnc, websockify, qt6-qpa-plugins")
set(CPACK_COMPONENT_STUDIO_DESCRIPTION
  "train spiking neural networks and watch them learn\n A desktop program to configure networks of spiking neurons, train\n them, and watch loss, accuracy, spikes, membrane potentials and\n decisions while they learn.")
set(CPACK_DEBIAN_LIBRARY_PACKAGE_SECTION libs)
# Programs linked with it need this version; the linker's cache is renewed by a trigger.
set(soname ${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR})
file(WRITE ${CMAKE_BINARY_DIR}/generated/shlibs "libparalif ${soname} ${package_library} (>= ${PROJECT_VERSION})\n")
file(WRITE ${CMAKE_BINARY_DIR}/generated/triggers "activate-noawait ldconfig\n")
set(CPACK_DEBIAN_LIBRARY_PACKAGE_CONTROL_EXTRA
  ${CMAKE_BINARY_DIR}/generated/shlibs ${CMAKE_BINARY_DIR}/generated/triggers)
set(CPACK_COMPONENT_LIBRARY_DESCRIPTION
  "spiking neural networks for other programs\n Networks of leaky integrate-and-fire and ParaLIF neurons, their\n training, recording and exchange, as a shared library.")
set(CPACK_DEBIAN_DEV_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_DEV_PACKAGE_DEPENDS "${package_library} (= ${PROJECT_VERSION}), nlohmann-json3-dev")
set(CPACK_COMPONENT_DEV_DESCRIPTION
  "spiking neural networks for other programs (headers)\n What a program needs to be built with libparalif: its headers and the\n files that find_package(ParaLIF) of CMake reads.")
include(CPack)

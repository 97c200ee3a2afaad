if(TARGET paralif)
  install(TARGETS paralif RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
  install(TARGETS paralif-full RUNTIME DESTINATION libexec/paralif)
endif()
if(TARGET paralif-studio)
  install(TARGETS paralif-studio RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
  install(FILES resources/desktop/paralif-studio.desktop
          DESTINATION ${CMAKE_INSTALL_DATADIR}/applications)
  install(FILES resources/desktop/org.paralif.Studio.metainfo.xml
          DESTINATION ${CMAKE_INSTALL_DATADIR}/metainfo)
  install(FILES resources/icons/paralif-studio.svg
          DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/scalable/apps)
endif()

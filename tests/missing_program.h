// Tests that need a program beside ours: left out on a user's machine that has it not, failed in CI,
// which installs it.
#pragma once

#include <QTest>

#define PARALIF_NEEDS(isThere, sentence)                                    \
  do {                                                                      \
    if (!(isThere)) {                                                       \
      if (qEnvironmentVariable("CI") == QLatin1String("true")) QFAIL(sentence); \
      QSKIP(sentence);                                                      \
    }                                                                       \
  } while (false)

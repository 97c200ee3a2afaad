// Pictures after one another in one file: an animated PNG (PNG specification, third edition, W3C
// 2025, 11.3.6), which browsers and slides play and any viewer of PNG shows the first picture of.
#pragma once

#include <QByteArray>
#include <QList>

namespace paralif {

/// `frames` are PNG files of one size and colour type; each is shown for `milliseconds`, over and
/// over. Throws Error(setting) for no frame, one that is no PNG, or one of another form.
QByteArray animatedPng(const QList<QByteArray>& frames, int milliseconds);

}  // namespace paralif

// The published figure of biological features: six stimuli, thirteen spike trains.
#pragma once

#include <QPointF>
#include <QRectF>
#include <QString>

class QPainter;

namespace paralif {

struct Theme;

/// Simulates the thirteen published runs and draws them.
void drawPublishedFigure(QPainter& painter, const QRectF& area, const Theme& theme);

/// The run whose spike train is drawn at a position of the area; -1: none.
int publishedRunAt(const QRectF& area, const QPointF& position);

/// By the path's suffix: svg, pdf or png. Throws Error(file).
void savePublishedFigure(const QString& path);

}  // namespace paralif

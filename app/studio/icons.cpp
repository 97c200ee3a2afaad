// Icon engines that draw in the colours of the theme when they are painted.
#include "app/studio/icons.h"

#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

static void initIcons() { Q_INIT_RESOURCE(studio); }

namespace paralif {
namespace {

/// Draws once for each size and colour; what it draws is decided when it is asked for.
class ThemedEngine : public QIconEngine {
 public:
  explicit ThemedEngine(std::function<QColor(const Theme&)> colour) : colour_(std::move(colour)) {}

  void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State state) override {
    const qreal ratio = painter->device() != nullptr ? painter->device()->devicePixelRatio() : 1.0;
    painter->drawPixmap(rect, pixmap(rect.size() * ratio, mode, state));
  }

  QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State) override {
    const QColor colour = colourOf(mode);
    const QString key = QString("paralif:%1:%2x%3:%4")
                            .arg(name())
                            .arg(size.width())
                            .arg(size.height())
                            .arg(colour.rgba(), 0, 16);
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap)) return pixmap;
    pixmap = QPixmap(size);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    draw(painter, size, colour);
    painter.end();
    QPixmapCache::insert(key, pixmap);
    return pixmap;
  }

  [[nodiscard]] QString key() const override { return "paralif-themed"; }

 private:
  [[nodiscard]] virtual QString name() const = 0;
  virtual void draw(QPainter& painter, const QSize& size, const QColor& colour) const = 0;

  [[nodiscard]] QColor colourOf(QIcon::Mode mode) const {
    const QPalette palette = QGuiApplication::palette();
    const Theme& theme = Theme::of(palette);
    const QColor colour = colour_(theme);
    constexpr double faded = 0.35;
    return mode == QIcon::Disabled ? mix(theme.window, colour, faded) : colour;
  }

  std::function<QColor(const Theme&)> colour_;
};

class SvgEngine final : public ThemedEngine {
 public:
  SvgEngine(QString file, QColor Theme::* colour)
      : ThemedEngine([colour](const Theme& theme) { return theme.*colour; }),
        file_(std::move(file)) {}
  [[nodiscard]] QIconEngine* clone() const override { return new SvgEngine(*this); }

 private:
  [[nodiscard]] QString name() const override { return file_; }
  void draw(QPainter& painter, const QSize& size, const QColor& colour) const override {
    QSvgRenderer(":/icons/" + file_ + ".svg").render(&painter);
    painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
    painter.fillRect(QRect({}, size), colour);
  }

  QString file_;
};

/// An SVG in its own colours, drawn here: Qt's own engine for them is a package apart.
class PictureEngine final : public QIconEngine {
 public:
  explicit PictureEngine(QString file) : file_(std::move(file)) {}
  [[nodiscard]] QIconEngine* clone() const override { return new PictureEngine(*this); }
  [[nodiscard]] QString key() const override { return "paralif-picture"; }

  void paint(QPainter* painter, const QRect& rect, QIcon::Mode, QIcon::State) override {
    QSvgRenderer(file_).render(painter, rect);
  }
  QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override {
    QPixmap pixmap(size);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    paint(&painter, QRect({}, size), mode, state);
    return pixmap;
  }

 private:
  QString file_;
};

class DiscEngine final : public ThemedEngine {
 public:
  using ThemedEngine::ThemedEngine;
  [[nodiscard]] QIconEngine* clone() const override { return new DiscEngine(*this); }

 private:
  [[nodiscard]] QString name() const override { return "disc"; }
  void draw(QPainter& painter, const QSize& size, const QColor& colour) const override {
    const double edge = size.width() * 0.16;
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    painter.drawEllipse(QRectF({}, size).adjusted(edge, edge, -edge, -edge));
  }
};

}  // namespace

QIcon themedIcon(const QString& name, QColor Theme::* colour) {
  initIcons();
  return QIcon(new SvgEngine(name, colour));
}

QIcon discIcon(std::function<QColor(const Theme&)> colour) {
  return QIcon(new DiscEngine(std::move(colour)));
}

QIcon programIcon() {
  initIcons();
  return QIcon(new PictureEngine(":/icons/paralif-studio.svg"));
}

}  // namespace paralif

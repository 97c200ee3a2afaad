// What a view shows, in one muted line: run, sample, epoch. Elided; whole as its tip.
#pragma once

#include <QWidget>

namespace paralif {

class ViewCaption : public QWidget {
  Q_OBJECT

 public:
  explicit ViewCaption(QWidget* parent = nullptr);
  void setText(const QString& text);
  [[nodiscard]] const QString& text() const { return text_; }
  [[nodiscard]] QSize sizeHint() const override;
  [[nodiscard]] QSize minimumSizeHint() const override;

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  QString text_;
};

}  // namespace paralif

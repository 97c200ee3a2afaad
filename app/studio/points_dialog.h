// Painting one's own points: classes, brush and figures around a canvas, kept as points.csv.
#pragma once

#include <QDialog>
#include <filesystem>
#include <vector>

class QButtonGroup;
class QLabel;
class QPushButton;
class QSlider;
class QToolButton;

namespace paralif {

class PointCanvas;

class PointsDialog : public QDialog {
  Q_OBJECT

 public:
  /// `file` is read to begin with, where it is there, and written on saving; what it held then
  /// stays beside it as `.old`.
  explicit PointsDialog(std::filesystem::path file, QWidget* parent = nullptr);

  [[nodiscard]] PointCanvas& canvas() { return *canvas_; }
  /// Whether training on the saved points was asked for.
  [[nodiscard]] bool trains() const { return trains_; }

 protected:
  void keyPressEvent(QKeyEvent* event) override;

 private:
  QWidget* makeTools();
  void load();
  void save(bool train);
  void showState();

  std::filesystem::path file_;
  std::vector<std::string> names_;  ///< of the classes
  bool trains_ = false;
  PointCanvas* canvas_;
  QButtonGroup* classes_;
  QToolButton* eraser_;
  QSlider* brush_;
  QPushButton* undo_;
  QPushButton* redo_;
  QPushButton* clear_;
  QPushButton* save_;
  QPushButton* train_;
  QLabel* state_;
};

}  // namespace paralif

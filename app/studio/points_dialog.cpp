#include "app/studio/points_dialog.h"

#include <QButtonGroup>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QShortcut>
#include <QSlider>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <cmath>

#include "app/studio/icons.h"
#include "datasets/atomic_file.h"
#include "datasets/error.h"
#include "datasets/samples/point_shapes.h"
#include "datasets/text.h"
#include "widgets/theme/theme.h"
#include "widgets/views/point_canvas.h"

namespace paralif {
namespace {

constexpr int fewestOfClass = 5;  // one of them is tested on
constexpr int pointsOfShape = 300;
constexpr int brushSteps = 100;

/// The brush grows by the same factor with every step of its slider.
double radiusOf(int step) {
  return PointCanvas::smallestRadius *
         std::pow(PointCanvas::largestRadius / PointCanvas::smallestRadius,
                  step / double(brushSteps));
}

int stepOf(double radius) {
  return int(std::lround(brushSteps * std::log(radius / PointCanvas::smallestRadius) /
                         std::log(PointCanvas::largestRadius / PointCanvas::smallestRadius)));
}

QString shapeTitle(const std::string& shape) {
  if (shape == "moons") return PointsDialog::tr("Two moons");
  if (shape == "rings") return PointsDialog::tr("Disc and ring");
  if (shape == "spirals") return PointsDialog::tr("Two spirals");
  return PointsDialog::tr("Opposite corners (exclusive or)");
}

}  // namespace

PointsDialog::PointsDialog(std::filesystem::path file, QWidget* parent)
    : QDialog(parent), file_(std::move(file)), canvas_(new PointCanvas) {
  setWindowTitle(tr("Paint points"));
  state_ = new QLabel;
  state_->setTextFormat(Qt::PlainText);
  state_->setWordWrap(true);
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
  save_ = buttons->addButton(tr("&Save"), QDialogButtonBox::ActionRole);
  train_ = buttons->addButton(tr("Save and &train"), QDialogButtonBox::ActionRole);
  train_->setDefault(true);
  save_->setAutoDefault(false);
  buttons->button(QDialogButtonBox::Cancel)->setIcon({});
  buttons->button(QDialogButtonBox::Cancel)->setAutoDefault(false);
  connect(save_, &QPushButton::clicked, this, [this] { save(false); });
  connect(train_, &QPushButton::clicked, this, [this] { save(true); });
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

  auto* middle = new QHBoxLayout;
  middle->addWidget(canvas_, 1);
  middle->addWidget(makeTools());
  auto* rows = new QVBoxLayout(this);
  rows->addLayout(middle, 1);
  rows->addWidget(state_);
  rows->addWidget(buttons);
  connect(canvas_, &PointCanvas::changed, this, &PointsDialog::showState);
  showState();
  load();
  canvas_->setFocus();
  resize(760, 620);
}

QWidget* PointsDialog::makeTools() {
  auto* side = new QWidget;
  side->setFixedWidth(190);
  auto* column = new QVBoxLayout(side);
  column->setContentsMargins(8, 0, 0, 0);
  column->addWidget(new QLabel(tr("Class (keys 1 to 6)")));
  classes_ = new QButtonGroup(this);
  auto* swatches = new QHBoxLayout;
  swatches->setSpacing(2);
  for (int i = 0; i < int(PointSet::most_classes); ++i) {
    auto* button = new QToolButton;
    button->setCheckable(true);
    button->setAutoRaise(true);
    button->setIconSize({16, 16});
    button->setIcon(discIcon([i](const Theme& theme) { return theme.classColor(i); }));
    button->setToolTip(tr("Class %1").arg(i + 1));
    button->setAccessibleName(button->toolTip());
    classes_->addButton(button, i);
    swatches->addWidget(button);
  }
  column->addLayout(swatches);
  eraser_ = new QToolButton;
  eraser_->setText(tr("&Eraser (E)"));
  eraser_->setCheckable(true);
  eraser_->setToolTip(tr("Remove points under the brush, as the right button always does"));
  classes_->addButton(eraser_, int(PointSet::most_classes));
  eraser_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  column->addWidget(eraser_);
  connect(classes_, &QButtonGroup::idClicked, this, [this](int id) {
    canvas_->setErasing(id == int(PointSet::most_classes));
    if (id < int(PointSet::most_classes)) canvas_->setCurrentClass(id);
  });
  classes_->button(0)->setChecked(true);

  auto* label = new QLabel(tr("&Brush"));
  brush_ = new QSlider(Qt::Horizontal);
  brush_->setRange(0, brushSteps);
  brush_->setValue(stepOf(canvas_->radius()));
  brush_->setToolTip(tr("Size of the brush; the wheel over the canvas changes it too"));
  label->setBuddy(brush_);
  column->addSpacing(8);
  column->addWidget(label);
  column->addWidget(brush_);
  connect(brush_, &QSlider::valueChanged, this,
          [this](int step) { canvas_->setRadius(radiusOf(step)); });
  connect(canvas_, &PointCanvas::radiusChanged, this, [this](double radius) {
    const QSignalBlocker quiet(brush_);
    brush_->setValue(stepOf(radius));
  });

  auto* shapes = new QPushButton(tr("Begin from a &figure"));
  auto* menu = new QMenu(shapes);
  for (const std::string& shape : point_shapes()) {
    menu->addAction(shapeTitle(shape), this, [this, shape] {
      canvas_->setPoints(points_of_shape(shape, pointsOfShape, 1));
    });
  }
  shapes->setMenu(menu);
  undo_ = new QPushButton(tr("&Undo"));
  redo_ = new QPushButton(tr("&Redo"));
  connect(new QShortcut(QKeySequence::Undo, this), &QShortcut::activated, canvas_,
          &PointCanvas::undo);
  connect(new QShortcut(QKeySequence::Redo, this), &QShortcut::activated, canvas_,
          &PointCanvas::redo);
  clear_ = new QPushButton(tr("Remove &all"));
  connect(undo_, &QPushButton::clicked, canvas_, &PointCanvas::undo);
  connect(redo_, &QPushButton::clicked, canvas_, &PointCanvas::redo);
  connect(clear_, &QPushButton::clicked, this, [this] { canvas_->setPoints({}); });
  auto* steps = new QHBoxLayout;
  steps->addWidget(undo_);
  steps->addWidget(redo_);
  column->addSpacing(8);
  column->addWidget(shapes);
  column->addLayout(steps);
  column->addWidget(clear_);
  column->addStretch(1);
  for (QPushButton* button : {shapes, undo_, redo_, clear_}) button->setAutoDefault(false);
  return side;
}

void PointsDialog::load() {
  for (std::size_t i = 1; i <= PointSet::most_classes; ++i) names_.push_back(std::to_string(i));
  std::error_code code;
  if (!std::filesystem::exists(file_, code)) return;
  try {
    PointSet set = read_points(file_);
    // Classes to add get numbers that are not taken.
    std::vector<std::string> names = set.class_names;
    for (const std::string& number : names_) {
      if (names.size() < PointSet::most_classes &&
          std::ranges::find(names, number) == names.end()) {
        names.push_back(number);
      }
    }
    names_ = names;
    for (std::size_t i = 0; i < names_.size(); ++i) {
      QAbstractButton* button = classes_->button(int(i));
      button->setToolTip(tr("Class %1").arg(QString::fromStdString(printable(names_[i]))));
      button->setAccessibleName(button->toolTip());
    }
    canvas_->begin(std::move(set.points));
  } catch (const Error& error) {
    state_->setText(QString::fromUtf8(error.what()));
  }
}

void PointsDialog::save(bool train) {
  PointSet set;
  set.points = canvas_->points();
  set.class_names = names_;
  const std::string text = points_text(set);
  try {
    std::filesystem::create_directories(file_.parent_path());
    if (std::filesystem::exists(file_)) {
      auto old = file_;
      old += ".old";
      std::filesystem::copy_file(file_, old, std::filesystem::copy_options::overwrite_existing);
    }
    write_file(file_, text);
  } catch (const std::exception& error) {
    state_->setText(QString::fromUtf8(error.what()));  // the points stay on the canvas
    return;
  }
  trains_ = train;
  accept();
}

void PointsDialog::showState() {
  std::array<int, PointSet::most_classes> counts{};
  for (const LabelledPoint& point : canvas_->points()) ++counts[std::size_t(point.label)];
  QStringList parts;
  int used = 0;
  bool few = false;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (counts[i] == 0) continue;
    ++used;
    few = few || counts[i] < fewestOfClass;
    parts.append(tr("class %1: %L2").arg(QString::fromStdString(printable(names_[i]))).arg(counts[i]));
  }
  QString text = parts.join(" · ");
  if (used < 2) {
    text += (text.isEmpty() ? "" : " · ") + tr("paint at least two classes");
  } else if (few) {
    text += tr(" · give every class at least %1 points").arg(fewestOfClass);
  } else if (canvas_->points().size() >= PointCanvas::mostPoints) {
    text += tr(" · there is no room for more");
  }
  state_->setText(text);
  const bool good = used >= 2 && !few;
  save_->setEnabled(good);
  train_->setEnabled(good);
  undo_->setEnabled(canvas_->canUndo());
  redo_->setEnabled(canvas_->canRedo());
  clear_->setEnabled(!canvas_->points().empty());
}

void PointsDialog::keyPressEvent(QKeyEvent* event) {
  const int number = event->key() - Qt::Key_1;
  if (event->modifiers() == Qt::NoModifier && number >= 0 && number < int(PointSet::most_classes)) {
    classes_->button(number)->click();
  } else if (event->modifiers() == Qt::NoModifier && event->key() == Qt::Key_E) {
    eraser_->click();
  } else {
    QDialog::keyPressEvent(event);
  }
}

}  // namespace paralif

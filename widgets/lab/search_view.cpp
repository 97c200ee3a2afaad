// Layout and texts of the search.
#include "widgets/lab/search_view.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include "core/lab/feature_table.h"
#include "widgets/lab/search_map.h"
#include "widgets/theme/words.h"

namespace paralif {

SearchView::SearchView(QWidget* parent)
    : QWidget(parent),
      model_(new QComboBox),
      feature_(new QComboBox),
      start_(new QPushButton(tr("&Find parameters"))),
      startAll_(new QPushButton(tr("Search &all 20 × 13"))),
      cancel_(new QPushButton(tr("Cance&l"))),
      bar_(new QProgressBar),
      status_(new QLabel),
      verdict_(new QLabel),
      map_(new SearchMap),
      best_(new QPushButton),
      robust_(new QPushButton) {
  for (const std::string& name : lab::model_names()) {
    if (name != "Izhikevich") model_->addItem(QString::fromStdString(name));
  }
  for (const lab::FeatureText& text : lab::feature_texts()) {
    feature_->addItem(QString("%1 %2").arg(text.letter).arg(textOf(text.name)));
  }
  model_->setObjectName("searchModel");
  model_->setAccessibleName(tr("Model to search"));
  feature_->setObjectName("searchFeature");
  feature_->setAccessibleName(tr("Feature to search for"));
  start_->setObjectName("searchStart");
  start_->setToolTip(tr("Try thousands of neurons of this model for this feature"));
  startAll_->setToolTip(tr("Every feature for every model"));
  cancel_->setToolTip(tr("End the search; what it found so far stays"));
  cancel_->setEnabled(false);
  bar_->setAccessibleName(tr("Progress of the search"));
  bar_->setTextVisible(false);
  bar_->setMaximumHeight(8);
  verdict_->setObjectName("searchVerdict");
  verdict_->setWordWrap(true);
  status_->setWordWrap(true);
  for (QPushButton* button : {best_, robust_}) {
    button->setEnabled(false);
    button->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    button->setStyleSheet("text-align: left; padding: 4px 8px;");
  }
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(8, 8, 8, 8);
  // Two rows, and buttons that may be narrower than their text, so that the window stays narrow.
  auto* choice = new QHBoxLayout;
  choice->addWidget(model_);
  choice->addWidget(feature_);
  choice->addStretch(1);
  column->addLayout(choice);
  auto* commands = new QHBoxLayout;
  for (QPushButton* button : {start_, startAll_, cancel_}) commands->addWidget(button);
  commands->addStretch(1);
  column->addLayout(commands);
  column->addWidget(bar_);
  column->addWidget(status_);
  column->addWidget(verdict_);
  auto* axes = new QHBoxLayout;
  axes->addWidget(new QLabel(tr("Map: across")));
  xBox_ = addAxisBox(tr("Horizontal axis of the map"), SearchMap::tauMem);
  axes->addWidget(xBox_);
  axes->addWidget(new QLabel(tr("up")));
  yBox_ = addAxisBox(tr("Vertical axis of the map"), SearchMap::gain);
  axes->addWidget(yBox_);
  axes->addStretch(1);
  column->addLayout(axes);
  column->addWidget(map_, 1);
  column->addWidget(best_);
  column->addWidget(robust_);

  connect(start_, &QPushButton::clicked, this, &SearchView::startRequested);
  connect(startAll_, &QPushButton::clicked, this, &SearchView::startAllRequested);
  connect(cancel_, &QPushButton::clicked, this, &SearchView::cancelRequested);
  connect(model_, &QComboBox::currentIndexChanged, this, &SearchView::choiceChanged);
  connect(feature_, &QComboBox::currentIndexChanged, this, &SearchView::choiceChanged);
  connect(best_, &QPushButton::clicked, this,
          [this] { Q_EMIT openRequested(*result_.best, result_.feature); });
  connect(robust_, &QPushButton::clicked, this,
          [this] { Q_EMIT openRequested(*result_.most_robust, result_.feature); });
  setProgress({});
  setResult({});
}

QComboBox* SearchView::addAxisBox(const QString& name, int chosen) {
  auto* box = new QComboBox;
  box->setAccessibleName(name);
  box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  box->setMinimumContentsLength(16);
  for (int axis = 0; axis < SearchMap::axisCount; ++axis) {
    box->addItem(SearchMap::axisName(static_cast<SearchMap::Axis>(axis)));
  }
  box->setCurrentIndex(chosen);
  connect(box, &QComboBox::currentIndexChanged, this, [this] {
    map_->setAxes(static_cast<SearchMap::Axis>(xBox_->currentIndex()),
                  static_cast<SearchMap::Axis>(yBox_->currentIndex()));
  });
  return box;
}

QString SearchView::model() const {
  return model_->currentText();
}

lab::Feature SearchView::feature() const {
  return static_cast<lab::Feature>(feature_->currentIndex());
}

void SearchView::setChoice(const QString& model, lab::Feature feature) {
  {
    const QSignalBlocker quiet(model_);
    model_->setCurrentText(model);
    const QSignalBlocker quietToo(feature_);
    feature_->setCurrentIndex(static_cast<int>(feature));
  }
  Q_EMIT choiceChanged();
}

void SearchView::setProgress(const lab::SearchProgress& p) {
  start_->setEnabled(!p.running);
  startAll_->setEnabled(!p.running);
  cancel_->setEnabled(p.running);
  bar_->setRange(0, static_cast<int>(std::max<std::size_t>(1, p.cells)));
  bar_->setValue(static_cast<int>(p.cells_done));
  if (p.cells == 0) {
    status_->setText(
        tr("Each search tries thousands of neurons as one batch, over time constants, "
           "threshold, gain, background and stimulus."));
    return;
  }
  const QString state = p.running ? tr("searching") : p.cancelled ? tr("cancelled") : tr("done");
  status_->setText(tr("%1: %2 of %3 cells, %L4 neuron-runs of 100 steps in %5 s")
                       .arg(state)
                       .arg(p.cells_done)
                       .arg(p.cells)
                       .arg(static_cast<qint64>(p.neuron_runs()))
                       .arg(p.seconds, 0, 'f', 1));
}

void SearchView::showFound(QPushButton* button, const QString& title,
                           const std::optional<lab::FoundSetting>& found) {
  button->setEnabled(found.has_value());
  button->setText(found
                      ? tr("%1: %2 (score %3, %4 % of neighbours)")
                            .arg(title, QString::fromStdString(lab::parameters_text(found->neuron)))
                            .arg(found->score, 0, 'f', 2)
                            .arg(100.0 * found->robustness, 0, 'f', 0)
                      : tr("%1: none yet").arg(title));
  button->setToolTip(tr("Open this setting in the lab"));
}

void SearchView::setResult(const lab::CellResult& result) {
  result_ = result;
  map_->setSamples(result.samples);
  std::vector<lab::LabNeuron> marks;
  for (const auto* found : {&result.best, &result.most_robust}) {
    if (found->has_value()) marks.push_back((*found)->neuron);
  }
  map_->setMarks(std::move(marks));
  map_->setEmptyText(
      result.answer == lab::Answer::impossible && result.tried > 0
          ? tr("Nothing to map: the equations of this model rule the feature out")
      : result.tried > 0
          ? tr("None of the neurons tried shows it; Find parameters maps where it looked")
          : tr("Find parameters maps which neurons show the feature"));
  if (result.tried == 0) {
    verdict_->setText(tr("Not searched yet."));
  } else {
    QString text = tr("<b>%1</b>: %L2 of %L3 neurons show it.")
                       .arg(lab::to_string(result.answer).data())
                       .arg(result.shown)
                       .arg(result.tried);
    if (result.answer == lab::Answer::impossible) {
      text += " " + tr("Its equations rule it out: %1.")
                        .arg(QString::fromStdString(result.reason).toHtmlEscaped());
    }
    if (result.samples.empty() && result.best) {
      text += " " + tr("Diamonds: the two settings below; Find parameters maps all it tries.");
    }
    verdict_->setText(text);
  }
  showFound(best_, tr("Clearest"), result.best);
  showFound(robust_, tr("Most robust"), result.most_robust);
}

}  // namespace paralif

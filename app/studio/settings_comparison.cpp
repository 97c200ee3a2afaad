#include "app/studio/settings_comparison.h"

#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <limits>

#include "widgets/theme/shown_text.h"
#include "widgets/theme/words.h"
#include "widgets/views/parallel_view.h"

namespace paralif {
namespace {

/// From this ratio of the largest to the smallest on, values are placed by their logarithm.
constexpr double logarithmicFrom = 20.0;
constexpr double none = std::numeric_limits<double>::quiet_NaN();

/// One setting: its axis, and the value of each run on it.
struct Setting {
  ParallelAxis axis;
  std::vector<double> values;
};

Setting settingOf(const Difference& difference, std::span<const RunEntry> runs) {
  Setting setting;
  setting.axis.label = textOf(difference.column->label);
  bool numbers = true;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const auto number = difference.column->number(runs[i]);
    numbers = numbers && (number || difference.values[i].empty());
    setting.values.push_back(number.value_or(none));
  }
  if (numbers) {
    double least = std::numeric_limits<double>::infinity();
    double most = 0.0;
    for (const double value : setting.values) {
      if (!std::isfinite(value)) continue;
      least = std::min(least, value);
      most = std::max(most, value);
    }
    setting.axis.logarithmic = least > 0.0 && most / least >= logarithmicFrom;
    return setting;
  }
  auto& words = setting.axis.words;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const QString word = shownText(difference.values[i]);
    if (word.isEmpty()) continue;  // has no effect in this run
    auto at = std::ranges::find(words, word);
    if (at == words.end()) at = words.insert(words.end(), word);
    setting.values[i] = static_cast<double>(at - words.begin());
  }
  return setting;
}

/// Not so where it only applies to some of the runs, and is the same in these.
bool varies(const Difference& difference) {
  std::string first;
  return std::ranges::any_of(difference.values, [&](const std::string& value) {
    if (first.empty()) first = value;
    return !value.empty() && value != first;
  });
}

}  // namespace

SettingsComparison::SettingsComparison(QWidget* parent)
    : QWidget(parent), lines_(new ParallelView), summary_(new QLabel) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  summary_->setObjectName("chosenLines");
  summary_->setTextFormat(Qt::PlainText);
  summary_->setContentsMargins(8, 4, 8, 0);
  column->addWidget(summary_);
  column->addWidget(lines_, 1);
  connect(lines_, &ParallelView::chosenChanged, this, &SettingsComparison::tell);
  tell();
}

void SettingsComparison::setRuns(std::span<const RunEntry> runs, const QStringList& names,
                                 const std::vector<Difference>& differences) {
  std::vector<ParallelAxis> axes;
  std::vector<ParallelLine> all;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    all.push_back({names.value(qsizetype(i)), {}, runs[i].last_test_accuracy.value_or(none)});
  }
  for (const Difference& difference : differences) {
    if (difference.column->key == "seed" || !varies(difference)) continue;
    Setting setting = settingOf(difference, runs);
    axes.push_back(std::move(setting.axis));
    for (std::size_t i = 0; i < all.size(); ++i) all[i].values.push_back(setting.values[i]);
  }
  std::erase_if(all, [](const ParallelLine& line) { return !std::isfinite(line.accuracy); });
  lines_->setLines(std::move(axes), std::move(all));
}

void SettingsComparison::tell() {
  const QString text = lines_->summary();
  summary_->setText(text.isEmpty() || lines_->axes().empty()
                        ? QString()
                        : tr("%1. Drag along an axis to keep the runs that pass there.").arg(text));
  summary_->setVisible(!summary_->text().isEmpty());
}

}  // namespace paralif

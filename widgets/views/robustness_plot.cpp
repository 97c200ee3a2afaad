#include "widgets/views/robustness_plot.h"

#include <algorithm>
#include <cmath>

#include "core/values/noise_levels.h"
#include "widgets/theme/numbers.h"
#include "widgets/theme/words.h"

namespace paralif {
namespace {

const char* const emptyHint = "Curves grow here while networks are tested (Ctrl+Return)";
constexpr double aside = 0.06;  // between the points of several curves at one level

}  // namespace

RobustnessPlot::RobustnessPlot(QWidget* parent)
    : PlotView(tr("Robustness"), parent), ticks_(new QCPAxisTickerText) {
  setUpAxisRect(axisRect(), tr("Signal-to-noise ratio (dB)"), tr("Test accuracy (%)"));
  xAxis->setTicker(ticks_);
  xAxis->setSubTicks(false);
  fitAxes();
  applyTheme();
  setHint(tr(emptyHint));
}

void RobustnessPlot::setCurves(std::vector<RobustnessCurve> curves) {
  curves_ = std::move(curves);
  levels_.clear();
  for (const RobustnessCurve& curve : curves_) {
    for (const RobustnessCurve::Point& point : curve.points) {
      if (placeOf(point.level) < 0) levels_.push_back(point.level);
    }
  }
  std::ranges::sort(levels_, [](const auto& a, const auto& b) {
    return a && (!b || *a < *b);  // none is the quietest
  });
  setHint(levels_.empty() ? tr(emptyHint) : QString());
  dataChanged();
}

int RobustnessPlot::placeOf(const std::optional<double>& level) const {
  const auto at = std::ranges::find(levels_, level);
  return at == levels_.end() ? -1 : int(at - levels_.begin());
}

void RobustnessPlot::refreshData() {
  if (lines_.size() != curves_.size()) {
    clearPlottables();
    lines_.clear();
    bars_.clear();
    for (std::size_t i = 0; i < curves_.size(); ++i) {
      lines_.push_back(addGraph());
      bars_.push_back(new QCPErrorBars(xAxis, yAxis));
      bars_.back()->setDataPlottable(lines_.back());
      bars_.back()->removeFromLegend();
    }
    legend->setVisible(!curves_.empty());
    applyTheme();
  }
  for (std::size_t i = 0; i < curves_.size(); ++i) {
    struct Shown {
      double key, mean, deviation;
    };
    std::vector<Shown> shown;
    const double shift = aside * (double(i) - 0.5 * double(curves_.size() - 1));
    for (const RobustnessCurve::Point& point : curves_[i].points) {
      shown.push_back({placeOf(point.level) + shift, 100.0 * point.mean, 100.0 * point.deviation});
    }
    std::ranges::sort(shown, {}, &Shown::key);
    QVector<double> keys;
    QVector<double> means;
    QVector<double> deviations;
    for (const Shown& one : shown) {
      keys.append(one.key);
      means.append(one.mean);
      deviations.append(one.deviation);
    }
    lines_[i]->setName(curves_[i].name);
    lines_[i]->setData(keys, means, true);
    bars_[i]->setData(deviations);
  }
  QMap<double, QString> names;
  for (std::size_t i = 0; i < levels_.size(); ++i) {
    names.insert(double(i), levels_[i] ? numberText(*levels_[i]) : tr("none"));
  }
  ticks_->setTicks(names);
}

void RobustnessPlot::fitAxes() {
  xAxis->setRange(-0.5, std::max(1.0, double(levels_.size())) - 0.5);
  yAxis->setRange(0.0, 102.0);
}

void RobustnessPlot::recolor(const Theme& colours) {
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    const QColor colour = colours.series[i % colours.series.size()];
    const bool again = i >= colours.series.size();
    lines_[i]->setPen(QPen(colour, 1.8, again ? Qt::DashLine : Qt::SolidLine));
    lines_[i]->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssDisc, colour, colour, 6));
    bars_[i]->setPen(QPen(colour, 1.2));
  }
}

QString RobustnessPlot::readout(const QCPAxisRect&, QPointF position) const {
  const auto place = std::lround(xAxis->pixelToCoord(position.x()));
  if (place < 0 || place >= long(levels_.size())) return {};
  const auto& level = levels_[std::size_t(place)];
  QStringList lines{QString::fromStdString(level_text(level))};
  for (const RobustnessCurve& curve : curves_) {
    for (const RobustnessCurve::Point& point : curve.points) {
      if (point.level != level) continue;
      lines << tr("%1: %2 ± %3 % of %4 tests")
                   .arg(curve.name, numberText(100.0 * point.mean, 4),
                        numberText(100.0 * point.deviation, 2))
                   .arg(point.tests);
    }
  }
  return lines.join('\n');
}

void RobustnessPlot::writeCsv(QTextStream& out) const {
  out << "network,signal_to_noise_db,mean_accuracy,deviation,tests\n";
  for (const RobustnessCurve& curve : curves_) {
    for (const RobustnessCurve::Point& point : curve.points) {
      out << csvText(curve.name) << ','
          << (point.level ? numberText(*point.level) : QString("none")) << ',' << point.mean << ','
          << point.deviation << ',' << point.tests << '\n';
    }
  }
}

}  // namespace paralif

// Lines of the read-out, coloured by class as everywhere else.
#include "widgets/views/readout_plot.h"


namespace paralif {

ReadoutPlot::ReadoutPlot(QWidget* parent) : PlotView(tr("Read-out"), parent) {
  setUpAxisRect(axisRect(), tr("Time (ms)"), tr("Membrane (a.u.)"));
  legend->setVisible(true);
  axisRect()->insetLayout()->setInsetAlignment(0, Qt::AlignTop | Qt::AlignLeft);
  applyTheme();
}

void ReadoutPlot::setClassNames(const ClassNames& names) {
  if (names == names_) return;
  names_ = names;
  clearGraphs();
  dataChanged();
}

void ReadoutPlot::setProbe(std::shared_ptr<const SampleProbe> probe) {
  probe_ = std::move(probe);
  dataChanged();
}

void ReadoutPlot::refreshData() {
  const int classes = probe_ ? static_cast<int>(probe_->readout.size()) : 0;
  if (graphCount() != classes) {
    clearGraphs();
    for (int i = 0; i < classes; ++i) addGraph()->setName(names_.of(i));
    applyTheme();
  }
  for (int i = 0; i < classes; ++i) {
    const std::vector<float>& membrane = probe_->readout[static_cast<std::size_t>(i)].membrane;
    QVector<QCPGraphData> points;
    points.reserve(static_cast<qsizetype>(membrane.size()));
    for (std::size_t step = 0; step < membrane.size(); ++step) {
      points.append({double(step) * probe_->time_step_s * 1e3, double(membrane[step])});
    }
    graph(i)->data()->set(points, true);
  }
}

void ReadoutPlot::recolor(const Theme& colours) {
  for (int i = 0; i < graphCount(); ++i) graph(i)->setPen(QPen(colours.classColor(i), 1.5));
}

QString ReadoutPlot::readout(const QCPAxisRect&, QPointF position) const {
  if (!probe_) return {};
  const double time = xAxis->pixelToCoord(position.x());
  const double step = time / (probe_->time_step_s * 1e3);
  QString text = tr("%1 ms").arg(time, 0, 'f', 1);
  for (std::size_t i = 0; i < probe_->readout.size(); ++i) {
    const std::vector<float>& membrane = probe_->readout[i].membrane;
    if (step < 0 || step >= double(membrane.size())) return {};
    text += QString("\n%1 %2")
                .arg(names_.of(qint64(i)))
                .arg(double(membrane[static_cast<std::size_t>(step)]), 0, 'g', 4);
  }
  return text;
}

void ReadoutPlot::writeCsv(QTextStream& out) const {
  out << "class,step,time_ms,membrane\n";
  for (std::size_t i = 0; probe_ && i < probe_->readout.size(); ++i) {
    const std::vector<float>& membrane = probe_->readout[i].membrane;
    for (std::size_t step = 0; step < membrane.size(); ++step) {
      out << i << ',' << step << ',' << double(step) * probe_->time_step_s * 1e3 << ','
          << membrane[step] << '\n';
    }
  }
}

}  // namespace paralif

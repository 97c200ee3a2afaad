// Three lines over the rows of the image.
#include "widgets/views/column_plot.h"

namespace paralif {

ColumnPlot::ColumnPlot(QWidget* parent) : PlotView(tr("Column"), parent) {
  setUpAxisRect(axisRect(), tr("Row"), tr("Brightness"));
  const std::array<QString, 3> names{tr("red"), tr("green"), tr("blue")};
  for (std::size_t i = 0; i < graphs_.size(); ++i) {
    graphs_[i] = addGraph();
    graphs_[i]->setName(names[i]);
  }
  legend->setVisible(true);
  fitAxes();
  applyTheme();
}

void ColumnPlot::setColumn(const std::array<std::vector<double>, 3>& channels) {
  channels_ = channels;
  dataChanged();
}

void ColumnPlot::refreshData() {
  for (std::size_t i = 0; i < graphs_.size(); ++i) {
    QVector<QCPGraphData> points;
    for (std::size_t row = 0; row < channels_[i].size(); ++row) {
      points.append({double(row), channels_[i][row]});
    }
    graphs_[i]->data()->set(points, true);
  }
}

void ColumnPlot::fitAxes() {
  xAxis->setRange(-0.5, std::max(1.0, double(channels_[0].size())) - 0.5);
  yAxis->setRange(0, 260);
}

void ColumnPlot::recolor(const Theme& colours) {
  const std::array<QColor, 3> own{colours.bad, colours.good, colours.series[0]};
  for (std::size_t i = 0; i < graphs_.size(); ++i) graphs_[i]->setPen(QPen(own[i], 1.5));
}

void ColumnPlot::writeCsv(QTextStream& out) const {
  out << "row,red,green,blue\n";
  for (std::size_t row = 0; row < channels_[0].size(); ++row) {
    out << row << ',' << channels_[0][row] << ',' << channels_[1][row] << ',' << channels_[2][row]
        << '\n';
  }
}

}  // namespace paralif

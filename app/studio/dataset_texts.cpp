#include "app/studio/dataset_texts.h"

#include <QCoreApplication>

#include "datasets/text.h"

namespace paralif {
namespace {

QString tr(const char* text) {
  return QCoreApplication::translate("paralif::DatasetsWorkspace", text);
}

QString escaped(const std::string& text) {
  return QString::fromStdString(printable(text)).toHtmlEscaped();
}

}  // namespace

QString partTitle(DataPart part) {
  switch (part) {
    case DataPart::train:
      return tr("Training");
    case DataPart::test:
      return tr("Test");
    case DataPart::validation:
      return tr("Validation");
  }
  return {};
}

QString stateText(const DatasetState& state) {
  qint64 samples = 0;
  bool computed = false;
  for (const PartState& part : state.parts) {
    if (!part.problem.empty()) return tr("broken");
    samples += part.samples;
    computed = computed || part.sample_data;
  }
  if (samples == 0) return tr("missing");
  return computed ? tr("%L1, sample").arg(samples) : QString("%L1").arg(samples);
}

QString missingText(const Dataset& dataset) {
  if (dataset.kind == DataKind::points) {
    return tr(
        "There are no points yet. 'Paint points' makes some by mouse; or put a points.csv into the "
        "data folder, or drop one on this window.");
  }
  const QString sample = tr("'Write sample data' computes a small stand-in.");
  if (!dataset.downloads.empty()) {
    return tr("This dataset is not in the data folder. 'Download' gets it from its publishers; ") + sample;
  }
  return tr("This dataset is not in the data folder, and a person must fetch it: the left side says "
            "how. ") + sample;
}

QString aboutText(const DatasetState& state) {
  const Dataset& entry = state.entry;
  QString html =
      QString("<h3>%1</h3><p>%2</p>").arg(escaped(entry.title), escaped(entry.description));
  const auto row = [&](const QString& name, const QString& value) {
    if (!value.isEmpty()) html += QString("<p><b>%1</b><br>%2</p>").arg(name, value);
  };
  for (const PartState& part : state.parts) {
    QString found = part.path.empty() ? tr("missing") : tr("%L1 samples").arg(part.samples);
    if (!part.problem.empty()) found = escaped(part.problem);
    row(partTitle(part.part), found);
  }
  if (!entry.by_hand.empty()) row(tr("By hand"), escaped(entry.by_hand));
  row(tr("Put into the data folder"), escaped(entry.files));
  if (!entry.page.empty()) {
    row(tr("From"),
        QString("<a href=\"%1\">%1</a> (%2)").arg(escaped(entry.page), escaped(entry.size)));
  }
  row(tr("Licence"), escaped(entry.licence));
  row(state.imported ? tr("Source") : tr("Cite"), escaped(entry.citation));
  if (state.imported) row(tr("Folder"), escaped(state.folder.string()));
  return html;
}

}  // namespace paralif

// What the lab opens, saves and exports.
#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>
#include <QTabWidget>
#include <QUndoStack>

#include "app/studio/feature_judge.h"
#include "app/studio/guard.h"
#include "app/studio/lab_controller.h"
#include "app/studio/lab_workspace.h"
#include "app/studio/reading_question.h"
#include "app/studio/settings.h"
#include "core/lab/biological.h"
#include "core/lab/published_runs.h"
#include "datasets/error.h"
#include "widgets/lab/feature_board.h"
#include "widgets/lab/lab_plot.h"
#include "widgets/lab/published_figure.h"
#include "widgets/lab/search_view.h"
#include "widgets/lab/widget_export.h"
#include "widgets/plots/plot_export.h"

namespace paralif {
namespace {

const QString exportFolder = "export/folder";

}  // namespace

void LabWorkspace::openFeature(const QString& model, lab::Feature feature) {
  const lab::CellResult* known = judge_->answerOf(model, feature);
  if (known != nullptr && known->most_robust) return openFound(*known->most_robust, feature);
  const lab::BiologicalPanel& panel = lab::biological_panel(feature);
  controller_->take({{panel.neuron}, panel.stimulus}, tr("open a feature"));
  showPage(tracesPage);
  plot_->follow();
}

void LabWorkspace::openFound(const lab::FoundSetting& found, lab::Feature feature) {
  controller_->take({{found.neuron}, lab::protocol_runs(feature, found.protocol).front().stimulus},
                    tr("open a feature"));
  showPage(tracesPage);
  plot_->follow();
}

void LabWorkspace::openPublished(int run) {
  const auto runs = lab::published_runs();
  if (run < 0 || run >= static_cast<int>(runs.size())) return;
  const lab::PublishedRun& one = runs[static_cast<std::size_t>(run)];
  controller_->take({{one.neuron}, one.stimulus}, tr("open a published run"));
  showPage(tracesPage);
  plot_->follow();
}

void LabWorkspace::openScene(const QString& path) {
  attempt([&] { controller_->take(lab::load_scene(path.toStdString()), tr("open a scene")); });
}

void LabWorkspace::saveScene(const QString& path) {
  attempt([&] { lab::save_scene(controller_->scene(), path.toStdString()); });
}

void LabWorkspace::importCsv(const QString& path) {
  attempt([&] {
    lab::LabScene scene = controller_->scene();
    TableOptions options;
    for (;;) {
      try {
        scene.stimulus = lab::stimulus_from_csv(path.toStdString(), options);
        break;
      } catch (const TwoReadings& readings) {
        const auto chosen = askReading(this, readings);
        if (!chosen) return;
        options.separator = chosen->separator;
        options.decimal = chosen->decimal;
      }
    }
    controller_->take(scene, tr("import a stimulus"));
  });
}

QString LabWorkspace::suggestedFigure() const {
  constexpr const char* names[]{"traces.svg", "twenty-features.svg", "search.svg", "features.svg"};
  QString folder = Settings::text(exportFolder);
  if (folder.isEmpty() || !QDir(folder).exists()) {
    folder = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
  }
  return QDir(folder).filePath(names[pages_->currentIndex()]);
}

void LabWorkspace::exportFigure(const QString& path) {
  attempt([&] {
    switch (pages_->currentIndex()) {
      case tracesPage:
        exportPlot(*plot_, path);
        break;
      case boardPage:
        exportWidget(*board_, path);
        break;
      case searchPage:
        exportWidget(*search_, path);
        break;
      default:
        savePublishedFigure(path);
    }
    Settings::set(exportFolder, QFileInfo(path).absolutePath());
    Q_EMIT exported(path);
  });
}

QByteArray LabWorkspace::layout() const {
  // Docks are hidden on the other pages; what counts is where they are with the traces.
  return pages_->currentIndex() == tracesPage ? saveState() : QByteArray();
}

QString LabWorkspace::sceneText() const {
  return QString::fromStdString(lab::to_json(controller_->scene()));
}

void LabWorkspace::remember() {
  Settings::set(Settings::labDocks, layout());
  Settings::set(Settings::labScene, sceneText());
}

void LabWorkspace::takeUp() {
  takeUpAs(Settings::bytes(Settings::labDocks), Settings::text(Settings::labScene));
}

void LabWorkspace::takeUpAs(const QByteArray& layout, const QString& sceneText) {
  if (!layout.isEmpty()) restoreState(layout);
  if (sceneText.isEmpty()) return;
  try {
    controller_->take(lab::scene_from_json(sceneText.toStdString(), "settings"), tr("restore"));
    undoStack()->clear();
  } catch (const Error&) {
    // The settings are of another version: the first scene stays.
  }
}

}  // namespace paralif

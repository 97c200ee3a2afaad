// The Neuron lab workspace: neurons, stimulus, traces, board, search and the published figure.
#pragma once

#include <QTimer>
#include <QVector>

#include "app/studio/workspace.h"
#include "core/lab/features.h"
#include "core/lab/search.h"

class QAction;
class QComboBox;
class QDockWidget;
class QMenu;
class QTabWidget;
class QUndoStack;

namespace paralif {

class FeatureBoard;
class FeatureJudge;
class FigureView;
class LabAnalysis;
class LabController;
class LabPlot;
class NeuronEditor;
class SearchRunner;
class SearchView;
class StimulusEditor;

class LabWorkspace : public Workspace {
  Q_OBJECT

 public:
  enum Page { tracesPage, boardPage, searchPage, figurePage };

  explicit LabWorkspace(QWidget* parent = nullptr);
  ~LabWorkspace() override;

  [[nodiscard]] LabController& controller() { return *controller_; }
  [[nodiscard]] LabPlot& plot() { return *plot_; }
  [[nodiscard]] FeatureBoard& board() { return *board_; }
  [[nodiscard]] SearchView& searchView() { return *search_; }
  [[nodiscard]] LabAnalysis& analysis() { return *analysis_; }
  [[nodiscard]] QTabWidget& pages() { return *pages_; }
  [[nodiscard]] NeuronEditor* editor(int neuron);
  [[nodiscard]] QUndoStack* undoStack() override;

  void showPage(Page page);
  /// A feature as the chosen model shows it, or the biological panel where it does not.
  void openFeature(const QString& model, lab::Feature feature);
  void openFound(const lab::FoundSetting& found, lab::Feature feature);
  void openPublished(int run);
  void openScene(const QString& path);
  void saveScene(const QString& path);
  void importCsv(const QString& path);
  /// What is seen on the page in front, by the suffix: svg, pdf or png, of the traces also csv.
  void exportFigure(const QString& path);
  /// A name for it, in the folder of the last export.
  [[nodiscard]] QString suggestedFigure() const;

  /// Docks and scene as they are, and back; what is unusable is left out.
  [[nodiscard]] QByteArray layout() const;
  [[nodiscard]] QString sceneText() const;
  void takeUpAs(const QByteArray& layout, const QString& sceneText);
  void remember() override;
  void takeUp() override;

  QAction* openAction;
  QAction* saveAction;
  QAction* playAction;
  QAction* resetAction;
  QAction* pinAction;
  QAction* addAction_;
  QAction* removeAction;
  QAction* figureAction;

 protected:
  void showEvent(QShowEvent* event) override;
  void hideEvent(QHideEvent* event) override;

 private:
  void makeActions();
  void fillPresets(QMenu* menu);
  void makeDocks();
  void connectScene();
  void connectFeatures();
  void showScene();
  void showEditors();
  void nameResetAction();
  void addNeuron();
  void removeNeuron();
  void play(bool on);
  void advance();
  void judge();
  void showCell();

  LabController* controller_;
  FeatureJudge* judge_;
  SearchRunner* runner_;
  QTabWidget* pages_;
  LabPlot* plot_;
  FeatureBoard* board_;
  SearchView* search_;
  FigureView* figure_;
  QTabWidget* editors_;
  StimulusEditor* stimulus_;
  LabAnalysis* analysis_;
  QComboBox* speed_;
  QVector<QDockWidget*> docks_;
  QTimer player_;
  double playhead_ = 0.0;
  bool judged_ = false;
};

}  // namespace paralif

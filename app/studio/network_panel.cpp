#include "app/studio/network_panel.h"

#include <QVBoxLayout>

#include "core/encoding/expected_input.h"
#include "core/experiments/experiment.h"
#include "core/experiments/fields.h"
#include "core/training/layers_of.h"
#include "datasets/catalogue/catalogue.h"
#include "datasets/error.h"
#include "widgets/form/change_field.h"
#include "widgets/form/experiment_form.h"
#include "widgets/network/layer_card.h"
#include "widgets/network/network_editor.h"

namespace paralif {
namespace {

constexpr const char* layersKey = "network.layers";
constexpr std::int64_t unknownClasses = 2;  // of own points, until a file says

}  // namespace

NetworkPanel::NetworkPanel(ExperimentForm& form, QWidget* parent)
    : QWidget(parent), form_(form), editor_(new NetworkEditor) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->addWidget(editor_);
  connect(&form_, &ExperimentForm::experimentChanged, this, &NetworkPanel::showExperiment);
  connect(editor_, &NetworkEditor::edited, this, &NetworkPanel::edit);
  connect(editor_, &NetworkEditor::layersWanted, this, &NetworkPanel::unrollDense);
  showExperiment();
}

void NetworkPanel::showExperiment() {
  const Experiment& experiment = form_.experiment();
  editor_->setNetwork(experiment.network.layers, expected_input(experiment.dataset));
}

void NetworkPanel::edit(const NetworkDescription& network, const QString& what,
                        const QString& part) {
  const Field& field = *find_field(layersKey);
  auto* change = new ChangeField(form_, field, field.get(form_.experiment()), layers_text(network));
  change->setPart(part);
  change->setText(what);
  form_.undoStack()->push(change);
}

void NetworkPanel::unrollDense() {
  const Experiment& experiment = form_.experiment();
  const Dataset* entry = find_dataset(experiment.dataset.name);
  const std::int64_t classes = entry == nullptr || entry->classes == 0 ? unknownClasses : entry->classes;
  try {
    NetworkDescription network = network_of(experiment, classes);
    const auto input = expected_input(experiment.dataset);
    if (input && input->features.size() > 1) {
      network.layers.insert(network.layers.begin(), {"flatten", "flatten", {}});
    }
    edit(network, tr("network layer by layer"), {});
  } catch (const Error& error) {
    Q_EMIT failed(QString::fromUtf8(error.what()));
  }
}

bool NetworkPanel::showProblem(const QString& subject, const QString& sentence) {
  const QString id = subject.section('.', 0, 0);
  for (LayerCard* card : editor_->cards()) {
    if (QString::fromStdString(card->layer().id) != id) continue;
    card->showProblem(sentence);
    return editor_->focusLayer(id, subject.section('.', 1));
  }
  return false;
}

}  // namespace paralif

#include "widgets/form/layers_editor.h"

#include <QComboBox>
#include <QCoreApplication>
#include <QFileDialog>
#include <QToolButton>

#include "core/experiments/fields.h"
#include "core/experiments/network_presets.h"
#include "datasets/error.h"
#include "widgets/theme/words.h"

namespace paralif {
namespace {

/// Of a published network with other neurons: these first, as the box is narrow.
QString titleOf(std::string_view preset) {
  const auto colon = preset.find(':');
  for (const NetworkPreset& one : network_presets()) {
    if (one.name != preset.substr(0, colon) || colon == std::string_view::npos) continue;
    return QString("%1: %2").arg(textOf(preset.substr(colon + 1)), textOf(one.title));
  }
  return QCoreApplication::translate("LayersEditor", "Own layers");
}

}  // namespace

LayersEditor::LayersEditor(const ParameterFacts& facts, QWidget* parent)
    : ParameterEditor(parent), box_(new QComboBox(this)) {
  box_->addItem(tr("Dense"), QString());
  for (const NetworkPreset& preset : network_presets()) {
    box_->addItem(textOf(preset.title), textOf(preset.name));
  }
  box_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  box_->setMinimumContentsLength(8);
  setInput(facts, box_);
  auto* file = new QToolButton(this);
  file->setText(tr("…"));
  file->setAutoRaise(true);
  file->setToolTip(tr("Take the layers of a file: a list of layers, or an experiment with one"));
  file->setAccessibleName(tr("Network from a file"));
  addToRow(file);
  connect(box_, &QComboBox::activated, this, &LayersEditor::take);
  connect(file, &QToolButton::clicked, this, &LayersEditor::askForFile);
}

void LayersEditor::setValue(const ParameterValue& value) {
  const std::string& text = std::get<std::string>(value);
  const NetworkDescription network = layers_from_text(text);
  const std::string_view preset = preset_name_of(network);
  const bool own = box_->findData(textOf(preset)) < 0 || (!text.empty() && preset.empty());
  const int ownItem = 1 + int(network_presets().size());
  if (box_->count() > ownItem) box_->removeItem(ownItem);
  own_ = own ? text : std::string();
  if (own) box_->addItem(titleOf(preset));
  box_->setCurrentIndex(own ? ownItem : box_->findData(textOf(preset)));
}

void LayersEditor::take(int index) {
  const QString name = box_->itemData(index).toString();
  const bool own = index > int(network_presets().size());
  Q_EMIT edited(own ? own_ : layers_text(network_named(name.toStdString())));
}

void LayersEditor::askForFile() {
  const QString path = QFileDialog::getOpenFileName(this, tr("Network from a file"), {},
                                                    tr("Networks (*.json);;All files (*)"));
  if (!path.isEmpty()) readFile(path);
}

void LayersEditor::readFile(const QString& path) {
  try {
    Q_EMIT edited(layers_text(network_named(path.toStdString())));
  } catch (const Error& error) {
    Q_EMIT unreadable(QString::fromUtf8(error.what()));
  }
}

}  // namespace paralif

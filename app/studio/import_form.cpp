#include "app/studio/import_form.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSpinBox>
#include <QVBoxLayout>

namespace paralif {
namespace {

constexpr int mostColumns = 100;
constexpr int mostChannels = 700;  // of the format
constexpr int asNamed = 0;         // a column that the heading says
constexpr int formWidth = 300;

QSpinBox* numberBox(int lowest, int highest, int value) {
  auto* box = new QSpinBox;
  box->setRange(lowest, highest);
  box->setValue(value);
  return box;
}

}  // namespace

ImportForm::ImportForm(QWidget* parent) : QWidget(parent) {
  setFixedWidth(formWidth);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 8, 0);
  column->addWidget(makeMapping());
  column->addWidget(makeAbout());
  column->addStretch(1);
}

QWidget* ImportForm::makeMapping() {
  const SpikeListMapping usual;
  timeColumn_ = numberBox(asNamed, mostColumns, asNamed);
  unitColumn_ = numberBox(asNamed, mostColumns, asNamed);
  timeColumn_->setSpecialValueText(tr("as named, else 1"));
  unitColumn_->setSpecialValueText(tr("as named, else 2"));
  timeColumn_->setToolTip(
      tr("Which column of the table holds the times, counted from 1; or the one that the "
         "heading names so"));
  unitColumn_->setToolTip(
      tr("Which column of the table holds the channels, counted from 1; or the one that the "
         "heading names so"));
  timeUnit_ = new QComboBox;
  timeUnit_->setObjectName("importTimeUnit");
  timeUnit_->addItem(tr("as named, else s"));
  timeUnit_->addItem(tr("seconds"), 1.0);
  timeUnit_->addItem(tr("milliseconds"), 1e-3);
  timeUnit_->addItem(tr("microseconds"), 1e-6);
  timeUnit_->setToolTip(tr("What a time of 1 means"));
  separator_ = new QComboBox;
  separator_->setObjectName("importSeparator");
  separator_->addItem(tr("found out"));
  separator_->addItem(tr("comma ,"), QChar(','));
  separator_->addItem(tr("semicolon ;"), QChar(';'));
  separator_->addItem(tr("tab"), QChar('\t'));
  separator_->addItem(tr("blanks"), QChar(' '));
  separator_->setToolTip(tr("What stands between the columns of the table"));
  decimal_ = new QComboBox;
  decimal_->setObjectName("importDecimal");
  decimal_->addItem(tr("found out"));
  decimal_->addItem(tr("point 0.5"), QChar('.'));
  decimal_->addItem(tr("comma 0,5"), QChar(','));
  decimal_->setToolTip(tr("The decimal sign of the table's numbers"));
  skipBad_ = new QCheckBox(tr("Leave out &bad rows"));
  skipBad_->setToolTip(
      tr("Rows without a time and a unit that can be read are left out and counted; else they "
         "are errors"));
  times_ = new QLineEdit(QString::fromStdString(usual.times_name));
  units_ = new QLineEdit(QString::fromStdString(usual.units_name));
  times_->setToolTip(tr("The array of times in the HDF5 file, such as spikes/times"));
  units_->setToolTip(tr("The array of channels in the HDF5 file"));
  channels_ = numberBox(1, mostChannels, usual.channels);
  channels_->setToolTip(
      tr("How many channels there are: those of a table must be below this; a "
         "sound is divided into so many"));
  model_ = new QLabel(
      tr("A sound passes through a bank of resonant filters, evenly spaced along the cochlea from "
         "60 to 7600 Hz; behind each one a leaky integrate-and-fire cell fires with the strength "
         "of its band."));
  model_->setWordWrap(true);
  auto* side = new QWidget;
  form_ = new QFormLayout(side);
  form_->setContentsMargins(0, 0, 0, 0);
  form_->addRow(tr("&Time column"), timeColumn_);
  form_->addRow(tr("C&hannel column"), unitColumn_);
  form_->addRow(tr("Array of tim&es"), times_);
  form_->addRow(tr("Array of ch&annels"), units_);
  form_->addRow(tr("Times are i&n"), timeUnit_);
  form_->addRow(tr("Columns &separated by"), separator_);
  form_->addRow(tr("&Decimal sign"), decimal_);
  form_->addRow(skipBad_);
  form_->addRow(tr("&Channels"), channels_);
  form_->addRow(model_);
  for (QSpinBox* box : {timeColumn_, unitColumn_, channels_}) {
    connect(box, &QSpinBox::valueChanged, this, &ImportForm::changed);
  }
  for (QLineEdit* line : {times_, units_}) {
    connect(line, &QLineEdit::textChanged, this, &ImportForm::changed);
  }
  for (QComboBox* box : {timeUnit_, separator_, decimal_}) {
    connect(box, &QComboBox::currentIndexChanged, this, &ImportForm::changed);
  }
  connect(skipBad_, &QCheckBox::toggled, this, &ImportForm::changed);
  return side;
}

QWidget* ImportForm::makeAbout() {
  name_ = new QLineEdit;
  name_->setObjectName("importName");
  name_->setToolTip(tr("What the dataset is called in the list of datasets"));
  licence_ = new QLineEdit;
  licence_->setToolTip(tr("Kept in the dataset's files, such as CC BY 4.0"));
  licence_->setPlaceholderText(tr("not stated"));
  sourceText_ = new QLineEdit;
  sourceText_->setToolTip(tr("Where the recordings are from; kept in the dataset's files"));
  sourceText_->setPlaceholderText(tr("not stated"));
  auto* side = new QWidget;
  auto* form = new QFormLayout(side);
  form->setContentsMargins(0, 8, 0, 0);
  form->addRow(tr("Na&me"), name_);
  form->addRow(tr("&Licence"), licence_);
  form->addRow(tr("S&ource"), sourceText_);
  return side;
}

DatasetAbout ImportForm::about() const {
  return {name_->text().trimmed().toStdString(), licence_->text().trimmed().toStdString(),
          sourceText_->text().trimmed().toStdString()};
}

SpikeListMapping ImportForm::mapping() const {
  SpikeListMapping mapping;
  const auto column = [](const QSpinBox* box) -> std::optional<std::size_t> {
    if (box->value() == asNamed) return std::nullopt;
    return std::size_t(box->value() - 1);
  };
  const auto sign = [](const QComboBox* box) -> std::optional<char> {
    if (!box->currentData().isValid()) return std::nullopt;
    return box->currentData().toChar().toLatin1();
  };
  mapping.time_column = column(timeColumn_);
  mapping.unit_column = column(unitColumn_);
  if (timeUnit_->currentData().isValid()) {
    mapping.seconds_per_unit = timeUnit_->currentData().toDouble();
  }
  mapping.table.separator = sign(separator_);
  mapping.table.decimal = sign(decimal_);
  mapping.table.skip_bad = skipBad_->isChecked();
  mapping.channels = channels_->value();
  mapping.times_name = times_->text().toStdString();
  mapping.units_name = units_->text().toStdString();
  return mapping;
}

void ImportForm::setName(const QString& name) { name_->setText(name); }

void ImportForm::editName() {
  name_->setFocus();
  name_->selectAll();
}

void ImportForm::showKind(RecordingKind kind) {
  const auto show = [&](QWidget* field, bool shown) { form_->setRowVisible(field, shown); };
  const bool table = kind == RecordingKind::table || kind == RecordingKind::none;
  show(timeColumn_, table);
  show(unitColumn_, table);
  show(separator_, table);
  show(decimal_, table);
  show(times_, kind == RecordingKind::hdf5);
  show(units_, kind == RecordingKind::hdf5);
  show(timeUnit_, kind != RecordingKind::sound);
  show(skipBad_, kind != RecordingKind::sound);
  show(model_, kind == RecordingKind::sound);
}

}  // namespace paralif

// Cells and headings of the table of samples.
#include "app/studio/samples_model.h"

namespace paralif {

void SamplesModel::setSet(std::shared_ptr<const SampleBrowser> set) {
  beginResetModel();
  set_ = std::move(set);
  facts_.clear();
  endResetModel();
}

void SamplesModel::addFacts(qint64 first, const std::vector<SampleFacts>& facts) {
  if (set_ == nullptr || first != qint64(facts_.size()) || facts.empty()) return;
  facts_.insert(facts_.end(), facts.begin(), facts.end());
  Q_EMIT dataChanged(index(int(first), duration), index(int(facts_.size()) - 1, spikes));
}

bool SamplesModel::hasSpikes() const {
  return set_ != nullptr && (set_->kind() == DataKind::audio || set_->kind() == DataKind::camera);
}

int SamplesModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() || set_ == nullptr ? 0 : int(set_->size());
}

int SamplesModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : int(columns);
}

QVariant SamplesModel::valueOf(const QModelIndex& index) const {
  const qint64 sample = index.row();
  const bool known = std::size_t(sample) < facts_.size();
  switch (index.column()) {
    case number:
      return sample;
    case label:
      return qint64(set_->label(sample));
    case duration:
      return known ? facts_[std::size_t(sample)].duration_s : -1.0;
    case spikes:
      return known ? qint64(facts_[std::size_t(sample)].spikes) : qint64(-1);
    default:
      return QString::fromStdString(set_->origin(sample));
  }
}

QVariant SamplesModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || set_ == nullptr) return {};
  if (role == sortRole) return valueOf(index);
  if (role == Qt::TextAlignmentRole) {
    const bool text = index.column() == label || index.column() == origin;
    return int((text ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
  }
  if (role != Qt::DisplayRole) return {};
  const bool known = std::size_t(index.row()) < facts_.size();
  const bool broken = known && facts_[std::size_t(index.row())].spikes < 0;
  switch (index.column()) {
    case label:
      return QString::fromStdString(set_->title_of(set_->label(index.row())));
    case duration:
      if (!hasSpikes()) return QString("-");
      if (!known) return QString("...");
      return broken ? tr("broken")
                    : QString::number(facts_[std::size_t(index.row())].duration_s, 'f', 3);
    case spikes:
      if (!hasSpikes()) return QString("-");
      return known && !broken ? QString::number(facts_[std::size_t(index.row())].spikes)
                              : QString("...");
    default:
      return valueOf(index);
  }
}

QVariant SamplesModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
  switch (section) {
    case number:
      return tr("Sample");
    case label:
      return tr("Class");
    case duration:
      return tr("Duration (s)");
    case spikes:
      return tr("Spikes");
    default:
      return tr("From");
  }
}

}  // namespace paralif

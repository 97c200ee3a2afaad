#include "widgets/records/record_view.h"

namespace paralif {

RecordView::RecordView(const QString& title, const char* name, const char* recorder,
                       QWidget* parent)
    : QWidget(parent), title_(title), name_(name), recorder_(recorder) {}

bool RecordView::applies(const Experiment&) const { return true; }

void RecordView::setRecords(const Records& records) {
  Records arrays;
  for (const auto& [id, record] : records) {
    if (!record->arrays.empty()) arrays.emplace(id, record);
  }
  if (arrays == records_) return;
  records_ = std::move(arrays);
  showRecords();
}

RecordView::RecordPointer RecordView::record(const char* id) const {
  return record_of(records_, id);
}

}  // namespace paralif

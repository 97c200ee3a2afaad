#include "widgets/records/record_view.h"

namespace paralif {

RecordView::RecordView(const QString& title, const char* name, const char* recorder,
                       QWidget* parent)
    : QWidget(parent), title_(title), name_(name), recorder_(recorder) {}

bool RecordView::applies(const Experiment&) const { return true; }

void RecordView::setRecords(const Records& records) {
  if (records == records_) return;
  records_ = records;
  showRecords();
}

RecordView::RecordPointer RecordView::record(const char* id) const {
  const auto at = records_.find(id);
  return at == records_.end() ? nullptr : at->second;
}

}  // namespace paralif

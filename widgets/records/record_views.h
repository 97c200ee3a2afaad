// Every view of a record, in the order of their docks.
#pragma once

#include <QVector>
#include <functional>

namespace paralif {

class RecordView;

/// Every view of a record, made anew; the caller gives them parents.
QVector<RecordView*> makeRecordViews();

/// Adds one of another library or of a test, before the first window.
void registerRecordView(std::function<RecordView*()> make);

}  // namespace paralif

// Every view of a record, in the order of their docks.
#pragma once

#include <QVector>

namespace paralif {

class RecordView;

/// Made anew; the caller gives them parents.
QVector<RecordView*> makeRecordViews();

}  // namespace paralif

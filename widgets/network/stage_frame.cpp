#include "widgets/network/stage_frame.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QSpinBox>
#include <QVBoxLayout>

namespace paralif {

StageFrame::StageFrame(std::size_t count, QWidget* parent) : QFrame(parent) {
  setObjectName("stage");
  setFrameShape(QFrame::StyledPanel);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(8, 4, 6, 6);
  column->setSpacing(4);
  auto* box = new QSpinBox;
  box->setObjectName("count");
  box->setRange(1, 100);
  box->setValue(int(count));
  box->setSuffix(" ×");
  box->setAccessibleName(tr("How often these layers repeat"));
  box->setToolTip(tr("How often these layers repeat; an edit changes all of them alike"));
  box->setKeyboardTracking(false);
  auto* row = new QHBoxLayout;
  row->addWidget(new QLabel(tr("Repeated")));
  row->addWidget(box);
  row->addStretch(1);
  column->addLayout(row);
  connect(box, &QSpinBox::valueChanged, this, &StageFrame::countEdited);
}

void StageFrame::addCard(QWidget* card) { layout()->addWidget(card); }

}  // namespace paralif

// Version, licence and the paper.
#include "app/studio/about.h"

#include <QMessageBox>

#include "app/studio/icons.h"

namespace paralif {

void showAbout(QWidget* parent) {
  QMessageBox box(parent);
  box.setWindowTitle(QMessageBox::tr("About ParaLIF Studio"));
  box.setIconPixmap(programIcon().pixmap(64, 64));
  box.setText(QMessageBox::tr("<h3>ParaLIF Studio %1</h3>"
                              "<p>Spiking neural networks you can see and touch.</p>")
                  .arg(PARALIF_VERSION));
  box.setInformativeText(
      QMessageBox::tr("<p>Trains networks of LIF neurons and of parallelised LIF neurons "
                      "(ParaLIF), which run over a whole sequence at once.</p>"
                      "<p>Free software under the GNU General Public License, version 3 or later. "
                      "Built with Qt %1, QCustomPlot and LibTorch.</p>")
          .arg(qVersion()));
  box.exec();
}

}  // namespace paralif

// What a seat is doing, for the teacher's page.
#pragma once

#include <string>

#include "app/classroom/seat.h"

namespace paralif {

/// "running: Yin-Yang, ParaLIF-T, epoch 4 of 20, test 79.7 %", of the newest run of the seat; "no run
/// yet"; or what is wrong with it. Reads one run's folder, not all.
std::string doing(const Seat& seat);

}  // namespace paralif

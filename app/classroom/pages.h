// The pages of a classroom, as HTML made of the files in resources/classroom.
#pragma once

#include <string>
#include <vector>

#include "app/classroom/seat.h"

namespace paralif {

/// Shows a seat's studio, over the whole page; connects again when that was lost. With ?watch at the
/// end of its address it only looks.
std::string seat_page(const Seat& seat);

/// For an address without a seat: says what to do.
std::string door_page();

/// To print or project: each seat with its link, which begins with `base`.
std::string sheet_page(const std::vector<Seat>& seats, const std::string& base);

/// All seats, live, and "send to all".
std::string teacher_page(const std::vector<Seat>& seats, const std::string& base);

/// Text within HTML.
std::string html_text(const std::string& text);

}  // namespace paralif

// What was wrong with the events of a recording that could be read all the same.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace paralif {

struct EventFlaws {
  std::size_t left_out = 0;      ///< events that cannot be right, left out by choice
  std::size_t out_of_order = 0;  ///< events whose time does not fit their place
  std::string first_left_out;    ///< the first of them, as a sentence without its end
  std::string first_out_of_order;

  [[nodiscard]] bool any() const { return left_out > 0 || out_of_order > 0; }
  /// Adds those of another recording.
  void add(const EventFlaws& more);
  /// One sentence a kind, such as "1 event was left out (event 200 is at ...)".
  [[nodiscard]] std::vector<std::string> sentences() const;
};

}  // namespace paralif

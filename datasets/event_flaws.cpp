#include "datasets/event_flaws.h"

namespace paralif {
namespace {

std::string told(std::size_t events, const std::string& what, const std::string& first) {
  return std::to_string(events) + (events == 1 ? " event was " : " events were ") + what + " (" +
         (events == 1 ? "" : "the first: ") + first + ")";
}

}  // namespace

void EventFlaws::add(const EventFlaws& more) {
  if (left_out == 0) first_left_out = more.first_left_out;
  if (out_of_order == 0) first_out_of_order = more.first_out_of_order;
  left_out += more.left_out;
  out_of_order += more.out_of_order;
}

std::vector<std::string> EventFlaws::sentences() const {
  std::vector<std::string> all;
  if (left_out > 0) all.push_back(told(left_out, "left out", first_left_out));
  if (out_of_order > 0) {
    all.push_back(told(out_of_order, "out of order and put in order", first_out_of_order));
  }
  return all;
}

}  // namespace paralif

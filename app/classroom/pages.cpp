#include "app/classroom/pages.h"

#include <fmt/format.h>

#include <map>
#include <string_view>

#include "page_texts.h"
#include "core/experiments/presets.h"

namespace paralif {
namespace {

/// Puts values, which are HTML already, in place of {{name}}.
std::string filled(std::string_view page, const std::map<std::string, std::string>& values) {
  std::string out;
  while (true) {
    const std::size_t begin = page.find("{{");
    const std::size_t end = begin == std::string_view::npos ? begin : page.find("}}", begin);
    if (end == std::string_view::npos) break;
    out += page.substr(0, begin);
    out += values.at(std::string(page.substr(begin + 2, end - begin - 2)));
    page.remove_prefix(end + 2);
  }
  return out += page;
}

std::string link_of(const Seat& seat, const std::string& base) {
  return fmt::format("{}/{}/", base, seat.token);
}

}  // namespace

std::string html_text(const std::string& text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      default: out += c;
    }
  }
  return out;
}

std::string seat_page(const Seat& seat) {
  return filled(seat_html, {{"number", std::to_string(seat.number)}, {"token", seat.token}});
}

std::string door_page() { return std::string(door_html); }

std::string sheet_page(const std::vector<Seat>& seats, const std::string& base) {
  std::string rows;
  for (const Seat& seat : seats) {
    const std::string link = html_text(link_of(seat, base));
    rows += fmt::format("<li><b>Seat {}</b><a href=\"{}\">{}</a></li>\n", seat.number, link, link);
  }
  return filled(sheet_html, {{"seats", rows}});
}

std::string teacher_page(const std::vector<Seat>& seats, const std::string& base) {
  std::string cards;
  for (const Seat& seat : seats) {
    const std::string link = html_text(link_of(seat, base));
    cards += fmt::format(
        "<section class=\"seat\" data-seat=\"{0}\"><h2>Seat {0}</h2>"
        "<p class=\"state\">…</p>"
        "<div class=\"view\"><iframe title=\"Screen of seat {0}\" loading=\"lazy\" src=\"{1}?watch\"></iframe></div>"
        "<p class=\"act\"><a href=\"{1}\" target=\"_blank\">Take over</a> "
        "<button class=\"send\">Send to this seat</button> <button class=\"again\">Restart</button></p></section>\n",
        seat.number, link);
  }
  std::string presets_list;
  for (const Preset& preset : presets()) {
    presets_list += fmt::format("<option value=\"{}\">{}: {}</option>\n", html_text(preset.id),
                                html_text(preset.group), html_text(preset.title));
  }
  return filled(teacher_html, {{"seats", cards}, {"presets", presets_list}});
}

}  // namespace paralif

// What `paralif COMMAND --help` prints, as paralif-full printed it when this was built.
#pragma once

#include <span>
#include <string_view>

namespace paralif::cli {

struct HelpText {
  std::string_view command;  ///< empty: of the program
  std::string_view text;
};

std::span<const HelpText> help_texts();
/// Empty for an unknown command.
std::string_view help_text(std::string_view command);

}  // namespace paralif::cli
